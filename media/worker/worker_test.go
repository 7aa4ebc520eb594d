package worker_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"corner/media"
	"corner/media/mediatest"
	"corner/media/worker"
)

// TestMain is also the worker of these tests: a good one, or one that fails in some way.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == "develop" {
		os.Exit(develop(os.Getenv("BEHAVIOUR")))
	}
	os.Exit(m.Run())
}

func develop(behaviour string) int {
	if behaviour == "" {
		if err := worker.Main(context.Background(), os.Stdin, os.Stdout, func() { os.Exit(1) }); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		return 0
	}
	say := func(frames ...string) {
		for _, f := range frames {
			_, _ = os.Stdout.Write(append(binary.BigEndian.AppendUint32(nil, uint32(len(f))), f...))
		}
	}
	const three = `{"Prints": [{"Size": "thumb", "Width": 8, "Height": 8}, {"Size": "small", "Width": 8, "Height": 8}, {"Size": "large", "Width": %d, "Height": 8}]}`
	jpeg := string(mediatest.JPEG(mediatest.Marked(8, 8)))
	switch behaviour {
	case "ends at once":
	case "panics":
		panic("as a decoder might")
	case "hangs":
		_, _ = io.Copy(io.Discard, os.Stdin)
		time.Sleep(time.Hour)
	case "talks":
		for {
			if _, err := os.Stdout.WriteString("not an answer at all "); err != nil {
				return 1
			}
		}
	case "promises much":
		_, _ = os.Stdout.Write([]byte{0xff, 0xff, 0xff, 0xff, '{'})
	case "no prints":
		say(`{}`)
	case "a print too few":
		say(fmt.Sprintf(three, 8), jpeg, jpeg)
	case "no pictures":
		say(fmt.Sprintf(three, 8), jpeg, jpeg, "<html>")
	case "too wide":
		say(fmt.Sprintf(three, 1601), jpeg, jpeg, jpeg)
	case "a code of its own":
		say(`{"Refusal": {"Code": "photo.hacked"}}`)
	}
	return 0
}

// log is what was logged.
type log struct {
	mu sync.Mutex
	bytes.Buffer
}

// Write implements io.Writer.
func (l *log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.Buffer.Write(p)
}

func newDeveloper(t *testing.T, behaviour string) (*worker.Developer, *log) {
	t.Helper()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	l := &log{}
	return &worker.Developer{
		Path: path, Args: []string{"develop"}, Env: append(worker.Environment(), "BEHAVIOUR="+behaviour),
		Log: slog.New(slog.NewTextHandler(l, nil)), Within: 5 * time.Minute,
	}, l
}

func TestDeveloper(t *testing.T) {
	t.Parallel()
	d, _ := newDeveloper(t, "")
	mediatest.Developer(t, d)
}

// TestFailures: whatever becomes of a worker, the upload is refused as one that may be sent again, and
// the log says why.
func TestFailures(t *testing.T) {
	t.Parallel()
	upload := mediatest.JPEG(mediatest.Marked(8, 8))
	for behaviour, said := range map[string]string{
		"ends at once": "EOF", "panics": "as a decoder might", "talks": "frame of", "promises much": "frame of 4294967295",
		"no prints": "answer is none", "a print too few": "EOF", "no pictures": "answer is none", "too wide": "answer is none",
	} {
		d, l := newDeveloper(t, behaviour)
		if prints, err := d.Develop(t.Context(), upload, media.DarkroomMemory); !errors.Is(err, media.ErrInterrupted) || prints != nil {
			t.Errorf("a worker that %s: got %v, want %v", behaviour, err, media.ErrInterrupted)
		}
		if !strings.Contains(l.String(), said) {
			t.Errorf("a worker that %s: the log has %q, want %q", behaviour, l, said)
		}
	}
	d, _ := newDeveloper(t, "a code of its own")
	if _, err := d.Develop(t.Context(), upload, media.DarkroomMemory); !errors.Is(err, media.ErrInterrupted) {
		t.Errorf("a worker that answers a code of its own: got %v, want %v", err, media.ErrInterrupted)
	}
	d.Path = "/nowhere"
	if _, err := d.Develop(t.Context(), upload, media.DarkroomMemory); !errors.Is(err, media.ErrInterrupted) {
		t.Errorf("no worker at all: got %v, want %v", err, media.ErrInterrupted)
	}
}

// TestHanging: a worker that does not answer in time is ended, and so is one for whom nobody waits.
func TestHanging(t *testing.T) {
	t.Parallel()
	upload := mediatest.JPEG(mediatest.Marked(8, 8))
	d, l := newDeveloper(t, "hangs")
	d.Within = 100 * time.Millisecond
	if _, err := d.Develop(t.Context(), upload, media.DarkroomMemory); !errors.Is(err, media.ErrInterrupted) {
		t.Errorf("a worker that hangs: got %v, want %v", err, media.ErrInterrupted)
	}
	if !strings.Contains(l.String(), "deadline exceeded") {
		t.Errorf("the log has %q, want it to tell of the time", l)
	}
	d.Within = 0
	ctx, leave := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer leave()
	if _, err := d.Develop(ctx, upload, media.DarkroomMemory); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("for somebody who has left: got %v, want %v", err, context.DeadlineExceeded)
	}
}

// TestEndsWithItsInput: a worker whose server is gone ends, in the middle of a picture or before it.
func TestEndsWithItsInput(t *testing.T) {
	t.Parallel()
	d, _ := newDeveloper(t, "")
	for name, c := range map[string]struct {
		input []byte
		want  int
	}{
		"before the order": {nil, 1},
		"in the upload":    {worker.Order(media.DarkroomMemory, mediatest.HEIC())[:40], 1},
		"in the decoding":  {worker.Order(media.DarkroomMemory, mediatest.Flat()), 1},
	} {
		cmd := exec.CommandContext(t.Context(), d.Path, d.Args...)
		cmd.Env, cmd.Stdin = d.Env, bytes.NewReader(c.input)
		answer, err := cmd.Output()
		if ended, ok := errors.AsType[*exec.ExitError](err); !ok || ended.ExitCode() != c.want || len(answer) > 0 {
			t.Errorf("an input that ends %s: %v and %d bytes, want status %d and none", name, err, len(answer), c.want)
		}
	}
}

// TestEnvironment: a worker is told no secrets.
func TestEnvironment(t *testing.T) {
	t.Setenv("CORNER_SECRET", "hidden")
	t.Setenv("GORACE", "exitcode=66")
	if got, want := worker.Environment(), []string{"GOMAXPROCS=1", "GORACE=exitcode=66"}; !slices.Equal(got[:2], want) ||
		slices.ContainsFunc(got, func(v string) bool { return strings.Contains(v, "hidden") }) {
		t.Errorf("got %v, want %v", got, want)
	}
}
