package reviewstest

import (
	"testing"
	"time"

	"corner/event"
	"corner/idempotency"
	"corner/reviews"
)

// hiding: a hidden review is in no list and no rating, and comes back as it was; as it is already it stays.
func hiding(t *testing.T, w World) {
	s := w.Shop(t, 10)
	var posted []reviews.Review
	for i := range 3 {
		r, err := w.post(t, w.Visited(t, s, w.User(t)), 1+2*i, now.Add(time.Duration(i)*time.Second), idempotency.Key{})
		must(t, "post", err)
		posted = append([]reviews.Review{r}, posted...)
	}
	hide := func(id reviews.ID, on bool) {
		t.Helper()
		e := event.New(reviews.HiddenEvent, string(id), string(s.Place.ID), "", now.Add(time.Hour))
		must(t, "hide", w.Reviews.Hide(t.Context(), s.Place.ID, id, on, e))
	}
	want := func(what string, shown []reviews.Review) {
		t.Helper()
		var sum reviews.Rating
		for _, r := range shown {
			sum = sum.Plus(r.Stars)
		}
		got, err := w.Reviews.Rating(t.Context(), s.Place.ID)
		must(t, "rating", err)
		same(t, what+": rating", got, sum)
		same(t, what+": list", w.read(t, s, 10, nil), shown)
	}
	want("at first", posted)
	for range 2 {
		hide(posted[1].ID, true)
		want("one hidden", []reviews.Review{posted[0], posted[2]})
	}
	is, err := w.Reviews.Review(t.Context(), posted[1].ID)
	must(t, "the hidden one", err)
	same(t, "hidden at", is.HiddenAt, now.Add(time.Hour))
	for range 2 {
		hide(posted[1].ID, false)
		want("shown again", posted)
	}
	hide("", true)
	want("all hidden", nil)
	other := w.Shop(t, 1)
	foreign, err := w.post(t, w.Visited(t, other, w.User(t)), 5, now, idempotency.Key{})
	must(t, "post", err)
	hide(foreign.ID, true) // under the wrong place
	same(t, "another place's", len(w.read(t, other, 10, nil)), 1)
	_, err = w.Reviews.Review(t.Context(), "rev_0")
	wantErr(t, "no review", err, reviews.ErrNotFound)
}
