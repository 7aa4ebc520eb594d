package memindex

import (
	"cmp"
	"slices"
	"strconv"

	"corner/catalog"
	"corner/discovery"
)

// tally counts what a search finds.
type tally struct {
	total                                  int
	categories, attributes, brands, tenths map[string]int
}

func newTally() *tally {
	return &tally{categories: map[string]int{}, attributes: map[string]int{}, brands: map[string]int{}, tenths: map[string]int{}}
}

func (t *tally) add(l *discovery.Listing) {
	t.total++
	t.categories[l.Category]++
	for _, a := range l.Attributes {
		t.attributes[a]++
	}
	if l.Brand != "" {
		t.brands[l.Brand]++
	}
	for _, step := range discovery.TenthsSteps {
		if l.Rating.Tenths() >= step {
			t.tenths[strconv.Itoa(step)]++
		}
	}
}

func (t *tally) facets() *discovery.Facets {
	above := map[string]int{}
	for key, n := range t.categories {
		for _, c := range catalog.Lineage(key) {
			above[c.Key] += n
		}
	}
	return &discovery.Facets{Total: t.total, Categories: counts(above), Attributes: counts(t.attributes), Brands: counts(t.brands), Tenths: counts(t.tenths)}
}

func counts(m map[string]int) []discovery.Count {
	list := make([]discovery.Count, 0, len(m))
	for key, n := range m {
		list = append(list, discovery.Count{Key: key, N: n})
	}
	slices.SortFunc(list, func(a, b discovery.Count) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Key, b.Key)) })
	return list[:min(len(list), discovery.MaxFacet)]
}
