package api

import (
	"context"
	"net/http"

	"corner/api/rest"

	"github.com/danielgtaylor/huma/v2"

	"corner/catalog"
	"corner/fault"
	"corner/media"
)

// photoBody is what can be changed of a photo, and what a merge patch is applied to.
type photoBody struct {
	Kind     string `json:"kind" enum:"storefront,interior,equipment,item,evidence" doc:"What the photo shows." example:"storefront"`
	Caption  string `json:"caption,omitempty" maxLength:"300" doc:"For people." example:"靠窗的位子"`
	Service  string `json:"service_id,omitempty" maxLength:"64" doc:"What is shown of what is sold." example:"svc_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Position *int   `json:"position,omitempty" minimum:"0" maximum:"29" doc:"Where it moves in the place's list, from 0; beyond the end is the end. Others make room, and keep their versions." example:"0"`
}

// photoPatch is a merge patch of a photoBody.
type photoPatch struct{}

// Schema is photoBody with nothing required and everything nullable.
func (photoPatch) Schema(r huma.Registry) *huma.Schema {
	return rest.PatchOf(r, rest.TypeFor[photoBody]())
}

type changePhotoInput struct {
	ID string `path:"id" doc:"The photo's id."`
	rest.IfMatchInput
}

func (a *API) routePatchPhoto(s *rest.Server) {
	s.Whole(rest.TypeFor[photoBody]())
	rest.RouteBody(s, rest.Operation{
		ID:       "changePhoto",
		Method:   http.MethodPatch,
		Path:     "/v1/photos/{id}",
		Tag:      tagPhotos,
		SignedIn: true,
		Patches:  true,
		Summary:  "Change or move a photo",
		About:    "A manager's right. The first storefront photo, or else the first, is what the place is shown with in lists.",
		Faults:   []*fault.Error{media.ErrNotFound, media.ErrStale, rest.ErrIfMatchRequired},
		Example:  map[string]any{"caption": "靠窗的位子", "position": 0},
	}, a.changePhoto)
}

func (a *API) changePhoto(ctx context.Context, c *rest.Call, in *changePhotoInput, _ *photoPatch) (*photoOutput, error) {
	album := a.Album
	p, _, err := album.Photo(ctx, c.Actor, media.ID(in.ID))
	if err != nil {
		return nil, err
	}
	if c.Repeated {
		return photoAnswer(&p), nil
	}
	if !rest.MatchesVersion(in.IfMatch, p.Version) {
		return nil, in.RefuseVersion(func(version int64) error {
			_, err := album.Change(ctx, c.Actor, p.ID, version, media.Change{})
			return err
		})
	}
	var body photoBody
	if _, err := c.Merge(photoBody{Kind: string(p.Kind), Caption: p.Caption, Service: string(p.Service)}, &body); err != nil {
		return nil, err
	}
	change := media.Change{
		Draft:    media.Draft{Kind: media.Kind(body.Kind), Caption: body.Caption, Service: catalog.ServiceID(body.Service)},
		Position: body.Position,
	}
	actor, err := c.Admit(change)
	if err != nil {
		return nil, err
	}
	p, err = album.Change(ctx, actor, p.ID, p.Version, change)
	if err != nil {
		return nil, err
	}
	return photoAnswer(&p), nil
}
