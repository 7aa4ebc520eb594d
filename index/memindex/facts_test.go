package memindex_test

import (
	"fmt"
	"testing"

	"corner/catalog"
	"corner/discovery"
	"corner/geo"
	"corner/index/memindex"
)

// TestManyCategories: of more categories than a byte can number each is found, counted, and
// found under those above it.
func TestManyCategories(t *testing.T) {
	t.Parallel()
	const n = 400
	added := make([]catalog.AddedCategory, n)
	for i := range added {
		added[i] = catalog.AddedCategory{Category: catalog.Category{Key: fmt.Sprint("kind_", i), Parent: "bar", En: "x", Zh: "x"}}
		if i > 0 && i%2 == 0 {
			added[i].Parent = added[i-1].Key
		}
	}
	tree := catalog.BuiltIn.With(added)
	ix := memindex.New()
	ix.Trees = new(catalog.Trees)
	ix.Trees.Set(tree)
	here := geo.Point{Lat: 31.3, Lng: 120.6}
	err := ix.Rebuild(t.Context(), func(put func([]discovery.Listing) error) error {
		var all []discovery.Listing
		for i := range added {
			all = append(all, discovery.Listing{
				Place: catalog.PlaceID(fmt.Sprint("plc_", i)), Version: 1, Live: true, Point: here, Category: added[i].Key, Zone: "Asia/Shanghai",
			})
		}
		return put(all)
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ix.Close() })
	count := func(category string) int {
		t.Helper()
		q := discovery.Query{
			Center: here, Radius: 1_000, Category: category, Tree: tree, Sort: discovery.ByDistance, Limit: 100, Facets: true,
		}
		page, err := ix.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if len(page.Hits) != min(page.Facets.Total, 100) {
			t.Errorf("%s: %d hits of %d", category, len(page.Hits), page.Facets.Total)
		}
		return page.Facets.Total
	}
	for category, want := range map[string]int{"": n, "dining": n, "bar": n, "cafe": 0, "kind_0": 1, "kind_1": 2, "kind_398": 1, "kind_399": 1, "kind_397": 2} {
		if got := count(category); got != want {
			t.Errorf("%d places of %q, want %d", got, category, want)
		}
	}
	page, err := ix.Search(t.Context(), discovery.Query{
		Center: here, Radius: 1_000, Category: "kind_397", Tree: tree, Sort: discovery.ByDistance, Limit: 10, Facets: true,
	})
	if err != nil || fmt.Sprint(page.Facets.Categories) != "[{bar 2} {dining 2} {kind_397 2} {kind_398 1}]" {
		t.Errorf("facets %v, %v", page.Facets.Categories, err)
	}
}
