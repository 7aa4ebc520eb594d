package rest

import (
	"errors"
	"io"
	"net/http"
	"regexp"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"corner/fault"
	"corner/media"
)

// UploadWithin is how long a picture may take to arrive: 20 MB at 1.4 Mbit/s, or what
// phones usually send, 3 MB, at 200 kbit/s.
const UploadWithin = 2 * time.Minute

// UploadMemory bounds the pictures that are on their way, in bytes, where nothing else is said: who
// comes when it is full is asked to come again.
const UploadMemory = 320 << 20

// upload is a picture that a call brings, not yet read.
type upload struct {
	r    *http.Request
	w    http.ResponseWriter
	pool *uploads
	user string
}

// Read reads the picture. release must be called once it is no longer needed, and nothing may keep any
// of it then. What is on its way takes of the pool what has arrived of it, no more: who sends slowly
// keeps nobody out.
func (u upload) Read() (content []byte, release func(), err error) {
	if u.r.ContentLength > media.MaxUpload {
		return nil, nil, media.ErrTooLarge
	}
	room, err := reserve(u.most() + 1) // a byte to see its end
	if err != nil {
		return nil, nil, err
	}
	taken := 0
	release = func() {
		u.pool.release(u.user, int64(taken))
		room.free()
	}
	u.extend()
	body := newPace(http.MaxBytesReader(u.w, u.r.Body, media.MaxUpload), u.w, UploadWithin)
	for n := 0; err == nil; {
		if n == taken {
			more := u.more(taken)
			if !u.pool.take(u.user, int64(more)) {
				release()
				return nil, nil, media.ErrBusy
			}
			taken += more
		}
		var arrived int
		arrived, err = body.Read(room.bytes[n:taken])
		n += arrived
		content = room.bytes[:n:n]
	}
	if err = u.refusal(err); err != nil {
		release()
		return nil, nil, err
	}
	return content, release, nil
}

// most is how many bytes it can have.
func (u upload) most() int {
	if u.r.ContentLength >= 0 {
		return int(u.r.ContentLength)
	}
	return media.MaxUpload
}

// more is how much more an upload may fill that has filled what it has: as much again.
func (u upload) more(has int) int { return max(1, min(max(has, 64<<10), u.most()+1-has)) }

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
