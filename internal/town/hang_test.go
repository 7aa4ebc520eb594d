package town_test

import (
	"bytes"
	"image/jpeg"
	"testing"

	"corner/catalog"
	"corner/identity"
	"corner/internal/town"
	"corner/kv/memkv"
	"corner/media"
	"corner/media/cloudblob"
	"corner/store/discoverysql"
	"corner/store/mediasql"
	"corner/store/storetest"
)

func TestPaint(t *testing.T) {
	t.Parallel()
	one, two := town.Make(7), town.Make(7)
	seen := map[media.Digest]bool{}
	for i := range 20 {
		a, err := one.Paint(i)
		if err != nil {
			t.Fatal(err)
		}
		b, err := two.Paint(i)
		if err != nil || !bytes.Equal(a, b) {
			t.Errorf("listing %d of two towns of one seed looks different, %v", i, err)
		}
		if _, err := jpeg.Decode(bytes.NewReader(a)); err != nil {
			t.Errorf("listing %d: %v", i, err)
		}
		seen[media.DigestOf(a)] = true
	}
	if len(seen) != 20 {
		t.Errorf("20 shops have %d fronts between them", len(seen))
	}
}

// TestHang: the best known places get a photo each, once, the showcase among them.
func TestHang(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, "sqlite")
	tn, parts := town.Make(1), partsOf(db)
	if err := tn.Settle(t.Context(), parts, nil); err != nil {
		t.Fatal(err)
	}
	blobs, err := cloudblob.Open(t.Context(), "mem:")
	if err != nil {
		t.Fatal(err)
	}
	defer blobs.Close()
	g := town.Gallery{
		Album: &media.Album{
			KV: memkv.New(memkv.Bounds{}), PerDay: 1_000,
			Store: mediasql.Store{
				DB: db,
			},
			Blobs:    blobs,
			Catalog:  parts.Catalog,
			Darkroom: media.NewDarkroom(media.InProcess{}, media.DarkroomMemory, 4),
			Now:      parts.Clock.Now,
		},
		Places:  map[string]catalog.PlaceID{},
		OwnerOf: parts.Enrol,
	}
	source := discoverysql.Store{DB: db}
	covers := func() (n int, showcase bool) {
		listings, err := source.Live(t.Context(), "", 10_000)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range listings {
			g.Places[l.Source] = l.Place
			if l.Photo != "" {
				n++
				showcase = showcase || l.Names.Main == tn.Showcase.Query
			}
		}
		return n, showcase
	}
	covers()
	for round, want := range []int{60, 0} {
		hung, err := tn.Hang(t.Context(), g)
		if err != nil || hung != want {
			t.Errorf("round %d: %d photos, %v; want %d", round, hung, err, want)
		}
	}
	if n, showcase := covers(); n != 60 || !showcase {
		t.Errorf("%d places have a cover, the showcase %v; want 60, and the showcase too", n, showcase)
	}
	place := g.Places[tn.Listings[tn.Showcase.Listing].Source]
	photos, err := g.Album.Photos(t.Context(), identity.Actor{}, place, "", 10)
	if err != nil || len(photos) != 1 || photos[0].Kind != media.Storefront || photos[0].Width != 640 {
		t.Errorf("photos of the showcase: %+v, %v; want its shopfront", photos, err)
	}
}
