package worker

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"time"

	"corner/media"
)

// Developer is a media.Developer that starts a worker for each picture.
type Developer struct {
	Path string   // of the program that calls Main
	Args []string // that make it do so
	Env  []string // all that it is told; secrets are not for who reads what strangers send
	// Within is how long a picture may take, on a machine that has much else to do; 0 is DefaultWithin.
	Within time.Duration
	Log    *slog.Logger // of workers that failed
}

var _ media.Developer = (*Developer)(nil)

// DefaultWithin is ten times what the largest picture takes.
const DefaultWithin = 30 * time.Second

// Develop implements media.Developer.
func (d *Developer) Develop(ctx context.Context, upload []byte, memory int64) ([]media.Print, error) {
	if len(upload) > media.MaxUpload {
		return nil, media.ErrTooLarge
	}
	within := d.Within
	if within == 0 {
		within = DefaultWithin
	}
	limited, stop := context.WithTimeout(ctx, within)
	defer stop()
	prints, said, err := d.develop(limited, upload, memory)
	switch {
	case err == nil:
		return prints, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, errFailed):
		d.Log.LogAttrs(ctx, slog.LevelError, "a worker that develops photos failed", slog.String("error", err.Error()), slog.String("said", said))
		return nil, media.ErrInterrupted
	}
	return nil, err
}

// errFailed says that it was the worker, not the picture.
var errFailed = errors.New("worker failed")

func (d *Developer) develop(ctx context.Context, upload []byte, memory int64) (prints []media.Print, said string, err error) {
	var head bytes.Buffer
	if err := errors.Join(writeHead(&head, order{memory}), writeLength(&head, len(upload))); err != nil {
		return nil, "", err
	}
	answered := make(chan struct{})
	stderr := &beginning{left: 2 << 10}
	cmd := exec.CommandContext(ctx, d.Path, d.Args...)
	cmd.Env, cmd.Stderr = d.Env, stderr
	// The input stays open until the worker has answered: its end says that nobody waits any more.
	cmd.Stdin = io.MultiReader(&head, bytes.NewReader(upload), until(answered))
	bind(cmd)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, "", errors.Join(errFailed, err)
	}
	if err := cmd.Start(); err != nil {
		return nil, "", errors.Join(errFailed, err)
	}
	prints, err = readAnswer(out)
	close(answered)
	if errors.Is(err, errAnswer) {
		_ = cmd.Process.Kill()
	}
	// Only now is the upload no longer read.
	ended := cmd.Wait()
	if errors.Is(err, errAnswer) {
		return nil, stderr.String(), errors.Join(errFailed, err, ended, ctx.Err())
	}
	return prints, "", err
}

// until is a reader of nothing that ends when the channel is closed.
type until <-chan struct{}

// Read implements io.Reader.
func (u until) Read([]byte) (int, error) {
	<-u
	return 0, io.EOF
}

// beginning keeps the first bytes that are written to it.
type beginning struct {
	bytes.Buffer
	left int
}

// Write implements io.Writer.
func (b *beginning) Write(p []byte) (int, error) {
	n := min(b.left, len(p))
	b.left -= n
	_, _ = b.Buffer.Write(p[:n])
	return len(p), nil
}

// Environment is what a worker is told: one processor, for decoders use no more, and whatever the
// program's own diagnostics go by.
func Environment() []string {
	env := []string{"GOMAXPROCS=1"}
	for _, name := range []string{"GORACE", "GOCOVERDIR"} {
		if v, set := os.LookupEnv(name); set {
			env = append(env, name+"="+v)
		}
	}
	return env
}
