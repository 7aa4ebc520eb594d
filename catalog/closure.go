package catalog

import (
	"context"
	"math"
	"time"

	"corner/event"
	"corner/fault"
	"corner/identity"
	"corner/walltime"
)

// Closure is days on which a place does not open, whatever its hours say: from From on, until
// before Until. The night of the day before goes on to its end. The zero Closure is none.
type Closure struct {
	From  walltime.Day // the first day closed
	Until walltime.Day // the first day open again; Never for a place that is closed for good
}

// Never is the day on which a place that is closed for good opens again.
const Never walltime.Day = math.MaxInt32

// Planned reports whether there is one, begun or not.
func (c Closure) Planned() bool { return c != Closure{} }

// Permanent reports whether it has no end.
func (c Closure) Permanent() bool { return c.Until == Never }

// Covers reports whether a day is one of them.
func (c Closure) Covers(d walltime.Day) bool { return c.From <= d && d < c.Until }

// Over reports whether on a day nobody needs to know of it any more.
func (c Closure) Over(d walltime.Day) bool { return d >= c.Until }

// Kind is what people call it; "" for none.
func (c Closure) Kind() ClosureKind {
	switch {
	case !c.Planned():
		return ""
	case c.Permanent():
		return ClosedPermanently
	}
	return ClosedTemporarily
}

func (c Closure) fact() any {
	if !c.Planned() {
		return nil
	}
	m := map[string]any{"kind": c.Kind(), "from": c.From.String()}
	if !c.Permanent() {
		m["until"] = c.Until.String()
	}
	return m
}

// ClosureKind says whether a place opens again. Part of the stored history.
type ClosureKind string

// The kinds of closures, called as the large directories call them.
const (
	ClosedTemporarily ClosureKind = "temporary"
	ClosedPermanently ClosureKind = "permanent"
)

// Closing is what a merchant sends to close a place.
type Closing struct {
	Kind  ClosureKind
	From  *walltime.Day // nil: today
	Until *walltime.Day // the first day open again; of ClosedTemporarily only, which needs it
}

// closeWithin is how far from today a closure may begin or end, in days.
const closeWithin = 10 * 366

// endless is the reason for a day on which a place that is closed for good opens.
var endless = fault.Reason{Code: "unexpected", En: "goes only with the kind temporary", Zh: "仅临时歇业可填"}

// Closure is the closure that a place would have by c; today is that of its zone.
func (c Closing) Closure(today walltime.Day) (Closure, error) {
	var in fault.Input
	near := func(d walltime.Day) bool { return d >= today-closeWithin && d <= today+closeWithin }
	planned := Closure{From: today, Until: Never}
	if c.From != nil {
		planned.From = *c.From
		in.Check(near(planned.From), "from", fault.OutOfRange)
	}
	switch c.Kind {
	case ClosedPermanently:
		in.Check(c.Until == nil, "until", endless)
	case ClosedTemporarily:
		if in.Check(c.Until != nil, "until", fault.Required) {
			planned.Until = *c.Until
			in.Check(near(planned.Until) && planned.Until > max(planned.From, today), "until", fault.OutOfRange)
		}
	case "":
		in.Add("kind", fault.Required)
	default:
		in.Add("kind", fault.Unknown)
	}
	return planned, in.Err()
}

// Made reports whether a closure is what c made, whichever day that was.
func (c Closing) Made(closure Closure) bool {
	until := Never
	if c.Until != nil {
		until = *c.Until
	}
	return closure.Kind() == c.Kind && closure.Until == until && (c.From == nil || closure.From == *c.From)
}

// location is the place's zone; UTC while it has none.
func (p *Place) location() *time.Location {
	if loc, err := walltime.Zone(p.Zone); err == nil {
		return loc
	}
	return time.UTC
}

// Today is the day at an instant where the place is.
func (p *Place) Today(now time.Time) walltime.Day { return walltime.WallAt(p.location(), now).Day() }

// EndsAt is when a place that closes for good has been open last: at the beginning of its first
// day closed, or when the night before is over. The zero time for a place that goes on.
func (p *Place) EndsAt() time.Time {
	c := p.Hours.Closure
	if !c.Permanent() {
		return time.Time{}
	}
	end := walltime.Instant(p.location(), c.From.At(0))
	for _, s := range p.Hours.Spans(c.From-1, p.location()) {
		if s.End.After(end) {
			end = s.End
		}
	}
	return end
}

// Ended reports whether the place is closed for good at an instant. Consumers do not find it any
// more; who has its address is shown that it is closed.
func (p *Place) Ended(now time.Time) bool {
	end := p.EndsAt()
	return !end.IsZero() && !end.After(now)
}

// ClosePlace gives the given version of a place a closure, in the place of another. Only managers
// may do it. What is booked meanwhile is booking.Desk's to settle: see Desk.ClosePlace.
func (c *Catalog) ClosePlace(ctx context.Context, actor identity.Actor, id PlaceID, version int64, closure Closure) (Place, error) {
	return c.planClosure(ctx, actor, id, version, closure, PlaceClosed)
}

// ReopenPlace takes the closure from the given version of a place, begun or not. Only managers may
// do it. Without a closure nothing is changed.
func (c *Catalog) ReopenPlace(ctx context.Context, actor identity.Actor, id PlaceID, version int64) (Place, error) {
	return c.planClosure(ctx, actor, id, version, Closure{}, PlaceReopened)
}

func (c *Catalog) planClosure(
	ctx context.Context, actor identity.Actor, id PlaceID, version int64, closure Closure, kind event.Kind,
) (Place, error) {
	return c.update(ctx, actor, identity.EditPlaces, id, func(p *Place, _ Around) ([]event.Event, error) {
		if p.Version != version {
			return nil, ErrStale.WithData(fault.CurrentVersion(p.Version))
		}
		if p.Hours.Closure == closure {
			return nil, nil
		}
		p.Hours.Closure = closure
		return []event.Event{c.event(kind, p, actor)}, nil
	})
}

// ends is the events of a change of p that has been open last at was: when its end has another
// moment now, discovery has to look at it again then.
func (c *Catalog) ends(p *Place, was time.Time) []event.Event {
	is, now := p.EndsAt(), c.now()
	if is.Equal(was) || !is.After(now) {
		return nil
	}
	return []event.Event{event.New(PlaceEnded, string(p.ID), string(p.ID), "", now).About(string(p.Merchant), "").After(is)}
}
