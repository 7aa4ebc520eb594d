package memindex_test

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"corner/discovery"
	"corner/discovery/discoverytest"
	"corner/geo"
	"corner/index/memindex"
)

// built is an index that has been rebuilt with the listings.
func built(t testing.TB, listings ...discovery.Listing) *memindex.Index {
	t.Helper()
	ix := memindex.New()
	err := ix.Rebuild(t.Context(), func(put func([]discovery.Listing) error) error { return put(listings) })
	if err != nil {
		t.Fatalf("Rebuild: %v", err)
	}
	return ix
}

func TestContract(t *testing.T) {
	t.Parallel()
	discoverytest.Index(t, func(t *testing.T) discovery.Index { return built(t) }, discoverytest.Options{
		Missing: func(*testing.T) discovery.Index { return memindex.New() },
	})
}

func TestTruth(t *testing.T) {
	t.Parallel()
	discoverytest.Truth(t, memindex.New())
}

// TestManyPuts holds that an index grown by thousands of small Puts, with all the
// joining of segments that takes, answers as one built at once.
func TestManyPuts(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 1))
	listings := discoverytest.Listings(1, 1_500)
	grown := built(t, listings[:500]...)
	for range 1_200 {
		change(t, r, grown, listings, 1+r.IntN(3))
	}
	sameAsBuilt(t, r, grown, listings)
}

// TestJoiningApart holds the same where so much is joined that nobody waits for it: what is put
// meanwhile is not lost, and what is replaced does not come back.
func TestJoiningApart(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(2, 2))
	listings := discoverytest.Listings(4, 5_000)
	grown := built(t, listings[:2_500]...)
	for range 150 {
		change(t, r, grown, listings, 60)
	}
	sameAsBuilt(t, r, grown, listings)
	grown.Settle()
	if n := grown.Parts(); n > 14 {
		t.Errorf("there are %d segments, want the small ones joined", n)
	}
	sameAsBuilt(t, r, grown, listings)
}

// change puts new readings of n of the listings.
func change(t *testing.T, r *rand.Rand, ix *memindex.Index, listings []discovery.Listing, n int) {
	t.Helper()
	batch := make([]discovery.Listing, n)
	for i := range batch {
		l := &listings[r.IntN(len(listings))]
		l.Version++
		switch other := &listings[r.IntN(len(listings))]; r.IntN(5) {
		case 0:
			l.Live = !l.Live
		case 1:
			l.Point, l.Zone = other.Point, other.Zone
		case 2:
			l.Names, l.Category, l.Brand = other.Names, other.Category, other.Brand
		case 3:
			l.Services, l.Attributes = other.Services, other.Attributes
		}
		batch[i] = *l
	}
	if err := ix.Put(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	clear(batch) // the caller's slice is the caller's
}

// sameAsBuilt fails unless grown answers as an index that is built of listings.
func sameAsBuilt(t *testing.T, r *rand.Rand, grown *memindex.Index, listings []discovery.Listing) {
	t.Helper()
	if err := grown.Put(t.Context(), listings); err != nil { // all are known, or were never put
		t.Fatal(err)
	}
	atOnce := built(t, listings...)
	for range 500 {
		q := discovery.Query{
			Center: listings[r.IntN(len(listings))].Point,
			Radius: geo.Metres(r.IntN(5_000)),
			Sort:   []discovery.Sort{discovery.ByDistance, discovery.ByRating, discovery.ByRelevance}[r.IntN(3)],
			Limit:  []int{5, 100}[r.IntN(2)],
			Text:   discovery.ParseText([]string{"", "", "老", "car", "店", "xi"}[r.IntN(6)], nil),
			Facets: r.IntN(4) == 0,
		}
		want, err := atOnce.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		got, err := grown.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("Search(%+v) (-built at once +grown):\n%s", q, diff)
		}
		m := discovery.MapQuery{Center: q.Center, Res: r.IntN(geo.FinestRes + 1), Limit: discovery.MaxClusters}
		m.Box = geo.Box{
			South: max(-90, q.Center.Lat-0.1),
			West:  max(-180, q.Center.Lng-0.3),
			North: min(90, q.Center.Lat+0.1),
			East:  min(180, q.Center.Lng+0.3),
		}
		clusters, err := atOnce.Clusters(t.Context(), m)
		if err != nil {
			t.Fatal(err)
		}
		some, err := grown.Clusters(t.Context(), m)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(clusters, some, cmpopts.EquateApprox(0, 1e-6)); diff != "" {
			t.Fatalf("Clusters(%+v) (-built at once +grown):\n%s", m, diff)
		}
	}
}

// TestPutWhileRebuilding holds what this index promises beyond the port.
func TestPutWhileRebuilding(t *testing.T) {
	t.Parallel()
	l := discoverytest.Listings(2, 3)
	ix := built(t, l...)
	newer := l[0]
	newer.Version += 10
	newer.Names.Main = "新名字"
	gone := l[1]
	gone.Version, gone.Live = gone.Version+10, false
	older := l[2]
	older.Names.Main = "旧名字"
	l[2].Version += 10
	err := ix.Rebuild(t.Context(), func(put func([]discovery.Listing) error) error {
		if err := ix.Put(t.Context(), []discovery.Listing{newer, gone, older}); err != nil {
			return err
		}
		return put(l)
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"新名字", "", l[2].Names.Main} {
		q := discovery.Query{Center: l[i].Point, Radius: 1, Sort: discovery.ByDistance, Limit: 10}
		page, err := ix.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, h := range page.Hits {
			got += h.Listing.Names.Main
		}
		if got != want {
			t.Errorf("listing %d: found %q, want %q", i, got, want)
		}
	}
}
