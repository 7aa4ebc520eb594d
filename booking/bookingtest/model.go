package bookingtest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"corner/booking"
	"corner/event"
	"corner/idempotency"
	"corner/identity"
)

// randomLives runs random holds, confirmations, cancellations, visits and sweeps, at
// servers whose clocks differ by minutes, against a model of a few lines.
func randomLives(t *testing.T, w World) {
	rapid.Check(t, func(rt *rapid.T) {
		l := &lives{T: t, rt: rt, shop: w.Shop(t, 4), clock: Monday, rows: map[int]row{}}
		users := w.Users(t, 3)
		for _, step := range rapid.SliceOfN(rapid.Custom(drawStep), 1, 25).Draw(rt, "steps") {
			step.user = users[step.who]
			l.clock = l.clock.Add(step.pause)
			l.run(step, l.clock.Add(step.skew))
			if n := most(l.shop.rows(t)); n > l.shop.Service.Capacity {
				rt.Fatalf("after %v: %d seats taken at one moment, want at most %d", step, n, l.shop.Service.Capacity)
			}
		}
	})
}

// step is one thing that somebody does.
type step struct {
	op          string
	who         int // of three users
	user        identity.UserID
	nth         int // booking, counted from the newest
	start       int // quarter of an hour after Opening
	party       int
	pause, skew time.Duration
}

func (s step) String() string {
	return fmt.Sprintf(
		"%s (user %d, booking -%d, start %d, party %d, pause %v, skew %v)",
		s.op,
		s.who,
		s.nth,
		s.start,
		s.party,
		s.pause,
		s.skew,
	)
}

func drawStep(t *rapid.T) step {
	return step{
		op: rapid.SampledFrom([]string{"hold", "hold", "hold", "confirm", "confirm", "cancel", "cancel as merchant", "consume", "sweep"}).
			Draw(t, "op"),
		who:   rapid.IntRange(0, 2).Draw(t, "who"),
		nth:   rapid.IntRange(0, 3).Draw(t, "nth"),
		start: rapid.IntRange(0, 5).Draw(t, "start"),
		party: rapid.IntRange(1, 3).Draw(t, "party"),
		pause: time.Duration(rapid.IntRange(0, 60).Draw(t, "pause")) * time.Second,
		skew:  time.Duration(rapid.IntRange(-90, 90).Draw(t, "skew")) * time.Second,
	}
}

// lives is the model: what each booking should be, and which rows are taken.
type lives struct {
	*testing.T
	rt    *rapid.T
	shop  *Shop
	clock time.Time
	all   []booking.Booking
	rows  map[int]row
}

// row is what a booking takes; the zero until is for good.
type row struct {
	from, to time.Time
	n        int
	until    time.Time
}

func (r row) over(now time.Time) bool { return !r.until.IsZero() && !now.Before(r.until) }

func (l *lives) run(s step, now time.Time) {
	desk := l.shop.Desk(now)
	switch s.op {
	case "hold":
		l.hold(s, desk, now)
		return
	case "sweep":
		l.sweep(desk, now)
		return
	}
	i := len(l.all) - 1 - s.nth
	if i < 0 {
		return
	}
	id, owner := l.all[i].ID, As(l.all[i].User)
	var err error
	switch s.op {
	case "confirm":
		_, err = desk.Confirm(l.Context(), owner, id, idempotency.Key{})
	case "cancel":
		_, err = desk.Cancel(l.Context(), owner, id)
	case "cancel as merchant":
		_, err = desk.Cancel(l.Context(), l.shop.Staff(l.shop.Owner, identity.Owner), id)
	case "consume":
		_, err = l.shop.Bookings.Update(l.Context(), id, idempotency.Key{}, func(b *booking.Booking) ([]event.Event, error) {
			return b.Consume("vis_1", l.shop.Staff(l.shop.Owner, identity.Counter), now)
		})
	}
	l.expect(s, err, l.move(s.op, i, now))
	l.check(s, i)
}

