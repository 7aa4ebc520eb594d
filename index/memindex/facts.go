package memindex

import "corner/catalog"

// otherCategory is the number of all categories that have none of their own: those behind
// the first 255 of the tree, and those that are not in it. A segment counts categories in a
// byte; of these few the listing itself is asked.
const otherCategory = 255

// categoryNumbers is the place of each of the first categories in a tree. A tree only grows
// at its end while the program runs, so numbers in segments stay right.
var categoryNumbers = catalog.OfTree(func(t *catalog.Tree) map[string]uint8 {
	m := make(map[string]uint8, len(t.List))
	for i, c := range t.List[:min(len(t.List), otherCategory)] {
		m[c.Key] = uint8(i)
	}
	return m
})

// categoryIndex is the number of a category. A listing of one that is not in the tree is
// found by all but its category, until it is put again.
func categoryIndex(tree *catalog.Tree, key string) uint8 {
	if i, ok := categoryNumbers(tree)[key]; ok {
		return i
	}
	return otherCategory
}

// kinds is a set of categories.
type kinds struct {
	has    [256]bool // by number; of otherCategory: some of them
	others map[string]bool
}

// below is the category and all under it, by key.
var below = catalog.OfTree(func(t *catalog.Tree) map[string]*kinds {
	m := map[string]*kinds{"": new(kinds)}
	for i, c := range t.List {
		for _, up := range t.Lineage(c.Key) {
			k := m[up.Key]
			if k == nil {
				k = new(kinds)
				m[up.Key] = k
			}
			if i < otherCategory {
				k.has[i] = true
				continue
			}
			if k.has[otherCategory] = true; k.others == nil {
				k.others = map[string]bool{}
			}
			k.others[c.Key] = true
		}
	}
	return m
})
