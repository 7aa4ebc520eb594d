package catalogtest

import (
	"errors"
	"sync/atomic"

	"corner/catalog"
	"corner/event"
	"corner/idempotency"
	"corner/identity"
	"corner/internal/expect"
)

// close closes a merchant.
func (s *suite) close(m catalog.Merchant) (catalog.Merchant, error) {
	return s.Catalog.UpdateMerchant(s.Context(), m.ID, func(m *catalog.Merchant) ([]event.Event, error) {
		m.ClosedAt = s.now
		return []event.Event{s.event(catalog.MerchantChanged, string(m.ID))}, nil
	})
}

// merchantCloses: a transaction that holds a merchant and the one that closes it wait for each other,
// so that no place comes to a merchant that has closed.
func (s *suite) merchantCloses() {
	for range 5 {
		m := must2(s.Catalog.Merchant(s.Context(), s.merchant()))(s)
		register := func() error {
			r := catalog.Registration{Place: s.place(m.ID), Event: s.event(catalog.PlaceCreated, "a")}
			r.Admit = func(around catalog.Around) error {
				closed, err := around.MerchantClosed(m.ID, true)
				if closed {
					return catalog.ErrMerchantClosed
				}
				return err
			}
			_, err := s.Catalog.Register(s.Context(), r, idempotency.Key{})
			return err
		}
		s.Refused("a place of a merchant that goes on", register(), nil)
		var before atomic.Int64
		failed := expect.Rivals(8, func(i int) error {
			if i != 3 {
				return register()
			}
			_, err := s.close(m)
			list, readable := s.Catalog.PlacesOf(s.Context(), m.ID, identity.Branches{}, false, "", 100)
			before.Store(int64(len(list)))
			return errors.Join(err, readable)
		})
		for _, err := range failed {
			s.Refused("a rival of the one that closes", err, catalog.ErrMerchantClosed)
		}
		after := must2(s.Catalog.PlacesOf(s.Context(), m.ID, identity.Branches{}, false, "", 100))(s)
		if len(after) != int(before.Load()) {
			s.Errorf("there were %d places when the merchant had closed, and %d later", before.Load(), len(after))
		}
		s.Refused("a place of one that has closed", register(), catalog.ErrMerchantClosed)
		got := must2(s.Catalog.Merchant(s.Context(), m.ID))(s)
		s.Same("the merchant closed at", s.now, got.ClosedAt)
	}
}
