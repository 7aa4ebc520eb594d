package memindex

import "corner/catalog"

// categoryNumbers is the place of each category in a tree. A tree only grows at its end
// while the program runs, so numbers in segments stay right.
var categoryNumbers = catalog.OfTree(func(t *catalog.Tree) map[string]uint16 {
	m := make(map[string]uint16, len(t.List))
	for i, c := range t.List {
		m[c.Key] = uint16(i)
	}
	return m
})

// kinds is a set of categories, by their numbers.
type kinds []bool

// has reports whether a category is in the set. One of a later tree is not.
func (k kinds) has(category uint16) bool { return int(category) < len(k) && k[category] }

// below is the category and all under it, by key.
var below = catalog.OfTree(func(t *catalog.Tree) map[string]kinds {
	m := map[string]kinds{"": nil}
	for i, c := range t.List {
		for _, up := range t.Lineage(c.Key) {
			if m[up.Key] == nil {
				m[up.Key] = make(kinds, len(t.List))
			}
			m[up.Key][i] = true
		}
	}
	return m
})

// categoryIndex is the place of a category in the tree, or noCategory: a listing of a
// category that is not in it is found by all but its category, until it is put again.
func categoryIndex(tree *catalog.Tree, key string) uint16 {
	if i, ok := categoryNumbers(tree)[key]; ok {
		return i
	}
	return noCategory
}
