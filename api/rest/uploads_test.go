package rest_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"corner/api/rest"
	"corner/media"
)

// TestUploads: one person takes a quarter at most, or the largest picture, whoever comes finds the rest,
// and what was given back can be taken again.
func TestUploads(t *testing.T) {
	t.Parallel()
	for memory, each := range map[int64]int64{64 << 20: media.MaxUpload + 1, 400 << 20: 100 << 20} {
		p := rest.NewPool(memory)
		if !p.Take("wang", each) || p.Take("wang", 1) {
			t.Errorf("of %d MB one person has not just %d bytes", memory>>20, each)
		}
		people := 1
		for p.Take(fmt.Sprint(people), each) {
			people++
		}
		if want := int(memory / each); people != want {
			t.Errorf("of %d MB %d people were served, want %d", memory>>20, people, want)
		}
		p.Release("wang", each)
		if !p.Take("li", each) {
			t.Error("what was given back is not there")
		}
		p.Release("li", each)
		for i := range people - 1 {
			p.Release(fmt.Sprint(i+1), each)
		}
		if free, people := p.Free(); free != memory || people != 0 {
			t.Errorf("in the end %d bytes are free and %d people have some, want %d and none", free, people, memory)
		}
	}
}

// TestReadUpload: an upload is read whatever its length, said before or not, takes at most twice what
// has arrived, and gives back all.
func TestReadUpload(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 64<<10 - 1, 64 << 10, 64<<10 + 1, 3 << 20, media.MaxUpload, media.MaxUpload + 1} {
		for _, said := range []bool{true, false} {
			sent := bytes.Repeat([]byte{byte(n), 7, 1}, n/3+1)[:n]
			r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", bytes.NewReader(sent))
			if !said {
				r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(sent)), -1
			}
			p := rest.NewPool(64 << 20)
			content, release, err := p.ReadUpload(httptest.NewRecorder(), r, "wang")
			switch free, _ := p.Free(); {
			case n > media.MaxUpload:
				if !errors.Is(err, media.ErrTooLarge) {
					t.Errorf("%d bytes: got %v, want %v", n, err, media.ErrTooLarge)
				}
			case err != nil || !bytes.Equal(content, sent):
				t.Errorf("%d bytes, said %v: got %d, %v", n, said, len(content), err)
			default:
				if took := 64<<20 - free; took > int64(max(2*n, 64<<10)) || said && took > int64(n+1) {
					t.Errorf("%d bytes, said %v: took %d", n, said, took)
				}
				release()
			}
			if free, people := p.Free(); free != 64<<20 || people != 0 {
				t.Errorf("%d bytes, said %v: %d are not given back", n, said, 64<<20-free)
			}
		}
	}
	full := rest.NewPool(64 << 20)
	full.Take("wang", media.MaxUpload)
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", bytes.NewReader(make([]byte, 100)))
	if _, _, err := full.ReadUpload(httptest.NewRecorder(), r, "wang"); !errors.Is(err, media.ErrBusy) {
		t.Errorf("who has no more room: got %v, want %v", err, media.ErrBusy)
	}
	if _, release, err := full.ReadUpload(httptest.NewRecorder(), r, "li"); err != nil {
		t.Errorf("somebody else meanwhile: %v", err)
	} else {
		release()
	}
}
