package api

import (
	"context"
	"net/http"
	"time"

	"corner/api/rest"

	"corner/booking"
	"corner/catalog"
	"corner/fault"
	"corner/identity"
	"corner/reviews"
	"corner/walltime"
)

// placeBody is a place as a merchant sends it, and what a merge patch is applied to.
type placeBody struct {
	Name       string    `json:"name,omitempty" maxLength:"120" doc:"As the sign says." example:"老王面馆"`
	Names      *nameBody `json:"names,omitempty" doc:"Names in Chinese and English, where name is not that language."`
	Branch     string    `json:"branch,omitempty" maxLength:"120" doc:"Which one of a chain's it is." example:"朝阳店"`
	Category   string    `json:"category,omitempty" maxLength:"64" doc:"A key of GET /v1/categories." example:"noodles"`
	Location   *spotBody `json:"location,omitempty" doc:"Where it is, measured on site. Once given it can be changed, not taken away."`
	Address    string    `json:"address,omitempty" maxLength:"300" doc:"For people." example:"淮海中路 1 号"`
	Phone      string    `json:"phone,omitempty" maxLength:"32" doc:"E.164." example:"+862112345678"`
	Hours      *hours    `json:"hours,omitempty" doc:"When it is open."`
	TimeZone   string    `json:"time_zone,omitempty" maxLength:"64" doc:"IANA name. Follows from the location when absent." example:"Asia/Shanghai"`
	Attributes []string  `json:"attributes,omitempty" maxItems:"64" doc:"Keys of GET /v1/attributes." example:"[\"wifi\"]"`
	TraitsBody
	// NotDuplicateOf overrules place.duplicate.
	NotDuplicateOf []string `json:"not_duplicate_of,omitempty" maxItems:"50" doc:"Places that look like this one and are not: ids of candidates of place.duplicate. Kept in the history."`
}

// PlaceBody is exported because huma does not look into embedded structs that are not.
type PlaceBody = placeBody

// registerBody is a new place.
type registerBody struct {
	PlaceBody

	Services []serviceBody `json:"services,omitempty" maxItems:"500" doc:"What it sells, to begin with."`
}

type nameBody struct {
	Zh string `json:"zh,omitempty" maxLength:"120" example:"老王面馆"`
	En string `json:"en,omitempty" maxLength:"120" example:"Wang's Noodles"`
}

