package bookingtest

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"corner/booking"
	"corner/catalog"
	"corner/idempotency"
	"corner/identity"
	"corner/taking"
	"corner/uid"
)

func busyTells(t *testing.T, w World) {
	s, user := w.Shop(t, 10), w.User(t)
	hour := s.Service.Duration
	long := *s
	long.Service.Duration = catalog.MaxDuration // the longest that a taking lasts
	day := long.Confirmed(t, user, Opening.Add(time.Microsecond-catalog.MaxDuration), 5, Monday)
	firm := s.Confirmed(t, user, Opening, 1, Monday)
	before := s.Confirmed(t, user, Opening.Add(-hour), 2, Monday)
	after := s.Confirmed(t, user, Opening.Add(hour), 3, Monday)
	held := s.Held(t, user, Opening, 4, Monday)
	cases := map[string]struct {
		from, to, now time.Time
		want          []booking.Booking
	}{
		"the hour": {Opening, Opening.Add(hour), Monday, []booking.Booking{firm, held, day}},
		"a microsecond less of it": {
			Opening.Add(time.Microsecond),
			Opening.Add(hour - time.Microsecond),
			Monday,
			[]booking.Booking{firm, held},
		},
		"a microsecond before it": {Opening.Add(-time.Microsecond), Opening.Add(hour), Monday, []booking.Booking{firm, before, held, day}},
		"a microsecond after it": {
			Opening.Add(time.Microsecond),
			Opening.Add(hour + time.Microsecond),
			Monday,
			[]booking.Booking{firm, after, held},
		},
		"a moment": {
			Opening.Add(time.Minute),
			Opening.Add(time.Minute + time.Microsecond),
			Monday,
			[]booking.Booking{firm, held},
		},
		"the moment before a hold's end": {
			Opening.Add(time.Minute),
			Opening.Add(hour),
			held.Expires.Add(-time.Microsecond),
			[]booking.Booking{firm, held},
		},
		"the end of a hold": {Opening.Add(time.Minute), Opening.Add(hour), held.Expires, []booking.Booking{firm}},
		"another day":       {Opening.AddDate(0, 0, 5), Opening.AddDate(0, 0, 6), Monday, nil},
		"all of it": {
			Opening.AddDate(0, 0, -5),
			Opening.AddDate(0, 0, 5),
			Monday,
			[]booking.Booking{firm, before, after, held, day},
		},
	}
	for name, c := range cases {
		busy, err := s.busy(t, s.Service.ID, c.from, c.to, c.now)
		must(t, name, err)
		var want []taking.Busy
		for _, b := range c.want {
			want = append(want, taking.Busy{Slot: b.Slot, N: b.Party})
		}
		byN := func(a, b taking.Busy) int { return a.N - b.N }
		slices.SortFunc(busy, byN)
		slices.SortFunc(want, byN)
		same(t, name, busy, want)
	}
	busy, err := s.busy(t, s.AddService(t, 10).ID, Monday, Monday.AddDate(0, 1, 0), Monday)
	must(t, "busy", err)
	same(t, "another service", busy, nil)
}

func bookingsOfPages(t *testing.T, w World) {
	s, user, other := w.Shop(t, 100), w.User(t), w.User(t)
	var want []booking.ID
	for i := range 7 {
		want = append(want, s.Held(t, user, Opening, 1, Monday.Add(time.Duration(i)*time.Millisecond)).ID)
		s.Held(t, other, Opening, 1, Monday.Add(time.Duration(i)*time.Millisecond))
	}
	slices.Reverse(want)
	same(t, "pages of 3", w.pages(t, user, 3, nil), want)
	same(t, "pages of 7", w.pages(t, user, 7, nil), want)
	same(t, "one page", w.pages(t, user, 100, nil), want)
	same(t, "nobody's", w.pages(t, w.User(t), 3, nil), nil)

	// Within a millisecond the order is that of bytes, on every database: no locale
	// may see letters and digits otherwise.
	byBytes := w.User(t)
	var ids []booking.ID
	for _, tail := range []string{"z", "a", "9", "0", "h", "b"} {
		b := s.Draft(byBytes, Opening, 1, Monday)
		b.ID = booking.ID(uid.New("bkg", Monday)[:29] + tail)
		_, err := w.Bookings.Hold(t.Context(), b, taking.Rules{}, idempotency.Key{}, heldEvent(b, Monday))
		must(t, "hold", err)
		ids = append(ids, b.ID)
	}
	slices.Sort(ids)
	slices.Reverse(ids)
	same(t, "order of ids", w.pages(t, byBytes, 2, nil), ids)
}

func bookingsAtPages(t *testing.T, w World) {
	s, other := w.Shop(t, 100), w.Shop(t, 100)
	hour := s.Service.Duration
	var want []booking.ID
	for i := range 9 { // three a start, of different users
		b := s.Held(t, w.User(t), Opening.Add(time.Duration(i/3)*hour), 1, Monday.Add(time.Duration(i)*time.Millisecond))
		want = append(want, b.ID)
	}
	s.Held(t, w.User(t), Opening.Add(-time.Microsecond), 1, Monday)
	s.Held(t, w.User(t), Opening.Add(3*hour), 1, Monday)
	other.Held(t, w.User(t), Opening, 1, Monday)
	for _, limit := range []int{1, 2, 9, 100} {
		var got []booking.ID
		for after := booking.ID(""); ; after = got[len(got)-1] {
			page, err := w.Bookings.BookingsAt(t.Context(), s.Place.ID, Opening, Opening.Add(3*hour), after, limit)
			must(t, "read a page", err)
			for _, b := range page {
				got = append(got, b.ID)
			}
			if len(page) < limit || len(got) > 20 {
				break
			}
		}
		same(t, "pages of "+strconv.Itoa(limit), got, want)
	}
	none, err := w.Bookings.BookingsAt(t.Context(), s.Place.ID, Opening, Opening, "", 10)
	must(t, "no time at all", err)
	same(t, "no time at all", none, nil)
}

