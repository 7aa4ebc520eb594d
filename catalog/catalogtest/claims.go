package catalogtest

import (
	"errors"
	"time"

	"corner/catalog"
	"corner/event"
	"corner/geo"
	"corner/idempotency"
	"corner/identity"
	"corner/internal/expect"
	"corner/uid"
)

func (s *suite) claimOf(p catalog.PlaceID, by identity.UserID) catalog.Claim {
	return catalog.Claim{
		ID: catalog.ClaimID(uid.New("clm", s.now)), Place: p, Merchant: "mer_1", By: by, State: catalog.ClaimOpen, Phone: "+8613800138000",
		Seq: 1, CreatedAt: s.now,
	}
}

// rework: a place, its services and its claims change together, or not at all.
func (s *suite) rework() {
	by := s.user()
	p := s.place("")
	must2(s.add(p, idempotency.Key{}))(s)
	v := s.service(p.ID)
	must2(s.offer(v, idempotency.Key{}))(s)
	_ = s.happened()
	claim := s.claimOf(p.ID, by)
	e := s.event(catalog.PlaceChanged, string(p.ID))
	got := must2(s.Catalog.Rework(s.Context(), p.ID, by, func(d *catalog.Dossier) ([]event.Event, error) {
		s.Same("the place", p, d.Place)
		s.Same("its claims, and the last revision", []any{0, int64(2), 0}, []any{len(d.Claims), d.Seq, d.Unsettled})
		if err := d.Load(); err != nil {
			return nil, err
		}
		s.Same("its services", []catalog.Service{v}, d.Services)
		d.Place.Merchant, d.Place.Claim, d.Services[0].Name = "mer_1", claim.ID, "粗洗"
		d.Claims = append(d.Claims, claim)
		return []event.Event{e}, nil
	}))(s)
	p.Merchant, p.Claim, p.Version = "mer_1", claim.ID, 2
	s.Same("the place reworked", p, got)
	s.Same("as it is read", p, must2(s.Catalog.Place(s.Context(), p.ID))(s))
	s.Same("the claim", claim, must2(s.Catalog.Claim(s.Context(), claim.ID))(s))
	v.Name, v.Version = "粗洗", 2
	s.Same("the service", v, must2(s.Catalog.Service(s.Context(), v.ID))(s))
	s.Same("events", []string{"place.changed " + string(p.ID)}, s.happened())
	s.Same("waiting", []catalog.Claim{claim}, must2(s.Catalog.ClaimsWaiting(s.Context(), s.now.Add(time.Second), 10))(s))
	s.Same("waiting longer than that", 0, len(must2(s.Catalog.ClaimsWaiting(s.Context(), s.now, 10))(s)))

	// A claim may change while its place does not.
	spot := geo.Point{Lat: 31.3, Lng: 120.6}
	must2(s.Catalog.Rework(s.Context(), p.ID, by, func(d *catalog.Dossier) ([]event.Event, error) {
		s.Same("unsettled claims", 1, d.Unsettled)
		all := must2(d.Since(2))(s)
		s.Same("since", 2, len(all))
		is := &d.Claims[0]
		is.State, is.Reason, is.SettledBy, is.SettledAt = catalog.ClaimVerified, "seen", "usr_1", s.now.Add(time.Hour)
		is.Evidence = catalog.Evidence{Text: "\"'\n", Licence: "9", Photos: []string{"pht_1"}, Spot: &spot, Accuracy: 3, Distance: 4}
		claim = *is
		return nil, nil
	}))(s)
	s.Same("the claim settled", claim, must2(s.Catalog.Claim(s.Context(), claim.ID))(s))
	s.Same("the place did not change", p, must2(s.Catalog.Place(s.Context(), p.ID))(s))

	no := errors.New("no")
	_, err := s.Catalog.Rework(s.Context(), p.ID, "", func(d *catalog.Dossier) ([]event.Event, error) {
		d.Place.Address = "elsewhere"
		d.Claims = append(d.Claims, s.claimOf(p.ID, by))
		return []event.Event{e}, no
	})
	s.Refused("a change that fails", err, no)
	s.Same("the place after it", p, must2(s.Catalog.Place(s.Context(), p.ID))(s))
	s.Same("events after it", 0, len(s.happened()))
	_, err = s.Catalog.Rework(s.Context(), "plc_0", "", func(*catalog.Dossier) ([]event.Event, error) { return nil, nil })
	s.Refused("no place", err, catalog.ErrPlaceNotFound)
	_, err = s.Catalog.Claim(s.Context(), "clm_0")
	s.Refused("no claim", err, catalog.ErrClaimNotFound)
}

// claimRivals: of one person's claims of many places at one moment, each sees those before it.
func (s *suite) claimRivals() {
	by := s.user()
	const n, most = 12, 3
	var places [n]catalog.Place
	for i := range places {
		places[i] = s.place("")
		must2(s.add(places[i], idempotency.Key{}))(s)
	}
	full := errors.New("full")
	failed := expect.Rivals(n, func(i int) error {
		_, err := s.Catalog.Rework(s.Context(), places[i].ID, by, func(d *catalog.Dossier) ([]event.Event, error) {
			if d.Unsettled >= most {
				return nil, full
			}
			d.Claims = append(d.Claims, s.claimOf(places[i].ID, by))
			return nil, nil
		})
		return err
	})
	if len(failed) != n-most {
		s.Errorf("%d of %d rivals were refused, want %d", len(failed), n, n-most)
	}
	for _, err := range failed {
		s.Refused("a rival", err, full)
	}
}

// registered counts what somebody has registered, rivals or not.
func (s *suite) registered() {
	const n, most = 12, 3
	m, by := s.merchant(), s.user()
	full := errors.New("full")
	failed := expect.Rivals(n, func(int) error {
		p := s.place(m)
		e := event.New(catalog.PlaceCreated, string(p.ID), string(p.ID), string(by), s.now)
		_, err := s.Catalog.Register(s.Context(), catalog.Registration{Place: p, Event: e, Admit: func(around catalog.Around) error {
			before, err := around.Registered(by, s.now.Add(-time.Hour))
			if err == nil && before >= most {
				err = full
			}
			return err
		}}, idempotency.Key{})
		return err
	})
	if len(failed) != n-most {
		s.Errorf("%d of %d rivals were refused, want %d", len(failed), n, n-most)
	}
}
