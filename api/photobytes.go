package api

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"corner/api/rest"

	"github.com/danielgtaylor/huma/v2"

	"corner/fault"
	"corner/media"
)

type photoBytesInput struct {
	ID          string `path:"id" doc:"The photo's id."`
	Size        string `path:"size" doc:"thumb, small or large."`
	IfNoneMatch string `header:"If-None-Match" doc:"The ETag of what the client has."`
}

type photoBytesOutput struct {
	Status        int
	ContentType   string `header:"Content-Type"`
	ContentLength string `header:"Content-Length"`
	CacheControl  string `header:"Cache-Control" doc:"The bytes at a path never change. Those of a draft are for nobody's shared cache."`
	ETag          string `header:"ETag" doc:"The digest of the bytes."`
	Vary          string `header:"Vary"`
	Body          []byte
}

func (a *API) routePhotoBytes(s *rest.Server) {
	op := rest.Operation{
		ID: "readPhoto", Method: http.MethodGet, Path: "/v1/photos/{id}/{size}", Tag: tagPhotos,
		Summary: "The photo itself", About: "A JPEG. That of a published place is for anybody, and for any cache.",
		Faults: []*fault.Error{media.ErrNotFound},
	}
	rest.Route(s, op, a.photoBytes)
	picture(s, op)
	op.ID, op.Method, op.Summary = "headPhoto", http.MethodHead, "Whether the photo is there, and how large"
	rest.Route(s, op, a.photoHead)
	picture(s, op)
}

// picture describes the answers of an operation that are no JSON.
func picture(s *rest.Server, op rest.Operation) {
	described := s.PathOperation(op)
	described.Responses["200"].Content = map[string]*huma.MediaType{
		"image/jpeg": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}},
	}
	if op.Method == http.MethodHead {
		described.Responses["200"].Content = nil
	}
	described.Responses["304"] = &huma.Response{Description: "The client has it already."}
}

func (a *API) photoBytes(ctx context.Context, c *rest.Call, in *photoBytesInput) (*photoBytesOutput, error) {
	out, v, err := a.photoHeaders(ctx, c, in)
	if err != nil || out.Status == http.StatusNotModified {
		return out, err
	}
	out.Body, err = a.Album.Content(ctx, v)
	if err != nil {
		return nil, err
	}
	return out, nil
}

func (a *API) photoHead(ctx context.Context, c *rest.Call, in *photoBytesInput) (*photoBytesOutput, error) {
	out, _, err := a.photoHeaders(ctx, c, in)
	return out, err
}

// photoHeaders is the answer but for the bytes.
func (a *API) photoHeaders(ctx context.Context, c *rest.Call, in *photoBytesInput) (*photoBytesOutput, media.Variant, error) {
	p, public, err := a.Album.Photo(ctx, c.Actor, media.ID(in.ID))
	if err != nil {
		return nil, media.Variant{}, err
	}
	v, known := p.Variant(media.Size(in.Size))
	if !known {
		return nil, v, media.ErrNotFound
	}
	out := &photoBytesOutput{
		Status: http.StatusOK, ETag: `"` + string(v.Digest) + `"`, ContentType: "image/jpeg", ContentLength: strconv.Itoa(v.Bytes),
		CacheControl: "private, no-cache", Vary: "Authorization",
	}
	if public {
		out.CacheControl = "public, max-age=31536000, immutable"
	}
	if matchesTag(in.IfNoneMatch, out.ETag) {
		out.Status, out.ContentType, out.ContentLength = http.StatusNotModified, "", ""
	}
	return out, v, nil
}

// matchesTag reports whether an If-None-Match names the tag, weakly or not (RFC 9110
// §13.1.2).
func matchesTag(header, tag string) bool {
	for t := range strings.SplitSeq(header, ",") {
		if t = strings.TrimSpace(t); t == "*" || strings.TrimPrefix(t, "W/") == tag {
			return true
		}
	}
	return false
}
