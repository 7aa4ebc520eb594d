package discovery_test

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corner/discovery"
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
	for _, s := range []string{
		"x", "!", a.Next + "A", a.Next[1:], a.Next[:len(a.Next)-2], encode("null"), encode("{}"), encode("[]"), encode(`{"Radius":-1}`),
		encode(`{"Radius":1e9}`), encode(`{"Radius":"x"}`), encode(`{"Radius":1,"Mark":{"Distance":-1}}`), strings.Repeat("A", 1<<16), a.Next + a.Next,
	} {
		r.Cursor = s
		_, err := f.Search(t.Context(), r)
		if diff := cmp.Diff([]string{"?cursor bad_format"}, faults(err)); diff != "" {
			t.Errorf("cursor %.40q (-want +got):\n%s", s, diff)
		}
	}
}

// FuzzCursor: whatever comes back is refused, or answered within the bounds of a search.
func FuzzCursor(f *testing.F) {
	for _, s := range []string{`{"Radius":1}`, `{"Mark":{"Score":1,"Distance":1e308,"Place":"plc_1"},"Radius":500,"At":"2026-11-22T07:00:00Z","Of":18446744073709551615}`, `{"At":"9999-12-31T23:59:59Z"}`, `[`} {
		f.Add(encode(s))
	}
	finder := discovery.Finder{Index: newIndex(), Now: time.Now}
	if err := finder.Index.Rebuild(f.Context(), func(func([]discovery.Listing) error) error { return nil }); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := finder.Search(t.Context(), discovery.Request{Center: shanghai, OpenNow: true, Cursor: s})
		if err == nil && (a.Radius <= 0 || a.Radius > discovery.MaxRadius) {
			t.Errorf("cursor %q made a search within %v", s, a.Radius)
		}
		if err != nil && len(faults(err)) != 1 {
			t.Errorf("cursor %q: %v, want one fault", s, err)
		}
	})
}
