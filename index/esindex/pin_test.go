package esindex_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	diff "github.com/google/go-cmp/cmp"

	"corner/discovery"
	"corner/index/esindex"
)

// shops are n of one spot, in the order of their ids.
func shops(n int) []discovery.Listing {
	all := make([]discovery.Listing, n)
	for i := range all {
		all[i] = shop(fmt.Sprintf("%03d", i), 1)
	}
	return all
}

// settled waits until a search sees n places.
func settled(t *testing.T, x *esindex.Index, n int) {
	t.Helper()
	q := anything
	q.Facets, q.Limit = true, discovery.MaxLimit
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		page := search(t, x, q)
		if page.Facets.Total == n {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("got %d places, want %d", page.Facets.Total, n)
		}
	}
}

func search(t *testing.T, x *esindex.Index, q discovery.Query) discovery.Page {
	t.Helper()
	page, err := x.Search(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// after is the query for the page after page.
func after(q discovery.Query, page discovery.Page) discovery.Query {
	q.After, q.Pin = new(q.Mark(&page.Hits[len(page.Hits)-1])), page.Pin
	return q
}

// contexts is how many states the engine keeps of an index.
func contexts(t *testing.T, address, name string) int {
	t.Helper()
	var stats struct {
		All struct {
			Total struct {
				Search struct {
					Open int `json:"open_contexts"`
				}
			}
		} `json:"_all"`
	}
	rest(t, http.MethodGet, address+"/"+name+"/_stats/search", nil, &stats)
	return stats.All.Total.Search.Open
}

// TestPin pages while everything changes: the pages are of the state of the first one.
func TestPin(t *testing.T) {
	t.Parallel()
	address := server(t)
	for _, order := range []discovery.Sort{discovery.ByDistance, discovery.ByRating, discovery.ByRelevance} {
		name, all := alias(t, address), shops(47)
		x := built(t, esindex.Options{Alias: name}, all...)
		q := anything
		q.Sort, q.Facets = order, true
		page := search(t, x, q)
		if page.Pin == "" || contexts(t, address, name) != 1 {
			t.Fatalf("%s: the first page has the pin %q and %d states are kept, want a pin and 1", order, page.Pin, contexts(t, address, name))
		}
		changed := shops(47)
		for i := range changed {
			changed[i].Version, changed[i].Live = 2, i%3 == 0
			changed[i].Rating = changed[i].Rating.Plus(1 + i%5)
		}
		if err := x.Put(t.Context(), append(changed, shop("x", 1))); err != nil {
			t.Fatal(err)
		}
		settled(t, x, 17)
		pages := [][]string{ids(page)}
		for page.More {
			q = after(q, page)
			page = search(t, x, q)
			if page.Facets.Total != 47 {
				t.Errorf("%s: a later page counts %d, want 47", order, page.Facets.Total)
			}
			pages = append(pages, ids(page))
		}
		var got []string
		for _, p := range pages {
			got = append(got, p...)
		}
		var want []string
		for _, l := range all {
			want = append(want, string(l.Place))
		}
		if d := diff.Diff(want, got); d != "" {
			t.Errorf("%s: pages (-want +got):\n%s", order, d)
		}
		if page.Pin != "" || contexts(t, address, name) != 0 {
			t.Errorf("%s: the last page has the pin %q and %d states are kept, want none", order, page.Pin, contexts(t, address, name))
		}
	}
}

// TestSinglePage: who will not ask for a second page leaves no state behind.
func TestSinglePage(t *testing.T) {
	t.Parallel()
	address := server(t)
	name := alias(t, address)
	x := built(t, esindex.Options{Alias: name}, shops(47)...)
	q := anything
	q.Single = true
	page := search(t, x, q)
	if !page.More || page.Pin != "" || contexts(t, address, name) != 0 {
		t.Errorf("more %v, pin %q, %d states kept; want true, none and none", page.More, page.Pin, contexts(t, address, name))
	}
}

// TestPinForgotten goes on from the mark when the engine has forgotten the state, or what
// it is told is none, or another index's.
func TestPinForgotten(t *testing.T) {
	t.Parallel()
	address := server(t)
	all := shops(30)
	foreign := built(t, esindex.Options{}, shops(60)...)
	for what, pin := range map[string]func(x *esindex.Index, pin string) string{
		"nonsense": func(*esindex.Index, string) string { return "nonsense" },
		"closed": func(_ *esindex.Index, pin string) string {
			rest(t, http.MethodDelete, address+"/_pit", map[string]string{"id": pin}, nil)
			return pin
		},
		"foreign": func(*esindex.Index, string) string { return search(t, foreign, anything).Pin },
		"rebuilt": func(x *esindex.Index, pin string) string {
			if err := x.Rebuild(t.Context(), filler(all)); err != nil {
				t.Fatal(err)
			}
			return pin
		},
	} {
		name := alias(t, address)
		x := built(t, esindex.Options{Alias: name}, all...)
		first := search(t, x, anything)
		q := after(anything, first)
		q.Pin = pin(x, q.Pin)
		second := search(t, x, q)
		if d := diff.Diff([]string{"plc_010", "plc_019"}, []string{ids(second)[0], ids(second)[9]}); d != "" {
			t.Errorf("%s: the second page (-want +got):\n%s", what, d)
		}
		if second.Pin == "" || second.Pin == q.Pin {
			t.Errorf("%s: the second page has the pin %q, want a new one", what, second.Pin)
		}
		third := search(t, x, after(q, second))
		if len(third.Hits) != 10 || third.More || contexts(t, address, name) > 1 { // that of the first page lapses
			t.Errorf(
				"%s: the third page has %d hits, more: %v, and %d states are kept",
				what,
				len(third.Hits),
				third.More,
				contexts(t, address, name),
			)
		}
	}
}