// move is the diagram of booking/doc.go.
func (l *lives) move(op string, i int, now time.Time) error {
	b := &l.all[i]
	state := b.State
	if state == booking.Held && !now.Before(b.Expires) {
		state = booking.Lapsed
	}
	switch {
	case op == "confirm" && state == booking.Held:
		r, there := l.rows[i]
		if !there {
			return booking.ErrLapsed // somebody with another clock has taken the seats
		}
		b.State, r.until = booking.Confirmed, time.Time{}
		l.rows[i] = r
	case op == "confirm" && (state == booking.Confirmed || state == booking.Consumed):
	case op == "cancel" && (state == booking.Held || state == booking.Confirmed):
		b.State = booking.CancelledByConsumer
		delete(l.rows, i)
	case op == "cancel as merchant" && (state == booking.Held || state == booking.Confirmed):
		b.State = booking.CancelledByMerchant
		delete(l.rows, i)
	case op != "confirm" && op != "consume" && (state == booking.CancelledByConsumer || state == booking.CancelledByMerchant):
	case op == "consume" && b.State == booking.Confirmed:
		b.State = booking.Consumed
	case op != "consume" && state == booking.Lapsed:
		return booking.ErrLapsed
	default:
		return booking.ErrState
	}
	return nil
}

func (l *lives) hold(s step, desk *booking.Desk, now time.Time) {
	start := Opening.Add(time.Duration(s.start) * 15 * time.Minute)
	want := l.admit(s.user, start, s.party, now)
	b, err := desk.Hold(l.Context(), As(s.user), l.shop.Request(start, s.party), idempotency.Key{})
	l.expect(s, err, want)
	if err != nil {
		return
	}
	for i, r := range l.rows {
		if r.over(now) {
			delete(l.rows, i)
		}
	}
	l.rows[len(l.all)] = row{start, start.Add(time.Hour), s.party, b.Expires}
	l.all = append(l.all, b)
	l.check(s, len(l.all)-1)
}

func (l *lives) admit(user identity.UserID, start time.Time, party int, now time.Time) error {
	mine := 0
	for _, b := range l.all {
		if b.User == user && b.State == booking.Held && now.Before(b.Expires) {
			mine++
		}
	}
	if mine >= booking.DefaultQuotas.Open {
		return booking.ErrTooManyHolds
	}
	for at := start; at.Before(start.Add(time.Hour)); at = at.Add(time.Minute) {
		n := party
		for _, r := range l.rows {
			if !r.over(now) && !at.Before(r.from) && at.Before(r.to) {
				n += r.n
			}
		}
		if n > l.shop.Service.Capacity {
			return booking.ErrSlotTaken
		}
	}
	return nil
}

// sweep writes down what ran out: of this shop, and of those of the checks before.
func (l *lives) sweep(desk *booking.Desk, now time.Time) {
	if _, err := desk.LapseRunOut(l.Context(), 10_000); err != nil {
		l.rt.Fatalf("sweep: %v", err)
	}
	for i := range l.all {
		if b := &l.all[i]; b.State == booking.Held && !now.Before(b.Expires) {
			b.State = booking.Lapsed
			delete(l.rows, i)
		}
	}
}

func (l *lives) expect(s step, got, want error) {
	if !errors.Is(got, want) || (got == nil) != (want == nil) {
		l.rt.Fatalf("%v: got error %v, want %v", s, got, want)
	}
}

// check compares a booking and all rows with what is stored.
func (l *lives) check(s step, i int) {
	if got, want := l.shop.load(l.T, l.all[i].ID).State, l.all[i].State; got != want {
		l.rt.Fatalf("%v: booking %d is %s, want %s", s, i, got, want)
	}
	if got, want := len(l.shop.rows(l.T)), len(l.rows); got != want {
		l.rt.Fatalf("%v: %d takings are stored, want %d", s, got, want)
	}
}
