package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"corner/catalog"
	"corner/fault"
	"corner/media"
)

// photoBody is what can be changed of a photo, and what a merge patch is applied to.
type photoBody struct {
	Kind     string `json:"kind" enum:"storefront,interior,equipment,item" doc:"What the photo shows." example:"storefront"`
	Caption  string `json:"caption,omitempty" maxLength:"300" doc:"For people." example:"靠窗的位子"`
	Service  string `json:"service_id,omitempty" maxLength:"64" doc:"What is shown of what is sold." example:"svc_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Position *int   `json:"position,omitempty" minimum:"0" maximum:"29" doc:"Where it moves in the place's list, from 0; beyond the end is the end. Others make room, and keep their versions." example:"0"`
}

// photoPatch is a merge patch of a photoBody, in the document only: what is checked is
// the body that comes of it.
type photoPatch struct{}

// Schema is photoBody with nothing required and everything nullable.
func (photoPatch) Schema(r huma.Registry) *huma.Schema {
	whole := r.SchemaFromRef(r.Schema(typeFor[photoBody](), true, "").Ref)
	patch := &huma.Schema{
		Type: huma.TypeObject, AdditionalProperties: false, Properties: map[string]*huma.Schema{},
		Description: "An RFC 7396 merge patch: what is absent stays, null removes an optional member.",
	}
	for name, property := range whole.Properties {
		p := *property
		p.Nullable = p.Type == huma.TypeString && len(p.Enum) == 0
		patch.Properties[name] = &p
	}
	patch.PrecomputeMessages()
	return patch
}

type changePhotoInput struct {
	ID      string `path:"id" doc:"The photo's id."`
	IfMatch string `header:"If-Match" doc:"The ETag of the version that is changed. Required; * is not taken." example:"\"1\""`
}

func (s *surface) patchPhoto() {
	whole := s.huma.OpenAPI().Components.Schemas.Schema(typeFor[photoBody](), true, "")
	routeBody(s, operation{
		id: "changePhoto", method: http.MethodPatch, path: "/v1/photos/{id}", tag: tagPhotos, signedIn: true, patches: true,
		summary: "Change or move a photo", about: "A manager's right. The first storefront photo, or else the first, is what the place is shown with in lists.",
		faults:  []*fault.Error{media.ErrNotFound, media.ErrStale, ErrIfMatchRequired},
		example: map[string]any{"caption": "靠窗的位子", "position": 0},
	}, func(ctx context.Context, c *call, in *changePhotoInput, _ *photoPatch) (*photoOutput, error) {
		return s.changePhoto(ctx, c, in, whole)
	})
}

// changePhoto leaves it to the album to say first whether the photo is the actor's: a
// version that cannot be makes it say so, or that the version is stale.
func (s *surface) changePhoto(ctx context.Context, c *call, in *changePhotoInput, whole *huma.Schema) (*photoOutput, error) {
	album := s.api.Album
	p, _, err := album.Photo(ctx, c.actor, media.ID(in.ID))
	if err != nil {
		return nil, err
	}
	if !matchesVersion(in.IfMatch, p.Version) {
		_, err := album.Change(ctx, c.actor, p.ID, noVersion, media.Change{})
		if e, ok := asFault(err); ok && e.Kind == fault.Stale && (in.IfMatch == "" || in.IfMatch == "*") {
			return nil, ErrIfMatchRequired
		}
		return nil, err
	}
	change, err := s.patchedPhoto(c, &p, whole)
	if err != nil {
		return nil, err
	}
	actor, err := c.admit(change)
	if err != nil {
		return nil, err
	}
	p, err = album.Change(ctx, actor, p.ID, p.Version, change)
	if err != nil {
		return nil, err
	}
	return photoAnswer(&p), nil
}

// patchedPhoto is the change that comes of the call's patch on p; whole is the schema of
// what must come of it.
func (s *surface) patchedPhoto(c *call, p *media.Photo, whole *huma.Schema) (media.Change, error) {
	patch, err := decodeJSON(c.body)
	if err != nil {
		return media.Change{}, ErrMalformed
	}
	merged, raw, err := mergeInto(photoBody{Kind: string(p.Kind), Caption: p.Caption, Service: string(p.Service)}, patch)
	if err != nil {
		return media.Change{}, err
	}
	schemas{s.huma.OpenAPI().Components.Schemas}.check(&c.faults, whole, "", merged)
	var body photoBody
	if err := json.Unmarshal(raw, &body); err != nil && c.faults.none() {
		return media.Change{}, fmt.Errorf("read a merged photo: %w", err)
	}
	return media.Change{
		Draft:    media.Draft{Kind: media.Kind(body.Kind), Caption: body.Caption, Service: catalog.ServiceID(body.Service)},
		Position: body.Position,
	}, nil
}
