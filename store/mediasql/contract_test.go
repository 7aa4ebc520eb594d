package mediasql_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corner/catalog"
	"corner/discovery"
	"corner/media"
	"corner/media/mediatest"
	"corner/store"
	"corner/store/catalogsql"
	"corner/store/discoverysql"
	"corner/store/identitysql"
	"corner/store/mediasql"
	"corner/store/storetest"
)

func mediaWorld(db *store.DB) mediatest.World {
	db.Routes = mediatest.Routes
	return mediatest.World{
		People:  identitysql.Store{DB: db},
		Catalog: catalogsql.Store{DB: db},
		Media:   mediasql.Store{DB: db},
		Outbox:  store.Outbox{DB: db},
	}
}

func TestMediaContract(t *testing.T) {
	t.Parallel()
	for _, kind := range storetest.Kinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			mediatest.Store(t, func(t *testing.T) mediatest.World { return mediaWorld(storetest.Open(t, kind)) })
			t.Run("uploads", func(t *testing.T) {
				mediatest.Uploads(t, func(t *testing.T) media.Uploads { return mediasql.Store{DB: storetest.Open(t, kind)} })
			})
		})
	}
}

// TestListingsHaveCovers: a listing names the photo that media.Cover picks.
func TestListingsHaveCovers(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w, now := mediaWorld(db), time.Now()
		want := map[catalog.PlaceID]string{}
		var ids []catalog.PlaceID
		for _, kinds := range [][]media.Kind{
			nil,
			{media.Item},
			{media.Interior, media.Storefront},
			{media.Storefront, media.Storefront},
			{media.Equipment, media.Item, media.Interior},
		} {
			shop := w.Shop(t, now, catalog.Published)
			for _, kind := range kinds {
				p := shop.Photo(now)
				p.Kind = kind
				w.Hang(t, p)
			}
			photos, err := w.Media.PhotosOf(t.Context(), shop.Place.ID)
			if err != nil {
				t.Fatal(err)
			}
			cover, _ := media.Cover(photos)
			want[shop.Place.ID], ids = string(cover), append(ids, shop.Place.ID)
		}
		source := discoverysql.Store{DB: db}
		read, err := source.Listings(t.Context(), ids)
		if err != nil {
			t.Fatal(err)
		}
		live, err := source.Live(t.Context(), "", 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, listings := range [][]discovery.Listing{read, live} {
			got := map[catalog.PlaceID]string{}
			for _, l := range listings {
				got[l.Place] = l.Photo
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("covers (-want +got):\n%s", diff)
			}
		}
	})
}
