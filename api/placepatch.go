package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"corner/catalog"
	"corner/fault"
)

// placePatch is a merge patch of a placeBody, in the document only: what is checked
// is the body that comes of it.
type placePatch struct{}

// Schema is placeBody with nothing required and everything nullable.
func (placePatch) Schema(r huma.Registry) *huma.Schema {
	whole := r.SchemaFromRef(r.Schema(typeFor[placeBody](), true, "").Ref)
	patch := &huma.Schema{
		Type: huma.TypeObject, AdditionalProperties: false, Properties: map[string]*huma.Schema{},
		Description: "An RFC 7396 merge patch: what is absent stays, null removes an optional member.",
	}
	for name, property := range whole.Properties {
		p := *property
		if p.Ref != "" {
			p = huma.Schema{Type: huma.TypeObject, AdditionalProperties: true, Description: property.Description + " Merged member by member."}
		}
		p.Nullable = p.Type == huma.TypeString
		patch.Properties[name] = &p
	}
	patch.PrecomputeMessages()
	return patch
}

type revisePlaceInput struct {
	ID      string `path:"id" doc:"The place's id."`
	IfMatch string `header:"If-Match" doc:"The ETag of the version that is changed. Required; * is not taken." example:"\"3\""`
}

func (s *surface) patchPlace() {
	whole := s.huma.OpenAPI().Components.Schemas.Schema(typeFor[placeBody](), true, "")
	routeBody(s, operation{
		id: "revisePlace", method: http.MethodPatch, path: "/v1/places/{id}", tag: tagPlaces, signedIn: true, patches: true,
		summary: "Change a place",
		about: "A manager's right. An RFC 7396 merge patch of the body of POST /v1/merchants/{id}/places. " +
			"A location that the patch does not touch stays exactly as it was measured; when it is touched and time_zone is not, the zone follows from it.",
		faults:  []*fault.Error{catalog.ErrPlaceNotFound, catalog.ErrStale, catalog.ErrIncomplete, catalog.ErrDiscoveryOnly, ErrIfMatchRequired},
		example: map[string]any{"phone": "+862187654321", "address": nil},
	}, func(ctx context.Context, c *call, in *revisePlaceInput, _ *placePatch) (*placeOutput, error) {
		return s.revisePlace(ctx, c, in, whole)
	})
}

// revisePlace leaves it to the catalogue to say first whether the place is the
// actor's: a version that cannot be makes it say so, or that the version is stale.
func (s *surface) revisePlace(ctx context.Context, c *call, in *revisePlaceInput, whole *huma.Schema) (*placeOutput, error) {
	p, err := s.api.Catalog.Place(ctx, c.actor, catalog.PlaceID(in.ID))
	if err != nil {
		return nil, err
	}
	if !matchesVersion(in.IfMatch, p.Version) {
		_, err := s.api.Catalog.RevisePlace(ctx, c.actor, p.ID, noVersion, catalog.Draft{})
		if e, ok := asFault(err); ok && e.Kind == fault.Stale && (in.IfMatch == "" || in.IfMatch == "*") {
			return nil, ErrIfMatchRequired
		}
		return nil, err
	}
	d, err := s.patched(c, &p, whole)
	if err != nil {
		return nil, err
	}
	actor, err := c.admit(d)
	if err != nil {
		return nil, err
	}
	p, err = s.api.Catalog.RevisePlace(ctx, actor, p.ID, p.Version, d)
	if err != nil {
		return nil, err
	}
	return s.api.placeAnswer(ctx, c, p)
}

// noVersion is of no place: versions begin at 1.
const noVersion = 0

// patched is the draft that comes of the call's patch on p; whole is the schema of a
// place as it must be then.
func (s *surface) patched(c *call, p *catalog.Place, whole *huma.Schema) (catalog.Draft, error) {
	patch, err := decodeJSON(c.body)
	if err != nil {
		return catalog.Draft{}, ErrMalformed
	}
	merged, raw, err := mergeInto(editable(p), patch)
	if err != nil {
		return catalog.Draft{}, err
	}
	schemas{s.huma.OpenAPI().Components.Schemas}.check(&c.faults, whole, "", merged)
	var body placeBody
	if err := json.Unmarshal(raw, &body); err != nil && c.faults.none() {
		return catalog.Draft{}, fmt.Errorf("read a merged place: %w", err)
	}
	d := body.parse(&c.faults)
	changes, _ := patch.(map[string]any)
	_, moved := changes["location"]
	if !moved {
		d.Location = nil
	}
	if _, zoned := changes["time_zone"]; moved && !zoned {
		d.Zone = ""
	}
	return d, nil
}

// mergeInto is a body with a patch applied, as values and as JSON.
func mergeInto(body, patch any) (merged any, raw []byte, err error) {
	raw, err = json.Marshal(body)
	if err != nil {
		return nil, nil, fmt.Errorf("write a body: %w", err)
	}
	present, err := decodeJSON(raw)
	if err != nil {
		return nil, nil, fmt.Errorf("read a body: %w", err)
	}
	merged = mergePatch(present, patch)
	raw, err = json.Marshal(merged)
	if err != nil {
		return nil, nil, fmt.Errorf("write a merged body: %w", err)
	}
	return merged, raw, nil
}

// editable is a place as its merchant would send it.
func editable(p *catalog.Place) placeBody {
	b := placeBody{
		Name: p.Names.Main, Category: p.Category, Address: p.Address, Phone: p.Phone, TimeZone: p.Zone, Hours: renderHours(&p.Hours),
		Location: spotBody{
			Lat: p.Location.Sent.Lat, Lng: p.Location.Sent.Lng, CoordSystem: string(p.Location.System), Accuracy: float64(p.Location.Accuracy),
		},
	}
	if p.Names.Zh != "" || p.Names.En != "" {
		b.Names = &nameBody{p.Names.Zh, p.Names.En}
	}
	return b
}
