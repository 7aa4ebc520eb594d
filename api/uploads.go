package api

import (
	"context"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"time"

	"corner/api/rest"

	"corner/catalog"
	"corner/fault"
	"corner/identity"
	"corner/media"
)

type beginUploadInput struct {
	Place    string `path:"id" doc:"The place's id."`
	Version  string `header:"Tus-Resumable" doc:"The protocol's version." example:"1.0.0"`
	Length   string `header:"Upload-Length" doc:"How many bytes the picture has: 1 to 10485760." example:"2400000"`
	Metadata string `header:"Upload-Metadata" doc:"Names with values in Base64, by commas: kind (storefront, interior, equipment, item, evidence), caption, service_id. Others are passed over." example:"kind aXRlbQ=="`
	rest.KeyInput
}

type uploadInput struct {
	ID      string `path:"id" doc:"The upload's id."`
	Version string `header:"Tus-Resumable" doc:"The protocol's version." example:"1.0.0"`
}

type sendUploadInput struct {
	ID      string `path:"id" doc:"The upload's id."`
	Version string `header:"Tus-Resumable" doc:"The protocol's version." example:"1.0.0"`
	Offset  string `header:"Upload-Offset" doc:"Where in the picture the body begins: what the server has received." example:"262144"`
}

type uploadOptionsInput struct {
	ID string `path:"id" doc:"The id."`
}

type uploadOutput struct {
	Location string `header:"Location" doc:"Where the upload is, or the photo that it has become."`
	Offset   string `header:"Upload-Offset" doc:"How many bytes have been received."`
	Length   string `header:"Upload-Length" doc:"How many bytes the picture has."`
	Expires  string `header:"Upload-Expires" doc:"When it is gone."`
}

func (a *API) routeUploads(s *rest.Server) {
	hang := []*fault.Error{
		media.ErrTooManyPhotos, media.ErrTooManyToday, media.ErrHEIC, media.ErrFormat, media.ErrTooLarge, media.ErrTooManyPixels,
		media.ErrTooComplex, media.ErrInterrupted, media.ErrBusy,
	}
	rest.Route(s, rest.Operation{
		ID:       "beginUpload",
		Method:   http.MethodPost,
		Path:     "/v1/places/{id}/photos/uploads",
		Tag:      tagPhotos,
		Status:   http.StatusCreated,
		SignedIn: true,
		Creates:  true,
		Resumes:  true,
		Summary:  "Begin to send a photo in pieces",
		About: "A manager's right. The protocol is tus 1.0 with creation, expiration and termination, so any of its clients will do: the answer's Location takes the bytes, " +
			"in as many calls and over as many connections as it needs. A person has three uploads under way, of 10 MB each; one is gone after a day.",
		Faults: []*fault.Error{catalog.ErrPlaceNotFound, media.ErrTooManyPhotos, media.ErrTooManyUploads, media.ErrUploadTooLarge},
	}, a.beginUpload)
	rest.Route(s, rest.Operation{
		ID: "headUpload", Method: http.MethodHead, Path: "/v1/uploads/{id}", Tag: tagPhotos, Status: http.StatusOK, SignedIn: true, Resumes: true,
		Summary: "How far an upload has come", About: "For whoever began it. Location is the photo, once it hangs.",
		Faults: []*fault.Error{media.ErrUploadNotFound},
	}, a.upload)
	rest.Route(s, rest.Operation{
		ID:       "sendUpload",
		Method:   http.MethodPatch,
		Path:     "/v1/uploads/{id}",
		Tag:      tagPhotos,
		Status:   http.StatusNoContent,
		SignedIn: true,
		Resumes:  true,
		Chunks:   true,
		Summary:  "Send what follows of a photo",
		About: "What has arrived is kept, also of a call that broke off: HEAD tells where to go on. A call may take twenty minutes, at no less than 1 kB/s. With the last byte the photo is hung " +
			"as by POST /v1/places/{id}/photos, and Location names it. The same call again answers the same; where hanging was refused for now, so does a call with no bytes at the end.",
		Faults: append(
			hang,
			media.ErrUploadNotFound,
			media.ErrWrongOffset,
			media.ErrUploadTooLarge,
			media.ErrTooManyPieces,
			catalog.ErrPlaceNotFound,
		),
	}, a.sendUpload)
	rest.Route(s, rest.Operation{
		ID: "giveUpUpload", Method: http.MethodDelete, Path: "/v1/uploads/{id}", Tag: tagPhotos, Status: http.StatusNoContent,
		SignedIn: true, Resumes: true,
		Summary: "Give an upload up", About: "What was received is gone. A photo that it has become stays.",
		Faults: []*fault.Error{media.ErrUploadNotFound},
	}, a.giveUpUpload)
	for id, path := range map[string]string{"optionsUploads": "/v1/places/{id}/photos/uploads", "optionsUpload": "/v1/uploads/{id}"} {
		rest.Route(s, rest.Operation{
			ID: id, Method: http.MethodOptions, Path: path, Tag: tagPhotos, Status: http.StatusNoContent, Resumes: true,
			Summary: "What of tus is spoken", About: "Tus-Version, Tus-Extension and Tus-Max-Size.",
		}, a.uploadOptions)
	}
}

