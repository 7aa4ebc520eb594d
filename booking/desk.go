package booking

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"corner/catalog"
	"corner/event"
	"corner/fault"
	"corner/idempotency"
	"corner/identity"
	"corner/taking"
	"corner/uid"
	"corner/walltime"
)

// Desk takes time and gives it back.
type Desk struct {
	Store    Store
	Catalog  *catalog.Catalog
	CodeKeys [][]byte      // what codes are made with, at least 32 bytes each: the first makes them, any is taken
	HoldFor  time.Duration // how long a slot is kept before it must be booked
	Journal  *identity.Journal
	Quotas   Quotas // of one person; what is 0 is as in DefaultQuotas
	Now      func() time.Time
}

// Bounds of what may be asked and taken.
const (
	MaxParty    = 1_000
	MaxRange    = 31 * 24 * time.Hour // of one question about slots
	MaxOpenings = 2_000               // in one answer
	Horizon     = catalog.MaxHorizon * 24 * time.Hour
)

// Slots lists the openings of a service that begin between from and to and still have room
// for party people. Openings in the past are left out, and at most MaxOpenings are
// returned.
func (d *Desk) Slots(
	ctx context.Context,
	actor identity.Actor,
	id catalog.ServiceID,
	from, to time.Time,
	party int,
) ([]Opening, catalog.Place, error) {
	var in fault.Input
	in.Check(party >= 1 && party <= MaxParty, "party", fault.OutOfRange)
	in.Check(from.Before(to) && to.Sub(from) <= MaxRange, "to", fault.OutOfRange)
	if err := in.Err(); err != nil {
		return nil, catalog.Place{}, err
	}
	s, p, err := d.Catalog.Service(ctx, actor, id)
	if err != nil {
		return nil, p, err
	}
	now := d.now()
	if takes := bookable(d.Catalog.Tree(), &s, &p) == nil; !takes {
		return nil, p, nil
	}
	loc, err := walltime.Zone(p.Zone)
	if err != nil {
		return nil, p, fmt.Errorf("zone of place %s: %w", p.ID, err)
	}
	first, beyond := reach(&s, loc, now)
	from, to = latest(from, first), earliest(to, beyond)
	if served := suits(&s, party) == nil; !served || !from.Before(to) {
		return nil, p, nil
	}
	seats := taking.SeatsOf(id)
	widest := taking.Slot{Start: from, End: to.Add(s.Duration)}.Around(s.Rules.Buffers)
	taken, err := d.Store.Busy(ctx, []taking.Ref{seats}, widest.Start, widest.End, now)
	if err != nil {
		return nil, p, err
	}
	busy := taken[seats]
	slices.SortFunc(busy, func(a, b taking.Busy) int { return a.Start.Compare(b.Start) })
	var open []Opening
	starts(&s, &p, loc, from, to, func(slot taking.Slot) bool {
		occupied := slot.Around(s.Rules.Buffers)
		if left := s.Capacity - taking.Peak(around(busy, occupied), occupied); left >= party {
			open = append(open, Opening{slot, left})
		}
		return len(open) < MaxOpenings
	})
	return open, p, nil
}

// bookable says why a service takes no bookings, or nil. An unclaimed place has
// nobody who would serve.
func bookable(tree *catalog.Tree, s *catalog.Service, p *catalog.Place) error {
	switch {
	case tree.DiscoveryOnly(p.Category):
		return catalog.ErrDiscoveryOnly
	case !s.Bookable, p.State != catalog.Published, p.Merchant == "":
		return ErrNotBookable
	}
	return nil
}

// Request is what a consumer asks to be kept.
type Request struct {
	Service catalog.ServiceID
	Start   time.Time
	Party   int
}

// Hold keeps a slot for HoldFor, at today's price.
func (d *Desk) Hold(ctx context.Context, actor identity.Actor, r Request, key idempotency.Key) (Booking, error) {
	if err := actor.Require(); err != nil {
		return Booking{}, err
	}
	var in fault.Input
	in.Check(r.Party >= 1 && r.Party <= MaxParty, "party", fault.OutOfRange)
	if err := in.Err(); err != nil {
		return Booking{}, err
	}
	return unchanged(func() (Booking, error) { return d.hold(ctx, actor, r, key) })
}

