package esindex_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	"corner/discovery"
	"corner/geo"
	"corner/index/esindex"
)

// TestCalls counts how often the engine is called: once for a search, and once for the
// state that a first page leaves or the last one gives back.
func TestCalls(t *testing.T) {
	t.Parallel()
	address := server(t)
	to, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	var calls atomic.Int64
	forward := httputil.NewSingleHostReverseProxy(to)
	counter := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		calls.Add(1)
		forward.ServeHTTP(w, r)
	}))
	t.Cleanup(counter.Close)

	d := roll(3)
	var all []discovery.Listing
	for i := range 2_000 { // many on the rim of any disc
		l := d.listing(i, anywhere, 0)
		l.Point = geo.Point{Lat: anywhere.Lat + (d.Float64()-.5)*.05, Lng: anywhere.Lng + (d.Float64()-.5)*.05}
		all = append(all, l)
	}
	name := alias(t, address)
	built(t, esindex.Options{Alias: name}, all...)
	x := open(t, counter.URL, esindex.Options{Alias: name})
	counts := func(what string, want int64, ask func()) {
		t.Helper()
		if err := x.Ready(t.Context()); err != nil { // the schema was looked at just now
			t.Fatal(err)
		}
		calls.Store(0)
		ask()
		if got := calls.Load(); got != want {
			t.Errorf("%s: got %d calls, want %d", what, got, want)
		}
	}

	q := discovery.Query{Center: anywhere, Radius: 300, Limit: 100, Sort: discovery.ByDistance}
	var page discovery.Page
	counts("few places", 1, func() { page = search(t, x, q) })
	if len(page.Hits) < 10 || page.More {
		t.Fatalf("got %d hits, more: %v; want some and no more", len(page.Hits), page.More)
	}
	q.Radius, q.Limit = 2_000, 100
	for what, with := range map[string]func(q *discovery.Query){
		"distance":  func(*discovery.Query) {},
		"bands":     func(q *discovery.Query) { q.Band = 500 },
		"rating":    func(q *discovery.Query) { q.Sort = discovery.ByRating },
		"relevance": func(q *discovery.Query) { q.Sort = discovery.ByRelevance },
		"text":      func(q *discovery.Query) { q.Sort, q.Text = discovery.ByRelevance, discovery.ParseText("kfc", nil) },
		"price": func(q *discovery.Query) {
			q.Sort, q.Filter.Price.Currency, q.Filter.Price.Max = discovery.ByPrice, "CNY", 10_000
		},
		"open":      func(q *discovery.Query) { q.Filter.OpenFrom = moment },
		"open till": func(q *discovery.Query) { q.Filter.OpenFrom, q.Filter.OpenTill = moment, moment.Add(time.Hour) },
		"at home":   func(q *discovery.Query) { q.Filter.AtHome = true },
		"facets":    func(q *discovery.Query) { q.Facets = true },
	} {
		q := q
		with(&q)
		q.Limit = 10
		counts(what+", first page", 2, func() { page = search(t, x, q) })
		q = after(q, page)
		counts(what+", second page", 1, func() { page = search(t, x, q) })
		if !page.More {
			t.Fatalf("%s: there is no third page", what)
		}
	}
	q.Radius, q.Limit = 300, 9
	page = search(t, x, q)
	for calls.Store(0); page.More; { // one more to give the state back
		page = search(t, x, after(q, page))
		if want := map[bool]int64{true: 1, false: 2}[page.More]; calls.Swap(0) != want {
			t.Errorf("a page, more: %v, did not take %d calls", page.More, want)
		}
	}
	m := discovery.MapQuery{Box: geo.Box{South: 31.2, West: 121.44, North: 31.26, East: 121.5}, Center: anywhere, Limit: 2_000}
	for res, want := range map[int]int64{5: 1, 9: 2} { // at 9 some stand alone
		m.Res = res
		counts(fmt.Sprintf("clusters of resolution %d", res), want, func() {
			if clusters, err := x.Clusters(t.Context(), m); err != nil || len(clusters) == 0 {
				t.Fatalf("got %d clusters, %v", len(clusters), err)
			}
		})
	}
}
