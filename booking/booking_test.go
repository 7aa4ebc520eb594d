package booking_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"corner/booking"
	"corner/event"
	"corner/identity"
	"corner/taking"
)

// TestStates is the diagram of the package's documentation, in all its squares.
func TestStates(t *testing.T) {
	t.Parallel()
	const user, merchant = identity.UserID("usr_1"), identity.MerchantID("mer_1")
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	consumer := identity.Actor{User: user}
	manager := identity.Actor{User: "usr_2", Roles: map[identity.MerchantID]identity.Role{merchant: identity.Manager}}

	methods := []struct {
		name  string
		actor string
		call  func(b *booking.Booking) ([]event.Event, error)
	}{
		{"Confirm", "usr_1", func(b *booking.Booking) ([]event.Event, error) { return b.Confirm(now) }},
		{"Lapse", "", func(b *booking.Booking) ([]event.Event, error) { return b.Lapse(now), nil }},
		{"Cancel by consumer", "usr_1", func(b *booking.Booking) ([]event.Event, error) { return b.Cancel(consumer, now) }},
		{"Cancel by manager", "usr_2", func(b *booking.Booking) ([]event.Event, error) { return b.Cancel(manager, now) }},
		{"Consume", "usr_2", func(b *booking.Booking) ([]event.Event, error) { return b.Consume("vis_1", manager, now) }},
	}
	type outcome struct {
		state booking.State // "": stays as it is
		event event.Kind    // "": none
		err   error
	}
	var (
		stays  = outcome{}
		lapsed = outcome{err: booking.ErrLapsed}
		wrong  = outcome{err: booking.ErrState}
		ours   = outcome{state: booking.CancelledByConsumer, event: booking.CancelledEvent}
		theirs = outcome{state: booking.CancelledByMerchant, event: booking.CancelledEvent}
	)
	live, over := now.Add(time.Microsecond), now
	for _, row := range []struct {
		state   booking.State
		expires time.Time
		want    [5]outcome // in the order of methods
	}{
		{booking.Held, live, [5]outcome{{state: booking.Confirmed, event: booking.ConfirmedEvent}, stays, ours, theirs, wrong}},
		{booking.Held, over, [5]outcome{lapsed, {state: booking.Lapsed, event: booking.LapsedEvent}, lapsed, lapsed, wrong}},
		{booking.Confirmed, over, [5]outcome{stays, stays, ours, theirs, {state: booking.Consumed, event: booking.ConsumedEvent}}},
		{booking.Consumed, over, [5]outcome{stays, stays, wrong, wrong, wrong}},
		{booking.Lapsed, over, [5]outcome{lapsed, stays, lapsed, lapsed, wrong}},
		{booking.CancelledByConsumer, live, [5]outcome{wrong, stays, stays, stays, wrong}},
		{booking.CancelledByMerchant, over, [5]outcome{wrong, stays, stays, stays, wrong}},
	} {
		for i, m := range methods {
			t.Run(fmt.Sprintf("%s until %s, %s", row.state, row.expires.Format("05.000000"), m.name), func(t *testing.T) {
				t.Parallel()
				before := booking.Booking{
					ID: "bkg_1", User: user, Merchant: merchant, State: row.state, Expires: row.expires, Version: 3, UpdatedAt: now.Add(-time.Hour),
				}
				want, after := row.want[i], before
				if want.state != "" {
					after.State, after.UpdatedAt = want.state, now
				}
				if want.state == booking.Consumed {
					after.Visit = "vis_1"
				}
				got := before
				events, err := m.call(&got)
				if !errors.Is(err, want.err) || (err == nil) != (want.err == nil) {
					t.Errorf("error: got %v, want %v", err, want.err)
				}
				same(t, "booking", got, after)
				if want.event == "" {
					same(t, "events", len(events), 0)
					return
				}
				same(t, "events", len(events), 1)
				e := events[0]
				same(
					t,
					"event",
					e,
					event.Event{ID: e.ID, Kind: want.event, Subject: "bkg_1", Merchant: string(merchant), User: string(user), Actor: m.actor, At: now},
				)
			})
		}
	}
}

func TestAsAndOutcome(t *testing.T) {
	t.Parallel()
	end := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		state booking.State
		ended taking.Outcome
		frees bool
		until time.Time
		over  booking.State // as it stands when the hold's time is over
	}{
		{booking.Held, "", false, end, booking.Lapsed},
		{booking.Confirmed, "", false, time.Time{}, booking.Confirmed},
		{booking.Consumed, taking.Used, false, time.Time{}, booking.Consumed},
		{booking.Lapsed, taking.Lapsed, true, time.Time{}, booking.Lapsed},
		{booking.CancelledByConsumer, taking.Cancelled, true, time.Time{}, booking.CancelledByConsumer},
		{booking.CancelledByMerchant, taking.Cancelled, true, time.Time{}, booking.CancelledByMerchant},
	} {
		b := booking.Booking{State: c.state, Expires: end}
		same(t, "outcome", b.Outcome(), c.ended)
		same(t, "whether it frees its time", b.Outcome().Frees(), c.frees)
		if until := b.Stake().Until; !until.Equal(c.until) {
			t.Errorf("%s: its takings last until %v, want %v", c.state, until, c.until)
		}
		same(t, "a microsecond before", b.As(end.Add(-time.Microsecond)).State, c.state)
		same(t, "at the end", b.As(end).State, c.over)
		same(t, "the booking itself", b.State, c.state)
	}
}
