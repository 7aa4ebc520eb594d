package catalogtest

import (
	"context"
	"testing"
	"time"

	"corner/catalog"
	"corner/event"
	"corner/idempotency"
	"corner/identity"
	"corner/uid"
)

// Merchant registers a business of the owner's, for tests of rooms that know none.
func Merchant(t *testing.T, s catalog.Store, owner identity.UserID) identity.MerchantID {
	t.Helper()
	now := time.Now().UTC().Truncate(time.Microsecond)
	m := catalog.Merchant{ID: identity.MerchantID(uid.New("mer", now)), Name: "Lao Wang", CreatedAt: now}
	e := event.New(catalog.MerchantCreated, string(m.ID), "", string(owner), now)
	if _, err := s.AddMerchant(t.Context(), m, owner, idempotency.Key{}, nil, e); err != nil {
		t.Fatalf("register a merchant: %v", err)
	}
	return m.ID
}

// Write commits a transaction that writes any events, for tests of the outbox: the
// change of a place, where the caller has a say in the transaction. Each call has a
// place of its own, so that no writer waits for another.
func Write(ctx context.Context, s catalog.Store, events func() ([]event.Event, error)) error {
	now := time.Now()
	p := catalog.Place{ID: catalog.PlaceID(uid.New("plc", now)), State: catalog.Drafted, Version: 1}
	// The event of the place itself is told to nobody, and too young to be purged.
	e := event.New("catalogtest.place", string(p.ID), "", "", now.Add(24*time.Hour))
	if _, err := s.Register(ctx, catalog.Registration{Place: p, Event: e}, idempotency.Key{}); err != nil {
		return err
	}
	_, err := s.UpdatePlace(ctx, p.ID, func(*catalog.Place) ([]event.Event, error) { return events() })
	return err
}
