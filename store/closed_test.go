package store_test

import (
	"testing"
	"time"

	"corner/booking"
	"corner/booking/bookingtest"
	"corner/catalog"
	ev "corner/event"
	"corner/idempotency"
	"corner/identity"
	"corner/reviews"
	"corner/reviews/reviewstest"
	"corner/store"
	"corner/store/bookingsql"
	"corner/store/catalogsql"
	"corner/store/identitysql"
	"corner/store/reviewsql"
	"corner/store/storetest"
	"corner/store/visitsql"
	"corner/taking"
	"corner/visits"
	"corner/visits/visitstest"
)

// TestClosed holds that a database that is gone is an error of every call.
func TestClosed(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := everything(db)
		s := w.Shop(t, 1)
		draft := s.Draft(s.Owner, bookingtest.Opening, 1, bookingtest.Monday)
		if err := db.Close(); err != nil {
			t.Fatalf("close: %v", err)
		}
		ctx, now := t.Context(), time.Now()
		none := func(_ any, err error) error { return err }
		for name, call := range map[string]func() error{
			"Ping":    func() error { return db.Ping(ctx) },
			"Migrate": func() error { return none(db.Migrate(ctx, now)) },
			"Pending": func() error { return none(db.Pending(ctx)) },
			"Bookings.Hold": func() error {
				return none(w.Bookings.Hold(ctx, draft, taking.Rules{}, idempotency.Key{}, ev.Event{}))
			},
			"Bookings.Booking": func() error { return none(w.Bookings.Booking(ctx, draft.ID)) },
			"Bookings.ByRef":   func() error { return none(w.Bookings.ByRef(ctx, draft.Ref)) },
			"Bookings.Update": func() error {
				return none(w.Bookings.Update(ctx, draft.ID, idempotency.Key{}, func(*booking.Booking) ([]ev.Event, error) { return nil, nil }))
			},
			"Bookings.Busy": func() error {
				return none(w.Bookings.Busy(ctx, []taking.Ref{taking.SeatsOf(draft.Service)}, now, now, now))
			},
			"Bookings.BookingsOf": func() error { return none(w.Bookings.BookingsOf(ctx, draft.User, "", 1)) },
			"Bookings.RunOut":     func() error { return none(w.Bookings.RunOut(ctx, now, 1)) },
			"Visits.Confirm": func() error {
				never := func(*booking.Booking) (visits.Visit, []ev.Event, error) { return visits.Visit{}, nil, nil }
				return none(w.Visits.Confirm(ctx, visits.OfBooking(draft.ID), idempotency.Key{}, never))
			},
			"Visits.Visit":      func() error { return none(w.Visits.Visit(ctx, "vis_1")) },
			"Visits.VisitOf":    func() error { return none(w.Visits.VisitOf(ctx, draft.ID)) },
			"Reviews.Post":      func() error { return none(w.Reviews.Post(ctx, reviews.Review{}, idempotency.Key{}, ev.Event{})) },
			"Reviews.ReviewsOf": func() error { return none(w.Reviews.ReviewsOf(ctx, draft.Place, "", 1)) },
			"Reviews.Rating":    func() error { return none(w.Reviews.Rating(ctx, draft.Place)) },
			"Catalog.Place":     func() error { return none(w.Catalog.Place(ctx, draft.Place)) },
			"Catalog.Service":   func() error { return none(w.Catalog.Service(ctx, draft.Service)) },
			"Catalog.UpdatePlace": func() error {
				return none(w.Catalog.UpdatePlace(ctx, draft.Place, func(*catalog.Place) ([]ev.Event, error) { return nil, nil }))
			},
			"Identity.Enter": func() error { return none(w.Identity.Enter(ctx, identity.User{})) },
			"Identity.Roles": func() error { return none(w.Identity.Roles(ctx, draft.User)) },
			"Outbox.Lease":   func() error { return none(w.Outbox.Lease(ctx, consumer, now, 1, 0)) },
			"Outbox.Extend":  func() error { return w.Outbox.Extend(ctx, consumer, []ev.ID{"evt_1"}, now) },
			"Outbox.Retry":   func() error { return w.Outbox.Retry(ctx, consumer, []ev.Retry{{ID: "evt_1"}}) },
			"Outbox.Bury":    func() error { return w.Outbox.Bury(ctx, consumer, []ev.Retry{{ID: "evt_1"}}, now) },
			"Outbox.Dead":    func() error { return none(w.Outbox.Dead(ctx, 1)) },
			"Outbox.Revive":  func() error { return none(w.Outbox.Revive(ctx, nil, now)) },
			"Outbox.Backlog": func() error { return none(w.Outbox.Backlog(ctx, consumer, now)) },
			"Outbox.Enroll": func() error {
				_, _, err := w.Outbox.Enroll(ctx, consumer, now, now)
				return err
			},
			"DB.Due":      func() error { return none(db.Due(ctx, "timer", now, time.Second)) },
			"Outbox.Done": func() error { return w.Outbox.Done(ctx, consumer, []ev.ID{"evt_1"}) },
		} {
			if err := call(); err == nil {
				t.Errorf("%s on a closed database: got no error, want one", name)
			}
		}
	})
}

// everything is all the stores on one database.
func everything(db *store.DB) reviewstest.World {
	db.Routes = reviewstest.Routes()
	return reviewstest.World{World: visitstest.World{World: bookingtest.World{
		Identity: identitysql.Store{DB: db}, Catalog: catalogsql.Store{DB: db}, Bookings: bookingsql.Store{DB: db}, Outbox: store.Outbox{DB: db},
	}, Visits: visitsql.Store{DB: db}}, Reviews: reviewsql.Store{DB: db}}
}
