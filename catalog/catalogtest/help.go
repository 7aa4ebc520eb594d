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

// Place registers a draft of a merchant's, for tests of rooms that know none.
func Place(t *testing.T, s catalog.Store, m identity.MerchantID) catalog.PlaceID {
	t.Helper()
	now := time.Now().UTC().Truncate(time.Microsecond)
	p := catalog.Place{
		ID:        catalog.PlaceID(uid.New("plc", now)),
		Merchant:  m,
		State:     catalog.Drafted,
		Version:   1,
		CreatedAt: now,
		UpdatedAt: now,
	}
	e := event.New(catalog.PlaceCreated, string(p.ID), string(p.ID), "", now)
	if _, err := s.Register(t.Context(), catalog.Registration{Place: p, Event: e}, idempotency.Key{}); err != nil {
		t.Fatalf("register a place: %v", err)
	}
	return p.ID
}

// Leave takes a place from its merchant.
func Leave(t *testing.T, s catalog.Store, id catalog.PlaceID) {
	t.Helper()
	if _, err := s.UpdatePlace(t.Context(), id, func(p *catalog.Place) ([]event.Event, error) {
		e := event.New(catalog.PlaceReleased, string(p.ID), string(p.ID), "", time.Now())
		p.Merchant = ""
		return []event.Event{e}, nil
	}); err != nil {
		t.Fatalf("take a place from its merchant: %v", err)
	}
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
