package catalog

import (
	"context"

	"corner/event"
	"corner/fault"
	"corner/identity"
	"corner/walltime"
)

// soldOutWithin is how far from today a service may be sold out, in days.
const soldOutWithin = 366

// SellOut says that a service is sold out until before a day of the place's, tomorrow if until is
// nil: it has no slots of openings before that day, and bookings of it stand. Counter staff
// may do it, too.
func (c *Catalog) SellOut(ctx context.Context, actor identity.Actor, id ServiceID, until *walltime.Day) (Service, error) {
	return c.updateService(ctx, actor, identity.SellOut, id, func(s *Service, p *Place) ([]event.Event, error) {
		today := p.Today(c.now())
		day := today + 1
		if until != nil {
			day = *until
		}
		var in fault.Input
		in.Check(day > today && day <= today+soldOutWithin, "until", fault.OutOfRange)
		if err := in.Err(); err != nil {
			return nil, err
		}
		return c.soldOut(s, p, day, actor)
	})
}

// SellAgain takes that back. For a service that is not sold out nothing changes.
func (c *Catalog) SellAgain(ctx context.Context, actor identity.Actor, id ServiceID) (Service, error) {
	return c.updateService(ctx, actor, identity.SellOut, id, func(s *Service, p *Place) ([]event.Event, error) {
		return c.soldOut(s, p, 0, actor)
	})
}

func (c *Catalog) soldOut(s *Service, p *Place, until walltime.Day, actor identity.Actor) ([]event.Event, error) {
	switch {
	case s.Retired():
		return nil, ErrRetired
	case s.SoldOutUntil == until:
		return nil, nil
	}
	s.SoldOutUntil = until
	return []event.Event{c.serviceEvent(ServiceChanged, s, p, actor)}, nil
}

// on is the service as it is on a day: one that is sold again was never sold out.
func (s Service) on(today walltime.Day) Service {
	if s.SoldOutUntil <= today {
		s.SoldOutUntil = 0
	}
	return s
}
