package rest

import (
	"errors"
	"io"
	"net/http"
	"os"
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

// Read reads the picture. release must be called once it is no longer needed.
func (u upload) Read() (content []byte, release func(), err error) {
	size := u.r.ContentLength
	if size > media.MaxUpload {
		return nil, nil, media.ErrTooLarge
	}
	if size < 0 { // not told
		size = media.MaxUpload
	}
	if !u.pool.free.TryAcquire(size) {
		return nil, nil, media.ErrBusy
	}
	release = func() { u.pool.free.Release(size) }
	u.extend()
	content, err = u.readAll(size)
	if err != nil {
		release()
		return nil, nil, err
	}
	return content, release, nil
}

// extend gives the call more time than the server gives to others. Where nobody can
// (in tests without a server), nobody limits it either.
func (u upload) extend() {
	c := http.NewResponseController(u.w)
	now := time.Now() // what the connection goes by, whatever clock the rooms have
	_ = c.SetReadDeadline(now.Add(UploadWithin))
	_ = c.SetWriteDeadline(now.Add(UploadWithin + Deadline))
}

func (u upload) readAll(size int64) ([]byte, error) {
	body := http.MaxBytesReader(u.w, u.r.Body, media.MaxUpload)
	var content []byte
	var err error
	if u.r.ContentLength >= 0 {
		content = make([]byte, size)
		_, err = io.ReadFull(body, content)
	} else {
		content, err = io.ReadAll(body)
	}
	_, large := errors.AsType[*http.MaxBytesError](err)
	switch {
	case err == nil:
		return content, nil
	case large:
		return nil, media.ErrTooLarge
	case errors.Is(err, os.ErrDeadlineExceeded):
		return nil, ErrTimeout
	}
	var in fault.Input // the client broke off, or sent chunks that are none
	in.Add("/photo", media.Broken)
	return nil, in.Err()
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
