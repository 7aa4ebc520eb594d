package booking_test

import (
	"errors"
	"testing"
	"time"

	"corner/booking"
	"corner/booking/bookingtest"
	"corner/catalog"
	"corner/idempotency"
	"corner/identity"
	"corner/walltime"
)

// TestClosePlace: of what is booked only that goes which begins in the closure; nights belong to the
// day on which they begin.
func TestClosePlace(t *testing.T) {
	t.Parallel()
	w := world(t)
	s := w.Shop(t, 10)
	editPlace(t, s, func(p *catalog.Place) {
		for d := range p.Hours.Weekly {
			p.Hours.Weekly[d] = []catalog.Interval{{Opens: 12 * 60, Closes: 26 * 60}} // to two in the morning
		}
	})
	now := bookingtest.Monday
	desk, owner, ctx := w.Desk(now), s.Staff(s.Owner, identity.Owner), t.Context()
	loc, err := walltime.Zone(s.Place.Zone)
	if err != nil {
		t.Fatal(err)
	}
	day := walltime.WallAt(loc, now).Day() + 3
	at := func(d walltime.Day, hour int) time.Time { return walltime.Instant(loc, d.At(hour*60)) }
	booked := map[string]booking.ID{}
	for name, start := range map[string]time.Time{
		"the day before": at(day-1, 20), "the night before": at(day, 1), "the first day": at(day, 13),
		"the first night": at(day+1, 1), "the last night": at(day+2, 1), "the day after": at(day+2, 13),
	} {
		booked[name] = s.Confirmed(t, w.User(t), start, 1, now).ID
	}
	booked["a hold"] = s.Held(t, w.User(t), at(day+1, 14), 1, now).ID
	booked["cancelled before"] = s.Confirmed(t, w.User(t), at(day+1, 15), 1, now).ID
	if _, err := desk.Cancel(ctx, owner, booked["cancelled before"]); err != nil {
		t.Fatal(err)
	}
	until := day + 2
	closing := catalog.Closing{Kind: catalog.ClosedTemporarily, From: &day, Until: &until}
	p, err := desk.Catalog.PlaceAsIs(ctx, s.Place.ID)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		actor   identity.Actor
		version int64
		hanging int
		want    error
	}{
		"nobody":                {identity.Actor{}, p.Version, 4, identity.ErrUnauthenticated},
		"the counter":           {s.Staff(s.Owner, identity.Counter), p.Version, 4, catalog.ErrPlaceNotFound},
		"a stale version":       {owner, p.Version - 1, 4, catalog.ErrStale},
		"a number that is none": {owner, p.Version, 0, booking.ErrBooked},
		"another number":        {owner, p.Version, 8, booking.ErrBooked},
	} {
		if _, err := desk.ClosePlace(ctx, c.actor, p.ID, c.version, closing, c.hanging); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if p, err = desk.ClosePlace(ctx, owner, p.ID, p.Version, closing, 4); err != nil {
		t.Fatal(err)
	}
	want := map[string]booking.State{
		"the day before": booking.Confirmed, "the night before": booking.Confirmed, "the first day": booking.CancelledByMerchant,
		"the first night": booking.CancelledByMerchant, "the last night": booking.CancelledByMerchant, "the day after": booking.Confirmed,
		"a hold": booking.CancelledByMerchant, "cancelled before": booking.CancelledByMerchant,
	}
	for name, id := range booked {
		b, err := w.Bookings.Booking(ctx, id)
		if err != nil || b.State != want[name] {
			t.Errorf("%s: the booking is %s, %v; want %s", name, b.State, err, want[name])
		}
	}
	slots, _, err := desk.Slots(ctx, bookingtest.As(w.User(t)), s.Service.ID, at(day-1, 12), at(day+3, 2), 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, slot := range slots {
		if w := walltime.WallAt(loc, slot.Start); p.Hours.ShutAt(w) {
			t.Errorf("there is a slot at %s, while it is closed", w)
		}
	}
	if len(slots) != 2*(14*4-3) { // two days of fourteen hours
		t.Errorf("%d slots around the closure, want %d", len(slots), 2*(14*4-3))
	}
	_, err = desk.Hold(ctx, bookingtest.As(w.User(t)), s.Request(at(day, 13), 1), idempotency.Key{})
	if !errors.Is(err, booking.ErrNotASlot) {
		t.Errorf("a hold while it is closed: %v, want %v", err, booking.ErrNotASlot)
	}
	// Once more with the present version changes nothing, and nothing hangs on it.
	if again, err := desk.ClosePlace(ctx, owner, p.ID, p.Version, closing, 0); err != nil || again.Version != p.Version {
		t.Errorf("once more: version %d, %v; want %d", again.Version, err, p.Version)
	}
}

// TestGoOnClosing: who closed a place and was cut off before all was cancelled, cancels the rest; not
// when the place has another closure by now, and not whoever else asks.
func TestGoOnClosing(t *testing.T) {
	t.Parallel()
	w := world(t)
	s := w.Shop(t, 10)
	now := bookingtest.Monday
	desk, owner, ctx := w.Desk(now), s.Staff(s.Owner, identity.Owner), t.Context()
	id := s.Confirmed(t, w.User(t), bookingtest.Opening, 1, now).ID
	p, err := desk.Catalog.PlaceAsIs(ctx, s.Place.ID)
	if err != nil {
		t.Fatal(err)
	}
	closing := catalog.Closing{Kind: catalog.ClosedPermanently}
	closure, err := closing.Closure(p.Today(now))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := desk.Catalog.ClosePlace(ctx, owner, p.ID, p.Version, closure); err != nil {
		t.Fatal(err)
	}
	until := p.Today(now) + 9
	for name, c := range map[string]struct {
		actor   identity.Actor
		closing catalog.Closing
	}{
		"the counter":     {s.Staff(s.Owner, identity.Counter), closing},
		"another closure": {owner, catalog.Closing{Kind: catalog.ClosedTemporarily, Until: &until}},
	} {
		if _, err := desk.GoOnClosing(ctx, c.actor, p.ID, c.closing); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if b, err := w.Bookings.Booking(ctx, id); err != nil || b.State != booking.Confirmed {
			t.Errorf("%s: the booking is %s, %v", name, b.State, err)
		}
	}
	if _, err := desk.GoOnClosing(ctx, owner, p.ID, closing); err != nil {
		t.Fatal(err)
	}
	if b, err := w.Bookings.Booking(ctx, id); err != nil || b.State != booking.CancelledByMerchant {
		t.Errorf("the booking is %s, %v", b.State, err)
	}
}
