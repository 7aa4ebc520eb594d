package catalogtest

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"corner/catalog"
	"corner/event"
	"corner/idempotency"
	"corner/identity"
	"corner/internal/expect"
)

// dishes are n services of a place's, in the order of ids.
func (s *suite) dishes(p catalog.PlaceID, batch string, n int) []catalog.Service {
	list := make([]catalog.Service, n)
	for i := range list {
		list[i] = s.service(p)
		list[i].Batch = batch
	}
	slices.SortFunc(list, func(a, b catalog.Service) int { return compare(a.ID, b.ID) })
	return list
}

func (s *suite) menu() {
	p := must2(s.add(s.place(s.merchant()), idempotency.Key{}))(s)
	_ = s.happened()
	list := s.dishes(p.ID, "bat_1", 230)
	e := s.event(catalog.MenuCreated, string(p.ID))
	s.Same("AddServices", list, must2(s.Catalog.AddServices(s.Context(), list, idempotency.Key{}, e, catalog.FitsMenu))(s))
	s.Same("ServicesOf", list, must2(s.Catalog.ServicesOf(s.Context(), p.ID, "", 1000))(s))
	s.Same("events", []string{"menu.created " + string(p.ID)}, s.happened())
	if n := len(must2(s.Catalog.History(s.Context(), p.ID, 0, 1000))(s)); n != 231 {
		s.Errorf("the history has %d revisions, want one of the place and 230 of its services", n)
	}
	bad := s.dishes(p.ID, "bat_2", 130)
	bad[120].ID = list[0].ID // taken
	if _, err := s.Catalog.AddServices(s.Context(), bad, idempotency.Key{}, e, catalog.FitsMenu); err == nil {
		s.Error("AddServices with an id that is taken went well, want an error")
	}
	if n := len(must2(s.Catalog.ServicesOf(s.Context(), p.ID, "", 1000))(s)); n != 230 {
		s.Errorf("after a batch that failed: %d services, want 230", n)
	}
	s.Same("nothing", 0, len(must2(s.Catalog.AddServices(s.Context(), nil, idempotency.Key{}, e, catalog.FitsMenu))(s)))
}

// menuKeys: rivals with one key are answered alike.
func (s *suite) menuKeys() {
	p := must2(s.add(s.place(s.merchant()), idempotency.Key{}))(s)
	const n = 8
	key := s.key("usr_1", "k", "services.create_many", 1)
	var answers [n][]catalog.Service
	if failed := expect.Rivals(n, func(i int) (err error) {
		answers[i], err = s.Catalog.AddServices(
			s.Context(),
			s.dishes(p.ID, fmt.Sprint("bat_", i), 20),
			key,
			s.event(catalog.MenuCreated, string(p.ID)),
			catalog.FitsMenu,
		)
		return err
	}); len(failed) > 0 {
		s.Fatalf("%d of %d calls with one key failed, want none: %v", len(failed), n, failed[0])
	}
	stored := must2(s.Catalog.ServicesOf(s.Context(), p.ID, "", 1000))(s)
	for _, a := range answers {
		s.Same("an answer", stored, a)
	}
}

func (s *suite) menuTooLong() {
	e := s.entry("osm:1", catalog.MaxServices-10)
	must2(s.Catalog.Import(s.Context(), []catalog.Entry{e}, catalog.Reread))(s)
	add := func(n int) error {
		_, err := s.Catalog.AddServices(
			s.Context(),
			s.dishes(e.Place.ID, "bat_1", n),
			idempotency.Key{},
			s.event(catalog.MenuCreated, "x"),
			catalog.FitsMenu,
		)
		return err
	}
	s.Refused("11 of 10", add(11), catalog.ErrTooManyServices)
	s.Refused("10 of 10", add(10), nil)
	s.retire(e.Services[0].ID)
	s.Refused("one more, in the place of one retired", add(1), nil)
	_, err := s.Catalog.AddServices(
		s.Context(),
		s.dishes("plc_0", "bat_1", 1),
		idempotency.Key{},
		s.event(catalog.MenuCreated, "x"),
		catalog.FitsMenu,
	)
	s.Refused("of an unknown place", err, catalog.ErrPlaceNotFound)
}

