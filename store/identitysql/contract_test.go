package identitysql_test

import (
	"testing"

	"corner/catalog/catalogtest"
	"corner/identity"
	"corner/identity/identitytest"
	"corner/store"
	"corner/store/catalogsql"
	"corner/store/identitysql"
	"corner/store/storetest"
)

func TestIdentityContract(t *testing.T) {
	t.Parallel()
	for _, kind := range storetest.Kinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			identitytest.Store(t, func(t *testing.T) identitytest.Ports {
				db := storetest.Open(t, kind)
				db.Routes = identitytest.Routes
				s := identitysql.Store{DB: db}
				return identitytest.Ports{
					Store:       s,
					Roster:      s,
					Invitations: s,
					Operators:   s,
					Factors:     s,
					Looks:       s,
					Outbox:      store.Outbox{DB: db},
					Merchant: func(t *testing.T, owner identity.UserID) identity.MerchantID {
						t.Helper()
						return catalogtest.Merchant(t, catalogsql.Store{DB: db}, owner)
					},
					Place: func(t *testing.T, m identity.MerchantID) identity.PlaceID {
						t.Helper()
						return catalogtest.Place(t, catalogsql.Store{DB: db}, m)
					},
					Leave: func(t *testing.T, id identity.PlaceID) {
						t.Helper()
						catalogtest.Leave(t, catalogsql.Store{DB: db}, id)
					},
				}
			})
		})
	}
}
