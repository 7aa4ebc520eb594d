package discovery_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corner/catalog"
	"corner/discovery"
	"corner/discovery/sourcetest"
	"corner/event"
	"corner/identity"
	"corner/reviews"
	"corner/store/bookingsql"
	"corner/store/identitysql"
	"corner/store/reviewsql"
	"corner/store/visitsql"
)

// TestEveryChangeReachesTheIndex through outbox and relay, with no one asking for it.
func TestEveryChangeReachesTheIndex(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.relay(t)
	find := func(id catalog.PlaceID) *discovery.Listing {
		for _, l := range all(t, h.index) {
			if l.Place == id {
				return &l
			}
		}
		return nil
	}
	comes := func(what string, id catalog.PlaceID, as func(l *discovery.Listing) bool) {
		t.Helper()
		until(t, what+" is found", func() bool { l := find(id); return l != nil && as(l) })
	}

	p := h.place(t, noodles(shanghai))
	s := h.offer(t, p)
	h.settle(t)
	if find(p.ID) != nil {
		t.Error("a draft is found, want not")
	}
	p = h.publish(t, p)
	comes("a published place with its service", p.ID, func(l *discovery.Listing) bool { return len(l.Services) == 1 && l.Claimed })
	d := noodles(east(3000))
	d.Names.Main = "renamed"
	p, err := h.catalog.RevisePlace(t.Context(), h.owner, p.ID, p.Version, d)
	if err != nil {
		t.Fatal(err)
	}
	comes("a place that moved", p.ID, func(l *discovery.Listing) bool { return l.Names.Main == "renamed" && l.Point == east(3000) })
	h.offer(t, p)
	comes("a second service", p.ID, func(l *discovery.Listing) bool { return len(l.Services) == 2 })
	h.rate(t, s, 4)
	comes("a review", p.ID, func(l *discovery.Listing) bool { return l.Rating == reviews.Rating{Sum: 4, N: 1} })

	listing := catalog.Listing{Source: "osm:1", Draft: noodles(east(100))}
	imported := func() catalog.PlaceID {
		t.Helper()
		if _, reasons, err := h.catalog.Import(t.Context(), []catalog.Listing{listing}); err != nil || reasons[0] != nil {
			t.Fatal(reasons, err)
		}
		h.settle(t)
		for _, l := range all(t, h.index) {
			if l.Source == "osm:1" {
				return l.Place
			}
		}
		t.Fatal("an imported place is not found")
		return ""
	}
	id := imported()
	comes("an imported place", id, func(l *discovery.Listing) bool { return !l.Claimed })
	listing.Names.Main = "imported again"
	imported()
	comes("a place imported again", id, func(l *discovery.Listing) bool { return l.Names.Main == "imported again" })
	if _, _, err := h.catalog.ClaimPlace(t.Context(), h.owner, id, h.merchant, identity.Origin{}); err != nil {
		t.Fatal(err)
	}
	comes("a claim", id, func(l *discovery.Listing) bool { return l.Claimed })
	h.settle(t)
	h.sameAsDatabase(t)
}

// rate lets somebody new book, come and review.
func (h market) rate(t *testing.T, s catalog.Service, stars int) {
	t.Helper()
	sourcetest.Reviewers{
		People: identitysql.Store{
			DB: h.db,
		},
		Bookings: bookingsql.Store{DB: h.db},
		Visits:   visitsql.Store{DB: h.db},
		Reviews:  reviewsql.Store{DB: h.db},
	}.Rate(t, s, stars)
}

// TestIndexAway: what happens meanwhile is caught up with, by itself.
func TestIndexAway(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.index.failures.Store(3)
	h.relay(t)
	for i := range 20 {
		h.publish(t, h.place(t, noodles(east(float64(i)))))
	}
	h.settle(t)
	h.sameAsDatabase(t)
	if n := h.index.puts.Load(); n < 4 {
		t.Errorf("the index was asked %d times, want 3 failures and more", n)
	}
}

// TestIndexMissing: events wait until the index is built.
func TestIndexMissing(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.publish(t, h.place(t, noodles(shanghai)))
	empty := &discovery.Projector{Index: &flaky{Index: missing{}}, Source: h.source, Now: time.Now}
	events := []event.Event{{Place: "plc_1"}, {Place: ""}, {Place: "plc_1"}}
	refused(t, "Handle", empty.Handle(t.Context(), events), discovery.ErrIndexMissing)
	if err := empty.Handle(t.Context(), events[1:2]); err != nil {
		t.Errorf("Handle of an event that concerns no place: %v", err)
	}
}

