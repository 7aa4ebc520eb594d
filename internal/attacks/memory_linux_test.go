package attacks_test

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"corner/internal/cornertest"
	"corner/media/mediatest"
)

// upload sends a picture until it is taken: who is told to come again does. It is how often it was
// told so.
func (u uploader) upload(picture []byte) (refused int, err error) {
	for deadline := time.Now().Add(10 * cornertest.Patience); ; {
		a, err := u.Try(http.MethodPost, u.path, string(picture), "Content-Type", "image/png")
		if err != nil {
			return refused, err
		}
		if a.Status == http.StatusCreated {
			return refused, nil
		}
		after, notSaid := strconv.Atoi(a.Header.Get("Retry-After"))
		if a.Status != http.StatusServiceUnavailable || !strings.Contains(string(a.Body), `"photo.busy"`) || notSaid != nil {
			return refused, fmt.Errorf("answered %d: %s", a.Status, a.Body)
		}
		if time.Now().After(deadline) {
			return refused, fmt.Errorf("still refused after %d tries: %s", refused, a.Body)
		}
		refused++
		time.Sleep(time.Duration(after) * time.Second)
	}
}

// TestSixteenBombs: sixteen pictures at once that take 200 MB each to decode, from sixteen people and
// from one, and server and workers together stay below 512 MB; all are taken in the end. The program is
// the one that users have: the race detector takes several times the memory.
func TestSixteenBombs(t *testing.T) {
	t.Parallel()
	const n, most = 16, 512 << 20
	s := cornertest.Start(t, cornertest.Setup{Args: []string{"--photo-memory=384"}})
	s.Ready(t)
	people := make([]uploader, n)
	for i := range people {
		people[i] = newUploader(t, s, fmt.Sprintf("+861380013%04d", i))
	}
	picture := mediatest.Flat()
	atOnce := func(what string, who func(i int) uploader) {
		var refused atomic.Int64
		peak := s.PeakMemory(t, func() {
			var wg sync.WaitGroup
			for i := range n {
				wg.Go(func() {
					r, err := who(i).upload(picture)
					if err != nil {
						t.Errorf("%s: upload %d: %v", what, i, err)
					}
					refused.Add(int64(r))
				})
			}
			wg.Wait()
		})
		t.Logf("%s: at most %d MB, %d refusals", what, peak>>20, refused.Load())
		if peak > most {
			t.Errorf("%s: server and workers took %d MB, want at most %d", what, peak>>20, most>>20)
		}
	}
	atOnce("by sixteen people", func(i int) uploader { return people[i] })
	atOnce("by one", func(int) uploader { return people[0] })
	if out := s.Output(); strings.Contains(out, "a worker that develops photos failed") {
		t.Error("a worker failed")
	}
	people[0].Do(t, http.MethodPost, people[0].path, string(mediatest.Deep()), "Content-Type", "image/png").
		WantCode(t, 413, "photo.too_complex")
	s.Anybody().Get(t, "/livez").Want(t, 200)
}

// worker waits until the server has one.
func worker(t *testing.T, s *cornertest.Server) int {
	t.Helper()
	for deadline := time.Now().Add(cornertest.Patience); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		for _, pid := range cornertest.Children(t, s.Pid()) {
			// Go itself starts a process for a moment, to see how the system does it.
			if line, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid)); err == nil && bytes.HasSuffix(line, []byte("\x00develop\x00")) {
				return pid
			}
		}
	}
	t.Fatal("no worker was started")
	return 0
}

// TestWorkerDies: a worker that the system ends takes no more with it than its upload, which is asked
// for again.
func TestWorkerDies(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{})
	u := newUploader(t, s, wang)
	picture := string(mediatest.Deep()) // which takes longest
	died := false
	for range 10 { // one that answers before it dies proves nothing
		answered := make(chan *cornertest.Answer, 1)
		go func() {
			a, err := u.Try(http.MethodPost, u.path, picture, "Content-Type", "image/png")
			if err != nil {
				t.Error(err)
			}
			answered <- a
		}()
		_ = syscall.Kill(worker(t, s), syscall.SIGKILL)
		a := <-answered
		if a == nil {
			t.FailNow()
		}
		if died = a.Status != http.StatusCreated; died {
			a.WantCode(t, 503, "photo.interrupted")
			if a.Header.Get("Retry-After") == "" {
				t.Error("the refusal does not say when to come back")
			}
			break
		}
	}
	if !died {
		t.Error("no worker was caught in time")
	}
	u.Do(t, http.MethodPost, u.path, string(mediatest.JPEG(mediatest.Marked(40, 30))), "Content-Type", "image/jpeg").Want(t, 201)
}

// TestNoOrphans: a server that is killed leaves no worker behind, not even one that hangs.
func TestNoOrphans(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{})
	u := newUploader(t, s, wang)
	picture, left := string(mediatest.Deep()), make(chan struct{})
	go func() {
		defer close(left)
		_, _ = u.Try(http.MethodPost, u.path, picture, "Content-Type", "image/png")
	}()
	pid := worker(t, s)
	// Stopped, it can do nothing about it by itself.
	_ = syscall.Kill(pid, syscall.SIGSTOP)
	t.Cleanup(func() { _ = syscall.Kill(pid, syscall.SIGKILL) })
	s.Kill(t)
	<-left
	for deadline := time.Now().Add(cornertest.Patience); cornertest.Runs(pid); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("worker %d outlives its server", pid)
		}
	}
}