func (a *API) uploadOptions(context.Context, *rest.Call, *uploadOptionsInput) (*rest.Empty, error) {
	return &rest.Empty{}, nil
}

func (a *API) beginUpload(ctx context.Context, c *rest.Call, in *beginUploadInput) (*uploadOutput, error) {
	place := catalog.PlaceID(in.Place)
	if err := a.Album.MayAdd(ctx, c.Actor, place, c.Token != ""); err != nil {
		return nil, err
	}
	d, ok := draftOf(in.Metadata)
	c.Faults.Check(ok && d.Check() == nil, "?Upload-Metadata", fault.BadFormat)
	bytes := countOf(c, in.Length, "?Upload-Length")
	c.Faults.Check(bytes != 0, "?Upload-Length", fault.OutOfRange)
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	key, err := c.Key("uploads.begin", in.Place, in.Length, in.Metadata)
	if err != nil {
		return nil, err
	}
	u, err := a.Album.BeginUpload(ctx, actor, place, d, bytes, key)
	if err != nil {
		return nil, err
	}
	out := uploadAnswer(&u)
	out.Location = "/v1/uploads/" + string(u.ID)
	return out, nil
}

// draftOf reads what a client says of a photo.
func draftOf(metadata string) (media.Draft, bool) {
	var d media.Draft
	for pair := range strings.SplitSeq(metadata, ",") {
		name, encoded, _ := strings.Cut(strings.TrimSpace(pair), " ")
		value, err := base64.StdEncoding.DecodeString(strings.TrimSpace(encoded))
		if err != nil {
			return media.Draft{}, false
		}
		switch name {
		case "kind":
			d.Kind = media.Kind(value)
		case "caption":
			d.Caption = string(value)
		case "service_id":
			d.Service = catalog.ServiceID(value)
		}
	}
	return d, true
}

func (a *API) upload(ctx context.Context, c *rest.Call, in *uploadInput) (*uploadOutput, error) {
	u, err := a.Album.Upload(ctx, c.Actor, media.UploadID(in.ID))
	if err != nil {
		return nil, err
	}
	return uploadAnswer(&u), nil
}

func (a *API) giveUpUpload(ctx context.Context, c *rest.Call, in *uploadInput) (*rest.Empty, error) {
	return &rest.Empty{}, a.Album.GiveUpUpload(ctx, c.Actor, media.UploadID(in.ID))
}

func (a *API) sendUpload(ctx context.Context, c *rest.Call, in *sendUploadInput) (*uploadOutput, error) {
	u, err := a.Album.Upload(ctx, c.Actor, media.UploadID(in.ID))
	if err != nil {
		return nil, err
	}
	offset := countOf(c, in.Offset, "?Upload-Offset")
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	// The last call again, whose answer was lost: its bytes are there.
	again := u.Whole() && (offset == u.Bytes || offset+c.Upload.Length() == u.Bytes)
	if !again && offset != u.Received {
		return nil, media.ErrWrongOffset
	}
	if !again {
		err := c.Upload.Chunks(ctx, u.Bytes-u.Received, func(ctx context.Context, piece []byte) error {
			next, err := a.Album.Receive(ctx, actor, u.ID, u.Received, piece)
			if err == nil {
				u = next
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	if u.Whole() && u.Photo == "" {
		if err := a.hangUpload(ctx, c, actor, &u); err != nil {
			return nil, err
		}
	}
	return uploadAnswer(&u), nil
}

// hangWithin is how long a photo may wait for its turn and be developed.
const hangWithin = time.Minute

// hangUpload hangs what is whole, whether or not the phone waits for it: it would not come again for a photo of which
// it has sent the last byte.
func (a *API) hangUpload(ctx context.Context, c *rest.Call, actor identity.Actor, u *media.Upload) error {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), hangWithin)
	defer stop()
	room, release, err := c.Upload.Room(int(u.Bytes))
	if err != nil {
		return err
	}
	defer release()
	if err := a.Album.Assemble(ctx, u, room); err != nil {
		if now, again := a.Album.Upload(ctx, actor, u.ID); again == nil && now.Photo != "" {
			*u = now // hung meanwhile, by a call like this one
			return nil
		}
		return err
	}
	hung, err := a.Album.HangUpload(ctx, actor, u, room)
	if err == nil {
		*u = hung
	}
	return err
}

// countOf is a header's number of bytes.
func countOf(c *rest.Call, header, name string) int64 {
	n, err := strconv.ParseUint(header, 10, 62)
	c.Faults.Check(err == nil, name, fault.BadFormat)
	return int64(n)
}

func uploadAnswer(u *media.Upload) *uploadOutput {
	out := &uploadOutput{
		Offset: strconv.FormatInt(u.Received, 10), Length: strconv.FormatInt(u.Bytes, 10), Expires: u.ExpiresAt.UTC().Format(http.TimeFormat),
	}
	if u.Photo != "" {
		out.Location = "/v1/photos/" + string(u.Photo)
	}
	return out
}
