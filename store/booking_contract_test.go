package store_test

import (
	"testing"

	"corner/booking/bookingtest"
	"corner/reviews/reviewstest"
	"corner/store"
	"corner/store/storetest"
	"corner/visits/visitstest"
)

var kinds = []string{"sqlite", "postgres"}

func bookingWorld(db *store.DB) bookingtest.World {
	db.Routes = bookingtest.Routes()
	return bookingtest.World{
		Identity: store.Identity{DB: db}, Catalog: store.Catalog{DB: db}, Bookings: store.Bookings{DB: db}, Outbox: store.Outbox{DB: db},
	}
}

func TestBookings(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			bookingtest.Store(t, func(t *testing.T) bookingtest.World { return bookingWorld(storetest.Open(t, kind)) })
		})
	}
}

func BenchmarkHold(b *testing.B) {
	for _, kind := range kinds {
		b.Run(kind, func(b *testing.B) {
			bookingtest.Bench(b, func(b *testing.B) bookingtest.World { return bookingWorld(storetest.Open(b, kind)) })
		})
	}
}

func visitWorld(db *store.DB) visitstest.World {
	w := visitstest.World{World: bookingWorld(db), Visits: store.Visits{DB: db}}
	db.Routes = visitstest.Routes()
	return w
}

func TestVisits(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			visitstest.Store(t, func(t *testing.T) visitstest.World { return visitWorld(storetest.Open(t, kind)) })
		})
	}
}

func reviewWorld(db *store.DB) reviewstest.World {
	w := reviewstest.World{World: visitWorld(db), Reviews: store.Reviews{DB: db}}
	db.Routes = reviewstest.Routes()
	return w
}

func TestReviews(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			reviewstest.Store(t, func(t *testing.T) reviewstest.World { return reviewWorld(storetest.Open(t, kind)) })
		})
	}
}
