package reviewstest

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corner/booking/bookingtest"
	"corner/event"
	"corner/idempotency"
	"corner/identity"
	"corner/reviews"
	"corner/uid"
	"corner/visits"
	"corner/visits/visitstest"
)

// World is the stores of one database.
type World struct {
	visitstest.World

	Reviews reviews.Store
}

// Routes is how the database of a World must be routed.
func Routes() event.Routes {
	routes := visitstest.Routes()
	routes[reviews.PostedEvent] = []event.Consumer{bookingtest.Watcher}
	return routes
}

// Store tests one implementation. open makes an empty World, which all parts share,
// and closes it with t.Cleanup.
func Store(t *testing.T, open func(t *testing.T) World) {
	t.Helper()
	w := open(t)
	for name, part := range map[string]func(t *testing.T, w World){
		"post stores review, rating and event":          postStoresAll,
		"post stores nothing when it breaks":            postBreaks,
		"a visit has one review":                        oneReview,
		"post knows a repeat":                           postRepeats,
		"20 at once for one visit":                      rivalsForVisit,
		"20 at once with one key":                       rivalsWithOneKey,
		"100 at once for one place":                     rivalsForPlace,
		"reviews of a place, newest first":              pages,
		"reviews of a place while some are posted":      pagesUnderWrites,
		"a place that nobody has reviewed has no stars": unrated,
		"a hidden review does not count":                hiding,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			part(t, w)
		})
	}
}

// Draft is a review of a visit, posted at now, and its event.
func Draft(v visits.Visit, stars int, now time.Time) (reviews.Review, event.Event) {
	r := reviews.Review{
		ID: reviews.ID(uid.New("rev", now)), Visit: v.ID, Place: v.Place, Author: v.User, Stars: stars, Text: "好吃！ Lovely 🍜\n", CreatedAt: now,
	}
	return r, event.New(reviews.PostedEvent, string(r.ID), string(r.Place), string(r.Author), now)
}

// post posts a review.
func (w World) post(t testing.TB, v visits.Visit, stars int, now time.Time, k idempotency.Key) (reviews.Review, error) {
	t.Helper()
	r, e := Draft(v, stars, now)
	return w.Reviews.Post(t.Context(), r, k, e)
}

// eventsOf is the events of a place.
func (w World) eventsOf(t testing.TB, s *bookingtest.Shop) []event.Event {
	t.Helper()
	list := w.Leased(t)
	var all []event.Event
	for _, d := range list {
		if d.Kind == reviews.PostedEvent && d.Place == string(s.Place.ID) {
			all = append(all, d.Event)
		}
	}
	return all
}

// wantRating checks a place's rating, and that there is an event for each review.
func (w World) wantRating(t testing.TB, s *bookingtest.Shop, want reviews.Rating) {
	t.Helper()
	got, err := w.Reviews.Rating(t.Context(), s.Place.ID)
	must(t, "rating", err)
	same(t, "rating", got, want)
	same(t, "events", int64(len(w.eventsOf(t, s))), want.N)
}

// read reads all reviews of a place page by page; between is called after each.
func (w World) read(t testing.TB, s *bookingtest.Shop, limit int, between func()) []reviews.Review {
	t.Helper()
	var all []reviews.Review
	var before reviews.ID
	for {
		page, err := w.Reviews.ReviewsOf(t.Context(), s.Place.ID, before, limit)
		must(t, "read a page", err)
		if len(page) > limit || len(all) > 1000 {
			t.Fatalf("a page of %d holds %d, after %d on others", limit, len(page), len(all))
		}
		if all = append(all, page...); len(page) < limit {
			return all
		}
		before = page[limit-1].ID
		if between != nil {
			between()
		}
	}
}

func race(n int, run func(i int)) {
	var all sync.WaitGroup
	gate := make(chan struct{})
	for i := range n {
		all.Go(func() {
			<-gate
			run(i)
		})
	}
	close(gate)
	all.Wait()
}

func same[T any](t testing.TB, what string, got, want T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func wantErr(t testing.TB, what string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("%s: got error %v, want %v", what, got, want)
	}
}

func must(t testing.TB, what string, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}

func key(t testing.TB, owner identity.UserID, input string) idempotency.Key {
	t.Helper()
	k, err := idempotency.New(string(owner), "phone-1", "reviewstest", input)
	must(t, "make a key", err)
	return k
}
