package store_test

import (
	"context"
	"testing"

	"corner/catalog/catalogtest"
	ev "corner/event"
	"corner/event/eventtest"
	"corner/store"
	"corner/store/catalogsql"
	"corner/store/storetest"
)

func TestOutboxContract(t *testing.T) {
	t.Parallel()
	for _, kind := range storetest.Kinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			eventtest.Outbox(t, func(t *testing.T) eventtest.Box {
				db := storetest.Open(t, kind)
				db.Routes = eventtest.Routes
				return eventtest.Box{Outbox: store.Outbox{DB: db}, Write: func(ctx context.Context, events func() ([]ev.Event, error)) error {
					return catalogtest.Write(ctx, catalogsql.Store{DB: db}, events)
				}}
			})
		})
	}
}
