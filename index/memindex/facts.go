package memindex

import (
	"sync"

	"corner/catalog"
)

// categoryNumbers is the place of each category in catalog.Categories.
var categoryNumbers = sync.OnceValue(func() map[string]uint8 {
	m := make(map[string]uint8, len(catalog.Categories))
	for i, c := range catalog.Categories {
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
var below = sync.OnceValue(func() map[string]*kinds {
	m := map[string]*kinds{"": &anyKind}
	for i, c := range catalog.Categories {
		for _, up := range catalog.Lineage(c.Key) {
			if m[up.Key] == nil {
				m[up.Key] = new(kinds)
			}
			m[up.Key][i] = true
		}
	}
	return m
})

// categoryIndex is the place of a category in catalog.Categories, or noCategory.
func categoryIndex(key string) uint8 {
	if i, ok := categoryNumbers()[key]; ok {
		return i
	}
	return noCategory
}
