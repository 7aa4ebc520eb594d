package catalogtest

import (
	"errors"
	"slices"
	"sync/atomic"
	"time"

	"corner/catalog"
	"corner/idempotency"
	"corner/internal/expect"
	"corner/money"
	"corner/uid"
)

func (s *suite) services() {
	p := must2(s.add(s.place(s.merchant()), idempotency.Key{}))(s)
	_ = s.happened()
	v := s.service(p.ID)
	s.Same("AddService", v, must2(s.offer(v, idempotency.Key{}))(s))
	s.Same("Service", v, must2(s.Catalog.Service(s.Context(), v.ID))(s))
	s.Same("events", []string{"service.created " + string(v.ID)}, s.happened())
	plain := catalog.Service{ID: catalog.ServiceID(uid.New("svc", s.now)), Place: p.ID, Price: money.Of(1<<62, "JPY")}
	must2(s.offer(plain, idempotency.Key{}))(s)
	s.Same("a service with little in it", plain, must2(s.Catalog.Service(s.Context(), plain.ID))(s))
	same := must2(s.Catalog.Place(s.Context(), p.ID))(s)
	s.Same("the place, which has not changed", p, same)

	_, err := s.Catalog.Service(s.Context(), "svc_0")
	s.Refused("Service of an unknown id", err, catalog.ErrServiceNotFound)
	_, err = s.offer(s.service("plc_0"), idempotency.Key{})
	s.Refused("AddService to an unknown place", err, catalog.ErrPlaceNotFound)
	if got := must2(s.Catalog.ServicesOf(s.Context(), "plc_0", "", 10))(s); len(got) != 0 {
		s.Errorf("ServicesOf an unknown place has %d, want none", len(got))
	}
}

func (s *suite) serviceKeys() {
	p := must2(s.add(s.place(s.merchant()), idempotency.Key{}))(s)
	const n = 20
	var ids [n]catalog.ServiceID
	key := s.key("usr_1", "k", "services.create", 1)
	if failed := expect.Rivals(n, func(i int) error {
		v, err := s.offer(s.service(p.ID), key)
		ids[i] = v.ID
		return err
	}); len(failed) > 0 {
		s.Fatalf("%d of %d calls with one key failed, want none: %v", len(failed), n, failed[0])
	}
	all := must2(s.Catalog.ServicesOf(s.Context(), p.ID, "", 100))(s)
	if len(all) != 1 || slices.ContainsFunc(ids[:], func(id catalog.ServiceID) bool { return id != all[0].ID }) {
		s.Errorf("rivals with one key: %d services stored, answers %v; want one, and all answered with it", len(all), ids)
	}
	_, err := s.offer(s.service(p.ID), s.key("usr_1", "k", "services.create", 2))
	s.Refused("other input under the key", err, idempotency.ErrReused)
}

func (s *suite) servicePages() {
	m := s.merchant()
	p, other := must2(s.add(s.place(m), idempotency.Key{}))(s), must2(s.add(s.place(m), idempotency.Key{}))(s)
	var want []catalog.ServiceID
	for _, end := range []string{"0", "A", "B", "_", "a", "b", "é"} {
		v := s.service(p.ID)
		v.ID = catalog.ServiceID("svc_" + end)
		must2(s.offer(v, idempotency.Key{}))(s)
		want = append(want, v.ID)
	}
	must2(s.offer(s.service(other.ID), idempotency.Key{}))(s)
	var got []catalog.ServiceID
	for after := catalog.ServiceID(""); ; {
		part := must2(s.Catalog.ServicesOf(s.Context(), p.ID, after, 2))(s)
		for _, v := range part {
			got = append(got, v.ID)
		}
		if len(part) < 2 || len(got) > 100 {
			break
		}
		after = got[len(got)-1]
		early := s.service(p.ID) // before where we are: it must not move the page
		early.ID = catalog.ServiceID("svc_!" + uid.New("x", time.Now()))
		must2(s.offer(early, idempotency.Key{}))(s)
	}
	s.Same("all pages of 2 while others write", want, got)
}

// lastServices: of rivals for the last rooms on the list, just so many get one.
func (s *suite) lastServices() {
	const left, n = 7, 25
	e := s.entry("osm:1", catalog.MaxServices-left)
	must2(s.Catalog.Import(s.Context(), []catalog.Entry{e}, catalog.Reread))(s)
	key := s.key("usr_1", "k", "services.create", 1)
	first := must2(s.offer(s.service(e.Place.ID), key))(s)
	var full atomic.Int64
	if failed := expect.Rivals(n, func(int) error {
		_, err := s.offer(s.service(e.Place.ID), idempotency.Key{})
		if errors.Is(err, catalog.ErrTooManyServices) {
			full.Add(1)
			return nil
		}
		return err
	}); len(failed) > 0 {
		s.Errorf("a rival failed: got %v, want ErrTooManyServices or success", failed[0])
	}
	if got := full.Load(); got != n-left+1 {
		s.Errorf("%d of %d rivals were refused, want %d", got, n, n-left+1)
	}
	if got := len(must2(s.Catalog.ServicesOf(s.Context(), e.Place.ID, "", 1000))(s)); got != catalog.MaxServices {
		s.Errorf("%d services are stored, want %d", got, catalog.MaxServices)
	}
	_, err := s.offer(s.service(e.Place.ID), s.key("usr_1", "k2", "services.create", 2))
	s.Refused("one more", err, catalog.ErrTooManyServices)
	s.Same("a repeat on a full list", first, must2(s.offer(s.service(e.Place.ID), key))(s))
}
