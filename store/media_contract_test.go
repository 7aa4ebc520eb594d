package store_test

import (
	"testing"

	"corner/media/mediatest"
	"corner/store"
	"corner/store/storetest"
)

func mediaWorld(db *store.DB) mediatest.World {
	db.Routes = mediatest.Routes
	return mediatest.World{People: store.Identity{DB: db}, Catalog: store.Catalog{DB: db}, Media: store.Media{DB: db}, Outbox: store.Outbox{DB: db}}
}

func TestMediaContract(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			mediatest.Store(t, func(t *testing.T) mediatest.World { return mediaWorld(storetest.Open(t, kind)) })
		})
	}
}
