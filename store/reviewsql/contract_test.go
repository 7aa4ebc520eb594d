package reviewsql_test

import (
	"testing"

	"corner/booking/bookingtest"
	"corner/reviews/reviewstest"
	"corner/store"
	"corner/store/bookingsql"
	"corner/store/catalogsql"
	"corner/store/identitysql"
	"corner/store/reviewsql"
	"corner/store/storetest"
	"corner/store/visitsql"
	"corner/visits/visitstest"
)

func world(db *store.DB) reviewstest.World {
	db.Routes = reviewstest.Routes()
	return reviewstest.World{World: visitstest.World{World: bookingtest.World{
		Identity: identitysql.Store{DB: db}, Catalog: catalogsql.Store{DB: db}, Bookings: bookingsql.Store{DB: db}, Outbox: store.Outbox{DB: db},
	}, Visits: visitsql.Store{DB: db}}, Reviews: reviewsql.Store{DB: db}}
}

func TestReviews(t *testing.T) {
	t.Parallel()
	for _, kind := range storetest.Kinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			reviewstest.Store(t, func(t *testing.T) reviewstest.World { return world(storetest.Open(t, kind)) })
		})
	}
}
