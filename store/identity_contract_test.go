package store_test

import (
	"testing"
	"time"

	"corner/catalog"
	ev "corner/event"
	"corner/identity"
	"corner/identity/identitytest"
	"corner/once"
	"corner/store"
	"corner/store/storetest"
	"corner/uid"
)

func TestIdentityContract(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"sqlite", "postgres"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			identitytest.Store(t, func(t *testing.T) identitytest.Ports {
				db := storetest.Open(t, kind)
				s := store.Identity{DB: db}
				return identitytest.Ports{Store: s, Roster: s, Merchant: func(t *testing.T, owner identity.UserID) identity.MerchantID {
					t.Helper()
					return merchant(t, db, owner)
				}}
			})
		})
	}
}

// merchant registers a business.
func merchant(t *testing.T, db *store.DB, owner identity.UserID) identity.MerchantID {
	t.Helper()
	now := time.Now().UTC().Truncate(time.Microsecond)
	m := catalog.Merchant{ID: identity.MerchantID(uid.New("mer", now)), Name: "Lao Wang", CreatedAt: now}
	e := ev.New(catalog.MerchantCreated, string(m.ID), "", string(owner), now)
	if _, err := (store.Catalog{DB: db}).AddMerchant(t.Context(), m, owner, once.Key{}, e); err != nil {
		t.Fatalf("register a merchant: %v", err)
	}
	return m.ID
}