type place struct {
	ID           string         `json:"id" example:"plc_01kay3c4zq8v0e5t7m2r9x6b1d"`
	MerchantID   string         `json:"merchant_id,omitempty" doc:"Absent while nobody has claimed an imported place." example:"mer_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Name         string         `json:"name" example:"老王面馆"`
	Names        *placeNames    `json:"names,omitempty"`
	Branch       string         `json:"branch,omitempty" example:"朝阳店"`
	Brand        string         `json:"brand,omitempty" doc:"A key of the brands." example:"kfc"`
	BrandClaimed string         `json:"brand_claimed,omitempty" doc:"The brand that its names speak of, until the brand's merchant or an operator says that it is one of its places. For its own people and operators." example:"kfc"`
	Category     string         `json:"category,omitempty" doc:"Absent while a draft has none." example:"noodles"`
	CategoryName string         `json:"category_name,omitempty" doc:"In the language of Accept-Language." example:"Noodles"`
	Location     *placeLocation `json:"location,omitempty"`
	Address      string         `json:"address,omitempty"`
	Phone        string         `json:"phone,omitempty" doc:"E.164."`
	Hours        *hours         `json:"hours,omitempty" doc:"Absent when nobody has told them."`
	Closure      *closure       `json:"closure,omitempty" doc:"When it is closed whatever its hours say. Absent when no closure is planned, and when it is over."`
	TimeZone     string         `json:"time_zone,omitempty" doc:"Absent while a draft has no location." example:"Asia/Shanghai"`
	Attributes   []string       `json:"attributes" doc:"Keys of GET /v1/attributes." example:"[\"wifi\", \"takeaway\"]"`
	TraitsBody
	State        string       `json:"state" enum:"draft,in_review,published,hidden,suspended,merged" doc:"Consumers find it once it is published. in_review waits for an operator; hidden, suspended and merged are an operator's."`
	MergedInto   string       `json:"merged_into,omitempty" doc:"The place that this one is an alias of."`
	Claim        *placeClaim  `json:"claim,omitempty" doc:"Claimed, not yet verified. Absent once it is proved, and where nothing was claimed."`
	Missing      []string     `json:"missing" doc:"JSON pointers of what is missing before it can be published." example:"[\"/hours\"]"`
	Completeness int          `json:"completeness" minimum:"0" maximum:"100" doc:"Per cent. What publishing needs makes 80 (name 20, category 15, location 25, hours 20), and phone 8, address 6 and attributes 6 the rest." example:"88"`
	NotDuplicate []string     `json:"not_duplicate_of,omitempty" doc:"Places that only look like this one, as its merchant says."`
	Source       string       `json:"source,omitempty" doc:"Where it was imported from; to be credited as that source's licence asks." example:"osm:node/4587130490"`
	Version      int64        `json:"version" doc:"Grows with every change; the ETag." example:"1"`
	Rating       *placeRating `json:"rating,omitempty" doc:"Absent in lists."`
	OpenNow      *bool        `json:"open_now" doc:"Null when the hours are not known."`
	CreatedAt    time.Time    `json:"created_at"`
	UpdatedAt    time.Time    `json:"updated_at"`

	linked *linkedPlace // to be written instead
}

type placeNames struct {
	Zh string `json:"zh,omitempty"`
	En string `json:"en,omitempty"`
}

type placeRating struct {
	Average *float64 `json:"average,omitempty" doc:"Of verified reviews, to a tenth of a star. Absent without any." example:"4.7"`
	Count   int64    `json:"count" doc:"Verified reviews." example:"12"`
}

type placeList struct {
	Places     []place `json:"places"`
	NextCursor *string `json:"next_cursor" doc:"For the next page; null on the last." example:"eyJhZnRlciI6MX0"`
}

type createPlaceInput struct {
	Merchant string `path:"id" doc:"The merchant's id."`
	rest.KeyInput
}

type placePageInput struct {
	Merchant string `path:"id" doc:"The merchant's id."`
	rest.PageInput
}

type placeInput struct {
	ID string `path:"id" doc:"The place's id."`
}

type placeOutput struct {
	ETag     string `header:"ETag" doc:"The place's version, for If-Match."`
	Location string `header:"Location" doc:"Where the place is read. Only with 201."`
	Body     place
}

type placeListOutput struct{ Body placeList }

var examplePlace = registerBody{PlaceBody: placeBody{
	Name:     "老王面馆",
	Names:    &nameBody{En: "Wang's Noodles"},
	Category: "noodles",
	Location: &spotBody{
		Lat:         31.2231,
		Lng:         121.4712,
		CoordSystem: "wgs84",
		Accuracy:    8,
		How:         "gps",
		MeasuredAt:  "2026-05-01T18:00:00+08:00",
	},
	Phone: "+862112345678",
	Hours: &hours{
		Weekly:     []weeklyHours{{"mon", "11:00", "14:00"}, {"mon", "17:00", "02:00"}},
		Exceptions: []exceptionDate{{Date: "2026-12-25", Closed: true}},
	},
}, Services: []serviceBody{exampleService}}

type unpublishInput struct {
	ID       string `path:"id" doc:"The place's id."`
	Bookings int    `query:"bookings" minimum:"0" doc:"How many holds and bookings ahead are to be cancelled with it." example:"3"`
}

func (a *API) routePlaces(s *rest.Server) {
	rest.RouteBody(s, rest.Operation{
		ID:       "createPlace",
		Method:   http.MethodPost,
		Path:     "/v1/merchants/{id}/places",
		Tag:      tagPlaces,
		Status:   http.StatusCreated,
		SignedIn: true,
		Creates:  true,
		Summary:  "Register a place",
		About: "A manager's right. The place is a draft, which its own people see; anything may be left out, and missing says what it takes " +
			"to publish it. " +
			"A place whose name and spot nearly match one that is there is refused with place.duplicate and the candidates: " +
			"claim one of them where claimable is true, or send the same body with their ids in not_duplicate_of.",
		Faults: []*fault.Error{
			identity.ErrMerchantNotFound, catalog.ErrDuplicate, catalog.ErrDiscoveryOnly, catalog.ErrTooManyListings, catalog.ErrMerchantClosed,
		},
		Example: examplePlace,
	}, a.createPlace)
	rest.Route(s, rest.Operation{
		ID: "listMerchantPlaces", Method: http.MethodGet, Path: "/v1/merchants/{id}/places", Tag: tagPlaces, SignedIn: true,
		Summary: "A merchant's places", About: "Drafts too; for the people who work there.",
		Faults: []*fault.Error{identity.ErrMerchantNotFound},
	}, a.placesOf)
	rest.Route(s, rest.Operation{
		ID: "getPlace", Method: http.MethodGet, Path: "/v1/places/{id}", Tag: tagPlaces,
		Summary: "Read a place",
		About: "A published one is for anybody, a draft for the people who work for its merchant. " +
			"With Accept: application/ld+json it is a schema.org LocalBusiness, fit to be pasted into a web page.",
		Faults: []*fault.Error{catalog.ErrPlaceNotFound},
		Others: map[string]any{linkedData: linkedPlace{}},
	}, a.place)
	a.routePatchPlace(s)
	rest.Route(s, rest.Operation{
		ID:       "deleteDraft",
		Method:   http.MethodDelete,
		Path:     "/v1/places/{id}",
		Tag:      tagPlaces,
		Status:   http.StatusNoContent,
		SignedIn: true,
		Guarded:  true,
		Summary:  "Delete a draft",
		About: "A manager's right, for a place that was never published: it goes with its services, photos and history. A place that could be found once " +
			"stays; PUT its closure to close it for good, or take it off the map.",
		Faults: []*fault.Error{catalog.ErrPlaceNotFound, catalog.ErrStale, catalog.ErrWasPublished, rest.ErrIfMatchRequired},
	}, a.deleteDraft)
	rest.Route(s, rest.Operation{
		ID:       "publishPlace",
		Method:   http.MethodPost,
		Path:     "/v1/places/{id}/publish",
		Tag:      tagPlaces,
		SignedIn: true,
		Summary:  "Publish a place",
		About: "A manager's right. Refused with the pointers of what is missing, or with the candidates if it looks like a published " +
			"place. One that names a claimed place it looks like in not_duplicate_of is in_review until an operator has looked. " +
			"Publishing a published place changes nothing.",
		Faults: []*fault.Error{
			catalog.ErrPlaceNotFound,
			catalog.ErrIncomplete,
			catalog.ErrDuplicate,
			catalog.ErrHidden,
			catalog.ErrNotInState,
			catalog.ErrMerchantClosed,
		},
	}, a.publishPlace)
	rest.Route(s, rest.Operation{
		ID:       "unpublishPlace",
		Method:   http.MethodPost,
		Path:     "/v1/places/{id}/unpublish",
		Tag:      tagPlaces,
		SignedIn: true,
		Summary:  "Take a place off the map",
		About: "A manager's right. The place is a draft again: not found, and not booked. While holds and bookings ahead hang on it the answer " +
			"is place.booked with their number in bookings; a second call that names that number cancels them. Publish it to bring it back.",
		Faults: []*fault.Error{catalog.ErrPlaceNotFound, booking.ErrBooked, catalog.ErrMerchantClosed},
	}, a.unpublishPlace)
}

func (a *API) createPlace(ctx context.Context, c *rest.Call, in *createPlaceInput, body *registerBody) (*placeOutput, error) {
	d, offers := body.parse(&c.Faults), parseMenu(body.Services)
	actor, err := c.Admit(rest.Check(func() error { return a.Catalog.CheckDraft(d) }), catalog.Menu{Name: "services", Offers: offers})
	if err != nil {
		return nil, err
	}
	key, err := c.Key("places.create", in.Merchant, body)
	if err != nil {
		return nil, err
	}
	p, err := a.Catalog.CreatePlace(ctx, actor, identity.MerchantID(in.Merchant), d, key, offers...)
	if err != nil {
		return nil, err
	}
	out, err := a.placeAnswer(ctx, c, p)
	if err == nil {
		out.Location = "/v1/places/" + string(p.ID)
	}
	return out, err
}

func (a *API) place(ctx context.Context, c *rest.Call, in *placeInput) (*placeOutput, error) {
	p, err := a.Catalog.Place(ctx, c.Actor, catalog.PlaceID(in.ID))
	if err != nil {
		return nil, err
	}
	out, err := a.placeAnswer(ctx, c, p)
	if err == nil && c.Prefers(linkedData) {
		out.Body.linked, err = a.linkedPlace(ctx, c, &p, out.Body.Rating)
	}
	return out, err
}

func (a *API) deleteDraft(ctx context.Context, c *rest.Call, in *revisePlaceInput) (*rest.Empty, error) {
	if c.Repeated {
		return &rest.Empty{}, nil
	}
	p, err := a.Catalog.Place(ctx, c.Actor, catalog.PlaceID(in.ID))
	if err != nil {
		return nil, err
	}
	remove := func(version int64) error { return a.Catalog.DeleteDraft(ctx, c.Actor, p.ID, version) }
	if !rest.MatchesVersion(in.IfMatch, p.Version) {
		return nil, in.RefuseVersion(remove)
	}
	return &rest.Empty{}, remove(p.Version)
}

func (a *API) placesOf(ctx context.Context, c *rest.Call, in *placePageInput) (*placeListOutput, error) {
	after := in.After(c, "plc")
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	list, err := a.Catalog.Places(ctx, actor, identity.MerchantID(in.Merchant), catalog.PlaceID(after), in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := &placeListOutput{placeList{Places: []place{}}}
	list, out.Body.NextCursor = rest.More(in.PageInput, list, func(p *catalog.Place) string { return string(p.ID) })
	for i := range list {
		w := a.renderPlace(&list[i], c.Language)
		w.BrandClaimed = list[i].BrandClaimed() // who may see the list works there or is an operator
		out.Body.Places = append(out.Body.Places, w)
	}
	return out, nil
}

func (a *API) publishPlace(ctx context.Context, c *rest.Call, in *placeInput) (*placeOutput, error) {
	p, err := a.Catalog.PublishPlace(ctx, c.Actor, catalog.PlaceID(in.ID))
	if err != nil {
		return nil, err
	}
	return a.placeAnswer(ctx, c, p)
}

func (a *API) unpublishPlace(ctx context.Context, c *rest.Call, in *unpublishInput) (*placeOutput, error) {
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	p, err := a.Desk.Unpublish(ctx, actor, catalog.PlaceID(in.ID), in.Bookings)
	if err != nil {
		return nil, err
	}
	return a.placeAnswer(ctx, c, p)
}

// parse makes a draft of the body; pointers are the body's.
func (b *placeBody) parse(f *rest.Faults) catalog.Draft {
	d := catalog.Draft{
		Names: catalog.Names{Main: b.Name}, Branch: b.Branch, Category: b.Category, Address: b.Address, Phone: b.Phone, Zone: b.TimeZone,
		Location: b.Location.parse(f, "/location"), Hours: b.Hours.parse(f, "/hours"), Attributes: b.Attributes, Traits: b.TraitsBody.parse(),
	}
	for _, id := range b.NotDuplicateOf {
		d.NotDuplicateOf = append(d.NotDuplicateOf, catalog.PlaceID(id))
	}
	if b.Names != nil {
		d.Names.Zh, d.Names.En = b.Names.Zh, b.Names.En
	}
	return d
}

// placeAnswer is one place with its rating.
func (a *API) placeAnswer(ctx context.Context, c *rest.Call, p catalog.Place) (*placeOutput, error) {
	r, err := a.Board.Rating(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	out := &placeOutput{ETag: rest.FormatETag(p.Version), Body: a.renderPlace(&p, c.Language)}
	if c.Actor.Sees(identity.ReadHistory, p.Merchant, p.ID) {
		out.Body.BrandClaimed = p.BrandClaimed()
	}
	average, count := renderRating(r)
	out.Body.Rating = &placeRating{average, count}
	return out, nil
}

func renderRating(r reviews.Rating) (average *float64, count int64) {
	if r.N > 0 {
		of := stars(r)
		average = &of
	}
	return average, r.N
}

func stars(r reviews.Rating) float64 { return float64(r.Tenths()) / 10 }

func (a *API) renderPlace(p *catalog.Place, l rest.Language) place {
	wall := walltime.WallAt(a.zone(p.Zone), a.Now())
	out := place{
		ID:           string(p.ID),
		MerchantID:   string(p.Merchant),
		Name:         p.Names.Main,
		Branch:       p.Branch,
		Brand:        p.Brand,
		Category:     p.Category,
		CategoryName: a.categoryName(p.Category, l),
		Attributes:   append([]string{}, p.Attributes...),
		TraitsBody:   renderTraits(p.Traits),
		Completeness: p.Completeness(),
		Location:     renderLocation(p.Location, p.CreatedAt, a.Now()),
		Address:      p.Address,
		Phone:        p.Phone,
		Hours:        renderHours(&p.Hours),
		TimeZone:     p.Zone,
		State:        string(p.State),
		Missing:      rest.PointersTo(p.Missing()),
		MergedInto:   string(p.MergedInto),
		Source:       p.Source,
		Version:      p.Version,
		OpenNow:      openAt(&p.Hours, wall),
		Closure:      renderClosure(p.Hours.Closure, wall.Day()),
		CreatedAt:    p.CreatedAt,
		UpdatedAt:    p.UpdatedAt,
	}
	if out.Missing == nil {
		out.Missing = []string{}
	}
	if p.Claim != "" {
		out.Claim = &placeClaim{ID: string(p.Claim), State: "unverified"}
	}
	for _, id := range p.NotDuplicateOf {
		out.NotDuplicate = append(out.NotDuplicate, string(id))
	}
	if p.Names.Zh != "" || p.Names.En != "" {
		out.Names = &placeNames{p.Names.Zh, p.Names.En}
	}
	return out
}

func (a *API) categoryName(key string, l rest.Language) string {
	c, _ := a.tree().Category(key)
	return c.Label(string(l))
}
