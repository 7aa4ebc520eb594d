package store_test

import (
	"testing"

	"corner/catalog/catalogtest"
	"corner/store"
	"corner/store/storetest"
)

func TestCatalogContract(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"sqlite", "postgres"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			catalogtest.Store(t, func(t *testing.T) catalogtest.Ports {
				db := storetest.Open(t, kind)
				db.Routes = catalogtest.Routes
				return catalogtest.Ports{Catalog: store.Catalog{DB: db}, People: store.Identity{DB: db}, Outbox: store.Outbox{DB: db}}
			})
		})
	}
}