// TestLateReadingLoses: two relays read, and the older reading arrives later.
func TestLateReadingLoses(t *testing.T) {
	t.Parallel()
	h := open(t)
	p := h.publish(t, h.place(t, noodles(shanghai)))
	ids := []catalog.PlaceID{p.ID}
	older, err := h.source.Listings(t.Context(), ids)
	if err != nil {
		t.Fatal(err)
	}
	d := noodles(shanghai)
	d.Names.Main = "newer"
	if _, err := h.catalog.RevisePlace(t.Context(), h.owner, p.ID, p.Version, d); err != nil {
		t.Fatal(err)
	}
	if err := h.projector.Refresh(t.Context(), ids); err != nil {
		t.Fatal(err)
	}
	if err := h.index.Put(t.Context(), older); err != nil {
		t.Fatal(err)
	}
	if got := all(t, h.index); len(got) != 1 || got[0].Names.Main != "newer" {
		t.Errorf("after the late reading: %+v, want the newer one", got)
	}
	// Many at one time end with the state of the database, too.
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() {
			if err := h.projector.Refresh(t.Context(), ids); err != nil {
				t.Errorf("Refresh: %v", err)
			}
		})
	}
	wg.Wait()
	h.sameAsDatabase(t)
}

// TestReindexIsRefreshOfAll: one function serves both.
func TestReindexIsRefreshOfAll(t *testing.T) {
	t.Parallel()
	h := open(t)
	var ids []catalog.PlaceID
	for i := range 30 {
		p := h.place(t, noodles(east(float64(10*i))))
		ids = append(ids, p.ID)
		if i%3 > 0 {
			p = h.publish(t, p)
			h.offer(t, p)
		}
	}
	if err := h.projector.Refresh(t.Context(), append(ids, "plc_0", ids[0])); err != nil {
		t.Fatal(err)
	}
	h.sameAsDatabase(t)
	refreshed := all(t, h.index)
	if len(refreshed) != 20 {
		t.Fatalf("%d places are found, want the 20 published ones", len(refreshed))
	}
	other := newIndex()
	var steps []string
	err := (&discovery.Projector{Index: other, Source: h.source, Now: time.Now}).Reindex(
		t.Context(),
		func(done, total int) { steps = append(steps, fmt.Sprint(done, "/", total)) },
	)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"20/20"}, steps); diff != "" {
		t.Errorf("progress (-want +got):\n%s", diff)
	}
	ignore := cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Version" }, cmp.Ignore())
	if diff := cmp.Diff(refreshed, all(t, other), ignore); diff != "" {
		t.Errorf("Refresh of all and Reindex differ (-refresh +reindex):\n%s", diff)
	}
}

// TestChangedWhileReindexing: what changes meanwhile is in the index at the end, though
// it was put into the index that is replaced.
func TestChangedWhileReindexing(t *testing.T) {
	t.Parallel()
	h := open(t)
	kept := h.publish(t, h.place(t, noodles(shanghai)))
	draft := h.place(t, noodles(east(50)))
	h.index.rebuilt = func() {
		d := noodles(east(20))
		d.Names.Main = "changed meanwhile"
		if _, err := h.catalog.RevisePlace(t.Context(), h.owner, kept.ID, kept.Version, d); err != nil {
			t.Error(err)
		}
		h.publish(t, draft)
		if err := h.projector.Refresh(t.Context(), []catalog.PlaceID{kept.ID, draft.ID}); err != nil {
			t.Error(err)
		}
	}
	if err := h.projector.Reindex(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	h.sameAsDatabase(t)
	if got := all(t, h.index); len(got) != 2 {
		t.Errorf("%d places are found, want 2", len(got))
	}
	// A rebuild that fails leaves what was there.
	h.index.rebuilt, h.index.abandoned = nil, errors.New("no more room")
	refused(t, "Reindex", h.projector.Reindex(t.Context(), nil), h.index.abandoned)
	if got := all(t, h.index); len(got) != 2 {
		t.Errorf("after a rebuild that failed %d places are found, want 2", len(got))
	}
}
