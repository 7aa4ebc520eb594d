package media

import (
	"context"
	"errors"
	"time"
)

// Darkroom makes uploads into variants: with so much memory at one time, one picture of a person at a
// time, and everybody in turn.
type Darkroom struct {
	developer Developer
	queue     *queue
	memory    int64
}

// Developer makes a picture into its prints: in this process, or in one whose memory goes back to the
// system when it ends.
type Developer interface {
	// Develop makes an upload into its variants and their blobs, smallest first, within so many bytes.
	// What cannot be used is refused: ErrHEIC, ErrFormat, ErrTooLarge, ErrTooManyPixels, ErrTooComplex, or a
	// fault of the input if it is broken. What is broken off for another reason than the picture is
	// ErrInterrupted, or the error of ctx.
	Develop(ctx context.Context, upload []byte, memory int64) ([]Print, error)
}

// What developing takes beside the decoded picture.
const (
	drawing = 40 << 20 // the small pictures, and what drawing and encoding them needs
	process = 60 << 20 // a worker before it has read anything
)

// DarkroomMemory is enough for the largest picture that is taken.
const DarkroomMemory = maxDecoded + drawing + process

// waitsAtMost is how long a picture waits for its turn before its sender is asked to come again.
const waitsAtMost = 20 * time.Second

// NewDarkroom has so many bytes to work with, for at most so many pictures at a time. A picture that
// takes more is refused.
func NewDarkroom(d Developer, memory int64, atOnce int) *Darkroom {
	return &Darkroom{developer: d, queue: newQueue(memory, atOnce), memory: memory}
}

// Need is how many bytes developing an upload takes, by its header. What cannot be used is refused.
func Need(upload []byte) (int64, error) {
	if len(upload) > MaxUpload {
		return 0, ErrTooLarge
	}
	f, err := measure(upload)
	if err != nil {
		return 0, err
	}
	return f.decoded + drawing + process, nil
}

// Enter measures an upload and waits for its turn, which must be left. What cannot be used is refused at
// once. ErrBusy asks to come again: too much has waited for too long.
func (d *Darkroom) Enter(ctx context.Context, user string, upload []byte) (*Turn, error) {
	need, err := Need(upload)
	if err != nil {
		return nil, err
	}
	if need > d.memory {
		return nil, ErrTooComplex
	}
	waiting, stop := context.WithTimeout(ctx, waitsAtMost)
	defer stop()
	if err := d.queue.enter(waiting, user, need); err != nil {
		if ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) {
			return nil, ErrBusy
		}
		return nil, err
	}
	return &Turn{room: d, user: user, upload: upload, memory: need}, nil
}

// Turn is a picture's turn in the darkroom.
type Turn struct {
	room   *Darkroom
	user   string
	upload []byte
	memory int64 // taken at present
	left   bool
}

// Develop makes the picture into its prints, once. Then its memory is there for others, and the turn is
// still the user's: their next picture waits until this one is kept, which may be the same again.
func (t *Turn) Develop(ctx context.Context) ([]Print, error) {
	defer t.release()
	return t.room.developer.Develop(ctx, t.upload, t.memory)
}

func (t *Turn) release() {
	if t.memory > 0 {
		t.room.queue.release(t.memory)
		t.memory = 0
	}
}

// Leave lets the user's next picture in. A turn that was left is left.
func (t *Turn) Leave() {
	t.release()
	if !t.left {
		t.left = true
		t.room.queue.leave(t.user)
	}
}
