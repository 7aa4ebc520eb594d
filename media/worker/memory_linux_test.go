//go:build !race

package worker_test

import (
	"errors"
	"syscall"
	"testing"

	"corner/media"
	"corner/media/mediatest"
)

// TestMemory: a worker takes no more than the darkroom counts for its picture. It runs before the tests
// that run in parallel, for it looks at the largest child of this process so far, the smallest first.
func TestMemory(t *testing.T) {
	d, _ := newDeveloper(t, "")
	for _, c := range []struct {
		name   string
		upload []byte
	}{
		{"WebP of 12 megapixels", mediatest.WebP(4_000, 3_000, nil)},
		{"PNG of 50 megapixels", mediatest.Flat()},
		{"deep PNG of 50 megapixels", mediatest.Deep()},
	} {
		need, err := media.Need(c.upload)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.Develop(t.Context(), c.upload, need); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		var of syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_CHILDREN, &of); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d MB, counted %d MB", c.name, of.Maxrss>>10, need>>20)
		if took := of.Maxrss << 10; took > need {
			t.Errorf("%s: took %d MB, counted were %d", c.name, took>>20, need>>20)
		}
	}
}

// TestTooMuch: a decoder that takes far more than it may ends its worker.
func TestTooMuch(t *testing.T) {
	t.Parallel()
	d, l := newDeveloper(t, "")
	if _, err := d.Develop(t.Context(), mediatest.Deep(), 64<<20); !errors.Is(err, media.ErrInterrupted) {
		t.Errorf("got %v, want %v (%s)", err, media.ErrInterrupted, l)
	}
}
