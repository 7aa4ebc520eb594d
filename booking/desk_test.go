package booking_test

import (
	"context"
	"errors"
	"math"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corner/booking"
	"corner/booking/bookingtest"
	"corner/catalog"
	"corner/event"
	"corner/fault"
	"corner/idempotency"
	"corner/identity"
	"corner/money"
	"corner/store"
	"corner/store/bookingsql"
	"corner/store/catalogsql"
	"corner/store/identitysql"
	"corner/store/storetest"
	"corner/taking"
	"corner/uid"
)

func world(t testing.TB) bookingtest.World {
	t.Helper()
	db := storetest.Open(t, "sqlite")
	db.Routes = bookingtest.Routes()
	return bookingtest.World{
		Identity: identitysql.Store{DB: db}, Catalog: catalogsql.Store{DB: db}, Bookings: bookingsql.Store{DB: db}, Outbox: store.Outbox{DB: db},
	}
}

func same[T any](t testing.TB, what string, got, want T, opts ...cmp.Option) {
	t.Helper()
	if diff := cmp.Diff(want, got, opts...); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// serviceOf adds a service to a shop after change has changed it.
func serviceOf(t testing.TB, s *bookingtest.Shop, change func(*catalog.Service)) booking.Request {
	t.Helper()
	v := s.Service
	v.ID = catalog.ServiceID(uid.New("svc", bookingtest.Monday))
	change(&v)
	if _, err := s.Catalog.AddService(
		t.Context(),
		v,
		idempotency.Key{},
		event.New("test.aside", "", "", "", bookingtest.Monday),
		catalog.FitsMenu,
	); err != nil {
		t.Fatal(err)
	}
	return booking.Request{Service: v.ID, Start: bookingtest.Opening, Party: 1}
}

// placeLike is a shop whose place was changed.
func placeLike(t testing.TB, w bookingtest.World, change func(*catalog.Place)) booking.Request {
	t.Helper()
	s := w.Shop(t, 10)
	editPlace(t, s, change)
	return s.Request(bookingtest.Opening, 1)
}

func TestHoldRefuses(t *testing.T) {
	t.Parallel()
	w := world(t)
	s, user := w.Shop(t, 10), w.User(t)
	now := bookingtest.Monday
	quarter := now.Truncate(15 * time.Minute)
	with := func(start time.Time, party int) booking.Request { return s.Request(start, party) }
	for name, c := range map[string]struct {
		request booking.Request
		want    error
	}{
		"nobody":                    {with(bookingtest.Opening, 0), fault.ErrInvalid},
		"fewer than nobody":         {with(bookingtest.Opening, -1), fault.ErrInvalid},
		"a crowd":                   {with(bookingtest.Opening, booking.MaxParty+1), fault.ErrInvalid},
		"more than there are seats": {with(bookingtest.Opening, 11), booking.ErrSlotTaken},
		"all seats":                 {with(bookingtest.Opening, 10), nil},
		"the past":                  {with(quarter.Add(-15*time.Minute), 1), booking.ErrPast},
		"a moment ago":              {with(now.Add(-time.Microsecond), 1), booking.ErrPast},
		"off the grid":              {with(bookingtest.Opening.Add(time.Minute), 1), booking.ErrNotASlot},
		"a microsecond off":         {with(bookingtest.Opening.Add(time.Microsecond), 1), booking.ErrNotASlot},
		"a nanosecond off":          {with(bookingtest.Opening.Add(time.Nanosecond), 1), booking.ErrNotASlot},
		"last of the horizon":       {with(quarter.Add(booking.Horizon), 1), nil},
		"beyond the horizon":        {with(quarter.Add(booking.Horizon+15*time.Minute), 1), booking.ErrTooFar},
		"no service":                {booking.Request{Service: catalog.ServiceID(uid.New("svc", now)), Start: bookingtest.Opening, Party: 1}, catalog.ErrServiceNotFound},
		"no id of a service":        {booking.Request{Service: "'; DROP TABLE", Start: bookingtest.Opening, Party: 1}, catalog.ErrServiceNotFound},
		"not booked here":           {serviceOf(t, s, func(v *catalog.Service) { v.Bookable = false }), booking.ErrNotBookable},
		"too dear to multiply": {func() booking.Request {
			r := serviceOf(t, s, func(v *catalog.Service) { v.Price.Minor = math.MaxInt64 / 2 })
			r.Party = 3
			return r
		}(), money.ErrOverflow},
		"a draft, to others":     {placeLike(t, w, func(p *catalog.Place) { p.State = catalog.Drafted }), catalog.ErrServiceNotFound},
		"an unclaimed place":     {placeLike(t, w, func(p *catalog.Place) { p.Merchant = "" }), booking.ErrNotBookable},
		"a public service":       {placeLike(t, w, func(p *catalog.Place) { p.Category = "toilets" }), catalog.ErrDiscoveryOnly},
		"a place that is closed": {placeLike(t, w, func(p *catalog.Place) { p.Hours = catalog.Hours{} }), booking.ErrNotASlot},
	} {
		b, err := w.Desk(now).Hold(t.Context(), bookingtest.As(user), c.request, idempotency.Key{})
		if !errors.Is(err, c.want) || (err == nil) != (c.want == nil) {
			t.Errorf("%s: got %v, %v; want %v", name, b.ID, err, c.want)
		}
	}
}

func TestHoldFixesThePrice(t *testing.T) {
	t.Parallel()
	w := world(t)
	s, user := w.Shop(t, 10), w.User(t)
	now := bookingtest.Monday.Add(999 * time.Nanosecond) // finer than the databases keep
	start := bookingtest.Opening.In(time.FixedZone("", 8*3600))
	got, err := w.Desk(now).Hold(t.Context(), bookingtest.As(user), s.Request(start, 3), idempotency.Key{})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "booking", got, booking.Booking{
		ID: got.ID, User: user, Merchant: s.Place.Merchant, Place: s.Place.ID, Service: s.Service.ID, State: booking.Held,
		Slot: taking.Slot{Start: bookingtest.Opening, End: bookingtest.Opening.Add(time.Hour)}, Zone: "Asia/Shanghai", Party: 3,
		Terms: taking.Terms{Price: money.Of(8400, "CNY"), Payment: s.Service.Payment, Cancellation: s.Service.Cancellation},
		Takes: []taking.Taking{{Ref: taking.SeatsOf(s.Service.ID), N: 3}}, Ref: got.Ref,
		Expires: bookingtest.Monday.Add(bookingtest.HoldFor), Version: 1, CreatedAt: bookingtest.Monday, UpdatedAt: bookingtest.Monday,
	})
	if !uid.Valid("bkg", string(got.ID)) {
		t.Errorf("id: got %q, want one of a booking", got.ID)
	}
}

