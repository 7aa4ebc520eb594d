package sourcetest

import (
	"errors"
	"testing"
	"time"

	"corner/booking"
	"corner/catalog"
	"corner/event"
	"corner/idempotency"
	"corner/identity"
	"corner/reviews"
	"corner/taking"
	"corner/uid"
	"corner/visits"
)

// Reviewers are what it takes to review a place.
type Reviewers struct {
	People   identity.Store
	Bookings booking.Store
	Visits   visits.Store
	Reviews  reviews.Store
}

// Rate lets somebody new book a service, come and review it. It may be called from any
// goroutine.
func (r Reviewers) Rate(t *testing.T, s catalog.Service, stars int) {
	t.Helper()
	ctx, now, id := t.Context(), time.Now().UTC().Truncate(time.Microsecond), uid.New("usr", time.Now())
	user, entered := r.People.Enter(ctx, identity.User{ID: identity.UserID(id), Phone: "+" + id, CreatedAt: now})
	b := booking.Booking{
		ID: booking.ID(uid.New("bkg", now)), User: user.ID, Place: s.Place, Service: s.ID, State: booking.Confirmed, Version: 1,
		Slot: taking.Slot{Start: now, End: now.Add(s.Duration)}, Party: 1, Terms: taking.Terms{Price: s.Price}, Ref: uid.New("ref", now),
		Takes: []taking.Taking{{Ref: taking.SeatsOf(s.ID), N: 1}}, CreatedAt: now, UpdatedAt: now,
	}
	_, held := r.Bookings.Hold(ctx, b, taking.Rules{}, idempotency.Key{}, event.New(booking.HeldEvent, string(b.ID), "", "", now))
	v := visits.Visit{
		ID: visits.ID(
			uid.New("vis", now),
		),
		Source:    visits.OfBooking(b.ID),
		User:      user.ID,
		Place:     s.Place,
		Service:   s.ID,
		Party:     1,
		Price:     s.Price,
		Staff:     user.ID,
		Confirmed: now,
	}
	_, came := r.Visits.Confirm(ctx, visits.OfBooking(b.ID), idempotency.Key{}, func(b *booking.Booking) (visits.Visit, []event.Event, error) {
		events, err := b.Consume(string(v.ID), identity.Actor{User: user.ID}, now)
		return v, events, err
	})
	review := reviews.Review{ID: reviews.ID(uid.New("rev", now)), Visit: v.ID, Place: s.Place, Author: user.ID, Stars: stars, CreatedAt: now}
	_, posted := r.Reviews.Post(ctx, review, idempotency.Key{}, event.New(reviews.PostedEvent, string(review.ID), string(s.Place), "", now))
	if err := errors.Join(entered, held, came, posted); err != nil {
		t.Errorf("rate a place: %v", err)
	}
}
