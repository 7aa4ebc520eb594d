package api

import (
	"context"
	"net/http"

	"corner/api/rest"

	"github.com/danielgtaylor/huma/v2"

	"corner/catalog"
	"corner/fault"
)

// placePatch is a merge patch of a placeBody.
type placePatch struct{}

// Schema is huma's way to describe a type.
func (placePatch) Schema(r huma.Registry) *huma.Schema {
	return rest.PatchOf(r, rest.TypeFor[placeBody]())
}

type revisePlaceInput struct {
	ID string `path:"id" doc:"The place's id."`
	rest.IfMatchInput
}

func (a *API) routePatchPlace(s *rest.Server) {
	s.Whole(rest.TypeFor[placeBody]())
	rest.RouteBody(s, rest.Operation{
		ID: "revisePlace", Method: http.MethodPatch, Path: "/v1/places/{id}", Tag: tagPlaces, SignedIn: true, Patches: true,
		Summary: "Change a place",
		About: "A manager's right. An RFC 7396 merge patch of the body of POST /v1/merchants/{id}/places, but for services. " +
			"A location that the patch does not touch stays exactly as it was measured; when it is touched and time_zone is not, the zone follows from it.",
		Faults: []*fault.Error{
			catalog.ErrPlaceNotFound,
			catalog.ErrStale,
			catalog.ErrIncomplete,
			catalog.ErrDiscoveryOnly,
			catalog.ErrDuplicate,
			catalog.ErrMerchantClosed,
			rest.ErrIfMatchRequired,
		},
		Example: map[string]any{"phone": "+862187654321", "address": nil},
	}, a.revisePlace)
}

func (a *API) revisePlace(ctx context.Context, c *rest.Call, in *revisePlaceInput, _ *placePatch) (*placeOutput, error) {
	p, err := a.Catalog.Place(ctx, c.Actor, catalog.PlaceID(in.ID))
	if err != nil {
		return nil, err
	}
	if c.Repeated {
		return a.placeAnswer(ctx, c, p)
	}
	if !rest.MatchesVersion(in.IfMatch, p.Version) {
		return nil, in.RefuseVersion(func(version int64) error {
			_, err := a.Catalog.RevisePlace(ctx, c.Actor, p.ID, version, catalog.Draft{})
			return err
		})
	}
	d, err := a.patched(c, &p)
	if err != nil {
		return nil, err
	}
	actor, err := c.Admit(rest.Check(func() error { return a.Catalog.CheckDraft(d) }))
	if err != nil {
		return nil, err
	}
	p, err = a.Catalog.RevisePlace(ctx, actor, p.ID, p.Version, d)
	if err != nil {
		return nil, err
	}
	return a.placeAnswer(ctx, c, p)
}

// patched is the draft that comes of the call's patch on p.
func (a *API) patched(c *rest.Call, p *catalog.Place) (catalog.Draft, error) {
	var body placeBody
	touched, err := c.Merge(editable(p), &body)
	if err != nil {
		return catalog.Draft{}, err
	}
	d := body.parse(&c.Faults)
	_, moved := touched["location"]
	if !moved {
		d.Location = nil
	}
	c.Faults.Check(!moved || body.Location != nil, "/location", fault.Required)
	if _, zoned := touched["time_zone"]; moved && !zoned {
		d.Zone = ""
	}
	return d, nil
}

// editable is a place as its merchant would send it.
func editable(p *catalog.Place) placeBody {
	b := placeBody{
		Name: p.Names.Main, Branch: p.Branch, Category: p.Category, Address: p.Address, Phone: p.Phone, TimeZone: p.Zone,
		Hours: renderHours(&p.Hours), Location: editableSpot(p.Location), Attributes: p.Attributes, TraitsBody: renderTraits(p.Traits),
	}
	if p.Names.Zh != "" || p.Names.En != "" {
		b.Names = &nameBody{p.Names.Zh, p.Names.En}
	}
	for _, id := range p.NotDuplicateOf {
		b.NotDuplicateOf = append(b.NotDuplicateOf, string(id))
	}
	return b
}