// hold is Hold by one reading of what is offered.
func (d *Desk) hold(ctx context.Context, actor identity.Actor, r Request, key idempotency.Key) (Booking, error) {
	s, p, err := d.Catalog.Service(ctx, actor, r.Service)
	if err != nil {
		return Booking{}, err
	}
	if err := bookable(d.Catalog.Tree(), &s, &p); err != nil {
		return Booking{}, err
	}
	now := d.now()
	refusal := suits(&s, r.Party)
	if refusal == nil {
		refusal = startable(&s, &p, r.Start, now, true)
	}
	if refusal != nil && !key.Given() {
		return Booking{}, refusal // with a key, the call may be a repeat of one that was in time
	}
	price, err := s.Price.Times(int64(r.Party))
	if err != nil {
		return Booking{}, err
	}
	b := Booking{
		ID: ID(uid.New("bkg", now)), User: actor.User, Merchant: p.Merchant, Place: p.ID, Service: s.ID,
		State: Held, Slot: taking.Slot{Start: r.Start.UTC(), End: r.Start.UTC().Add(s.Duration)}, Zone: p.Zone, Party: r.Party,
		Terms: taking.Terms{Price: price, Payment: s.Payment, Cancellation: s.Cancellation, Buffers: s.Rules.Buffers},
		Takes: takes(&s, actor.User, r.Party), Ref: newRef(),
		Expires: now.Add(d.HoldFor), Version: 1, CreatedAt: now, UpdatedAt: now,
	}
	rules := taking.Rules{
		Mine: func(m taking.Mine) error {
			if refusal != nil {
				return refusal
			}
			return d.Quotas.admit(m)
		},
		Take:  admits(&s, b.Slot.Around(b.Buffers)),
		Offer: same(&s, &p),
	}
	e := event.New(HeldEvent, string(b.ID), string(b.Place), string(actor.User), now).About(string(b.Merchant), string(b.User))
	for range 3 {
		held, err := d.Store.Hold(ctx, b, rules, key, e)
		if !errors.Is(err, ErrRefTaken) {
			return held.As(now), err // a repeat may come when the hold is over
		}
		b.Ref = newRef()
	}
	return Booking{}, ErrRefTaken
}

// takes is what a booking of a service takes: seats, and a place in the person's limit
// where the service has one.
func takes(s *catalog.Service, user identity.UserID, party int) []taking.Taking {
	all := []taking.Taking{{Ref: taking.SeatsOf(s.ID), N: party}}
	if s.PerPerson > 0 {
		all = append(all, taking.Taking{Ref: taking.PerPersonRef(s.ID, user), N: 1})
	}
	return taking.Sorted(all)
}

// admits is the rule by which a service lets something be taken for a time, buffers included.
func admits(s *catalog.Service, occupied taking.Slot) func(taking.Taking, taking.Standing) error {
	return func(t taking.Taking, st taking.Standing) error {
		switch t.Ref.Kind {
		case taking.Seats:
			if taking.Peak(st.Busy, occupied)+t.N > s.Capacity {
				return ErrSlotTaken
			}
		case taking.PerPerson:
			if st.Open+t.N > s.PerPerson {
				return ErrTooManyOpen
			}
		}
		return nil
	}
}

// startable says why the service cannot start at that moment, or nil: for who books it herself by all of
// its rules, for the shop without those about how long ahead.
func startable(s *catalog.Service, p *catalog.Place, at, now time.Time, ahead bool) error {
	if at.Before(now) {
		return ErrPast
	}
	loc, err := walltime.Zone(p.Zone)
	if err != nil {
		return fmt.Errorf("zone of place %s: %w", p.ID, err)
	}
	first, beyond := reach(s, loc, now)
	switch {
	case ahead && at.Before(first):
		return ErrTooSoon
	case ahead && !at.Before(beyond), at.After(now.Add(Horizon)):
		return ErrTooFar
	case !isStart(s, p, loc, at):
		return ErrNotASlot
	}
	return nil
}

