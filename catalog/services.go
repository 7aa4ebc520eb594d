package catalog

import (
	"context"
	"time"

	"corner/event"
	"corner/fault"
	"corner/identity"
	"corner/money"
	"corner/once"
	"corner/uid"
)

// Offer is what a merchant sends to make a service.
type Offer struct {
	Name     string
	Duration time.Duration
	Price    money.Amount
	Bookable bool
	Capacity int           // 0: one at a time
	Step     time.Duration // 0: one after the other, every Duration
}

const maxPrice = 1_000_000_000_00 // a thousand million of a currency with cents

// service checks the offer and makes a service of it; pointers are those of the body.
func (o Offer) service(id ServiceID, place PlaceID, now time.Time) (Service, error) {
	var in fault.Input
	s := Service{
		ID: id, Place: place, Name: text(&in, "/name", o.Name, MaxName, true),
		Duration: o.Duration, Price: o.Price, Bookable: o.Bookable, Capacity: o.Capacity, Step: o.Step, CreatedAt: now,
	}
	if s.Capacity == 0 {
		s.Capacity = 1
	}
	if s.Step == 0 {
		s.Step = s.Duration
	}
	in.Check(wholeMinutes(s.Duration) && s.Duration <= MaxDuration, "/duration_minutes", fault.OutOfRange)
	in.Check(o.Step == 0 || wholeMinutes(o.Step) && o.Step <= MaxDuration, "/slot_step_minutes", fault.OutOfRange)
	in.Check(s.Capacity >= 1 && s.Capacity <= MaxCapacity, "/capacity", fault.OutOfRange)
	in.Check(s.Price.Minor >= 0 && s.Price.Minor <= maxPrice, "/price/amount", fault.OutOfRange)
	in.Check(s.Price.Currency.Known(), "/price/currency", fault.Unknown)
	return s, in.Err()
}

func wholeMinutes(d time.Duration) bool { return d >= time.Minute && d%time.Minute == 0 }

// AddService puts a service on a place's list; a manager's right.
func (c *Catalog) AddService(ctx context.Context, actor identity.Actor, place PlaceID, o Offer, key once.Key) (Service, error) {
	if err := actor.Require(); err != nil {
		return Service{}, err
	}
	p, err := c.PlaceAsIs(ctx, place)
	if err != nil {
		return Service{}, err
	}
	if !actor.Is(identity.Manager, p.Merchant) {
		return Service{}, ErrPlaceNotFound
	}
	now := c.now()
	s, err := o.service(ServiceID(uid.New("svc", now)), place, now)
	if err != nil {
		return Service{}, err
	}
	if s.Bookable && DiscoveryOnly(p.Category) {
		return Service{}, ErrDiscoveryOnly
	}
	return c.Store.AddService(ctx, s, key, event.New(ServiceCreated, string(s.ID), string(place), string(actor.User), now))
}

// Services is what a place sells, in the order of making.
func (c *Catalog) Services(ctx context.Context, actor identity.Actor, place PlaceID, after ServiceID, limit int) ([]Service, error) {
	if _, err := c.Place(ctx, actor, place); err != nil {
		return nil, err
	}
	return c.Store.ServicesOf(ctx, place, after, limit)
}

// Service is a service and its place, as the actor may see them.
func (c *Catalog) Service(ctx context.Context, actor identity.Actor, id ServiceID) (Service, Place, error) {
	if !uid.Valid("svc", string(id)) {
		return Service{}, Place{}, ErrServiceNotFound
	}
	s, err := c.Store.Service(ctx, id)
	if err != nil {
		return Service{}, Place{}, err
	}
	p, err := c.PlaceAsIs(ctx, s.Place)
	if err != nil {
		return Service{}, Place{}, err
	}
	if p.State != Published && !actor.Sees(p.Merchant) {
		return Service{}, Place{}, ErrServiceNotFound
	}
	return s, p, nil
}
