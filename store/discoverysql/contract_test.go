package discoverysql_test

import (
	"testing"

	"corner/discovery/sourcetest"
	"corner/store/bookingsql"
	"corner/store/catalogsql"
	"corner/store/discoverysql"
	"corner/store/identitysql"
	"corner/store/reviewsql"
	"corner/store/storetest"
	"corner/store/visitsql"
)

func TestListingsContract(t *testing.T) {
	t.Parallel()
	for _, kind := range storetest.Kinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			sourcetest.Source(t, func(t *testing.T) sourcetest.Ports {
				db := storetest.Open(t, kind)
				who := sourcetest.Reviewers{
					People: identitysql.Store{
						DB: db,
					},
					Bookings: bookingsql.Store{DB: db},
					Visits:   visitsql.Store{DB: db},
					Reviews:  reviewsql.Store{DB: db},
				}
				return sourcetest.Ports{Source: discoverysql.Store{DB: db}, Catalog: catalogsql.Store{DB: db}, Rate: who.Rate}
			})
		})
	}
}