// Confirm makes the consumer's hold a booking. Doing so twice gives the one booking.
func (d *Desk) Confirm(ctx context.Context, actor identity.Actor, id ID, key idempotency.Key) (Booking, error) {
	if err := d.mayTouch(ctx, actor, id, false); err != nil {
		return Booking{}, err
	}
	return d.Store.Update(ctx, id, key.At(d.now()), func(b *Booking) ([]event.Event, error) { return b.Confirm(d.now()) })
}

// Cancel ends a hold or a booking and frees its slot. The consumer may do it, and so may
// the managers of the place.
func (d *Desk) Cancel(ctx context.Context, actor identity.Actor, id ID) (Booking, error) {
	if err := d.mayTouch(ctx, actor, id, true); err != nil {
		return Booking{}, err
	}
	return d.Store.Update(ctx, id, idempotency.Key{}, func(b *Booking) ([]event.Event, error) { return b.Cancel(actor, d.now()) })
}

// Reschedule moves a hold or a booking to another start of the same service. It keeps the
// price and the terms of its hold. The consumer may do it, and so may the managers of the
// place. When the service can no longer be booked it is refused, as a hold is.
func (d *Desk) Reschedule(ctx context.Context, actor identity.Actor, id ID, start time.Time, key idempotency.Key) (Booking, error) {
	b, err := d.touchable(ctx, actor, id, true)
	if err != nil {
		return Booking{}, err
	}
	return unchanged(func() (Booking, error) { return d.reschedule(ctx, actor, &b, start, key) })
}

// reschedule is Reschedule by one reading of what is offered.
func (d *Desk) reschedule(ctx context.Context, actor identity.Actor, b *Booking, start time.Time, key idempotency.Key) (Booking, error) {
	s, p, err := d.Catalog.ServiceAsIs(ctx, b.Service)
	if err != nil {
		return Booking{}, err
	}
	now := d.now()
	refusal := bookable(d.Catalog.Tree(), &s, &p)
	if refusal == nil {
		// The shop moves a booking as late and as far as it sees fit.
		refusal = startable(&s, &p, start, now, actor.User == b.User)
	}
	if refusal != nil && !key.Given() {
		return Booking{}, refusal
	}
	to := taking.Slot{Start: start.UTC(), End: start.UTC().Add(b.Slot.End.Sub(b.Slot.Start))}
	seats := admits(&s, to.Around(b.Buffers))
	rules := taking.Rules{Offer: same(&s, &p), Take: func(t taking.Taking, st taking.Standing) error {
		if t.Ref.Kind == taking.PerPerson {
			return nil // it is in the limit already
		}
		return seats(t, st)
	}}
	if actor.User == b.User { // managers know whom they move where
		rules.Mine = d.Quotas.admitMoved
	}
	return d.Store.Move(ctx, b.ID, key.At(now), rules, func(b *Booking) ([]event.Event, error) {
		if refusal != nil {
			return nil, refusal
		}
		return b.Reschedule(to, actor, d.now())
	})
}

// Booking is one booking, for its consumer and the people of its place.
func (d *Desk) Booking(ctx context.Context, actor identity.Actor, id ID) (Booking, error) {
	if err := actor.Require(); err != nil {
		return Booking{}, err
	}
	b, err := d.load(ctx, id)
	if err != nil {
		return Booking{}, err
	}
	if actor.User != b.User {
		m, err := d.ServedBy(ctx, actor, b.Place)
		if err != nil || !actor.May(identity.ReadBookings, m, b.Place) {
			return Booking{}, orMissing(err)
		}
		if err := d.Journal.Look(ctx, actor, m, identity.SeenBooking, string(b.ID), b.User); err != nil {
			return Booking{}, err
		}
	}
	return b.As(d.now()), nil
}

// Bookings is the consumer's bookings, newest first.
func (d *Desk) Bookings(ctx context.Context, actor identity.Actor, before ID, limit int) ([]Booking, error) {
	if err := actor.Require(); err != nil {
		return nil, err
	}
	list, err := d.Store.BookingsOf(ctx, actor.User, before, limit)
	now := d.now()
	for i := range list {
		list[i] = list[i].As(now)
	}
	return list, err
}

