package store_test

import (
	"testing"

	"corner/discovery/sourcetest"
	"corner/store"
	"corner/store/storetest"
)

func TestListingsContract(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"sqlite", "postgres"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			sourcetest.Source(t, func(t *testing.T) sourcetest.Ports {
				db := storetest.Open(t, kind)
				who := sourcetest.Reviewers{
					People: store.Identity{DB: db}, Bookings: store.Bookings{DB: db}, Visits: store.Visits{DB: db}, Reviews: store.Reviews{DB: db},
				}
				return sourcetest.Ports{Source: store.Listings{DB: db}, Catalog: store.Catalog{DB: db}, Rate: who.Rate}
			})
		})
	}
}
