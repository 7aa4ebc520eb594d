package booking

import (
	"time"

	"corner/catalog"
	"corner/event"
	"corner/identity"
	"corner/taking"
)

// ID names a booking, from its hold on: "bkg_…".
type ID string

// State is where a booking is in its life.
type State string

// The states.
const (
	Held                State = "held"
	Confirmed           State = "confirmed"
	Consumed            State = "consumed"
	Lapsed              State = "lapsed"
	CancelledByConsumer State = "cancelled_by_consumer"
	CancelledByMerchant State = "cancelled_by_merchant"
)

// The booking's events.
const (
	HeldEvent      event.Kind = "booking.held"
	ConfirmedEvent event.Kind = "booking.confirmed"
	LapsedEvent    event.Kind = "booking.lapsed"
	CancelledEvent event.Kind = "booking.cancelled"
	ConsumedEvent  event.Kind = "booking.consumed"
	MovedEvent     event.Kind = "booking.rescheduled"
)

// Booking is a slot taken by a consumer.
type Booking struct {
	ID       ID
	User     identity.UserID
	Guest    string // what User is called, for the people of the place only; "" for who does not tell, and where nobody reads it
	Merchant identity.MerchantID
	Place    catalog.PlaceID
	Service  catalog.ServiceID
	State    State
	Slot     taking.Slot
	Zone     string // the place's, to show times in
	Party    int
	Takes    []taking.Taking
	Ref      string    // names the booking in its codes; see Code
	Expires  time.Time // when the hold runs out
	Visit    string    // the visit that consumed it, "" before
	Version  int64

	taking.Terms // copied from the service at the hold; a later edit of it changes nothing here

	CreatedAt, UpdatedAt time.Time
}

// GuestFor is what the booking's guest is called, for somebody who may read the booking: the people of its place. Guests know
// their own name.
func (b *Booking) GuestFor(actor identity.Actor) string {
	if actor.User == b.User {
		return ""
	}
	return b.Guest
}

// Stake is what the booking agreed to and takes, as the participants of its transaction see
// it.
func (b *Booking) Stake() *taking.Stake {
	s := &taking.Stake{ID: string(b.ID), User: b.User, Service: b.Service, Slot: b.Slot, Terms: b.Terms, Takes: taking.Sorted(b.Takes)}
	if b.State == Held {
		s.Until = b.Expires
	}
	return s
}

// Outcome is how the booking ended, "" while it has not.
func (b *Booking) Outcome() taking.Outcome {
	switch b.State {
	case Consumed:
		return taking.Used
	case Lapsed:
		return taking.Lapsed
	case CancelledByConsumer, CancelledByMerchant:
		return taking.Cancelled
	}
	return ""
}

// As is the booking as it stands at now: a hold whose time is over has lapsed,
// whether or not that is written down yet.
func (b Booking) As(now time.Time) Booking {
	if b.State == Held && !now.Before(b.Expires) {
		b.State = Lapsed
	}
	return b
}

// Confirm makes a hold firm. A confirmed booking stays as it is, without an event.
func (b *Booking) Confirm(now time.Time) ([]event.Event, error) {
	switch b.As(now).State {
	case Held:
		return b.move(Confirmed, ConfirmedEvent, string(b.User), now), nil
	case Confirmed, Consumed:
		return nil, nil
	case Lapsed:
		return nil, ErrLapsed
	}
	return nil, ErrState
}

// Lapse ends a hold whose time is over; anything else stays as it is.
func (b *Booking) Lapse(now time.Time) []event.Event {
	if b.State != Held || now.Before(b.Expires) {
		return nil
	}
	return b.move(Lapsed, LapsedEvent, "", now)
}

// Cancel gives the slot back, on behalf of the consumer or the merchant. A booking
// cancelled before stays as it is.
func (b *Booking) Cancel(actor identity.Actor, now time.Time) ([]event.Event, error) {
	switch b.As(now).State {
	case Held, Confirmed:
		to := CancelledByMerchant
		if actor.User == b.User {
			to = CancelledByConsumer
		}
		return b.move(to, CancelledEvent, string(actor.User), now), nil
	case CancelledByConsumer, CancelledByMerchant:
		return nil, nil
	case Lapsed:
		return nil, ErrLapsed
	}
	return nil, ErrState
}

// Reschedule moves a hold or a confirmed booking to another slot; to the slot that it
// has, it stays as it is.
func (b *Booking) Reschedule(to taking.Slot, actor identity.Actor, now time.Time) ([]event.Event, error) {
	switch b.As(now).State {
	case Held, Confirmed:
		if b.Slot == to {
			return nil, nil
		}
		b.Slot = to
		return b.move(b.State, MovedEvent, string(actor.User), now), nil
	case Lapsed:
		return nil, ErrLapsed
	}
	return nil, ErrState
}

// Consume ties a confirmed booking to the visit that used it.
func (b *Booking) Consume(visit string, actor identity.Actor, now time.Time) ([]event.Event, error) {
	if b.State != Confirmed {
		return nil, ErrState
	}
	b.Visit = visit
	return b.move(Consumed, ConsumedEvent, string(actor.User), now), nil
}

func (b *Booking) move(to State, kind event.Kind, actor string, now time.Time) []event.Event {
	b.State, b.UpdatedAt = to, now
	return []event.Event{event.New(kind, string(b.ID), string(b.Place), actor, now).About(string(b.Merchant), string(b.User))}
}
