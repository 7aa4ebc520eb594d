package bookingsql_test

import (
	"testing"

	"corner/booking/bookingtest"
	"corner/store"
	"corner/store/bookingsql"
	"corner/store/catalogsql"
	"corner/store/identitysql"
	"corner/store/storetest"
)

func world(db *store.DB) bookingtest.World {
	db.Routes = bookingtest.Routes()
	return bookingtest.World{
		Identity: identitysql.Store{DB: db}, Catalog: catalogsql.Store{DB: db}, Bookings: bookingsql.Store{DB: db}, Outbox: store.Outbox{DB: db},
	}
}

func TestBookings(t *testing.T) {
	t.Parallel()
	for _, kind := range storetest.Kinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			bookingtest.Store(t, func(t *testing.T) bookingtest.World { return world(storetest.Open(t, kind)) })
		})
	}
}

func BenchmarkHold(b *testing.B) {
	for _, kind := range storetest.Kinds {
		b.Run(kind, func(b *testing.B) {
			bookingtest.Bench(b, func(b *testing.B) bookingtest.World { return world(storetest.Open(b, kind)) })
		})
	}
}
