package memindex

import "corner/catalog"

// categoryNumbers is the place of each category in the present tree. A tree only grows at
// its end while the program runs, so numbers in segments stay right.
var categoryNumbers = catalog.OfTree(func(t *catalog.Tree) map[string]uint8 {
	m := make(map[string]uint8, len(t.List))
	for i, c := range t.List {
		m[c.Key] = uint8(i)
	}
	return m
})

// kinds is a set of categories.
type kinds [256]bool

var anyKind = func() (all kinds) {
	for i := range all {
		all[i] = true
	}
	return all
}()

// below is the category and all under it, by key.
var below = catalog.OfTree(func(t *catalog.Tree) map[string]*kinds {
	m := map[string]*kinds{"": &anyKind}
	for i, c := range t.List {
		for _, up := range t.Lineage(c.Key) {
			if m[up.Key] == nil {
				m[up.Key] = new(kinds)
			}
			m[up.Key][i] = true
		}
	}
	return m
})

// categoryIndex is the place of a category in the present tree, or noCategory: a listing
// of a category that is not in it is found by all but its category, until it is put again.
func categoryIndex(key string) uint8 {
	if i, ok := categoryNumbers()[key]; ok {
		return i
	}
	return noCategory
}