func TestHoldsOfOneUserAreBounded(t *testing.T) {
	t.Parallel()
	w := world(t)
	s, user := w.Shop(t, 100), bookingtest.As(w.User(t))
	desk := w.Desk(bookingtest.Monday)
	var first booking.Booking
	for i := range booking.DefaultQuotas.Open {
		b, err := desk.Hold(t.Context(), user, s.Request(bookingtest.Opening, 1), idempotency.Key{})
		if err != nil {
			t.Fatalf("hold %d: %v", i+1, err)
		}
		first = b
	}
	more := func(d *booking.Desk) error {
		_, err := d.Hold(t.Context(), user, s.Request(bookingtest.Opening, 1), idempotency.Key{})
		return err
	}
	if err := more(desk); !errors.Is(err, booking.ErrTooManyHolds) {
		t.Errorf("one more: got %v, want %v", err, booking.ErrTooManyHolds)
	}
	if _, err := desk.Confirm(t.Context(), user, first.ID, idempotency.Key{}); err != nil {
		t.Fatal(err)
	}
	if err := more(desk); !errors.Is(err, booking.ErrTooManyBookings) {
		t.Errorf("one more after one is booked: got %v, want %v", err, booking.ErrTooManyBookings)
	}
	if err := more(w.Desk(bookingtest.Monday.Add(bookingtest.HoldFor))); err != nil {
		t.Errorf("one more when all have run out: got %v, want none", err)
	}
}

