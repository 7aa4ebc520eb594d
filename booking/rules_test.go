package booking_test

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"corner/booking"
	"corner/booking/bookingtest"
	"corner/catalog"
	"corner/idempotency"
	"corner/identity"
	"corner/taking"
	"corner/walltime"
)

// TestRules: a service is booked by its rules, and what they refuse is no slot either.
func TestRules(t *testing.T) {
	t.Parallel()
	w := world(t)
	user, now := bookingtest.As(w.User(t)), bookingtest.Monday // 15:30 and some in Shanghai
	desk := w.Desk(now)
	loc, err := walltime.Zone("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	today := walltime.WallAt(loc, now).Day()
	wall := func(days, minute int) time.Time {
		return walltime.Instant(loc, (today + walltime.Day(days)).At(minute))
	}
	quarter := now.Truncate(15 * time.Minute)
	for name, c := range map[string]struct {
		rules catalog.Rules
		start time.Time
		party int
		want  error
	}{
		"an hour ahead":           {catalog.Rules{Lead: time.Hour}, quarter.Add(75 * time.Minute), 1, nil},
		"less than an hour ahead": {catalog.Rules{Lead: time.Hour}, quarter.Add(time.Hour), 1, booking.ErrTooSoon},
		"the past":                {catalog.Rules{Lead: time.Hour}, quarter.Add(-time.Hour), 1, booking.ErrPast},
		"the last of three days":  {catalog.Rules{Horizon: 3}, wall(3, 1425), 1, nil},
		"the day after":           {catalog.Rules{Horizon: 3}, wall(4, 0), 1, booking.ErrTooFar},
		"the last of all":         {catalog.Rules{}, quarter.Add(booking.Horizon), 1, nil},
		"after the last of all":   {catalog.Rules{Horizon: catalog.MaxHorizon}, quarter.Add(booking.Horizon + 15*time.Minute), 1, booking.ErrTooFar},
		"one of two at least":     {catalog.Rules{PartyMin: 2}, bookingtest.Opening, 1, booking.ErrPartyTooSmall},
		"two of two at least":     {catalog.Rules{PartyMin: 2}, bookingtest.Opening, 2, nil},
		"four of four at most":    {catalog.Rules{PartyMax: 4}, bookingtest.Opening, 4, nil},
		"five of four at most":    {catalog.Rules{PartyMax: 4}, bookingtest.Opening, 5, booking.ErrPartyTooLarge},
	} {
		s := w.Shop(t, 10)
		edit(t, s, func(v *catalog.Service) { v.Rules = c.rules })
		_, err := desk.Hold(t.Context(), user, s.Request(c.start, c.party), idempotency.Key{})
		wantErr(t, name, err, c.want)
		slots, _, err := desk.Slots(t.Context(), user, s.Service.ID, c.start, c.start.Add(time.Minute), c.party)
		if shown := len(slots) == 1; err != nil || shown != (c.want == nil) {
			t.Errorf("%s: %d slots, %v", name, len(slots), err)
		}
	}
}

// TestRulesOfAMove: a consumer moves by the rules of the service, the shop as it sees fit.
func TestRulesOfAMove(t *testing.T) {
	t.Parallel()
	w := world(t)
	s, user, now := w.Shop(t, 10), bookingtest.As(w.User(t)), bookingtest.Monday
	edit(t, s, func(v *catalog.Service) { v.Rules = catalog.Rules{Lead: 2 * time.Hour, Horizon: 2} })
	desk, manager := w.Desk(now), s.Staff(w.User(t), identity.Manager)
	soon, far := now.Truncate(15*time.Minute).Add(time.Hour), bookingtest.Opening.AddDate(0, 0, 7)
	for _, c := range []struct {
		what  string
		actor identity.Actor
		to    time.Time
		want  error
	}{
		{"soon, by its consumer", user, soon, booking.ErrTooSoon},
		{"far, by its consumer", user, far, booking.ErrTooFar},
		{"soon, by a manager", manager, soon, nil},
		{"far, by a manager", manager, far, nil},
		{"beyond everything, by a manager", manager, now.Truncate(15 * time.Minute).Add(booking.Horizon + time.Hour), booking.ErrTooFar},
	} {
		b := s.Confirmed(t, user.User, bookingtest.Opening, 1, now)
		_, err := desk.Reschedule(t.Context(), c.actor, b.ID, c.to, idempotency.Key{})
		wantErr(t, c.what, err, c.want)
	}
}

// TestBuffers: they are occupied and not shown, shift no start, and neighbours share only what there is
// room for.
func TestBuffers(t *testing.T) {
	t.Parallel()
	w := world(t)
	user, now := bookingtest.As(w.User(t)), bookingtest.Monday
	desk := w.Desk(now)
	for _, c := range []struct {
		capacity int
		left     []int // of the starts of four hours around the booking, every quarter of an hour
	}{
		// An hour from 18:00 on, which occupies 17:50 to 19:20. Who begins at 16:30 clears up until 17:50, and
		// at 16:45 until 18:05; who begins at 19:30 prepares from 19:20 on.
		{1, []int{1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1}},
		{3, []int{3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3}},
	} {
		s := w.Shop(t, c.capacity)
		edit(t, s, func(v *catalog.Service) {
			v.Rules.Buffers = catalog.Buffers{Before: 10 * time.Minute, After: 20 * time.Minute}
		})
		held, err := desk.Hold(t.Context(), user, s.Request(bookingtest.Opening, 1), idempotency.Key{})
		if err != nil {
			t.Fatal(err)
		}
		same(t, "the slot, as it is shown", held.Slot, taking.Slot{Start: bookingtest.Opening, End: bookingtest.Opening.Add(time.Hour)})
		from := bookingtest.Opening.Add(-2 * time.Hour)
		slots, _, err := desk.Slots(t.Context(), user, s.Service.ID, from, from.Add(4*time.Hour+time.Minute), 1)
		if err != nil {
			t.Fatal(err)
		}
		left := make([]int, len(c.left))
		for _, o := range slots {
			left[o.Start.Sub(from)/(15*time.Minute)] = o.Left
		}
		same(t, "left", left, c.left)
		for i, n := range c.left {
			at := from.Add(time.Duration(i) * 15 * time.Minute)
			alone, _, err := desk.Slots(t.Context(), user, s.Service.ID, at, at.Add(time.Minute), 1)
			if shown := len(alone) == 1 && alone[0].Left == n; err != nil || shown != (n > 0) {
				t.Errorf("asked for alone, the start %d is %v, %v; want %d left", i, alone, err, n)
			}
			_, err = desk.Hold(t.Context(), user, s.Request(at, n+1), idempotency.Key{})
			wantErr(t, "one more than is left", err, booking.ErrSlotTaken)
		}
	}
}

// TestBuffersRivals: of many who want starts side by side, those who get one leave all buffers free.
func TestBuffersRivals(t *testing.T) {
	t.Parallel()
	const rivals = 48
	w := world(t)
	s := w.Shop(t, 1)
	edit(t, s, func(v *catalog.Service) {
		v.Rules.Buffers = catalog.Buffers{Before: 15 * time.Minute, After: 30 * time.Minute}
	})
	users := w.Users(t, rivals)
	var wg sync.WaitGroup
	got := make([]*booking.Booking, rivals)
	for i := range rivals {
		wg.Go(func() {
			start := bookingtest.Opening.Add(time.Duration(i%16) * 15 * time.Minute)
			b, err := w.Desk(bookingtest.Monday).Hold(t.Context(), bookingtest.As(users[i]), s.Request(start, 1), idempotency.Key{})
			switch {
			case err == nil:
				got[i] = &b
			case !errors.Is(err, booking.ErrSlotTaken):
				t.Errorf("hold: %v", err)
			}
		})
	}
	wg.Wait()
	won := slices.DeleteFunc(got, func(b *booking.Booking) bool { return b == nil })
	if len(won) == 0 {
		t.Fatal("nobody got a seat")
	}
	for i, a := range won {
		for _, b := range won[:i] {
			if a.Slot.Around(a.Buffers).Overlaps(b.Slot.Around(b.Buffers)) {
				t.Errorf("%v and %v, with their buffers, overlap", a.Slot, b.Slot)
			}
		}
	}
}

// TestSlotOverMidnight: what lies in two openings that join is held as any slot.
func TestSlotOverMidnight(t *testing.T) {
	t.Parallel()
	w := world(t)
	s, user := w.Shop(t, 10), bookingtest.As(w.User(t))
	edit(t, s, func(v *catalog.Service) { v.Duration, v.Step = 2*time.Hour, time.Hour })
	start := time.Date(2026, 3, 2, 15, 0, 0, 0, time.UTC) // 23:00 in Shanghai
	b, err := w.Desk(bookingtest.Monday).Hold(t.Context(), user, s.Request(start, 1), idempotency.Key{})
	wantErr(t, "two hours from 23:00 on", err, nil)
	same(t, "slot", b.Slot, taking.Slot{Start: start, End: start.Add(2 * time.Hour)})
}
