package api

import (
	"context"
	"net/http"
	"time"

	"corner/catalog"
	"corner/fault"
	"corner/geo"
	"corner/identity"
	"corner/reviews"
	"corner/walltime"
)

// placeBody is a place as a merchant sends it, and what a merge patch is applied to.
type placeBody struct {
	Name     string    `json:"name" minLength:"1" maxLength:"120" doc:"As the sign says." example:"老王面馆"`
	Names    *nameBody `json:"names,omitempty" doc:"Names in Chinese and English, where name is not that language."`
	Category string    `json:"category" minLength:"1" maxLength:"64" doc:"A key of GET /v1/categories." example:"noodles"`
	Location spotBody  `json:"location" doc:"Where it is, measured on site."`
	Address  string    `json:"address,omitempty" maxLength:"300" doc:"For people." example:"淮海中路 1 号"`
	Phone    string    `json:"phone,omitempty" maxLength:"32" doc:"E.164." example:"+862112345678"`
	Hours    *hours    `json:"hours,omitempty" doc:"When it is open."`
	TimeZone string    `json:"time_zone,omitempty" maxLength:"64" doc:"IANA name. Follows from the location when absent." example:"Asia/Shanghai"`
}

type nameBody struct {
	Zh string `json:"zh,omitempty" maxLength:"120" example:"老王面馆"`
	En string `json:"en,omitempty" maxLength:"120" example:"Wang's Noodles"`
}

type spotBody struct {
	Lat         float64 `json:"lat" doc:"Latitude in degrees." example:"31.2231"`
	Lng         float64 `json:"lng" doc:"Longitude in degrees." example:"121.4712"`
	CoordSystem string  `json:"coord_system,omitempty" enum:"wgs84,gcj02,bd09" doc:"What lat and lng are in: wgs84 unless told." example:"wgs84"`
	Accuracy    float64 `json:"accuracy_m,omitempty" doc:"Horizontal accuracy in metres, as the phone tells it." example:"8"`
}

