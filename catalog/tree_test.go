package catalog_test

import (
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"corner/catalog"
)

func added(key, parent string, words ...string) catalog.AddedCategory {
	return catalog.AddedCategory{
		Category: catalog.Category{Key: key, Parent: parent, En: "en " + key, Zh: "中" + key},
		Words:    words,
		Version:  1,
	}
}

func TestTreeWith(t *testing.T) {
	t.Parallel()
	size := len(catalog.BuiltIn.List)
	tree := catalog.BuiltIn.With([]catalog.AddedCategory{
		added(
			"kiosk",
			"tea_drinks",
			"摊",
		),
		added("cart", "kiosk"),
		added("noodles", "bar"),
		added("lost", "nowhere"),
		added("cart", "bar"),
		added("clinic_van", "public"),
	})
	var keys []string
	for _, c := range tree.List[size:] {
		keys = append(keys, c.Key)
	}
	if want := []string{"kiosk", "cart", "clinic_van"}; !slices.Equal(keys, want) || !slices.Equal(tree.List[:size], catalog.BuiltIn.List) {
		t.Fatalf("added %q after %d, want %q after the built-in ones", keys, size, want)
	}
	var line []string
	for _, c := range tree.Lineage("cart") {
		line = append(line, c.Key)
	}
	if want := []string{"cart", "kiosk", "tea_drinks", "dining"}; !slices.Equal(line, want) {
		t.Errorf("Lineage(cart) = %q, want %q", line, want)
	}
	if got, want := tree.Words("kiosk"), []string{"en kiosk", "中kiosk", "摊"}; !slices.Equal(got, want) {
		t.Errorf("Words(kiosk) = %q, want %q", got, want)
	}
	if got, want := tree.Words("cafe"), catalog.BuiltIn.Words("cafe"); !slices.Equal(got, want) {
		t.Errorf("Words(cafe) = %q, want %q as before", got, want)
	}
	if c, ok := tree.Category("noodles"); !ok || c.Parent != "dining" {
		t.Errorf("noodles = %v, want the built-in one", c)
	}
	if _, ok := catalog.BuiltIn.Category("kiosk"); ok || len(catalog.BuiltIn.List) != size {
		t.Error("With changed the tree that it was called on")
	}
}

// TestOfTree: many who ask at once get one value, made once.
func TestOfTree(t *testing.T) {
	t.Parallel()
	var made atomic.Int64
	size := catalog.OfTree(func(t *catalog.Tree) int { made.Add(1); return len(t.List) })
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if got := size(nil); got != len(catalog.BuiltIn.List) {
				t.Errorf("got %d, want %d", got, len(catalog.BuiltIn.List))
			}
		})
	}
	wg.Wait()
	if made.Load() != 1 {
		t.Errorf("made %d times of one tree, want once", made.Load())
	}
}
