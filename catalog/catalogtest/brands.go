package catalogtest

import (
	"sync"
	"time"

	"corner/catalog"
	"corner/event"
	"corner/idempotency"
	"corner/identity"
)

func (s *suite) setBrand(m identity.MerchantID, on bool, chosen func(*catalog.Place) bool) (int, error) {
	return s.Catalog.SetBrand(
		s.Context(), catalog.Branding{Brand: "kfc", Merchant: m, On: on, At: s.now.Add(time.Minute)}, s.event(catalog.BrandGiven, string(m)),
		func(p catalog.PlaceID) event.Event { return s.event(catalog.PlaceBranded, string(p)) }, chosen,
	)
}

// brands: a brand that is given reaches the merchant's places that are chosen, with their histories, and goes from them again.
func (s *suite) brands() {
	m, other := s.merchant(), s.merchant()
	named := func(m identity.MerchantID) catalog.Place {
		s.Helper()
		p := s.place(m)
		p.Brand = ""
		return must2(s.add(p, idempotency.Key{}))(s)
	}
	first, second, third := named(m), named(m), named(other)
	one := func(p *catalog.Place) bool { return p.ID == first.ID || p.ID == third.ID }
	for want := 1; want >= 0; want-- { // again changes nothing
		n, err := s.setBrand(m, true, func(p *catalog.Place) bool { return one(p) && p.Brand == "" })
		if err != nil || n != want {
			s.Fatalf("%d places have changed, %v; want %d", n, err, want)
		}
	}
	brandOf := func(id catalog.PlaceID) string { return must2(s.Catalog.Place(s.Context(), id))(s).Brand }
	if a, b, c := brandOf(first.ID), brandOf(second.ID), brandOf(third.ID); a != "kfc" || b != "" || c != "" {
		s.Errorf("the places are of %q, %q and %q; want the first alone", a, b, c)
	}
	if p := must2(s.Catalog.Place(s.Context(), first.ID))(s); p.Version != first.Version+1 {
		s.Errorf("the version is %d, want %d", p.Version, first.Version+1)
	}
	last := must2(s.Catalog.History(s.Context(), first.ID, 0, 1))(s)
	if len(last) != 1 || last[0].Kind != catalog.PlaceBranded || len(last[0].Changes) != 1 || string(last[0].Changes[0].After) != `"kfc"` {
		s.Errorf("the history ends with %+v", last)
	}
	list := must2(s.Catalog.BrandMerchants(s.Context()))(s)
	if len(list) != 1 || list[0].Brand != "kfc" || list[0].Merchant != m || list[0].Name != "Lao Wang" {
		s.Errorf("the brands' merchants are %+v", list)
	}
	if n, err := s.setBrand(m, false, one); err != nil || n != 1 || brandOf(first.ID) != "" {
		s.Errorf("taken from %d places, %v", n, err)
	}
	if list := must2(s.Catalog.BrandMerchants(s.Context()))(s); len(list) != 0 {
		s.Errorf("after it was taken: %+v", list)
	}
	_, err := s.setBrand("mer_0", true, one)
	s.Refused("of no merchant", err, identity.ErrMerchantNotFound)
}

// brandRivals: of a brand that is given while places are registered, every place has it, whoever was first.
func (s *suite) brandRivals() {
	m := s.merchant()
	const n = 6
	var all sync.WaitGroup
	ids := make([]catalog.PlaceID, n)
	for i := range n {
		p := s.place(m)
		p.Brand, ids[i] = "", p.ID
		all.Go(func() {
			r := catalog.Registration{
				Place: p, Event: s.event(catalog.PlaceCreated, string(p.ID)),
				Brand: func(around catalog.Around) (string, error) {
					holds, err := around.HoldsBrand(m, "kfc")
					if !holds {
						return "", err
					}
					return "kfc", err
				},
			}
			if _, err := s.Catalog.Register(s.Context(), r, idempotency.Key{}); err != nil {
				s.Error(err)
			}
		})
	}
	all.Go(func() {
		if _, err := s.setBrand(m, true, func(p *catalog.Place) bool { return p.Brand == "" }); err != nil {
			s.Error(err)
		}
	})
	all.Wait()
	for _, id := range ids {
		if p := must2(s.Catalog.Place(s.Context(), id))(s); p.Brand != "kfc" {
			s.Errorf("a place that was registered beside is of brand %q", p.Brand)
		}
	}
}