func (s *suite) retire(id catalog.ServiceID) catalog.Service {
	s.Helper()
	return must2(s.Catalog.UpdateService(s.Context(), id, func(v *catalog.Service, _ catalog.Seller) ([]event.Event, error) {
		v.RetiredAt, v.Bookable = s.now, false
		return []event.Event{s.event(catalog.ServiceChanged, string(v.ID))}, nil
	}))(s)
}

// updateService: every rival's change is made to the state the one before left; what is
// retired is read, and not listed.
func (s *suite) updateService() {
	p := must2(s.add(s.place(s.merchant()), idempotency.Key{}))(s)
	v := must2(s.offer(s.service(p.ID), idempotency.Key{}))(s)
	_ = s.happened()
	const n = 20
	if failed := expect.Rivals(n, func(int) error {
		_, err := s.Catalog.UpdateService(s.Context(), v.ID, func(v *catalog.Service, _ catalog.Seller) ([]event.Event, error) {
			v.Description = fmt.Sprint(v.Version)
			return []event.Event{s.event(catalog.ServiceChanged, string(v.ID))}, nil
		})
		return err
	}); len(failed) > 0 {
		s.Fatalf("%d of %d rivals failed, want none: %v", len(failed), n, failed[0])
	}
	got := must2(s.Catalog.Service(s.Context(), v.ID))(s)
	if got.Version != n+1 || got.Description != fmt.Sprint(n) || len(s.happened()) != n {
		s.Errorf("at the end: version %d made from %s, want %d made from %d, and as many events", got.Version, got.Description, n+1, n)
	}
	no := errors.New("no")
	_, err := s.Catalog.UpdateService(s.Context(), v.ID, func(v *catalog.Service, _ catalog.Seller) ([]event.Event, error) {
		v.Name = "changed"
		return []event.Event{s.event(catalog.ServiceChanged, "x")}, no
	})
	s.Refused("change fails", err, no)
	s.Same("the service then", got, must2(s.Catalog.Service(s.Context(), v.ID))(s))
	_, err = s.Catalog.UpdateService(s.Context(), "svc_0", func(*catalog.Service, catalog.Seller) ([]event.Event, error) { return nil, nil })
	s.Refused("an unknown service", err, catalog.ErrServiceNotFound)

	must2(s.Catalog.UpdatePlaceAmong(s.Context(), p.ID, func(_ *catalog.Place, around catalog.Around) ([]event.Event, error) {
		s.Same("takes bookings", true, must2(around.TakesBookings())(s))
		return nil, nil
	}))(s)
	gone := s.retire(v.ID)
	s.Same("a retired service", gone, must2(s.Catalog.Service(s.Context(), v.ID))(s))
	s.Same("on sale", 0, len(must2(s.Catalog.ServicesOf(s.Context(), p.ID, "", 10))(s)))
	must2(s.Catalog.UpdatePlaceAmong(s.Context(), p.ID, func(_ *catalog.Place, around catalog.Around) ([]event.Event, error) {
		s.Same("takes bookings, all retired", false, must2(around.TakesBookings())(s))
		return nil, nil
	}))(s)
}

// serviceOrder: by position and then by id, on every page; one that is gone still says
// where the next page begins.
func (s *suite) serviceOrder() {
	p := must2(s.add(s.place(s.merchant()), idempotency.Key{}))(s)
	var want []catalog.ServiceID
	for i, position := range []int{3, 0, 2, 0, 1, 3} {
		v := s.service(p.ID)
		v.ID, v.Position = catalog.ServiceID(fmt.Sprint("svc_", i)), position
		must2(s.offer(v, idempotency.Key{}))(s)
	}
	want = []catalog.ServiceID{"svc_1", "svc_3", "svc_4", "svc_2", "svc_0", "svc_5"}
	var got []catalog.ServiceID
	for after := catalog.ServiceID(""); len(got) < 10; after = got[len(got)-1] {
		part := must2(s.Catalog.ServicesOf(s.Context(), p.ID, after, 2))(s)
		for _, v := range part {
			got = append(got, v.ID)
		}
		if len(part) < 2 {
			break
		}
		if after == "" {
			s.retire(got[1])
		}
	}
	s.Same("all pages of 2", want, got)
}

