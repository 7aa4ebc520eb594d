package store_test

import (
	"context"
	"testing"
	"time"

	"corner/catalog"
	ev "corner/event"
	"corner/event/eventtest"
	"corner/once"
	"corner/store"
	"corner/store/storetest"
	"corner/uid"
)

func TestOutboxContract(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"sqlite", "postgres"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			eventtest.Outbox(t, func(t *testing.T) eventtest.Box { return box(t, storetest.Open(t, kind)) })
		})
	}
}

// box writes events with the changes of a place, where the caller has a say in the
// transaction. Each writer has a place of its own, so that none waits for another's.
func box(t *testing.T, db *store.DB) eventtest.Box {
	t.Helper()
	db.Routes = eventtest.Routes
	c := store.Catalog{DB: db}
	return eventtest.Box{Outbox: store.Outbox{DB: db}, Write: func(ctx context.Context, events func() ([]ev.Event, error)) error {
		now := time.Now()
		p := catalog.Place{ID: catalog.PlaceID(uid.New("plc", now)), State: catalog.Drafted, Version: 1}
		if _, err := c.AddPlace(ctx, p, once.Key{}, ev.New(catalog.PlaceCreated, string(p.ID), "", "", time.Now().Add(24*time.Hour))); err != nil {
			return err
		}
		_, err := c.UpdatePlace(ctx, p.ID, func(*catalog.Place) ([]ev.Event, error) { return events() })
		return err
	}}
}
