package store_test

import (
	"strings"
	"testing"
	"time"

	"corner/catalog"
	"corner/geo"
	"corner/idempotency"
	"corner/store"
	"corner/store/catalogsql"
	"corner/store/storetest"
	"corner/uid"
)

func TestMigrateTwiceDoesNothing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		if pending, err := db.Pending(t.Context()); err != nil || len(pending) != 0 {
			t.Fatalf("Pending = %v, %v; want none", pending, err)
		}
		done, err := db.Migrate(t.Context(), time.Now())
		if err != nil || len(done) != 0 {
			t.Fatalf("second Migrate = %v, %v; want nothing to do", done, err)
		}
	})
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"", "mysql://x", "sqlite:corner.db", "sqlite://corner.db", "postgres://user:secret@127.0.0.1:1/x?connect_timeout=1"} {
		db, err := store.Open(t.Context(), url)
		if err == nil {
			_ = db.Close()
			t.Errorf("Open(%q) went well, want an error", url)
			continue
		}
		if strings.Contains(err.Error(), "secret") {
			t.Errorf("the error shows the password: %v", err)
		}
	}
}

func TestPlaceSurvivesTheDatabase(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		now := time.Now().UTC().Truncate(time.Microsecond)
		s := catalogsql.Store{DB: db}
		h := catalog.Hours{}
		h.Weekly[0] = []catalog.Interval{{Opens: 660, Closes: 1560}}
		p := catalog.Place{
			ID:       catalog.PlaceID(uid.New("plc", now)),
			Names:    catalog.Names{Main: "老王面馆 🍜", En: "Lao Wang's"},
			Category: "noodles",
			Location: catalog.Location{
				Point:    geo.Point{Lat: 31.311512345678, Lng: 120.62901},
				Sent:     geo.Point{Lat: 31.3, Lng: 120.6},
				System:   geo.GCJ02,
				Accuracy: 12.5,
			},
			Hours:     h,
			Zone:      "Asia/Shanghai",
			State:     catalog.Drafted,
			Version:   1,
			CreatedAt: now,
			UpdatedAt: now,
		}
		if _, err := s.Register(t.Context(), catalog.Registration{Place: p, Event: event(now)}, idempotency.Key{}); err != nil {
			t.Fatal(err)
		}
		got, err := s.Place(t.Context(), p.ID)
		if err != nil {
			t.Fatal(err)
		}
		same(t, p, got)
	})
}
