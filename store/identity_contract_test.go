package store_test

import (
	"testing"

	"corner/catalog/catalogtest"
	"corner/identity"
	"corner/identity/identitytest"
	"corner/store"
	"corner/store/storetest"
)

func TestIdentityContract(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"sqlite", "postgres"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			identitytest.Store(t, func(t *testing.T) identitytest.Ports {
				db := storetest.Open(t, kind)
				s := store.Identity{DB: db}
				return identitytest.Ports{Store: s, Roster: s, Invitations: s, Operators: s, Merchant: func(t *testing.T, owner identity.UserID) identity.MerchantID {
					t.Helper()
					return catalogtest.Merchant(t, store.Catalog{DB: db}, owner)
				}}
			})
		})
	}
}
