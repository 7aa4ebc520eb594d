package catalogtest

import (
	"errors"
	"fmt"
	"time"

	"corner/catalog"
	"corner/event"
	"corner/idempotency"
	"corner/identity"
	"corner/internal/expect"
)

// did is a history without the changes: seq, kind, subject, version.
func did(list []catalog.Revision) (all []string) {
	for _, r := range list {
		all = append(all, fmt.Sprintf("%d %s %s v%d", r.Seq, r.Kind, r.Subject, r.Version))
	}
	return all
}

// history: every change adds one revision, with who, when and what, in its transaction.
func (s *suite) history() {
	p := s.place(s.merchant())
	must2(s.add(p, idempotency.Key{}))(s)
	e := event.New(catalog.PlaceChanged, string(p.ID), string(p.ID), "usr_1", s.now.Add(time.Hour))
	must2(s.Catalog.UpdatePlace(s.Context(), p.ID, func(p *catalog.Place) ([]event.Event, error) {
		p.Phone, p.Address, p.Attributes, p.Traits = "", "二楼", []string{"wifi"}, 0
		return []event.Event{e}, nil
	}))(s)
	v := s.service(p.ID)
	must2(s.offer(v, idempotency.Key{}))(s)
	must2(s.Catalog.UpdateService(s.Context(), v.ID, func(v *catalog.Service, _ catalog.Seller) ([]event.Event, error) {
		v.Name = "粗洗"
		return []event.Event{s.event(catalog.ServiceChanged, string(v.ID))}, nil
	}))(s)
	no := errors.New("no")
	_, err := s.Catalog.UpdatePlace(s.Context(), p.ID, func(*catalog.Place) ([]event.Event, error) { return nil, no })
	s.Refused("a change that fails", err, no)
	want := []string{
		fmt.Sprintf("4 service.changed %s v2", v.ID), fmt.Sprintf("3 service.created %s v1", v.ID),
		fmt.Sprintf("2 place.changed %s v2", p.ID), fmt.Sprintf("1 place.created %s v1", p.ID),
	}
	all := must2(s.Catalog.History(s.Context(), p.ID, 0, 10))(s)
	s.Same("History", want, did(all))
	s.Same("what was changed", catalog.Revision{
		Place: p.ID, Seq: 2, Subject: string(p.ID), Kind: catalog.PlaceChanged, Version: 2, Actor: identity.UserID("usr_1"), At: e.At,
		Changes: []catalog.Change{
			{Field: "address", Before: []byte(`"人民路 1\n二楼"`), After: []byte(`"二楼"`)},
			{Field: "phone", Before: []byte(`"+8613800138000"`)},
			{Field: "attributes", Before: []byte(`["parking","wifi"]`), After: []byte(`["wifi"]`)},
			{Field: "wheelchair", Before: []byte(`"yes"`)},
		},
	}, all[2])
	s.Same("the first page", want[:2], did(must2(s.Catalog.History(s.Context(), p.ID, 0, 2))(s)))
	s.Same("the page after it", want[2:], did(must2(s.Catalog.History(s.Context(), p.ID, 3, 2))(s)))
	s.Same("of nobody", 0, len(must2(s.Catalog.History(s.Context(), "plc_0", 0, 2))(s)))
}

// historyRivals: numbers have no gap and come once, whoever writes.
func (s *suite) historyRivals() {
	p := must2(s.add(s.place(s.merchant()), idempotency.Key{}))(s)
	const n = 20
	if failed := expect.Rivals(n, func(i int) error {
		if i%2 == 0 {
			_, err := s.touch(p.ID)
			return err
		}
		_, err := s.offer(s.service(p.ID), idempotency.Key{})
		return err
	}); len(failed) > 0 {
		s.Fatalf("%d of %d rivals failed, want none: %v", len(failed), n, failed[0])
	}
	all := must2(s.Catalog.History(s.Context(), p.ID, 0, 100))(s)
	if len(all) != n+1 {
		s.Fatalf("%d revisions, want %d", len(all), n+1)
	}
	for i, r := range all {
		if r.Seq != int64(n+1-i) {
			s.Errorf("revision %d has number %d, want %d", i, r.Seq, n+1-i)
		}
	}
}