type place struct {
	ID           string         `json:"id" example:"plc_01kay3c4zq8v0e5t7m2r9x6b1d"`
	MerchantID   string         `json:"merchant_id,omitempty" doc:"Absent while nobody has claimed an imported place." example:"mer_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Name         string         `json:"name" example:"老王面馆"`
	Names        *placeNames    `json:"names,omitempty"`
	Category     string         `json:"category" example:"noodles"`
	CategoryName string         `json:"category_name" doc:"In the language of Accept-Language." example:"Noodles"`
	Location     *placeLocation `json:"location,omitempty"`
	Address      string         `json:"address,omitempty"`
	Phone        string         `json:"phone,omitempty" doc:"E.164."`
	Hours        *hours         `json:"hours,omitempty" doc:"Absent when nobody has told them."`
	TimeZone     string         `json:"time_zone" example:"Asia/Shanghai"`
	State        string         `json:"state" enum:"draft,published" doc:"Consumers find it once it is published."`
	Missing      []string       `json:"missing" doc:"JSON pointers of what is missing before it can be published." example:"[\"/hours\"]"`
	Source       string         `json:"source,omitempty" doc:"Where it was imported from; to be credited as that source's licence asks." example:"osm:node/4587130490"`
	Version      int64          `json:"version" doc:"Grows with every change; the ETag." example:"1"`
	Rating       *placeRating   `json:"rating,omitempty" doc:"Absent in lists."`
	OpenNow      *bool          `json:"open_now" doc:"Null when the hours are not known."`
	CreatedAt    time.Time      `json:"created_at"`
	UpdatedAt    time.Time      `json:"updated_at"`

	linked *linkedPlace // to be written instead
}

type placeNames struct {
	Zh string `json:"zh,omitempty"`
	En string `json:"en,omitempty"`
}

type placeLocation struct {
	Lat         float64    `json:"lat" doc:"WGS-84." example:"31.2231"`
	Lng         float64    `json:"lng" doc:"WGS-84." example:"121.4712"`
	Accuracy    float64    `json:"accuracy_m,omitempty" doc:"Absent when not told."`
	Approximate bool       `json:"approximate" doc:"Measured worse than 50 m: please measure again."`
	Sent        *placeSent `json:"sent,omitempty" doc:"What was sent, where that was not WGS-84."`
}

type placeSent struct {
	Lat         float64 `json:"lat"`
	Lng         float64 `json:"lng"`
	CoordSystem string  `json:"coord_system" enum:"wgs84,gcj02,bd09"`
}

type placeRating struct {
	Average *float64 `json:"average,omitempty" doc:"Of verified reviews, to a tenth of a star. Absent without any." example:"4.7"`
	Count   int64    `json:"count" doc:"Verified reviews." example:"12"`
}

type placeList struct {
	Places     []place `json:"places"`
	NextCursor *string `json:"next_cursor" doc:"For the next page; null on the last."`
}

type claimBody struct {
	MerchantID string `json:"merchant_id" minLength:"1" doc:"The merchant whose place it is." example:"mer_01kay3c4zq8v0e5t7m2r9x6b1d"`
}

type createPlaceInput struct {
	Merchant string `path:"id" doc:"The merchant's id."`
	KeyInput
}

type placePageInput struct {
	Merchant string `path:"id" doc:"The merchant's id."`
	PageInput
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

var examplePlace = placeBody{
	Name: "老王面馆", Names: &nameBody{En: "Wang's Noodles"}, Category: "noodles",
	Location: spotBody{Lat: 31.2231, Lng: 121.4712, CoordSystem: "wgs84", Accuracy: 8}, Phone: "+862112345678",
	Hours: &hours{
		Weekly:     []weeklyHours{{"mon", "11:00", "14:00"}, {"mon", "17:00", "02:00"}},
		Exceptions: []exceptionDate{{Date: "2026-12-25", Closed: true}},
	},
}

func (s *surface) places() {
	routeBody(s, operation{
		id: "createPlace", method: http.MethodPost, path: "/v1/merchants/{id}/places", tag: tagPlaces, status: http.StatusCreated, signedIn: true, creates: true,
		summary: "Register a place", about: "A manager's right. The place is a draft, which its own people see; missing says what it takes to publish it.",
		faults: []*fault.Error{identity.ErrMerchantNotFound}, example: examplePlace,
	}, s.api.createPlace)
	route(s, operation{
		id: "listMerchantPlaces", method: http.MethodGet, path: "/v1/merchants/{id}/places", tag: tagPlaces, signedIn: true,
		summary: "A merchant's places", about: "Drafts too; for the people who work there.",
		faults: []*fault.Error{identity.ErrMerchantNotFound},
	}, s.api.placesOf)
	route(s, operation{
		id: "getPlace", method: http.MethodGet, path: "/v1/places/{id}", tag: tagPlaces,
		summary: "Read a place",
		about: "A published one is for anybody, a draft for the people who work for its merchant. " +
			"With Accept: application/ld+json it is a schema.org LocalBusiness, fit to be pasted into a web page.",
		faults: []*fault.Error{catalog.ErrPlaceNotFound},
		others: map[string]any{linkedData: linkedPlace{}},
	}, s.api.place)
	s.patchPlace()
	route(s, operation{
		id: "publishPlace", method: http.MethodPost, path: "/v1/places/{id}/publish", tag: tagPlaces, signedIn: true,
		summary: "Publish a place", about: "A manager's right. Refused with the pointers of what is missing. Publishing a published place changes nothing.",
		faults: []*fault.Error{catalog.ErrPlaceNotFound, catalog.ErrIncomplete},
	}, s.api.publishPlace)
	routeBody(s, operation{
		id: "claimPlace", method: http.MethodPost, path: "/v1/places/{id}/claim", tag: tagPlaces, signedIn: true,
		summary: "Claim an imported place", about: "A manager's right. The first claim wins; claiming one's own place again changes nothing.",
		faults:  []*fault.Error{catalog.ErrPlaceNotFound, identity.ErrMerchantNotFound, catalog.ErrClaimed},
		example: claimBody{MerchantID: "mer_01kay3c4zq8v0e5t7m2r9x6b1d"},
	}, s.api.claimPlace)
}

func (a *API) createPlace(ctx context.Context, c *call, in *createPlaceInput, body *placeBody) (*placeOutput, error) {
	d := body.parse(&c.faults)
	actor, err := c.admit(d)
	if err != nil {
		return nil, err
	}
	key, err := c.key("places.create", in.Merchant, body)
	if err != nil {
		return nil, err
	}
	p, err := a.Catalog.CreatePlace(ctx, actor, identity.MerchantID(in.Merchant), d, key)
	if err != nil {
		return nil, err
	}
	out, err := a.placeAnswer(ctx, c, p)
	if err == nil {
		out.Location = "/v1/places/" + string(p.ID)
	}
	return out, err
}

func (a *API) place(ctx context.Context, c *call, in *placeInput) (*placeOutput, error) {
	p, err := a.Catalog.Place(ctx, c.actor, catalog.PlaceID(in.ID))
	if err != nil {
		return nil, err
	}
	out, err := a.placeAnswer(ctx, c, p)
	if err == nil && c.prefers(linkedData) {
		out.Body.linked, err = a.linkedPlace(ctx, c, &p, out.Body.Rating)
	}
	return out, err
}

func (a *API) placesOf(ctx context.Context, c *call, in *placePageInput) (*placeListOutput, error) {
	after := in.after(c, "plc")
	actor, err := c.admit()
	if err != nil {
		return nil, err
	}
	list, err := a.Catalog.Places(ctx, actor, identity.MerchantID(in.Merchant), catalog.PlaceID(after), in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := &placeListOutput{placeList{Places: []place{}}}
	list, out.Body.NextCursor = more(in.PageInput, list, func(p *catalog.Place) string { return string(p.ID) })
	for i := range list {
		out.Body.Places = append(out.Body.Places, a.renderPlace(&list[i], c.language))
	}
	return out, nil
}

func (a *API) publishPlace(ctx context.Context, c *call, in *placeInput) (*placeOutput, error) {
	p, err := a.Catalog.PublishPlace(ctx, c.actor, catalog.PlaceID(in.ID))
	if err != nil {
		return nil, err
	}
	return a.placeAnswer(ctx, c, p)
}

func (a *API) claimPlace(ctx context.Context, c *call, in *placeInput, body *claimBody) (*placeOutput, error) {
	actor, err := c.admit()
	if err != nil {
		return nil, err
	}
	p, err := a.Catalog.ClaimPlace(ctx, actor, catalog.PlaceID(in.ID), identity.MerchantID(body.MerchantID))
	if err != nil {
		return nil, err
	}
	return a.placeAnswer(ctx, c, p)
}

// parse makes a draft of the body; pointers are the body's.
func (b *placeBody) parse(f *faults) catalog.Draft {
	d := catalog.Draft{
		Names: catalog.Names{Main: b.Name}, Category: b.Category, Address: b.Address, Phone: b.Phone, Zone: b.TimeZone,
		Location: &catalog.Spot{
			Point: geo.Point{Lat: b.Location.Lat, Lng: b.Location.Lng}, System: geo.System(b.Location.CoordSystem),
			Accuracy: geo.Metres(b.Location.Accuracy),
		},
		Hours: b.Hours.parse(f, "/hours"),
	}
	if b.Names != nil {
		d.Names.Zh, d.Names.En = b.Names.Zh, b.Names.En
	}
	return d
}

// placeAnswer is one place with its rating.
func (a *API) placeAnswer(ctx context.Context, c *call, p catalog.Place) (*placeOutput, error) {
	r, err := a.Board.Rating(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	out := &placeOutput{ETag: formatETag(p.Version), Body: a.renderPlace(&p, c.language)}
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

func (a *API) renderPlace(p *catalog.Place, l language) place {
	out := place{
		ID: string(p.ID), MerchantID: string(p.Merchant), Name: p.Names.Main, Category: p.Category, CategoryName: categoryName(p.Category, l),
		Location: renderLocation(p.Location), Address: p.Address, Phone: p.Phone, Hours: renderHours(&p.Hours),
		TimeZone: p.Zone, State: string(p.State), Missing: p.Missing(), Source: p.Source, Version: p.Version,
		OpenNow:   openAt(&p.Hours, walltime.WallAt(a.zone(p.Zone), a.Now())),
		CreatedAt: p.CreatedAt, UpdatedAt: p.UpdatedAt,
	}
	if out.Missing == nil {
		out.Missing = []string{}
	}
	if p.Names.Zh != "" || p.Names.En != "" {
		out.Names = &placeNames{p.Names.Zh, p.Names.En}
	}
	return out
}

func renderLocation(l catalog.Location) *placeLocation {
	if l.System == "" {
		return nil
	}
	out := &placeLocation{Lat: l.Point.Lat, Lng: l.Point.Lng, Accuracy: float64(l.Accuracy), Approximate: l.Approximate()}
	if l.System != geo.WGS84 {
		out.Sent = &placeSent{l.Sent.Lat, l.Sent.Lng, string(l.System)}
	}
	return out
}

func categoryName(key string, l language) string {
	c, _ := catalog.CategoryOf(key)
	return c.Label(string(l))
}
