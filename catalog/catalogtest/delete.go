package catalogtest

import (
	"errors"

	"corner/catalog"
	"corner/event"
	"corner/idempotency"
	"corner/internal/expect"
)

// deletes: a place goes with all that is kept of it, unless decide says no.
func (s *suite) deletes() {
	p, beside := must2(s.add(s.place(s.merchant()), idempotency.Key{}))(s), must2(s.add(s.place(s.merchant()), idempotency.Key{}))(s)
	v, kept := must2(s.offer(s.service(p.ID), idempotency.Key{}))(s), must2(s.offer(s.service(beside.ID), idempotency.Key{}))(s)
	_ = s.happened()
	no := errors.New("no")
	s.Refused("decide fails", s.Catalog.DeletePlace(s.Context(), p.ID, func(q *catalog.Place, published bool) ([]event.Event, error) {
		s.Same("what decide is shown", p, *q)
		s.Same("published", false, published)
		return []event.Event{s.event(catalog.PlaceDeleted, string(p.ID))}, no
	}), no)
	s.Same("the place after decide failed", p, must2(s.Catalog.Place(s.Context(), p.ID))(s))
	s.Same("events", []string(nil), s.happened())

	yes := func(*catalog.Place, bool) ([]event.Event, error) {
		return []event.Event{s.event(catalog.PlaceDeleted, string(p.ID))}, nil
	}
	s.Refused("DeletePlace", s.Catalog.DeletePlace(s.Context(), p.ID, yes), nil)
	s.Same("events", []string{"place.deleted " + string(p.ID)}, s.happened())
	_, err := s.Catalog.Place(s.Context(), p.ID)
	s.Refused("the place", err, catalog.ErrPlaceNotFound)
	_, err = s.Catalog.Service(s.Context(), v.ID)
	s.Refused("its service", err, catalog.ErrServiceNotFound)
	s.Same("its history", 0, len(must2(s.Catalog.History(s.Context(), p.ID, 0, 10))(s)))
	s.Refused("once more", s.Catalog.DeletePlace(s.Context(), p.ID, yes), catalog.ErrPlaceNotFound)

	s.Same("the place beside it", beside, must2(s.Catalog.Place(s.Context(), beside.ID))(s))
	s.Same("its service", kept, must2(s.Catalog.Service(s.Context(), kept.ID))(s))
	s.Same("its history", 2, len(must2(s.Catalog.History(s.Context(), beside.ID, 0, 10))(s)))
}

// deletesShown: decide is told of a place that could be found once.
func (s *suite) deletesShown() {
	now := s.place(s.merchant())
	now.State = catalog.Published
	imported := s.place("")
	imported.Source = "osm:node/1"
	once := s.place(s.merchant())
	for _, p := range []catalog.Place{now, imported, once} {
		must2(s.add(p, idempotency.Key{}))(s)
	}
	for _, to := range []struct {
		state catalog.State
		kind  event.Kind
	}{{catalog.Published, catalog.PlacePublished}, {catalog.Drafted, catalog.PlaceUnpublished}} {
		must2(s.Catalog.UpdatePlace(s.Context(), once.ID, func(p *catalog.Place) ([]event.Event, error) {
			p.State = to.state
			return []event.Event{s.event(to.kind, string(p.ID))}, nil
		}))(s)
	}
	for name, p := range map[string]catalog.Place{"published": now, "imported": imported, "unpublished": once} {
		err := s.Catalog.DeletePlace(s.Context(), p.ID, func(_ *catalog.Place, published bool) ([]event.Event, error) {
			s.Same(name+" is known as published", true, published)
			return nil, catalog.ErrWasPublished
		})
		s.Refused(name, err, catalog.ErrWasPublished)
	}
}

// deleteRivals: what is added to a place that goes is not left behind, and the place is not
// published after all.
func (s *suite) deleteRivals() {
	for range 5 {
		p := must2(s.add(s.place(s.merchant()), idempotency.Key{}))(s)
		_ = expect.Rivals(9, func(i int) error {
			switch i % 3 {
			case 0:
				return s.Catalog.DeletePlace(s.Context(), p.ID, func(_ *catalog.Place, published bool) ([]event.Event, error) {
					if published {
						return nil, catalog.ErrWasPublished
					}
					return []event.Event{s.event(catalog.PlaceDeleted, string(p.ID))}, nil
				})
			case 1:
				_, err := s.offer(s.service(p.ID), idempotency.Key{})
				if err != nil && !errors.Is(err, catalog.ErrPlaceNotFound) {
					s.Errorf("AddService: %v", err)
				}
				return err
			}
			_, err := s.Catalog.UpdatePlace(s.Context(), p.ID, func(p *catalog.Place) ([]event.Event, error) {
				p.State = catalog.Published
				return []event.Event{s.event(catalog.PlacePublished, string(p.ID))}, nil
			})
			if err != nil && !errors.Is(err, catalog.ErrPlaceNotFound) {
				s.Errorf("UpdatePlace: %v", err)
			}
			return err
		})
		left, err := s.Catalog.Place(s.Context(), p.ID)
		services := must2(s.Catalog.ServicesOf(s.Context(), p.ID, "", 10))(s)
		switch {
		case err == nil && left.State != catalog.Published:
			s.Error("the place was neither published nor deleted")
		case err != nil && len(services) > 0:
			s.Errorf("%d services are left of a place that was deleted", len(services))
		}
	}
}
