package catalogtest

import (
	"errors"
	"slices"
	"sync/atomic"

	"corner/catalog"
	"corner/event"
	"corner/geo"
	"corner/idempotency"
	"corner/identity"
	"corner/internal/expect"
)

// registration is of a place with n services.
func (s *suite) registration(p catalog.Place, n int) catalog.Registration {
	r := catalog.Registration{Place: p, Event: s.event(catalog.PlaceCreated, string(p.ID))}
	for range n {
		v := s.service(p.ID)
		v.Batch = "bat_1"
		r.Services = append(r.Services, v)
	}
	slices.SortFunc(r.Services, func(a, b catalog.Service) int { return compare(a.ID, b.ID) })
	return r
}

func compare[S ~string](a, b S) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// register: the place, its services, one event.
func (s *suite) register() {
	p := s.place(s.merchant())
	_ = s.happened()
	r := s.registration(p, 250)
	key := s.key("usr_1", "k", "places.create", "a")
	s.Same("Register", p, must2(s.Catalog.Register(s.Context(), r, key))(s))
	s.Same("its services", r.Services, must2(s.Catalog.ServicesOf(s.Context(), p.ID, "", 1000))(s))
	s.Same("events", []string{"place.created " + string(p.ID)}, s.happened())
	again := s.registration(s.place(p.Merchant), 3)
	again.Admit = func(catalog.Around) error { s.Error("a repeat was asked for admission"); return nil }
	s.Same("a repeat", p, must2(s.Catalog.Register(s.Context(), again, key))(s))
	if got := must2(s.Catalog.PlacesOf(s.Context(), p.Merchant, identity.Branches{}, true, "", 10))(s); len(got) != 0 {
		s.Errorf("PlacesOf published ones has %d drafts, want none", len(got))
	}
}

// registerRefused: nothing is stored, and the key is free.
func (s *suite) registerRefused() {
	no := errors.New("no")
	r := s.registration(s.place(s.merchant()), 3)
	_ = s.happened()
	key := s.key("usr_1", "k", "places.create", "a")
	r.Admit = func(catalog.Around) error { return no }
	_, err := s.Catalog.Register(s.Context(), r, key)
	s.Refused("Register", err, no)
	_, err = s.Catalog.Place(s.Context(), r.Place.ID)
	s.Refused("Place", err, catalog.ErrPlaceNotFound)
	s.Same("events", []string(nil), s.happened())
	r.Admit = nil
	s.Same("tried again", r.Place, must2(s.Catalog.Register(s.Context(), r, key))(s))
}

// at is a place of m so many metres north of a spot.
func (s *suite) at(m identity.MerchantID, state catalog.State, north float64) catalog.Place {
	p := s.place(m)
	p.State, p.Location = state, catalog.Location{Point: geo.Point{Lat: 31.31 + north/110_870, Lng: 120.62}, System: geo.WGS84}
	must2(s.add(p, idempotency.Key{}))(s)
	return p
}

// near: published ones and one's own, near by, the nearest first.
func (s *suite) near() {
	m, other := s.merchant(), s.merchant()
	far, mine, theirs := s.at(other, catalog.Published, 140), s.at(m, catalog.Drafted, -20), s.at(other, catalog.Drafted, 5)
	_, unclaimed, gone := theirs, s.at("", catalog.Published, 60), s.at(other, catalog.Published, 400)
	nowhere := s.place(m)
	nowhere.Location = catalog.Location{}
	must2(s.add(nowhere, idempotency.Key{}))(s)
	look := func(m identity.MerchantID, accuracy geo.Metres) (ids []catalog.PlaceID) {
		_, err := s.Catalog.UpdatePlaceAmong(s.Context(), mine.ID, func(p *catalog.Place, around catalog.Around) ([]event.Event, error) {
			spot := p.Location
			spot.Point.Lat, spot.Accuracy = 31.31, accuracy
			found, err := around.Near(spot, m)
			ids = nil
			for _, n := range found {
				ids = append(ids, n.ID)
			}
			return nil, err
		})
		if err != nil {
			s.Errorf("looking around: %v", err)
		}
		return ids
	}
	s.Same("its merchant sees", []catalog.PlaceID{mine.ID, unclaimed.ID, far.ID}, look(m, 0))
	s.Same("others see", []catalog.PlaceID{theirs.ID, unclaimed.ID, far.ID}, look(other, 0))
	s.Same("nobody sees", []catalog.PlaceID{unclaimed.ID, far.ID}, look("", 0))
	s.Same("from a bad measurement", []catalog.PlaceID{mine.ID, unclaimed.ID, far.ID, gone.ID}, look(m, 1_000))

	moved := must2(s.Catalog.UpdatePlace(s.Context(), gone.ID, func(p *catalog.Place) ([]event.Event, error) {
		p.Location.Point.Lat = 31.31
		return []event.Event{s.event(catalog.PlaceChanged, string(p.ID))}, nil
	}))(s)
	s.Same("after one has moved", []catalog.PlaceID{moved.ID, mine.ID, unclaimed.ID, far.ID}, look(m, 0))
	imported := s.entry("osm:near", 0)
	imported.Place.Location = catalog.Location{Point: geo.Point{Lat: 31.31, Lng: 120.6201}, System: geo.WGS84}
	must2(s.Catalog.Import(s.Context(), []catalog.Entry{imported}, catalog.Reread))(s)
	if got := look(m, 0); !slices.Contains(got, imported.Place.ID) {
		s.Errorf("an imported place is not among %v", got)
	}
}

// nearRivals: of places that publish themselves only if none is published near by, one
// does, though they stand in different cells.
func (s *suite) nearRivals() {
	const n = 8
	var places [n]catalog.Place
	for i := range places {
		places[i] = s.at(s.merchant(), catalog.Drafted, float64(18*i))
	}
	taken := errors.New("taken")
	var refused atomic.Int64
	if failed := expect.Rivals(n, func(i int) error {
		_, err := s.Catalog.UpdatePlaceAmong(s.Context(), places[i].ID, func(p *catalog.Place, around catalog.Around) ([]event.Event, error) {
			found, err := around.Near(p.Location, p.Merchant)
			if err != nil {
				return nil, err
			}
			if slices.ContainsFunc(found, func(n catalog.Neighbour) bool { return n.State == catalog.Published }) {
				return nil, taken
			}
			p.State = catalog.Published
			return []event.Event{s.event(catalog.PlaceChanged, string(p.ID))}, nil
		})
		if errors.Is(err, taken) {
			refused.Add(1)
			return nil
		}
		return err
	}); len(failed) > 0 {
		s.Fatalf("%d of %d rivals failed, want none: %v", len(failed), n, failed[0])
	}
	if got := refused.Load(); got != n-1 {
		s.Errorf("%d of %d were refused, want all but one", got, n)
	}
}
