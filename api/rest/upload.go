package rest

import (
	"errors"
	"io"
	"net/http"
	"regexp"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"golang.org/x/sync/semaphore"

	"corner/fault"
	"corner/media"
)

// UploadWithin is how long a picture may take to arrive: 20 MB at 1.4 Mbit/s, or what
// phones usually send, 3 MB, at 200 kbit/s.
const UploadWithin = 2 * time.Minute

// uploadMemory bounds the pictures that are on their way, in bytes: who comes when it
// is full is asked to come again.
const uploadMemory = 320 << 20

// uploads is the memory for pictures that are on their way.
type uploads struct{ free *semaphore.Weighted }

func newUploads() *uploads { return &uploads{semaphore.NewWeighted(uploadMemory)} }

// upload is a picture that a call brings, not yet read.
type upload struct {
	r    *http.Request
	w    http.ResponseWriter
	pool *uploads
}

// Read reads the picture. release must be called once it is no longer needed. What is on its way
// takes of the pool what has arrived of it, no more: who sends slowly keeps nobody out.
func (u upload) Read() (content []byte, release func(), err error) {
	if u.r.ContentLength > media.MaxUpload {
		return nil, nil, media.ErrTooLarge
	}
	taken := int64(0)
	release = func() { u.pool.free.Release(taken) }
	u.extend()
	body := newPace(http.MaxBytesReader(u.w, u.r.Body, media.MaxUpload), u.w, UploadWithin)
	for err == nil {
		if len(content) == cap(content) {
			// What it was read into before counts on: it is garbage that nobody has collected yet.
			size := int64(cap(content)) + u.room(int64(cap(content)))
			if !u.pool.free.TryAcquire(size) {
				release()
				return nil, nil, media.ErrBusy
			}
			taken += size
			content = append(make([]byte, 0, size), content...)
		}
		var n int
		n, err = body.Read(content[len(content):cap(content)])
		content = content[:len(content)+n]
	}
	if err = u.refusal(err); err != nil {
		release()
		return nil, nil, err
	}
	return content, release, nil
}

// room is how much more room an upload is given that has filled what it has: as much again, at most
// what it said it would send, and a byte to see its end.
func (u upload) room(has int64) int64 {
	most := int64(media.MaxUpload)
	if u.r.ContentLength >= 0 {
		most = u.r.ContentLength
	}
	return max(1, min(max(has, 64<<10), most+1-has))
}

// extend gives the answer more time than the server gives to others.
func (u upload) extend() {
	_ = http.NewResponseController(u.w).SetWriteDeadline(time.Now().Add(UploadWithin + Deadline))
}

// refusal is what the end of the reading means; nil if the picture is there.
func (u upload) refusal(err error) error {
	_, large := errors.AsType[*http.MaxBytesError](err)
	switch {
	case errors.Is(err, io.EOF):
		return nil
	case large:
		return media.ErrTooLarge
	case errors.Is(err, ErrTooSlow):
		return ErrTooSlow
	}
	var in fault.Input // the client broke off, or sent chunks that are none
	in.Add("/photo", media.Broken)
	return in.Err()
}

// pictureBody describes the body of an operation that takes a picture.
func pictureBody() *huma.RequestBody {
	content := map[string]*huma.MediaType{}
	for _, kind := range []string{"image/jpeg", "image/png", "image/webp"} {
		content[kind] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	}
	return &huma.RequestBody{
		Required: true,
		Content:  content,
		Description: "The picture itself, at most 20 MB, 50 megapixels and 12,000 pixels a side. Its bytes count, not what Content-Type says " +
			"of them.",
	}
}

// ginPath is a path of the document as gin writes it.
func ginPath(path string) string { return pathParameter.ReplaceAllString(path, ":$1") }

var pathParameter = regexp.MustCompile(`\{(\w+)\}`)