func TestHoldRepeatedTooLate(t *testing.T) {
	t.Parallel()
	w := world(t)
	s, user := w.Shop(t, 10), w.User(t)
	key, err := idempotency.New(string(user), "phone-1", "holds.create", "in")
	if err != nil {
		t.Fatal(err)
	}
	start := bookingtest.Monday.Truncate(15 * time.Minute).Add(15 * time.Minute)
	first, err := w.Desk(bookingtest.Monday).Hold(t.Context(), bookingtest.As(user), s.Request(start, 1), key)
	if err != nil {
		t.Fatal(err)
	}
	late := w.Desk(start.Add(time.Minute)) // the slot has begun
	again, err := late.Hold(t.Context(), bookingtest.As(user), s.Request(start, 1), key)
	if err != nil || again.ID != first.ID {
		t.Errorf("the call again: got %s, %v; want %s", again.ID, err, first.ID)
	}
	if _, err := late.Hold(t.Context(), bookingtest.As(user), s.Request(start, 1), idempotency.Key{}); !errors.Is(err, booking.ErrPast) {
		t.Errorf("a new call: got %v, want %v", err, booking.ErrPast)
	}
	key.Token = "phone-2"
	if _, err := late.Hold(t.Context(), bookingtest.As(user), s.Request(start, 1), key); !errors.Is(err, booking.ErrPast) {
		t.Errorf("a new call with a key: got %v, want %v", err, booking.ErrPast)
	}
}

// taken answers Hold with ErrRefTaken the first n times.
type taken struct {
	booking.Store
	n    int
	refs []string
}

func (s *taken) Hold(
	ctx context.Context,
	b booking.Booking,
	rules taking.Rules,
	key idempotency.Key,
	e event.Event,
) (booking.Booking, error) {
	s.refs = append(s.refs, b.Ref)
	if s.n--; s.n >= 0 {
		return booking.Booking{}, booking.ErrRefTaken
	}
	return s.Store.Hold(ctx, b, rules, key, e)
}

func TestHoldDrawsAnotherRef(t *testing.T) {
	t.Parallel()
	w := world(t)
	s, user := w.Shop(t, 10), w.User(t)
	for n, want := range map[int]error{0: nil, 1: nil, 2: nil, 3: booking.ErrRefTaken} {
		full := &taken{Store: w.Bookings, n: n}
		desk := w.Desk(bookingtest.Monday)
		desk.Store = full
		b, err := desk.Hold(t.Context(), bookingtest.As(user), s.Request(bookingtest.Opening, 1), idempotency.Key{})
		if !errors.Is(err, want) || (err == nil) != (want == nil) {
			t.Errorf("%d refs that are taken: got %v, want %v", n, err, want)
		}
		for i, ref := range full.refs[1:] {
			if ref == full.refs[i] {
				t.Errorf("%d refs that are taken: %q was tried twice", n, ref)
			}
		}
		if err == nil && b.Ref != full.refs[n] {
			t.Errorf("%d refs that are taken: got ref %q, want the last tried, %q", n, b.Ref, full.refs[n])
		}
	}
}

