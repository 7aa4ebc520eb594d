package visits_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corner/booking"
	"corner/booking/bookingtest"
	"corner/fault"
	"corner/idempotency"
	"corner/identity"
	"corner/kv/memkv"
	"corner/store"
	"corner/store/bookingsql"
	"corner/store/catalogsql"
	"corner/store/identitysql"
	"corner/store/storetest"
	"corner/store/visitsql"
	"corner/uid"
	"corner/visits"
	"corner/visits/visitstest"
)

func world(t testing.TB) visitstest.World {
	t.Helper()
	db := storetest.Open(t, "sqlite")
	db.Routes = visitstest.Routes()
	return visitstest.World{World: bookingtest.World{
		Identity: identitysql.Store{DB: db}, Catalog: catalogsql.Store{DB: db}, Bookings: bookingsql.Store{DB: db}, Outbox: store.Outbox{DB: db},
	}, Visits: visitsql.Store{DB: db}}
}

// clock is a time that the test moves.
type clock struct{ now time.Time }

func (c *clock) Now() time.Time { return c.now }

func counter(w visitstest.World, c *clock) *visits.Log {
	tries := memkv.New(memkv.Bounds{Keys: 1000})
	tries.Now = c.Now
	return &visits.Log{Store: w.Visits, Desk: w.DeskBy(c.Now), KV: tries, Now: c.Now}
}

func same[T any](t testing.TB, what string, got, want T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func wantErr(t testing.TB, what string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) || (got == nil) != (want == nil) {
		t.Errorf("%s: got error %v, want %v", what, got, want)
	}
}

// scene is a counter with somebody behind it and a consumer before it.
type scene struct {
	visitstest.World
	*clock

	shop     *bookingtest.Shop
	counter  *visits.Log
	staff    identity.Actor
	consumer identity.Actor
	booking  booking.Booking
}

func newScene(t testing.TB) *scene {
	t.Helper()
	w := world(t)
	c := &clock{bookingtest.Monday.Add(10 * time.Second).Truncate(30 * time.Second)}
	s := &scene{World: w, clock: c, shop: w.Shop(t, 1000), counter: counter(w, c), consumer: bookingtest.As(w.User(t))}
	s.staff = s.shop.Staff(w.User(t), identity.Counter)
	s.booking = s.shop.Confirmed(t, s.consumer.User, bookingtest.Opening, 2, bookingtest.Monday)
	return s
}

// code is what the consumer's phone shows now.
func (s *scene) code(t testing.TB) string {
	t.Helper()
	code, err := s.counter.Desk.Code(t.Context(), s.consumer, s.booking.ID)
	if err != nil {
		t.Fatalf("code: %v", err)
	}
	return code.Text
}

func TestConfirm(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	code := s.code(t)
	got, err := s.counter.Confirm(t.Context(), s.staff, code, idempotency.Key{})
	if err != nil {
		t.Fatal(err)
	}
	plain, _ := booking.PlainCode(code)
	same(t, "visit", got, visits.Visit{
		ID:        got.ID,
		Source:    visits.OfBooking(s.booking.ID),
		User:      s.consumer.User,
		Merchant:  s.shop.Place.Merchant,
		Place:     s.shop.Place.ID,
		Service:   s.shop.Service.ID,
		Party:     2,
		Price:     s.booking.Price,
		Code:      plain,
		Staff:     s.staff.User,
		Confirmed: s.now,
	})
	if !uid.Valid("vis", string(got.ID)) {
		t.Errorf("id: got %q, want one of a visit", got.ID)
	}
	b, err := s.counter.Desk.Booking(t.Context(), s.consumer, s.booking.ID)
	if err != nil || b.State != booking.Consumed || b.Visit != string(got.ID) {
		t.Errorf("booking: got %s with visit %q, %v; want consumed with %s", b.State, b.Visit, err, got.ID)
	}
	_, err = s.counter.Desk.Cancel(t.Context(), s.consumer, s.booking.ID)
	wantErr(t, "cancel what was consumed", err, booking.ErrState)
	_, err = s.counter.Desk.Code(t.Context(), s.consumer, s.booking.ID)
	wantErr(t, "code of what was consumed", err, booking.ErrNoCode)
}

func TestConfirmAgain(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	early := s.code(t)
	s.now = s.now.Add(30 * time.Second)
	code := s.code(t)
	first, err := s.counter.Confirm(t.Context(), s.staff, code, idempotency.Key{})
	if err != nil {
		t.Fatal(err)
	}
	colleague := s.shop.Staff(s.User(t), identity.Manager)
	for _, c := range []struct {
		name  string
		after time.Duration
		code  string
		want  error
	}{
		{"at once", 0, code, nil},
		{"with the code of the half minute before", 0, early, nil},
		{"a year later", 365 * 24 * time.Hour, code, nil},
		{"a year later, with another code of it", 365 * 24 * time.Hour, early, visits.ErrCodeExpired},
	} {
		at := *s.clock
		at.now = at.now.Add(c.after)
		for who, actor := range map[string]identity.Actor{"the same": s.staff, "a colleague": colleague} {
			again, err := counter(s.World, &at).Confirm(t.Context(), actor, c.code, idempotency.Key{})
			wantErr(t, c.name+" by "+who, err, c.want)
			if c.want == nil {
				same(t, c.name+" by "+who, again, first)
			}
		}
	}
}

