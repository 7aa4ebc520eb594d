package visitsql_test

import (
	"testing"

	"corner/booking/bookingtest"
	"corner/store"
	"corner/store/bookingsql"
	"corner/store/catalogsql"
	"corner/store/identitysql"
	"corner/store/storetest"
	"corner/store/visitsql"
	"corner/visits/visitstest"
)

func world(db *store.DB) visitstest.World {
	db.Routes = visitstest.Routes()
	return visitstest.World{World: bookingtest.World{
		Identity: identitysql.Store{DB: db}, Catalog: catalogsql.Store{DB: db}, Bookings: bookingsql.Store{DB: db}, Outbox: store.Outbox{DB: db},
	}, Visits: visitsql.Store{DB: db}}
}

func TestVisits(t *testing.T) {
	t.Parallel()
	for _, kind := range storetest.Kinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			visitstest.Store(t, func(t *testing.T) visitstest.World { return world(storetest.Open(t, kind)) })
		})
	}
}
