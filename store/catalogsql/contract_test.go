package catalogsql_test

import (
	"testing"

	"corner/catalog/catalogtest"
	"corner/store"
	"corner/store/catalogsql"
	"corner/store/identitysql"
	"corner/store/storetest"
)

func TestCatalogContract(t *testing.T) {
	t.Parallel()
	for _, kind := range storetest.Kinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			catalogtest.Store(t, func(t *testing.T) catalogtest.Ports {
				db := storetest.Open(t, kind)
				db.Routes = catalogtest.Routes
				return catalogtest.Ports{Catalog: catalogsql.Store{DB: db}, People: identitysql.Store{DB: db}, Outbox: store.Outbox{DB: db}}
			})
		})
	}
}
