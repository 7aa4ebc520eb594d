package booking_test

import (
	"errors"
	"testing"

	"corner/booking"
	"corner/booking/bookingtest"
	"corner/catalog"
	"corner/fault"
	"corner/idempotency"
	"corner/identity"
	"corner/walltime"
)

// TestSoldOutNights: what is sold out for a day has no slots in the night that begins on it, and is
// sold from the next opening on.
func TestSoldOutNights(t *testing.T) {
	t.Parallel()
	w := world(t)
	s, user := w.Shop(t, 10), w.User(t)
	editPlace(t, s, func(p *catalog.Place) {
		for d := range p.Hours.Weekly {
			p.Hours.Weekly[d] = []catalog.Interval{{Opens: 18 * 60, Closes: 26 * 60}} // to two in the morning
		}
	})
	desk, ctx, counter := w.Desk(bookingtest.Monday), t.Context(), s.Staff(w.User(t), identity.Counter)
	loc, err := walltime.Zone(s.Place.Zone)
	if err != nil {
		t.Fatal(err)
	}
	today := walltime.WallAt(loc, bookingtest.Monday).Day()
	tonight := walltime.Instant(loc, (today + 1).At(60))
	tomorrow := walltime.Instant(loc, (today + 1).At(18*60))
	hold := func(want error, name string, r booking.Request) {
		t.Helper()
		if _, err := desk.Hold(ctx, bookingtest.As(user), r, idempotency.Key{}); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", name, err, want)
		}
	}
	hold(nil, "tonight, before", s.Request(tonight, 1))
	v, err := desk.Catalog.SellOut(ctx, counter, s.Service.ID, nil)
	if err != nil || v.SoldOutUntil != today+1 {
		t.Fatalf("sold out until %s, %v; want tomorrow, %s", v.SoldOutUntil, err, today+1)
	}
	hold(booking.ErrNotASlot, "tonight", s.Request(tonight, 1))
	hold(nil, "tomorrow", s.Request(tomorrow, 1))
	slots, _, err := desk.Slots(ctx, bookingtest.As(user), s.Service.ID, bookingtest.Monday, tomorrow, 1)
	if err != nil || len(slots) != 0 {
		t.Errorf("%d slots until tomorrow, %v; want none", len(slots), err)
	}
	for name, day := range map[string]walltime.Day{"today": today, "in two years": today + 730} {
		if _, err := desk.Catalog.SellOut(ctx, counter, s.Service.ID, &day); !errors.Is(err, fault.ErrInvalid) {
			t.Errorf("sold out until %s: %v, want %v", name, err, fault.ErrInvalid)
		}
	}
	// On the next day nobody is told any more.
	v, _, err = w.Desk(tomorrow).Catalog.ServiceAsIs(ctx, s.Service.ID)
	if err != nil || v.SoldOutUntil != 0 {
		t.Errorf("tomorrow it is sold out until %s, %v", v.SoldOutUntil, err)
	}
	if _, err := desk.Catalog.SellAgain(ctx, counter, s.Service.ID); err != nil {
		t.Fatal(err)
	}
	hold(nil, "tonight, again", s.Request(tonight, 1))
}
