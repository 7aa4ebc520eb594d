package reviewstest

import (
	"testing"
	"time"

	"corner/booking/bookingtest"
	"corner/event"
	"corner/idempotency"
	"corner/reviews"
	"corner/visits"
)

var now = bookingtest.Monday

func postStoresAll(t *testing.T, w World) {
	s := w.Shop(t, 10)
	v := w.Visited(t, s, w.User(t))
	r, e := Draft(v, 4, now.Add(time.Microsecond))
	got, err := w.Reviews.Post(t.Context(), r, idempotency.Key{}, e)
	must(t, "post", err)
	same(t, "what Post returns", got, r)
	same(t, "what ReviewsOf reads", w.read(t, s, 10, nil), []reviews.Review{r})
	same(t, "events", w.eventsOf(t, s), []event.Event{e})
	w.wantRating(t, s, reviews.Rating{Sum: 4, N: 1})
	again, err := w.Visits.Visit(t.Context(), v.ID)
	must(t, "visit", err)
	v.Review = string(r.ID)
	same(t, "the visit, which names its review now", again, v)
}

func postBreaks(t *testing.T, w World) {
	s, user := w.Shop(t, 10), w.User(t)
	v := w.Visited(t, s, user)
	k := key(t, user, "in")
	ghost := v
	ghost.ID = visits.ID("vis_00000000000000000000000000")
	if got, err := w.post(t, ghost, 5, now, k); err == nil {
		t.Errorf("a visit that is not there: got %+v, want an error", got)
	}
	// The event, written last, is there already: the rating goes back too.
	first := w.Visited(t, s, user)
	r, e := Draft(first, 1, now)
	_, err := w.Reviews.Post(t.Context(), r, idempotency.Key{}, e)
	must(t, "post", err)
	r, _ = Draft(v, 5, now)
	if got, err := w.Reviews.Post(t.Context(), r, k, e); err == nil {
		t.Errorf("an event that is there already: got %+v, want an error", got)
	}
	w.wantRating(t, s, reviews.Rating{Sum: 1, N: 1})
	_, err = w.post(t, v, 5, now, k)
	must(t, "the same call, with the same key, once nothing is in the way", err)
	w.wantRating(t, s, reviews.Rating{Sum: 6, N: 2})
}

func oneReview(t *testing.T, w World) {
	s, user := w.Shop(t, 10), w.User(t)
	v := w.Visited(t, s, user)
	first, err := w.post(t, v, 5, now, idempotency.Key{})
	must(t, "post", err)
	for name, k := range map[string]idempotency.Key{"without a key": {}, "with a new key": key(t, user, "in")} {
		_, err = w.post(t, v, 1, now, k)
		wantErr(t, name, err, reviews.ErrReviewed)
	}
	w.wantRating(t, s, reviews.Rating{Sum: 5, N: 1})
	same(t, "reviews", w.read(t, s, 10, nil), []reviews.Review{first})
}

func postRepeats(t *testing.T, w World) {
	s, user := w.Shop(t, 10), w.User(t)
	v, other := w.Visited(t, s, user), w.Visited(t, s, user)
	first, err := w.post(t, v, 5, now, key(t, user, "in"))
	must(t, "post", err)
	again, err := w.post(t, v, 5, now.Add(time.Hour), key(t, user, "in"))
	must(t, "repeat", err)
	same(t, "what a repeat returns", again, first)
	_, err = w.post(t, other, 1, now, key(t, user, "other"))
	wantErr(t, "the key with other input", err, idempotency.ErrReused)
	w.wantRating(t, s, reviews.Rating{Sum: 5, N: 1})
}

func unrated(t *testing.T, w World) {
	s := w.Shop(t, 1)
	w.wantRating(t, s, reviews.Rating{})
	same(t, "reviews", w.read(t, s, 10, nil), nil)
}

func rivalsForVisit(t *testing.T, w World) {
	const rivals = 20
	s := w.Shop(t, 10)
	v := w.Visited(t, s, w.User(t))
	errs := make([]error, rivals)
	race(rivals, func(i int) { _, errs[i] = w.post(t, v, 3, now, idempotency.Key{}) })
	posted := 0
	for _, err := range errs {
		if err == nil {
			posted++
			continue
		}
		wantErr(t, "a rival", err, reviews.ErrReviewed)
	}
	same(t, "posted", posted, 1)
	w.wantRating(t, s, reviews.Rating{Sum: 3, N: 1})
	same(t, "reviews", len(w.read(t, s, 10, nil)), 1)
}

func rivalsWithOneKey(t *testing.T, w World) {
	const rivals = 20
	s, user := w.Shop(t, 10), w.User(t)
	v, k := w.Visited(t, s, user), key(t, user, "in")
	got, errs := make([]reviews.Review, rivals), make([]error, rivals)
	race(rivals, func(i int) { got[i], errs[i] = w.post(t, v, 3, now, k) })
	for i, err := range errs {
		must(t, "post", err)
		same(t, "review", got[i], got[0])
	}
	w.wantRating(t, s, reviews.Rating{Sum: 3, N: 1})
}

func rivalsForPlace(t *testing.T, w World) {
	const rivals = 100
	s := w.Shop(t, rivals)
	seen := make([]visits.Visit, rivals)
	var want reviews.Rating
	for i, user := range w.Users(t, rivals) {
		seen[i] = w.Visited(t, s, user)
		want = want.Plus(1 + i%5)
	}
	errs := make([]error, rivals)
	race(rivals, func(i int) { _, errs[i] = w.post(t, seen[i], 1+i%5, now, idempotency.Key{}) })
	for _, err := range errs {
		must(t, "post", err)
	}
	w.wantRating(t, s, want)
	var got reviews.Rating
	for _, r := range w.read(t, s, 7, nil) {
		got = got.Plus(r.Stars)
	}
	same(t, "sum of the reviews", got, want)
}

func pages(t *testing.T, w World) {
	s, user := w.Shop(t, 10), w.User(t)
	var want []reviews.Review
	for i := range 7 {
		r, err := w.post(t, w.Visited(t, s, user), 1+i%5, now.Add(time.Duration(i)*time.Millisecond), idempotency.Key{})
		must(t, "post", err)
		want = append([]reviews.Review{r}, want...)
	}
	for _, limit := range []int{1, 3, 7, 100} {
		same(t, "pages", w.read(t, s, limit, nil), want)
	}
}

func pagesUnderWrites(t *testing.T, w World) {
	s, user := w.Shop(t, 10), w.User(t)
	var want []reviews.ID
	for i := range 6 {
		r, err := w.post(t, w.Visited(t, s, user), 5, now.Add(time.Duration(i)*time.Millisecond), idempotency.Key{})
		must(t, "post", err)
		want = append([]reviews.ID{r.ID}, want...)
	}
	later := now.Add(time.Second)
	var got []reviews.ID
	for _, r := range w.read(t, s, 2, func() {
		_, err := w.post(t, w.Visited(t, s, user), 1, later, idempotency.Key{}) // newer than any
		must(t, "post", err)
		later = later.Add(time.Millisecond)
	}) {
		got = append(got, r.ID)
	}
	same(t, "what stood at the beginning, once each", got, want)
}
