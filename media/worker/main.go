package worker

import (
	"context"
	"errors"
	"io"
	"runtime/debug"

	"corner/media"
)

// outside is what a process takes that Go does not count: the program itself.
const outside = 40 << 20

// Main is a worker: it develops what it reads from in, and answers on out. end ends the process, for in
// has ended and nobody waits for the answer.
func Main(ctx context.Context, in io.Reader, out io.Writer, end func()) error {
	var o order
	if err := readHead(in, &o); err != nil {
		return err
	}
	upload, err := readFrame(in, media.MaxUpload)
	if err != nil {
		return err
	}
	go func() {
		_, _ = io.Copy(io.Discard, in)
		end()
	}()
	if o.Memory <= outside {
		return errors.New("that is not memory enough to begin")
	}
	// The first bound makes the collector work, the second ends who passes it all the same.
	debug.SetMemoryLimit(o.Memory - outside)
	if err := confine(o.Memory); err != nil {
		return err
	}
	prints, err := media.InProcess{}.Develop(ctx, upload, o.Memory)
	return writeAnswer(out, prints, err)
}
