package esindex_test

import (
	"net/http"
	"slices"
	"testing"

	diff "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"corner/discovery"
	"corner/discovery/discoverytest"
	"corner/geo"
	"corner/index/esindex"
)

// TestExact asks where geometry is hard and hours are wild, more so than the contract's
// suite, page after page: the engine's own order is furthest from ours where
// places are many and near each other.
func TestExact(t *testing.T) {
	t.Parallel()
	towns := []geo.Point{
		{Lat: 31.23, Lng: 121.47}, {Lat: 0.001, Lng: 9.5}, {Lat: -16.8, Lng: 179.999}, {Lat: 89.9, Lng: 10}, {Lat: -54.8, Lng: -68.3},
	}
	widths := []float64{0.0004, 0.02, 0.6} // degrees
	d := roll(1)
	var all []discovery.Listing
	for _, town := range towns {
		for _, width := range widths {
			for range 150 {
				all = append(all, d.listing(len(all), town, width))
			}
		}
	}
	x := built(t, esindex.Options{}, all...)
	law := lawOf(t, all)
	for n := range 300 {
		town, width := towns[n%len(towns)], widths[n/len(towns)%len(widths)]
		ask(t, x, law, d.query(town, width), n)
		q := d.boxed(town, width)
		ask(t, x, law, q, n)
		sameClusters(t, x, law, discovery.MapQuery{
			Box: *q.Box, Center: q.Center, Res: d.IntN(geo.FinestRes + 1), Text: q.Text, Category: q.Category,
			Filter: q.Filter, Limit: 1 + d.IntN(40),
		})
	}
}

// sameClusters compares clusters, but for ten metres.
func sameClusters(t *testing.T, x, law discovery.Index, q discovery.MapQuery) {
	t.Helper()
	got, err := x.Clusters(t.Context(), q)
	if err != nil {
		t.Fatalf("Clusters(%+v): %v", q, err)
	}
	want, err := law.Clusters(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	near := diff.Comparer(func(a, b geo.Point) bool { return geo.Distance(a, b) <= 10 })
	if d := diff.Diff(want, got, near, cmpopts.EquateEmpty()); d != "" {
		t.Fatalf("Clusters(%+v) (-want +got):\n%s", q, d)
	}
}

// ask compares up to three pages of x's answer.
func ask(t *testing.T, x, law discovery.Index, q discovery.Query, n int) {
	t.Helper()
	for page := range 3 {
		got, err := x.Search(t.Context(), q)
		if err != nil {
			t.Fatalf("query %d, page %d, %+v: %v", n, page, q, err)
		}
		want, err := law.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if d := diff.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.IgnoreFields(got, "Pin")); d != "" {
			t.Fatalf("query %d, page %d, %+v: got %v, want %v (-want +got):\n%s", n, page, q, ids(got), ids(want), d)
		}
		if !got.More {
			return
		}
		q.After, q.Pin = new(q.Mark(&got.Hits[len(got.Hits)-1])), got.Pin
	}
}

// lawOf is an index of listings that looks at every one for every question.
func lawOf(t *testing.T, all []discovery.Listing) discovery.Index {
	t.Helper()
	law := discoverytest.NewPlain()
	if err := law.Put(t.Context(), all); err != nil {
		t.Fatal(err)
	}
	return law
}

func ids(p discovery.Page) []string {
	var s []string
	for i := range p.Hits {
		s = append(s, string(p.Hits[i].Listing.Place))
	}
	return s
}

// TestUnknownZones has one process find what another put, in zones it has never met.
func TestUnknownZones(t *testing.T) {
	t.Parallel()
	address := server(t)
	town, name := geo.Point{Lat: 31.23, Lng: 121.47}, alias(t, address)
	d := roll(7)
	all := make([]discovery.Listing, 2_500)
	for i := range all {
		all[i] = d.listing(i, town, 0.01)
	}
	q := discovery.Query{
		Center: town, Radius: 5000, Limit: 7, Sort: discovery.ByDistance, Facets: true,
		Filter: discovery.Filter{OpenFrom: moment},
	}
	m := discovery.MapQuery{
		Box: geo.Box{South: 31, West: 121, North: 32, East: 122}, Center: town, Res: 9, Limit: 10, Filter: q.Filter,
	}
	law := lawOf(t, all)
	for _, counted := range []bool{true, false} { // which is asked first: then the zones are known
		stranger := open(t, address, esindex.Options{Alias: name})
		builder := built(t, esindex.Options{Alias: name})
		if err := stranger.Ready(t.Context()); err != nil {
			t.Fatal(err)
		}
		for part := range slices.Chunk(all, 500) {
			if err := builder.Put(t.Context(), part); err != nil {
				t.Fatal(err)
			}
		}
		rest(t, http.MethodPost, address+"/"+name+"/_refresh", nil, nil)
		if counted {
			sameClusters(t, stranger, law, m)
		}
		ask(t, stranger, law, q, 0)
	}
}
