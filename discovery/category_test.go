package discovery_test

import (
	"testing"

	"corner/catalog"
	"corner/discovery"
	"corner/discovery/discoverytest"
	"corner/event"
	"corner/idempotency"
	"corner/identity"
	"corner/index/memindex"
)

// TestCategoryOfAnotherInstance: an instance that is told of a place before it has read
// that its category was added reads it first.
func TestCategoryOfAnotherInstance(t *testing.T) {
	t.Parallel()
	h := open(t)
	n := catalog.NewCategory{Key: "milk_tea_kiosk", Parent: "tea_drinks", Naming: catalog.Naming{En: "Milk tea kiosk", Zh: "奶茶亭"}}
	if _, err := h.catalog.AddCategory(t.Context(), identity.Actor{User: h.owner.User, Operator: true}, n, idempotency.Key{}); err != nil {
		t.Fatal(err)
	}
	d := noodles(shanghai)
	d.Names.Main, d.Category = "小满", "milk_tea_kiosk"
	p := h.publish(t, h.place(t, d))

	for name, make := range map[string]func(*catalog.Trees) discovery.Index{
		"plain":    func(trees *catalog.Trees) discovery.Index { p := discoverytest.NewPlain(); p.Trees = trees; return p },
		"memindex": func(trees *catalog.Trees) discovery.Index { ix := memindex.New(); ix.Trees = trees; return ix },
	} {
		for way, put := range map[string]func(*discovery.Projector) error{
			"told": func(projector *discovery.Projector) error {
				return projector.Handle(t.Context(), []event.Event{event.New(catalog.PlacePublished, string(p.ID), string(p.ID), "", p.UpdatedAt)})
			},
			"rebuilt": func(projector *discovery.Projector) error { return projector.Reindex(t.Context(), nil) },
		} {
			another := &catalog.Catalog{Store: h.catalog.Store, Now: h.catalog.Now} // which has read no tree yet
			index := make(&another.Trees)
			finder := &discovery.Finder{Index: index, Trees: &another.Trees, Now: h.projector.Now}
			projector := &discovery.Projector{Index: index, Source: h.source, Catalog: another, Now: h.projector.Now}
			if err := index.Rebuild(t.Context(), func(func([]discovery.Listing) error) error { return nil }); err != nil {
				t.Fatal(err)
			}
			if err := put(projector); err != nil {
				t.Fatalf("%s, %s: %v", name, way, err)
			}
			for _, wish := range []discovery.Wish{{Category: "milk_tea_kiosk"}, {Category: "tea_drinks"}, {Category: "dining"}, {Text: "奶茶亭"}, {Text: "小满奶茶亭"}} {
				found, err := finder.Search(t.Context(), discovery.Request{Wish: wish, Center: shanghai, Radius: 500, Facets: true})
				if err != nil || len(found.Hits) != 1 || found.Hits[0].Listing.Place != p.ID || len(found.Facets.Categories) != 3 {
					t.Errorf("%s, %s: %q %q finds %+v, %v; want the kiosk", name, way, wish.Category, wish.Text, found, err)
				}
			}
		}
	}
}
