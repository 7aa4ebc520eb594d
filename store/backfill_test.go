package store_test

import (
	"fmt"
	"testing"
	"time"

	"corner/catalog"
	"corner/geo"
	"corner/idempotency"
	"corner/identity"
	"corner/store"
	"corner/store/catalogsql"
	"corner/store/identitysql"
	"corner/store/storetest"
)

// TestCellsAreFilled: a database from before there were cells gets those that places
// have when they are registered; more places than one statement takes, and one nowhere.
func TestCellsAreFilled(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		now := time.Now()
		for i := range 120 {
			p := catalog.Place{ID: catalog.PlaceID(fmt.Sprintf("plc_%03d", i)), State: catalog.Drafted, Version: 1}
			if i > 0 {
				p.Location = catalog.Location{Point: geo.Point{Lat: float64(i) / 2, Lng: float64(-i)}, System: geo.WGS84}
			}
			if _, err := (catalogsql.Store{DB: db}).Register(
				t.Context(),
				catalog.Registration{Place: p, Event: event(now)},
				idempotency.Key{},
			); err != nil {
				t.Fatal(err)
			}
		}
		if other, err := db.RefillCells(t.Context()); err != nil || other != 0 {
			t.Errorf("%d places have another cell, %v; want none", other, err)
		}
	})
}

// TestSeenIsFilled: people of before were seen when a session of theirs was refreshed last, or else when they came.
func TestSeenIsFilled(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		people := identitysql.Store{DB: db}
		came := time.Now().UTC().Truncate(time.Microsecond).Add(-1000 * time.Hour)
		want := map[identity.UserID]time.Time{"usr_a": came, "usr_b": came.Add(500 * time.Hour)}
		for id := range want {
			if _, err := people.Enter(t.Context(), identity.User{ID: id, Phone: "+" + string(id), CreatedAt: came}); err != nil {
				t.Fatal(err)
			}
		}
		for i, rotated := range []time.Time{came, came.Add(500 * time.Hour), came.Add(20 * time.Hour)} {
			s := identity.Session{
				ID:        identity.SessionID(fmt.Sprint("ses_", i)),
				User:      "usr_b",
				CreatedAt: came,
				RotatedAt: rotated,
			}
			if _, err := people.OpenSession(t.Context(), s, "+usr_b", idempotency.Key{}, event(came)); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.RefillSeen(t.Context()); err != nil {
			t.Fatal(err)
		}
		for id, seen := range want {
			if u, err := people.User(t.Context(), id); err != nil || !u.SeenAt.Equal(seen) {
				t.Errorf("%s was seen at %v, %v; want %v", id, u.SeenAt, err, seen)
			}
		}
	})
}
