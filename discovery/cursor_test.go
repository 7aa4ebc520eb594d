package discovery_test

import (
	"encoding/base64"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corner/discovery"
	"corner/discovery/discoverytest"
)

func encode(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }

func TestCursorRefuses(t *testing.T) {
	t.Parallel()
	f, _ := finder(t, 3, 3)
	r := discovery.Request{Center: shanghai, Limit: 1}
	a, err := f.Search(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	body := discovery.Unseal(a.Next)
	if discovery.Seal(body, r) != a.Next {
		t.Fatal("Seal does not make what a search makes")
	}
	newer := slices.Clone(body)
	newer[0]++
	boxed := r
	boxed.Box, boxed.Center = &box, shanghai
	for _, s := range []string{
		"x", "!", a.Next + "A", a.Next[1:], a.Next[:len(a.Next)-2], encode("null"), encode("{}"), strings.Repeat("A", 1<<16), a.Next + a.Next,
		discovery.Seal(nil, r), discovery.Seal([]byte{1}, r), discovery.Seal([]byte{1, 0}, r), discovery.Seal(body[:len(body)-1], r),
		discovery.Seal(append(slices.Clone(body), 0), r), discovery.Seal(newer, r), discovery.Seal(body, boxed),
	} {
		r.Cursor = s
		_, err := f.Search(t.Context(), r)
		if diff := cmp.Diff([]string{"cursor bad_format"}, faults(err)); diff != "" {
			t.Errorf("cursor %.40q (-want +got):\n%s", s, diff)
		}
	}
	// A cursor of a disc does not become one of a box by being sealed anew.
	boxed.Cursor = discovery.Seal(body, boxed)
	if _, err := f.Search(t.Context(), boxed); len(faults(err)) != 1 {
		t.Errorf("a disc's cursor with a box: got %v, want one fault", err)
	}
}

// FuzzCursor: whatever comes back is refused, or answered within the bounds of a search,
// be it as it came or with a digest that fits.
func FuzzCursor(f *testing.F) {
	finder := discovery.Finder{Index: discoverytest.NewPlain(), Now: time.Now}
	if err := finder.Index.Put(f.Context(), discoverytest.Listings(3, 50)); err != nil {
		f.Fatal(err)
	}
	r := discovery.Request{Center: shanghai, Limit: 1}
	r.OpenNow = true
	good := discovery.Request{Center: shanghai, Limit: 1, Radius: 5_000}
	a, err := finder.Search(f.Context(), good)
	if err != nil || a.Next == "" {
		f.Fatalf("Search: %q, %v; want a next page", a.Next, err)
	}
	f.Add(discovery.Unseal(a.Next))
	f.Add([]byte{1, 1, 0, 0})
	f.Add([]byte(strings.Repeat("\xff", 60)))
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, s := range []string{string(b), base64.RawURLEncoding.EncodeToString(b), discovery.Seal(b, r)} {
			r := r
			if r.Cursor = s; s == "" {
				continue
			}
			a, err := finder.Search(t.Context(), r)
			if err == nil && (a.Radius <= 0 || a.Radius > discovery.MaxRadius) {
				t.Errorf("cursor %q made a search within %v", s, a.Radius)
			}
			if err != nil && len(faults(err)) != 1 {
				t.Errorf("cursor %q: %v, want one fault", s, err)
			}
		}
	})
}
