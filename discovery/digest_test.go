package discovery_test

import (
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corner/discovery"
	"corner/geo"
)

// TestDigestCoversTheRequest: whatever a request asks for is in the digest of its cursors,
// so that a new field cannot be forgotten there. What only changes how a page is shown may
// change between two pages of one search, and is named here.
func TestDigestCoversTheRequest(t *testing.T) {
	t.Parallel()
	boxed := func() discovery.Request { return discovery.Request{Box: new(geo.Box)} }
	plain := discovery.Seal(nil, boxed())
	if plain == discovery.Seal(nil, discovery.Request{}) {
		t.Error("a request with a box has the digest of one without")
	}
	same := map[string]bool{}
	fields := 0
	eachField(t, reflect.TypeFor[discovery.Request](), "", nil, func(name string, index [][]int) {
		fields++
		r := boxed()
		set(t, name, reflect.ValueOf(&r).Elem(), index)
		if discovery.Seal(nil, r) == plain {
			same[name] = true
		}
	})
	want := []string{"Cursor", "Explain", "Facets", "Limit"}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(same))); diff != "" {
		t.Errorf("fields that Request.digest leaves out (-want +got):\n%s", diff)
	}
	if fields < 20 {
		t.Errorf("looked at %d fields, want all of them, 20 or more", fields)
	}
}

// eachField calls f with each field of a struct that is no struct itself, and the way to
// it: an index for each struct on it.
func eachField(t *testing.T, of reflect.Type, prefix string, way [][]int, f func(name string, way [][]int)) {
	t.Helper()
	for _, field := range reflect.VisibleFields(of) {
		inner, to := field.Type, append(slices.Clone(way), field.Index)
		if inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		switch {
		case field.Anonymous: // its fields are visible themselves
		case inner.Kind() == reflect.Struct && inner != reflect.TypeFor[time.Time]():
			eachField(t, inner, prefix+field.Name+".", to, f)
		default:
			f(prefix+field.Name, to)
		}
	}
}

// set gives a field a value that is not zero.
func set(t *testing.T, name string, v reflect.Value, way [][]int) {
	t.Helper()
	for _, index := range way {
		v = reflect.Indirect(v).FieldByIndex(index)
	}
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(time.Unix(1, 0)))
		return
	case []string:
		v.Set(reflect.ValueOf([]string{"a"}))
		return
	}
	switch {
	case v.Kind() == reflect.Bool:
		v.SetBool(true)
	case v.Kind() == reflect.String:
		v.SetString("a")
	case v.CanInt():
		v.SetInt(1)
	case v.CanFloat():
		v.SetFloat(1)
	default:
		t.Fatalf("%s is a %s, which this test cannot set", name, v.Type())
	}
}
