package store_test

import (
	"testing"
	"time"

	"corner/booking"
	"corner/catalog"
	"corner/discovery/sourcetest"
	ev "corner/event"
	"corner/identity"
	"corner/once"
	"corner/reviews"
	"corner/store"
	"corner/store/storetest"
	"corner/uid"
	"corner/visits"
)

func TestListingsContract(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"sqlite", "postgres"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			sourcetest.Source(t, func(t *testing.T) sourcetest.Ports {
				db := storetest.Open(t, kind)
				return sourcetest.Ports{Source: store.Listings{DB: db}, Catalog: store.Catalog{DB: db}, Rate: func(t *testing.T, s catalog.Service, stars int) {
					t.Helper()
					rate(t, db, s, stars)
				}}
			})
		})
	}
}

// rate lets somebody new book, come and review; an error is reported, so that it may
// be called from any goroutine.
func rate(t *testing.T, db *store.DB, s catalog.Service, stars int) {
	t.Helper()
	ctx, now := t.Context(), time.Now().UTC().Truncate(time.Microsecond)
	told := func(kind ev.Kind, subject, place string) ev.Event { return ev.New(kind, subject, place, "", now) }
	id := uid.New("usr", now)
	user, err := (store.Identity{DB: db}).Enter(ctx, identity.User{ID: identity.UserID(id), Phone: "+" + id, CreatedAt: now})
	b := booking.Booking{
		ID: booking.ID(uid.New("bkg", now)), User: user.ID, Place: s.Place, Service: s.ID, State: booking.Confirmed, Version: 1,
		Slot: booking.Slot{Start: now, End: now.Add(s.Duration)}, Party: 1, Price: s.Price, Ref: uid.New("ref", now),
		Takes: []booking.Taking{{Kind: booking.Seats, Ref: string(s.ID), N: 1}}, CreatedAt: now, UpdatedAt: now,
	}
	if err == nil {
		_, err = (store.Bookings{DB: db}).Hold(ctx, b, func(booking.Standing) error { return nil }, once.Key{}, told(booking.HeldEvent, string(b.ID), ""))
	}
	v := visits.Visit{
		ID: visits.ID(uid.New("vis", now)), Booking: b.ID, User: user.ID, Place: s.Place, Service: s.ID, Party: 1, Price: s.Price, Staff: user.ID, Confirmed: now,
	}
	if err == nil {
		_, err = (store.Visits{DB: db}).Confirm(ctx, b.ID, once.Key{}, func(b *booking.Booking) (visits.Visit, []ev.Event, error) {
			events, err := b.Consume(string(v.ID), identity.Actor{User: user.ID}, now)
			return v, events, err
		})
	}
	r := reviews.Review{ID: reviews.ID(uid.New("rev", now)), Visit: v.ID, Place: s.Place, Author: user.ID, Stars: stars, CreatedAt: now}
	if err == nil {
		_, err = (store.Reviews{DB: db}).Post(ctx, r, once.Key{}, told(reviews.PostedEvent, string(r.ID), string(s.Place)))
	}
	if err != nil {
		t.Errorf("rate a place: %v", err)
	}
}
