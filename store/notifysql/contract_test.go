package notifysql_test

import (
	"testing"
	"time"

	"corner/identity"
	"corner/notify/notifytest"
	"corner/store/identitysql"
	"corner/store/notifysql"
	"corner/store/storetest"
	"corner/uid"
)

func TestNoticesContract(t *testing.T) {
	t.Parallel()
	for _, kind := range storetest.Kinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			notifytest.Store(t, func(t *testing.T) notifytest.Ports {
				db := storetest.Open(t, kind)
				people := identitysql.Store{DB: db}
				return notifytest.Ports{Store: notifysql.Store{DB: db}, User: func(t *testing.T) identity.UserID {
					t.Helper()
					now := time.Now()
					id := uid.New("usr", now)
					u, err := people.Enter(t.Context(), identity.User{ID: identity.UserID(id), Phone: "+" + id, CreatedAt: now})
					if err != nil {
						t.Fatal(err)
					}
					return u.ID
				}}
			})
		})
	}
}
