package visitsql_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corner/booking"
	"corner/booking/bookingtest"
	"corner/event"
	"corner/idempotency"
	"corner/identity"
	"corner/store"
	"corner/store/bookingsql"
	"corner/store/failingsql"
	"corner/store/storetest"
	"corner/store/takingsql"
	"corner/store/visitsql"
	"corner/taking"
	"corner/uid"
	"corner/visits"
	"corner/visits/visitstest"
)

// life is a booking in which a participant of a test has a part, beside seats and a
// person's limit.
type life struct {
	visitstest.World
	db    *store.DB
	shop  *bookingtest.Shop
	staff identity.Actor
	draft booking.Booking
	fail  *failingsql.Step
}

func newLife(t *testing.T, db *store.DB) *life {
	t.Helper()
	if err := failingsql.Create(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	l := &life{db: db, fail: new(failingsql.Step)}
	parts := takingsql.Participants{failingsql.Kind: failingsql.Participant{FailAt: l.fail}}
	l.World = world(db)
	l.Bookings = bookingsql.Store{DB: db, Parts: parts}
	l.Visits = visitsql.Store{DB: db, Parts: parts}
	l.shop = l.Shop(t, 10)
	l.staff = l.shop.Staff(l.User(t), identity.Counter)
	user := l.User(t)
	l.draft = l.shop.Draft(user, bookingtest.Opening, 2, bookingtest.Monday)
	l.draft.Takes = append(
		l.draft.Takes,
		taking.Taking{Ref: taking.PerPersonRef(l.shop.Service.ID, user), N: 1},
		taking.Taking{Ref: taking.Ref{Kind: failingsql.Kind, ID: "x"}, N: 1},
		taking.Taking{Ref: taking.Ref{Kind: failingsql.Kind, ID: "a"}, N: 1},
	)
	return l
}

// call is one of the transactions of a life, and the steps of its participants.
type call struct {
	name  string
	steps []failingsql.Step
	run   func(key idempotency.Key) error
}

// calls are a whole life: held, confirmed, moved, visited, reversed, cancelled.
func (l *life) calls(t *testing.T) []call {
	ctx, now := t.Context(), bookingtest.Monday
	update := func(change func(*booking.Booking) ([]event.Event, error)) func(idempotency.Key) error {
		return func(key idempotency.Key) error {
			_, err := l.Bookings.Move(ctx, l.draft.ID, key, taking.Rules{}, change)
			return err
		}
	}
	told := func(b *booking.Booking) []event.Event {
		return []event.Event{event.New(booking.ConfirmedEvent, string(b.ID), "", "", now)}
	}
	return []call{
		{"hold", []failingsql.Step{failingsql.Standing, failingsql.Claim}, func(key idempotency.Key) error {
			_, err := l.Bookings.Hold(ctx, l.draft, taking.Rules{}, key, event.New(booking.HeldEvent, string(l.draft.ID), "", "", now))
			return err
		}},
		{"confirm", []failingsql.Step{failingsql.Firm}, update(func(b *booking.Booking) ([]event.Event, error) { return b.Confirm(now) })},
		{"move", []failingsql.Step{failingsql.Standing, failingsql.Swap}, update(func(b *booking.Booking) ([]event.Event, error) {
			to := taking.Slot{Start: b.Slot.Start.Add(time.Hour), End: b.Slot.End.Add(time.Hour)}
			return b.Reschedule(to, bookingtest.As(b.User), now)
		})},
		{"visit", []failingsql.Step{failingsql.End}, func(key idempotency.Key) error {
			_, err := l.Visits.Confirm(ctx, visits.OfBooking(l.draft.ID), key, func(b *booking.Booking) (visits.Visit, []event.Event, error) {
				v := visits.Visit{
					ID: visits.ID(uid.New("vis", now)), Source: visits.OfBooking(b.ID), User: b.User, Merchant: b.Merchant, Place: b.Place,
					Service: b.Service, Party: b.Party, Price: b.Price, Code: "TEST", Staff: l.staff.User, Confirmed: now,
				}
				events, err := b.Consume(string(v.ID), l.staff, now)
				return v, events, err
			})
			return err
		}},
		{"reverse", []failingsql.Step{failingsql.Standing, failingsql.Reverse}, update(func(b *booking.Booking) ([]event.Event, error) {
			b.State = booking.Confirmed
			return told(b), nil
		})},
		{"cancel", []failingsql.Step{failingsql.End}, update(func(b *booking.Booking) ([]event.Event, error) {
			return b.Cancel(bookingtest.As(b.User), now)
		})},
	}
}

// TestParticipantThatFails: whatever step fails, nothing of its call is left, neither of
// the participant nor of anybody else; and the same call, with the same key, goes well
// once it does not fail.
func TestParticipantThatFails(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		l := newLife(t, db)
		var want []string
		for i, c := range l.calls(t) {
			key, err := idempotency.New("owner", c.name, "test", c.name)
			if err != nil {
				t.Fatal(err)
			}
			before := storetest.Dump(t, db)
			for _, *l.fail = range c.steps {
				if err := c.run(key); !errors.Is(err, failingsql.ErrStep) {
					t.Fatalf("%s, failing at %s: got %v, want %v", c.name, *l.fail, err, failingsql.ErrStep)
				}
				if diff := cmp.Diff(before, storetest.Dump(t, db)); diff != "" {
					t.Fatalf("%s, failing at %s, left something behind (-before +after):\n%s", c.name, *l.fail, diff)
				}
			}
			*l.fail = ""
			if err := c.run(key); err != nil {
				t.Fatalf("%s, when nothing fails: %v", c.name, err)
			}
			outcome := map[int]string{3: " used", 4: " used", 5: " cancelled"}[i]
			for _, step := range c.steps {
				if step != failingsql.Standing {
					step += failingsql.Step(outcome)
				}
				want = append(want, "a "+string(step), "x "+string(step)) // by ref, whatever the order of the takings
			}
		}
		got, err := failingsql.Done(t.Context(), db, string(l.draft.ID))
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("steps that were done, %v (-want +got):\n%s", err, diff)
		}
	})
}
