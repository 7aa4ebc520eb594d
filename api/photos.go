package api

import (
	"context"
	"net/http"
	"time"

	"corner/api/rest"

	"corner/catalog"
	"corner/fault"
	"corner/media"
)

type photo struct {
	ID        string        `json:"id" example:"pht_01kay3c4zq8v0e5t7m2r9x6b1d"`
	PlaceID   string        `json:"place_id" example:"plc_01kay3c4zq8v0e5t7m2r9x6b1d"`
	ServiceID string        `json:"service_id,omitempty" doc:"What is shown of what is sold; absent for the place itself."`
	Kind      string        `json:"kind" enum:"storefront,interior,equipment,item,evidence" example:"storefront"`
	Caption   string        `json:"caption,omitempty" example:"靠窗的位子"`
	Width     int           `json:"width" doc:"Of the largest variant, in pixels." example:"1600"`
	Height    int           `json:"height" doc:"Of the largest variant, in pixels." example:"1200"`
	Variants  photoVariants `json:"variants" doc:"JPEGs, upright, without anything the camera wrote into them."`
	Version   int64         `json:"version" doc:"Grows with every change; the ETag." example:"1"`
	CreatedAt time.Time     `json:"created_at"`
}

type photoVariants struct {
	Thumb photoVariant `json:"thumb" doc:"160 pixels on the longer side at most."`
	Small photoVariant `json:"small" doc:"480 pixels at most."`
	Large photoVariant `json:"large" doc:"1600 pixels at most."`
}

type photoVariant struct {
	URL    string `json:"url" format:"uri-reference" example:"/v1/photos/pht_01kay3c4zq8v0e5t7m2r9x6b1d/large"`
	Width  int    `json:"width" example:"1600"`
	Height int    `json:"height" example:"1200"`
	Bytes  int    `json:"bytes" example:"212000"`
}

type photoList struct {
	Photos     []photo `json:"photos"`
	NextCursor *string `json:"next_cursor" doc:"For the next page; null on the last." example:"eyJhZnRlciI6MX0"`
}

type addPhotoInput struct {
	Place   string `path:"id" doc:"The place's id."`
	Kind    string `query:"kind" required:"true" enum:"storefront,interior,equipment,item,evidence" doc:"What the photo shows."`
	Caption string `query:"caption" maxLength:"300" doc:"For people."`
	Service string `query:"service_id" maxLength:"64" doc:"What is shown of what is sold."`
	rest.KeyInput
}

type photoPageInput struct {
	Place string `path:"id" doc:"The place's id."`
	rest.PageInput
}

type photoInput struct {
	ID string `path:"id" doc:"The photo's id."`
}

type photoOutput struct {
	ETag     string `header:"ETag" doc:"The photo's version, for If-Match."`
	Location string `header:"Location" doc:"Where the photo is read. Only with 201."`
	Body     photo
}

type photoListOutput struct{ Body photoList }

func (a *API) routePhotos(s *rest.Server) {
	rest.Route(s, rest.Operation{
		ID:       "addPhoto",
		Method:   http.MethodPost,
		Path:     "/v1/places/{id}/photos",
		Tag:      tagPhotos,
		Status:   http.StatusCreated,
		SignedIn: true,
		Creates:  true,
		Uploads:  true,
		Summary:  "Add a photo to a place",
		About: "A manager's right. The body is the picture: JPEG, PNG or WebP. It is turned upright, drawn anew without what the camera wrote " +
			"into it " +
			"(position, device, time), and kept in three sizes; the picture as it was sent is not kept. It becomes the last of the place's photos, of which there are 30 at most. " +
			"One picture of a person is worked on at a time, and people take turns; who is answered photo.busy or photo.interrupted sends it again after Retry-After. A phone has two minutes to send it, at no less than 1 kB/s. The answer to a format that is not taken names it in format: with photo.heic, choose the camera's most compatible format.",
		Faults: []*fault.Error{
			catalog.ErrPlaceNotFound,
			media.ErrNotFound,
			media.ErrTooManyPhotos,
			media.ErrTooManyToday,
			media.ErrHEIC,
			media.ErrFormat,
			media.ErrTooLarge,
			media.ErrTooManyPixels,
			media.ErrTooComplex,
			media.ErrInterrupted,
			media.ErrBusy,
		},
	}, a.addPhoto)
	rest.Route(s, rest.Operation{
		ID: "listPhotos", Method: http.MethodGet, Path: "/v1/places/{id}/photos", Tag: tagPhotos,
		Summary: "A place's photos", About: "In their order. Those of a draft are for the people who work there.",
		Faults: []*fault.Error{catalog.ErrPlaceNotFound},
	}, a.photosOf)
	rest.Route(s, rest.Operation{
		ID: "getPhoto", Method: http.MethodGet, Path: "/v1/photos/{id}", Tag: tagPhotos,
		Summary: "Read what is known of a photo", About: "That of a published place is for anybody.",
		Faults: []*fault.Error{media.ErrNotFound},
	}, a.photo)
	a.routePatchPhoto(s)
	rest.Route(s, rest.Operation{
		ID: "removePhoto", Method: http.MethodDelete, Path: "/v1/photos/{id}", Tag: tagPhotos, Status: http.StatusNoContent, SignedIn: true,
		Summary: "Remove a photo", About: "A manager's right. It is no longer shown from then on, and its bytes are gone within two days.",
		Faults: []*fault.Error{media.ErrNotFound},
	}, a.removePhoto)
	a.routePhotoBytes(s)
	a.routeUploads(s)
}

