package catalog

import (
	"context"
	"reflect"
	"slices"
	"time"

	"corner/event"
	"corner/fault"
	"corner/idempotency"
	"corner/identity"
	"corner/uid"
	"corner/walltime"
)

// AddService adds a service to what a place sells. Only managers may do it.
func (c *Catalog) AddService(ctx context.Context, actor identity.Actor, place PlaceID, o Offer, key idempotency.Key) (Service, error) {
	p, err := c.sellable(ctx, actor, place)
	if err != nil {
		return Service{}, err
	}
	now := c.now()
	s, err := o.service(ServiceID(uid.New("svc", now)), place, now)
	if err != nil {
		return Service{}, err
	}
	return c.Store.AddService(ctx, s, key, c.serviceEvent(ServiceCreated, &s, &p, actor), c.sells(&p, s))
}

// FitsMenu returns ErrTooManyServices if a place would sell more than MaxServices.
func FitsMenu(s Seller) error {
	if s.OnSale > MaxServices {
		return ErrTooManyServices
	}
	return nil
}

// sells is the rule by which services come to the list of a place that was read as p, and that may
// have changed hands or trade since.
func (c *Catalog) sells(p *Place, services ...Service) func(Seller) error {
	return func(s Seller) error {
		switch {
		case s.Place.Merchant != p.Merchant:
			return ErrPlaceNotFound
		case s.Closed:
			return ErrMerchantClosed
		case c.Tree().DiscoveryOnly(s.Place.Category) && slices.ContainsFunc(services, func(v Service) bool { return v.Bookable }):
			return ErrDiscoveryOnly
		}
		return FitsMenu(s)
	}
}

// AddServices adds several services to what a place sells, all or none. Only managers may
// do it.
func (c *Catalog) AddServices(
	ctx context.Context,
	actor identity.Actor,
	place PlaceID,
	offers []Offer,
	key idempotency.Key,
) ([]Service, error) {
	p, err := c.sellable(ctx, actor, place)
	if err != nil {
		return nil, err
	}
	now := c.now()
	var in fault.Input
	in.Check(len(offers) > 0, "services", fault.Required)
	list, err := menu(&in, "services", offers, place, now)
	if err != nil {
		return nil, err
	}
	if err := in.Err(); err != nil {
		return nil, err
	}
	return c.Store.AddServices(
		ctx,
		list,
		key,
		event.New(MenuCreated, string(place), string(place), string(actor.User), now).About(string(p.Merchant), ""),
		c.sells(&p, list...),
	)
}

// sellable is a place whose list the actor may change.
func (c *Catalog) sellable(ctx context.Context, actor identity.Actor, place PlaceID) (Place, error) {
	if err := actor.Require(); err != nil {
		return Place{}, err
	}
	p, err := c.PlaceAsIs(ctx, place)
	if err != nil {
		return Place{}, err
	}
	if !actor.May(identity.EditServices, p.Merchant, p.ID) {
		return Place{}, ErrPlaceNotFound
	}
	return p, nil
}

// menu makes services of offers, in their order; faults are below the name.
func menu(in *fault.Input, name string, offers []Offer, place PlaceID, now time.Time) ([]Service, error) {
	if !in.Check(len(offers) <= MaxServices, name, fault.Crowded) || len(offers) == 0 {
		return nil, nil
	}
	list, batch := make([]Service, len(offers)), uid.New("bat", now)
	for i, o := range offers {
		// Lists are in the order of ids: a millisecond keeps the menu's order.
		s, err := o.service(ServiceID(uid.New("svc", now.Add(time.Duration(i)*time.Millisecond))), place, now)
		if err != nil && !in.Include(fault.Name(name, i), err) {
			return nil, err
		}
		list[i] = s
		list[i].Batch = batch
	}
	return list, nil
}