func (s *suite) updateMerchant() {
	id := s.merchant()
	_ = s.happened()
	got := must2(s.Catalog.UpdateMerchant(s.Context(), id, func(m *catalog.Merchant) ([]event.Event, error) {
		m.Name, m.UpdatedAt = "老王 2", s.now.Add(time.Hour)
		return []event.Event{s.event(catalog.MerchantChanged, string(id))}, nil
	}))(s)
	if got.Name != "老王 2" || got.Version != 1 {
		s.Errorf("UpdateMerchant: %q, version %d; want the new name, one more than 0", got.Name, got.Version)
	}
	s.Same("Merchant", got, must2(s.Catalog.Merchant(s.Context(), id))(s))
	s.Same("events", []string{"merchant.changed " + string(id)}, s.happened())
	no := errors.New("no")
	_, err := s.Catalog.UpdateMerchant(s.Context(), id, func(*catalog.Merchant) ([]event.Event, error) { return nil, no })
	s.Refused("change fails", err, no)
	_, err = s.Catalog.UpdateMerchant(s.Context(), "mer_0", func(*catalog.Merchant) ([]event.Event, error) { return nil, nil })
	s.Refused("an unknown merchant", err, identity.ErrMerchantNotFound)
}

// sellerRivals: a place that goes to another category or merchant, and who puts something bookable on
// its list meanwhile, see each other: one of them is refused.
func (s *suite) sellerRivals() {
	public, no := "toilets", errors.New("no")
	for range 8 {
		p := must2(s.add(s.place(s.merchant()), idempotency.Key{}))(s)
		kept := s.service(p.ID)
		kept.Bookable = false
		must2(s.offer(kept, idempotency.Key{}))(s)
		failed := expect.Rivals(6, func(i int) (err error) {
			switch i % 3 {
			case 0:
				_, err = s.Catalog.UpdatePlaceAmong(s.Context(), p.ID, func(p *catalog.Place, around catalog.Around) ([]event.Event, error) {
					sells, err := around.TakesBookings()
					if err == nil && sells {
						err = no
					}
					p.Category = public
					return []event.Event{s.event(catalog.PlaceChanged, string(p.ID))}, err
				})
			case 1:
				_, err = s.Catalog.AddService(s.Context(), s.service(p.ID), idempotency.Key{}, s.event(catalog.ServiceCreated, "x"),
					func(by catalog.Seller) error {
						if by.Place.Category == public {
							return no
						}
						return nil
					})
			default:
				_, err = s.Catalog.UpdateService(s.Context(), kept.ID, func(v *catalog.Service, by catalog.Seller) ([]event.Event, error) {
					if by.Place.Category == public {
						return nil, no
					}
					v.Bookable = true
					return []event.Event{s.event(catalog.ServiceChanged, string(v.ID))}, nil
				})
			}
			return err
		})
		for _, err := range failed {
			s.Refused("a rival", err, no)
		}
		is := must2(s.Catalog.Place(s.Context(), p.ID))(s)
		for _, v := range must2(s.Catalog.ServicesOf(s.Context(), p.ID, "", 100))(s) {
			if is.Category == public && v.Bookable {
				s.Fatal("a public place sells something bookable")
			}
		}
	}
}

// seller: a change is shown the place as it is.
func (s *suite) seller() {
	m := s.merchant()
	p := must2(s.add(s.place(m), idempotency.Key{}))(s)
	v := must2(s.offer(s.service(p.ID), idempotency.Key{}))(s)
	shown := func(what string, want catalog.Seller) {
		s.Helper()
		_, err := s.Catalog.UpdateService(s.Context(), v.ID, func(_ *catalog.Service, by catalog.Seller) ([]event.Event, error) {
			s.Same("what a change is shown "+what, want, by)
			return nil, nil
		})
		s.Refused("a change of nothing", err, nil)
		no := errors.New("no")
		want.OnSale = 2
		_, err = s.Catalog.AddService(s.Context(), s.service(p.ID), idempotency.Key{}, s.event(catalog.ServiceCreated, "x"),
			func(by catalog.Seller) error {
				s.Same("what an addition is shown "+what, want, by)
				return no
			})
		s.Refused("what is not admitted", err, no)
	}
	shown("at first", catalog.Seller{Place: p})
	must2(s.close(must2(s.Catalog.Merchant(s.Context(), m))(s)))(s)
	shown("when the merchant has closed", catalog.Seller{Place: p, Closed: true})
}