func TestConfirmRefuses(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	elsewhere := s.Shop(t, 1)
	stranger := elsewhere.Staff(elsewhere.Owner, identity.Owner)
	code := s.code(t)
	plain, _ := booking.PlainCode(code)
	wrong := plain[:11] + "0"
	if wrong == plain {
		wrong = plain[:11] + "1"
	}
	for name, c := range map[string]struct {
		actor identity.Actor
		code  string
		want  error
	}{
		"no code":                        {s.staff, "", fault.ErrInvalid},
		"half a code":                    {s.staff, plain[:7], fault.ErrInvalid},
		"half a code, by a stranger":     {stranger, plain[:7], fault.ErrInvalid},
		"a novel":                        {s.staff, code + code + code + code + code, fault.ErrInvalid},
		"a wrong code":                   {s.staff, wrong, visits.ErrCodeExpired},
		"a code of no booking":           {s.staff, "ZZZZ-ZZZZ-ZZZZ", visits.ErrCodeUnknown},
		"another place's":                {stranger, code, visits.ErrCodeUnknown},
		"another place's, wrong":         {stranger, wrong, visits.ErrCodeUnknown},
		"one's own, without being staff": {s.consumer, code, visits.ErrCodeUnknown},
		"by nobody":                      {identity.Actor{}, code, identity.ErrUnauthenticated},
	} {
		_, err := s.counter.Confirm(t.Context(), c.actor, c.code, idempotency.Key{})
		wantErr(t, name, err, c.want)
	}
	s.now = s.now.Add(time.Minute)
	_, err := s.counter.Confirm(t.Context(), s.staff, code, idempotency.Key{})
	wantErr(t, "a code that has run out", err, visits.ErrCodeExpired)
	fresh := s.code(t)
	if _, err := s.counter.Desk.Cancel(t.Context(), s.consumer, s.booking.ID); err != nil {
		t.Fatal(err)
	}
	_, err = s.counter.Confirm(t.Context(), s.staff, fresh, idempotency.Key{})
	wantErr(t, "a good code of a booking that was cancelled", err, booking.ErrState)
	_, err = s.Visits.VisitOf(t.Context(), s.booking.ID)
	wantErr(t, "visit after all that", err, visits.ErrNotFound)
}

func TestTriesAreLimited(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	const burst = 60
	guess := func(by identity.Actor) error {
		_, err := s.counter.Confirm(t.Context(), by, "ZZZZ-ZZZZ-ZZZZ", idempotency.Key{})
		return err
	}
	for range burst {
		wantErr(t, "a guess", guess(s.staff), visits.ErrCodeUnknown)
	}
	err := guess(s.staff)
	wantErr(t, "one guess too many", err, visits.ErrTooManyTries)
	var f *fault.Error
	if !errors.As(err, &f) || f.RetryAfter != time.Minute {
		t.Errorf("one guess too many: got %+v, want to retry after a minute", f)
	}
	_, err = s.counter.Confirm(t.Context(), s.staff, s.code(t), idempotency.Key{})
	wantErr(t, "a good code after too many guesses", err, visits.ErrTooManyTries)
	wantErr(t, "a colleague", guess(s.shop.Staff(s.User(t), identity.Counter)), visits.ErrCodeUnknown)
	s.now = s.now.Add(time.Minute)
	good := s.code(t)
	for range 2 * burst {
		_, err = s.counter.Confirm(t.Context(), s.staff, good, idempotency.Key{})
		wantErr(t, "a good code a minute later", err, nil)
		if errors.Is(err, visits.ErrTooManyTries) {
			t.Fatal("good codes count as guesses")
		}
	}
}

// TestRights is who may do what with one booking and its visit at one shop.
func TestRights(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	elsewhere := s.Shop(t, 1)
	var (
		signIn  error = identity.ErrUnauthenticated
		unknown error = visits.ErrCodeUnknown
		gone    error = visits.ErrNotFound
		no      error // it is allowed
	)
	for _, a := range []struct {
		name           string
		actor          identity.Actor
		confirm, visit error
	}{
		{"anonymous", identity.Actor{}, signIn, signIn},
		{"stranger", bookingtest.As(s.User(t)), unknown, gone},
		{"consumer", s.consumer, unknown, no},
		{"counter", s.staff, no, no},
		{"manager", s.shop.Staff(s.User(t), identity.Manager), no, no},
		{"owner", s.shop.Staff(s.shop.Owner, identity.Owner), no, no},
		{"owner of another", elsewhere.Staff(elsewhere.Owner, identity.Owner), unknown, gone},
	} {
		s.booking = s.shop.Confirmed(t, s.consumer.User, bookingtest.Opening, 1, bookingtest.Monday)
		_, err := s.counter.Confirm(t.Context(), a.actor, s.code(t), idempotency.Key{})
		wantErr(t, "Confirm by "+a.name, err, a.confirm)
		v := s.Visited(t, s.shop, s.consumer.User)
		got, err := s.counter.Visit(t.Context(), a.actor, v.ID)
		wantErr(t, "Visit by "+a.name, err, a.visit)
		if err == nil {
			same(t, "Visit by "+a.name, got, v)
		}
		// Not yours and not there are one answer.
		for _, id := range []visits.ID{"", "vis_1", "' OR ''='", "vis_00000000000000000000000000"} {
			if _, err := s.counter.Visit(t.Context(), a.actor, id); errors.Is(a.visit, gone) {
				wantErr(t, "Visit "+string(id)+" by "+a.name, err, gone)
			}
		}
	}
}