func TestSlots(t *testing.T) {
	t.Parallel()
	w := world(t)
	s, user := w.Shop(t, 10), w.User(t)
	now := bookingtest.Monday
	anybody := identity.Actor{}
	s.Confirmed(t, user, bookingtest.Opening, 7, now)
	slots := func(id catalog.ServiceID, from, to time.Time, party int) ([]booking.Opening, error) {
		open, _, err := w.Desk(now).Slots(t.Context(), anybody, id, from, to, party)
		return open, err
	}
	left := func(from, to time.Time, party int) []int {
		open, err := slots(s.Service.ID, from, to, party)
		if err != nil {
			t.Fatal(err)
		}
		var all []int
		for _, o := range open {
			all = append(all, o.Left)
		}
		return all
	}
	start, end := bookingtest.Opening.Add(-time.Hour), bookingtest.Opening.Add(75*time.Minute)
	same(t, "left for one", left(start, end, 1), []int{10, 3, 3, 3, 3, 3, 3, 3, 10})
	same(t, "left for three", len(left(start, end, 3)), 9)
	same(t, "left for four", left(start, end, 4), []int{10, 10})
	same(t, "the past", left(now.Add(-time.Hour), now, 1), nil)
	same(t, "from the past on", len(left(now.Add(-time.Hour), now.Truncate(time.Hour).Add(time.Hour), 1)), 1)
	same(t, "beyond the horizon", left(now.Add(booking.Horizon), now.Add(booking.Horizon+time.Hour), 1), nil)

	minutely := serviceOf(t, s, func(v *catalog.Service) { v.Duration, v.Step = time.Minute, time.Minute })
	open, err := slots(minutely.Service, now, now.Add(booking.MaxRange), 1)
	if err != nil || len(open) != booking.MaxOpenings {
		t.Errorf("a month of minutes: got %d openings, %v; want %d", len(open), err, booking.MaxOpenings)
	}
	for name, c := range map[string]struct {
		request  booking.Request
		from, to time.Time
		party    int
		want     error
	}{
		"nobody":       {minutely, start, end, 0, fault.ErrInvalid},
		"a crowd":      {minutely, start, end, booking.MaxParty + 1, fault.ErrInvalid},
		"no time":      {minutely, start, start, 1, fault.ErrInvalid},
		"backwards":    {minutely, end, start, 1, fault.ErrInvalid},
		"too long":     {minutely, start, start.Add(booking.MaxRange + time.Microsecond), 1, fault.ErrInvalid},
		"no service":   {booking.Request{Service: "svc_nothere"}, start, end, 1, catalog.ErrServiceNotFound},
		"a draft":      {placeLike(t, w, func(p *catalog.Place) { p.State = catalog.Drafted }), start, end, 1, catalog.ErrServiceNotFound},
		"not bookable": {serviceOf(t, s, func(v *catalog.Service) { v.Bookable = false }), start, end, 1, nil},
		"public":       {placeLike(t, w, func(p *catalog.Place) { p.Category = "toilets" }), start, end, 1, nil},
	} {
		open, err := slots(c.request.Service, c.from, c.to, c.party)
		if !errors.Is(err, c.want) || (err == nil) != (c.want == nil) || len(open) != 0 {
			t.Errorf("%s: got %d openings, %v; want none and %v", name, len(open), err, c.want)
		}
	}
}

// TestQuotas: however many slots there are, one person takes as many as one person comes to: at one
// time, again and again, and moved on top of each other.
func TestQuotas(t *testing.T) {
	t.Parallel()
	w := world(t)
	s, user := w.Shop(t, 100), bookingtest.As(w.User(t))
	desk := w.Desk(bookingtest.Monday)
	desk.Quotas = booking.Quotas{}
	take := func(start time.Time) (booking.Booking, error) {
		b, err := desk.Hold(t.Context(), user, s.Request(start, 1), idempotency.Key{})
		if err != nil {
			return b, err
		}
		return desk.Confirm(t.Context(), user, b.ID, idempotency.Key{})
	}
	const rivals = 30
	errs := make([]error, rivals)
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() { _, errs[i] = take(bookingtest.Opening.Add(time.Duration(i%3) * 15 * time.Minute)) })
	}
	wg.Wait()
	taken := 0
	for _, err := range errs {
		if err == nil {
			taken++
		} else if !errors.Is(err, booking.ErrTooManyAtOnce) {
			t.Errorf("a rival of oneself: %v", err)
		}
	}
	if taken != 2 {
		t.Errorf("%d of %d overlapping bookings of one person were made, want 2", taken, rivals)
	}
	later, err := take(bookingtest.Opening.Add(2 * time.Hour))
	if err != nil {
		t.Fatalf("later: %v", err)
	}
	if _, err := desk.Reschedule(
		t.Context(),
		user,
		later.ID,
		bookingtest.Opening,
		idempotency.Key{},
	); !errors.Is(
		err,
		booking.ErrTooManyAtOnce,
	) {
		t.Errorf("moved onto the others: got %v, want %v", err, booking.ErrTooManyAtOnce)
	}
	if _, err := desk.Reschedule(
		t.Context(),
		s.Staff(w.User(t), identity.Manager),
		later.ID,
		bookingtest.Opening,
		idempotency.Key{},
	); err != nil {
		t.Errorf("moved there by the shop: %v", err)
	}
	again := bookingtest.Opening.Add(4 * time.Hour)
	for i := range booking.DefaultQuotas.Renewals + 1 {
		b, err := desk.Hold(t.Context(), user, s.Request(again, 1), idempotency.Key{})
		if err != nil {
			t.Fatalf("hold %d of one slot: %v", i+1, err)
		}
		if _, err := desk.Cancel(t.Context(), user, b.ID); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := take(again); !errors.Is(err, booking.ErrTooManyRenewals) {
		t.Errorf("held once more: got %v, want %v", err, booking.ErrTooManyRenewals)
	}
}