func (a *API) addPhoto(ctx context.Context, c *rest.Call, in *addPhotoInput) (*photoOutput, error) {
	place := catalog.PlaceID(in.Place)
	// Who may not add is told before he has sent it all.
	if err := a.Album.MayAdd(ctx, c.Actor, place, c.Token != ""); err != nil {
		return nil, err
	}
	d := media.Draft{Kind: media.Kind(in.Kind), Caption: in.Caption, Service: catalog.ServiceID(in.Service)}
	actor, err := c.Admit(d)
	if err != nil {
		return nil, err
	}
	content, release, err := c.Upload.Read()
	if err != nil {
		return nil, err
	}
	defer release()
	key, err := c.Key("photos.add", in.Place, in.Kind, in.Caption, in.Service, media.DigestOf(content))
	if err != nil {
		return nil, err
	}
	p, err := a.Album.Add(ctx, actor, place, d, content, key)
	if err != nil {
		return nil, err
	}
	out := photoAnswer(&p)
	out.Location = "/v1/photos/" + string(p.ID)
	return out, nil
}

func (a *API) photosOf(ctx context.Context, c *rest.Call, in *photoPageInput) (*photoListOutput, error) {
	after := in.After(c, "pht")
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	list, err := a.Album.Photos(ctx, actor, catalog.PlaceID(in.Place), media.ID(after), in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := &photoListOutput{photoList{Photos: []photo{}}}
	list, out.Body.NextCursor = rest.More(in.PageInput, list, func(p *media.Photo) string { return string(p.ID) })
	for i := range list {
		out.Body.Photos = append(out.Body.Photos, renderPhoto(&list[i]))
	}
	return out, nil
}

func (a *API) photo(ctx context.Context, c *rest.Call, in *photoInput) (*photoOutput, error) {
	p, _, err := a.Album.Photo(ctx, c.Actor, media.ID(in.ID))
	if err != nil {
		return nil, err
	}
	return photoAnswer(&p), nil
}

func (a *API) removePhoto(ctx context.Context, c *rest.Call, in *photoInput) (*rest.Empty, error) {
	return &rest.Empty{}, a.Album.Remove(ctx, c.Actor, media.ID(in.ID))
}

func photoAnswer(p *media.Photo) *photoOutput {
	return &photoOutput{ETag: rest.FormatETag(p.Version), Body: renderPhoto(p)}
}

func renderPhoto(p *media.Photo) photo {
	return photo{
		ID: string(p.ID), PlaceID: string(p.Place), ServiceID: string(p.Service), Kind: string(p.Kind), Caption: p.Caption,
		Width: p.Width, Height: p.Height, Version: p.Version, CreatedAt: p.CreatedAt,
		Variants: photoVariants{renderVariant(p, media.Thumb), renderVariant(p, media.Small), renderVariant(p, media.Large)},
	}
}

func renderVariant(p *media.Photo, s media.Size) photoVariant {
	v, _ := p.Variant(s)
	return photoVariant{URL: photoURL(p.ID, s), Width: v.Width, Height: v.Height, Bytes: v.Bytes}
}

// photoURL is where the bytes of a photo are.
func photoURL(id media.ID, s media.Size) string { return "/v1/photos/" + string(id) + "/" + string(s) }