// ReviseService replaces the given version of a service by an offer. Only managers may do
// it, and who may edit texts changes these. Existing bookings keep the terms they were made with.
func (c *Catalog) ReviseService(ctx context.Context, actor identity.Actor, id ServiceID, version int64, o Offer) (Service, error) {
	return c.updateService(ctx, actor, identity.EditTexts, id, func(s *Service, p *Place) ([]event.Event, error) {
		switch {
		case s.Version != version:
			return nil, ErrServiceStale.WithData(fault.CurrentVersion(s.Version))
		case s.Retired():
			return nil, ErrRetired
		}
		was := *s
		if err := o.apply(s); err != nil || reflect.DeepEqual(was, *s) {
			return nil, err
		}
		if !actor.May(identity.EditServices, p.Merchant, p.ID) {
			if err := onlyServiceTexts(was, s); err != nil {
				return nil, err
			}
		}
		if s.Bookable && c.Tree().DiscoveryOnly(p.Category) {
			return nil, ErrDiscoveryOnly
		}
		return []event.Event{c.serviceEvent(ServiceChanged, s, p, actor)}, nil
	})
}

// RetireService ends the sale of the given version of a service. Only managers may do it.
// It can no longer be booked; existing bookings stand. Retiring it again changes nothing.
func (c *Catalog) RetireService(ctx context.Context, actor identity.Actor, id ServiceID, version int64) (Service, error) {
	return c.updateService(ctx, actor, identity.EditServices, id, func(s *Service, p *Place) ([]event.Event, error) {
		switch {
		case s.Retired():
			return nil, nil
		case s.Version != version:
			return nil, ErrServiceStale.WithData(fault.CurrentVersion(s.Version))
		}
		s.RetiredAt, s.Bookable = c.now(), false
		return []event.Event{c.serviceEvent(ServiceRetired, s, p, actor)}, nil
	})
}

// updateService changes a service of the actor's, who needs a capability for it; to anybody else it is not there.
func (c *Catalog) updateService(
	ctx context.Context,
	actor identity.Actor,
	may identity.Capability,
	id ServiceID,
	change func(*Service, *Place) ([]event.Event, error),
) (Service, error) {
	if err := actor.Require(); err != nil {
		return Service{}, err
	}
	_, p, err := c.Service(ctx, actor, id)
	if err != nil {
		return Service{}, err
	}
	if !actor.May(may, p.Merchant, p.ID) {
		return Service{}, ErrServiceNotFound // before anybody has to wait for it
	}
	var today walltime.Day
	s, err := c.Store.UpdateService(ctx, id, func(s *Service, by Seller) ([]event.Event, error) {
		if !actor.May(may, by.Place.Merchant, by.Place.ID) {
			return nil, ErrServiceNotFound
		}
		today = by.Place.Today(c.now())
		events, err := change(s, &by.Place)
		if err == nil && len(events) > 0 && by.Closed {
			err = ErrMerchantClosed
		}
		if len(events) > 0 {
			s.UpdatedAt = c.now()
		}
		return events, err
	})
	return s.on(today), err
}

func (c *Catalog) serviceEvent(kind event.Kind, s *Service, p *Place, actor identity.Actor) event.Event {
	return event.New(kind, string(s.ID), string(s.Place), string(actor.User), c.now()).About(string(p.Merchant), "")
}

// Services lists what a place sells, by position and then by age.
func (c *Catalog) Services(ctx context.Context, actor identity.Actor, place PlaceID, after ServiceID, limit int) ([]Service, error) {
	p, err := c.Place(ctx, actor, place)
	if err != nil {
		return nil, err
	}
	list, err := c.Store.ServicesOf(ctx, p.ID, after, limit)
	for i := range list {
		list[i] = list[i].on(p.Today(c.now()))
	}
	return list, err
}

// ServiceAsIs is a service and its place, whoever may see them: for rooms that have
// checked the actor's right themselves.
func (c *Catalog) ServiceAsIs(ctx context.Context, id ServiceID) (Service, Place, error) {
	if !uid.Valid("svc", string(id)) {
		return Service{}, Place{}, ErrServiceNotFound
	}
	s, err := c.Store.Service(ctx, id)
	if err != nil {
		return Service{}, Place{}, err
	}
	p, err := c.PlaceAsIs(ctx, s.Place)
	return s.on(p.Today(c.now())), p, err
}

// Service is a service and its place, as the actor may see them.
func (c *Catalog) Service(ctx context.Context, actor identity.Actor, id ServiceID) (Service, Place, error) {
	s, p, err := c.ServiceAsIs(ctx, id)
	if err != nil {
		return Service{}, Place{}, err
	}
	if p.State != Published && !actor.Sees(identity.ReadPlaces, p.Merchant, p.ID) {
		return Service{}, Place{}, ErrServiceNotFound
	}
	return s, p, nil
}
