package visits

import (
	"context"
	"errors"
	"fmt"
	"time"

	"corner/booking"
	"corner/event"
	"corner/fault"
	"corner/idempotency"
	"corner/identity"
	"corner/kv"
	"corner/uid"
)

// Log is the visits: where they are confirmed and read.
type Log struct {
	Store   Store
	Desk    *booking.Desk
	Journal *identity.Journal
	KV      kv.Store
	Now     func() time.Time
}

// wrongCodes bounds guessing: how many codes that are none of the place's, or have run
// out, one person may try in a while. A proof has 25 bits and two are good at a time, so
// at this rate a guess takes half a year. Good codes are not counted: a queue at the
// door is served as fast as it comes.
const (
	wrongCodes = 60
	inAWhile   = time.Minute
)

// badCode is the reason for what cannot be a code.
var badCode = fault.Reason{Code: "bad_format", En: "is not a code: twelve letters and digits", Zh: "不是有效的核销码（12 位字母或数字）"}

// Confirm confirms the visit of the consumer whose code is shown. Whoever works at the counter
// of the place may do it.
func (c *Log) Confirm(ctx context.Context, actor identity.Actor, code string, key idempotency.Key) (Visit, error) {
	if err := actor.Require(); err != nil {
		return Visit{}, err
	}
	b, merchant, holds, form, err := c.read(ctx, actor, code)
	if !form && err == nil {
		var in fault.Input
		in.Add("code", badCode)
		return Visit{}, in.Err()
	}
	if err != nil {
		return Visit{}, c.wrong(ctx, actor, err)
	}
	plain, _ := booking.PlainCode(code)
	if b.State != booking.Consumed && !holds {
		return Visit{}, c.wrong(ctx, actor, ErrCodeExpired)
	}
	// Before the visit is confirmed: what cannot be written down is not half done.
	if err := c.Journal.Look(ctx, actor, merchant, identity.SeenBooking, string(b.ID), b.User); err != nil {
		return Visit{}, err
	}
	if !holds {
		v, err := c.again(ctx, b.ID, plain)
		return v, c.wrong(ctx, actor, err)
	}
	return c.Store.Confirm(ctx, OfBooking(b.ID), key.At(c.now()), func(b *booking.Booking) (Visit, []event.Event, error) {
		now := c.now()
		v := Visit{
			ID: ID(
				uid.New("vis", now),
			),
			Source:    OfBooking(b.ID),
			User:      b.User,
			Guest:     b.Guest,
			Merchant:  merchant,
			Place:     b.Place,
			Service:   b.Service,
			Party:     b.Party,
			Price:     b.Price,
			Code:      plain,
			Staff:     actor.User,
			Confirmed: now,
		}
		events, err := b.Consume(string(v.ID), actor, now)
		return v, append(
			events,
			event.New(ConfirmedEvent, string(v.ID), string(v.Place), string(actor.User), now).About(string(v.Merchant), string(v.User)),
		), err
	})
}

// read finds the booking of a code among those of the actor's places, and whose the place is now.
func (c *Log) read(ctx context.Context, actor identity.Actor, code string) (
	b booking.Booking, merchant identity.MerchantID, holds, form bool, err error,
) {
	n, err := c.KV.Add(ctx, wrongKey(actor), 0, inAWhile)
	if err != nil {
		return b, "", false, true, fmt.Errorf("count tries: %w", err)
	}
	if n >= wrongCodes {
		return b, "", false, true, ErrTooManyTries.After(inAWhile)
	}
	b, holds, form, err = c.Desk.ReadCode(ctx, code)
	if err == nil && form {
		merchant, err = c.Desk.ServedBy(ctx, actor, b.Place)
	}
	if errors.Is(err, booking.ErrNotFound) || err == nil && form && !actor.May(identity.ConfirmVisits, merchant, b.Place) {
		return b, "", false, true, ErrCodeUnknown
	}
	return b, merchant, holds, form, err
}

// wrong counts a code that was no good, and returns why it was not.
func (c *Log) wrong(ctx context.Context, actor identity.Actor, why error) error {
	if !errors.Is(why, ErrCodeUnknown) && !errors.Is(why, ErrCodeExpired) {
		return why
	}
	if _, err := c.KV.Add(ctx, wrongKey(actor), 1, inAWhile); err != nil {
		return fmt.Errorf("count tries: %w", err)
	}
	return why
}

func wrongKey(actor identity.Actor) string { return "codes:wrong:" + string(actor.User) }

// again answers a confirmation that is repeated after its code has run out.
func (c *Log) again(ctx context.Context, id booking.ID, plain string) (Visit, error) {
	v, err := c.Store.VisitOf(ctx, id)
	if err != nil {
		return Visit{}, err
	}
	if v.Code != plain {
		return Visit{}, ErrCodeExpired
	}
	return v, nil
}

// Visit returns one visit to the person who came, and to the people of the place.
func (c *Log) Visit(ctx context.Context, actor identity.Actor, id ID) (Visit, error) {
	if err := actor.Require(); err != nil {
		return Visit{}, err
	}
	if !uid.Valid("vis", string(id)) {
		return Visit{}, ErrNotFound
	}
	v, err := c.Store.Visit(ctx, id)
	if err != nil || actor.User == v.User {
		return v, err
	}
	m, err := c.Desk.ServedBy(ctx, actor, v.Place)
	if err == nil && !actor.May(identity.ReadBookings, m, v.Place) {
		err = ErrNotFound
	}
	if err == nil {
		err = c.Journal.Look(ctx, actor, m, identity.SeenVisit, string(v.ID), v.User)
	}
	if err != nil {
		return Visit{}, err
	}
	return v, nil
}

// VisitsOf lists the actor's own visits, newest first: at most limit before the given one.
func (c *Log) VisitsOf(ctx context.Context, actor identity.Actor, before ID, limit int) ([]Visit, error) {
	if err := actor.Require(); err != nil {
		return nil, err
	}
	return c.Store.VisitsOf(ctx, actor.User, before, limit)
}

// now is the present, as fine as the databases keep it.
func (c *Log) now() time.Time { return c.Now().UTC().Truncate(time.Microsecond) }