// BookingsAt lists the bookings of a place that begin between from and to, in the order of
// their starts. Only people who work there may ask.
func (d *Desk) BookingsAt(
	ctx context.Context,
	actor identity.Actor,
	place catalog.PlaceID,
	from, to time.Time,
	after ID,
	limit int,
) ([]Booking, error) {
	if err := actor.Require(); err != nil {
		return nil, err
	}
	p, err := d.Catalog.PlaceAsIs(ctx, place)
	if err != nil {
		return nil, err
	}
	if !actor.May(identity.ReadBookings, p.Merchant, p.ID) {
		return nil, catalog.ErrPlaceNotFound
	}
	var in fault.Input
	in.Check(from.Before(to) && to.Sub(from) <= MaxRange, "to", fault.OutOfRange)
	if err := in.Err(); err != nil {
		return nil, err
	}
	list, err := d.Store.BookingsAt(ctx, place, from, to, after, limit)
	if err != nil {
		return nil, err
	}
	now, guests := d.now(), make([]identity.UserID, len(list))
	for i := range list {
		list[i], guests[i] = list[i].As(now), list[i].User
	}
	if err := d.Journal.Look(ctx, actor, p.Merchant, identity.SeenBookings, string(place), guests...); err != nil {
		return nil, err
	}
	return list, nil
}

// LapseRunOut records that up to n holds have run out, and returns how many it recorded.
// Their seats are free even before that.
func (d *Desk) LapseRunOut(ctx context.Context, n int) (int, error) {
	ids, err := d.Store.RunOut(ctx, d.now(), n)
	if err != nil {
		return 0, err
	}
	for i, id := range ids {
		_, err := d.Store.Update(ctx, id, idempotency.Key{}, func(b *Booking) ([]event.Event, error) { return b.Lapse(d.now()), nil })
		if err != nil {
			return i, fmt.Errorf("lapse hold %s: %w", id, err)
		}
	}
	return len(ids), nil
}

// mayTouch is nil when the actor is the booking's consumer, or one of the place's
// managers where they may.
func (d *Desk) mayTouch(ctx context.Context, actor identity.Actor, id ID, managersToo bool) error {
	_, err := d.touchable(ctx, actor, id, managersToo)
	return err
}

// touchable is the booking, if the actor may touch it.
func (d *Desk) touchable(ctx context.Context, actor identity.Actor, id ID, managersToo bool) (Booking, error) {
	if err := actor.Require(); err != nil {
		return Booking{}, err
	}
	b, err := d.load(ctx, id)
	if err != nil {
		return Booking{}, err
	}
	if actor.User == b.User {
		return b, nil
	}
	if managersToo {
		m, err := d.ServedBy(ctx, actor, b.Place)
		if err == nil && actor.May(identity.ManageBookings, m, b.Place) {
			// Before anything is done: the answer shows it.
			return b, d.Journal.Look(ctx, actor, m, identity.SeenBooking, string(b.ID), b.User)
		}
		return Booking{}, orMissing(err)
	}
	return Booking{}, ErrNotFound
}

// ServedBy is the merchant who has the place now. Rights over its bookings and visits are that
// merchant's, whoever had the place when they were made. For an actor who works nowhere it is "",
// without a query.
func (d *Desk) ServedBy(ctx context.Context, actor identity.Actor, place catalog.PlaceID) (identity.MerchantID, error) {
	if len(actor.Roles) == 0 {
		return "", nil
	}
	p, err := d.Catalog.PlaceAsIs(ctx, place)
	return p.Merchant, err
}

func orMissing(err error) error {
	if err != nil {
		return err
	}
	return ErrNotFound
}

func (d *Desk) load(ctx context.Context, id ID) (Booking, error) {
	if !uid.Valid("bkg", string(id)) {
		return Booking{}, ErrNotFound
	}
	return d.Store.Booking(ctx, id)
}

// now is the present, as fine as the databases keep it.
func (d *Desk) now() time.Time { return d.Now().UTC().Truncate(time.Microsecond) }

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earliest(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
