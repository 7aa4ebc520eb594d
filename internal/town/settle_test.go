package town_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"corner/booking"
	"corner/catalog"
	"corner/identity"
	"corner/internal/town"
	"corner/kv/memkv"
	"corner/reviews"
	"corner/store"
	"corner/store/bookingsql"
	"corner/store/catalogsql"
	"corner/store/discoverysql"
	"corner/store/identitysql"
	"corner/store/reviewsql"
	"corner/store/storetest"
	"corner/store/visitsql"
	"corner/uid"
	"corner/visits"
)

func partsOf(db *store.DB) town.Parts {
	clock := &town.Clock{Real: time.Now}
	people := identitysql.Store{DB: db}
	actorOf := func(ctx context.Context, id identity.UserID) (identity.Actor, error) {
		roles, err := people.Roles(ctx, id)
		return identity.Actor{User: id, Roles: roles}, err
	}
	c := &catalog.Catalog{Store: catalogsql.Store{DB: db}, Now: clock.Now}
	desk := &booking.Desk{
		Store:    bookingsql.Store{DB: db},
		Catalog:  c,
		CodeKeys: [][]byte{make([]byte, 32)},
		HoldFor:  10 * time.Minute,
		Quotas:   booking.Quotas{Open: 1_000_000, Overlapping: 1_000_000, Renewals: 1_000_000},
		Now:      clock.Now,
	}
	counter := &visits.Log{Store: visitsql.Store{DB: db}, Desk: desk, KV: memkv.New(memkv.Bounds{}), Now: clock.Now}
	return town.Parts{
		Clock: clock, Catalog: c, Desk: desk, Visits: counter,
		Board: &reviews.Board{Store: reviewsql.Store{DB: db}, Visits: counter, Catalog: c, Now: clock.Now},
		Enrol: func(ctx context.Context, phone string) (identity.Actor, error) {
			now := clock.Now()
			u, err := people.Enter(ctx, identity.User{ID: identity.UserID(uid.New("usr", now)), Phone: phone, CreatedAt: now})
			if err != nil {
				return identity.Actor{}, err
			}
			return actorOf(ctx, u.ID)
		},
		ActorOf: actorOf,
	}
}

func TestSettle(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, "sqlite")
	tn, parts := town.Make(1), partsOf(db)
	began, last := time.Now(), 0
	err := tn.Settle(t.Context(), parts, func(done, total int) {
		if done <= last || done > total {
			t.Errorf("progress %d of %d after %d", done, total, last)
		}
		last = done
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("settled in %v, %d steps", time.Since(began), last)
	if now := parts.Clock.Now(); time.Since(now) > time.Minute {
		t.Errorf("the clock stands at %v", now)
	}

	listings, err := (discoverysql.Store{DB: db}).Live(t.Context(), "", 10_000)
	if err != nil {
		t.Fatal(err)
	}
	var sum, n, rated, claimed int64
	var showcase catalog.PlaceID
	for _, l := range listings {
		sum, n = sum+l.Rating.Sum, n+l.Rating.N
		if l.Rating.N > 0 {
			rated++
		}
		if l.Claimed {
			claimed++
		}
		if l.Names.Main == tn.Showcase.Query {
			showcase = l.Place
		}
	}
	t.Logf("%d places, %d claimed, %d reviewed %d times, %.2f stars on average", len(listings), claimed, rated, n, float64(sum)/float64(n))
	if len(listings) != len(tn.Listings) || n != 1_500 || rated < 400 || claimed < 800 {
		t.Errorf("%d places, %d claimed, %d reviewed %d times", len(listings), claimed, rated, n)
	}
	if mean := float64(sum) / float64(n); mean < 3.9 || mean > 4.6 {
		t.Errorf("%.2f stars on average, want 3.9 to 4.6", mean)
	}
	written, err := parts.Board.Reviews(t.Context(), identity.Actor{}, showcase, "", 100)
	if err != nil || len(written) < 5 {
		t.Errorf("%d reviews of the showcase, %v; want some", len(written), err)
	}
	for _, r := range written {
		t.Logf("%s %d %s", r.CreatedAt.Format(time.DateOnly), r.Stars, r.Text)
	}

	if err := tn.Settle(t.Context(), parts, nil); !errors.Is(err, town.ErrInhabited) {
		t.Errorf("settling again: %v, want %v", err, town.ErrInhabited)
	}
	owner, err := parts.Enrol(t.Context(), tn.Showcase.Owner)
	if err != nil || len(owner.Roles) != 1 {
		t.Errorf("the owner of the showcase has roles %v, %v; want one", owner.Roles, err)
	}
}

// The life fits its bounds on any day of the year and for any seed.
func TestLife(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, 1, 1, 7, 30, 0, 0, time.UTC)
	for i := range 12 {
		tn := town.Make(int64(i))
		counts, err := tn.Life(day.AddDate(0, i, 3*i))
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			t.Logf("%+v", counts)
		}
		if counts.Reviews != 1_500 || counts.Upcoming != 120 || counts.OfOnePlace > 30 || counts.OfOneOwner > 45 || counts.Late > 0 {
			t.Errorf("month %d: %+v", i, counts)
		}
		if counts.Stars[4] < 500 || counts.Stars[1]+counts.Stars[2] < 50 || counts.Stars[1]+counts.Stars[2] > 250 {
			t.Errorf("month %d: stars %v", i, counts.Stars)
		}
		if counts.Texts < 1_100 {
			t.Errorf("month %d: %d different texts of 1500", i, counts.Texts)
		}
		if counts.Mute > 0 {
			t.Errorf("month %d: %d reviews of a theme without words", i, counts.Mute)
		}
	}
}

func TestSettleStopsWithItsContext(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, "sqlite")
	tn, parts := town.Make(1), partsOf(db)
	ctx, cancel := context.WithCancel(t.Context())
	err := tn.Settle(ctx, parts, func(done, _ int) {
		if done > 2_500 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
	if now := parts.Clock.Now(); time.Since(now) > time.Minute {
		t.Errorf("the clock stands at %v", now)
	}
}