// pages reads a user's bookings page by page; between is called after each.
func (w World) pages(t testing.TB, user identity.UserID, limit int, between func()) []booking.ID {
	t.Helper()
	var all []booking.ID
	var before booking.ID
	for {
		page, err := w.Bookings.BookingsOf(t.Context(), user, before, limit)
		must(t, "read a page", err)
		if len(page) > limit || len(all) > 1000 {
			t.Fatalf("a page of %d holds %d, after %d on others", limit, len(page), len(all))
		}
		for _, b := range page {
			all = append(all, b.ID)
		}
		if len(page) < limit {
			return all
		}
		before = all[len(all)-1]
		if between != nil {
			between()
		}
	}
}

func bookingsOfUnderWrites(t *testing.T, w World) {
	s, user := w.Shop(t, 1000), w.User(t)
	var want []booking.ID
	for i := range 12 {
		want = append(want, s.Held(t, user, Opening, 1, Monday.Add(time.Duration(i)*time.Millisecond)).ID)
	}
	slices.Reverse(want)
	now := Monday.Add(time.Second)
	got := w.pages(t, user, 3, func() {
		s.Held(t, user, Opening, 1, now) // newer than any: behind the reader's back
		now = now.Add(time.Millisecond)
		_, err := w.Bookings.Update(t.Context(), want[0], idempotency.Key{}, confirm(Monday))
		must(t, "confirm", err)
	})
	same(t, "what stood at the beginning, once each", got, want)
}

func runOutLists(t *testing.T, w World) {
	s, user := w.Shop(t, 100), w.User(t)
	var holds []booking.ID
	for i := range 5 {
		holds = append(holds, s.Held(t, user, Opening, 1, Monday.Add(time.Duration(i)*time.Second)).ID)
	}
	s.Confirmed(t, user, Opening, 1, Monday)
	cases := map[string]struct {
		now  time.Time
		n    int
		want []booking.ID
	}{
		"before any":                  {Monday.Add(HoldFor - time.Microsecond), 10, nil},
		"the first, at the very end":  {Monday.Add(HoldFor), 10, holds[:1]},
		"three":                       {Monday.Add(HoldFor + 2*time.Second), 10, holds[:3]},
		"no more than asked for":      {Monday.Add(time.Hour), 2, nil},
		"all holds, and nothing firm": {Monday.Add(time.Hour), 10, holds},
	}
	for name, c := range cases {
		got, err := w.Bookings.RunOut(t.Context(), c.now, c.n)
		must(t, name, err)
		if name == "no more than asked for" {
			same(t, name, len(got), c.n)
			continue
		}
		slices.Sort(got)
		same(t, name, got, slices.Sorted(slices.Values(c.want)))
	}
	swept, err := w.Desk(Monday.Add(time.Hour)).LapseRunOut(t.Context(), 3)
	must(t, "sweep", err)
	same(t, "swept", swept, 3)
	swept, err = w.Desk(Monday.Add(time.Hour)).LapseRunOut(t.Context(), 3)
	must(t, "sweep again", err)
	same(t, "swept again", swept, 2)
	rest, err := w.Bookings.RunOut(t.Context(), Monday.Add(time.Hour), 10)
	must(t, "run out", err)
	same(t, "left to sweep", len(rest), 0)
	for _, id := range holds {
		same(t, "state", w.load(t, id).State, booking.Lapsed)
	}
}

func aheadAt(t *testing.T, w World) {
	s, user := w.Shop(t, 10), w.User(t)
	now := Monday.Add(time.Hour)
	firm := s.Confirmed(t, user, Opening, 1, Monday)
	live := s.Held(t, user, Opening, 1, now.Add(-HoldFor+time.Microsecond)) // a microsecond to go
	s.Held(t, user, Opening, 1, now.Add(-HoldFor))                          // over at this very moment
	other := w.Shop(t, 10)
	other.Confirmed(t, user, Opening, 1, Monday) // another place's
	here := []catalog.PlaceID{s.Place.ID}
	want := []booking.ID{firm.ID, live.ID}
	slices.Sort(want)
	for name, c := range map[string]struct {
		now  time.Time
		want []booking.ID
	}{"now": {now, want}, "when it is over": {firm.Slot.End, nil}} {
		n, err := w.Bookings.CountAhead(t.Context(), here, c.now)
		must(t, "count", err)
		same(t, "how many, "+name, n, len(c.want))
		ids, err := w.Bookings.Ahead(t.Context(), here, c.now, 10)
		must(t, "list", err)
		same(t, "which, "+name, ids, c.want)
	}
	some, err := w.Bookings.Ahead(t.Context(), here, now, 1)
	must(t, "list one", err)
	same(t, "one of them", some, want[:1])
	n, err := w.Bookings.CountAhead(t.Context(), append(here, other.Place.ID, "plc_none"), now)
	must(t, "count of several", err)
	same(t, "how many of two places", n, 3)
	n, err = w.Bookings.CountAhead(t.Context(), nil, now)
	must(t, "count of none", err)
	same(t, "how many of no place", n, 0)
}
