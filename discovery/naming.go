package discovery

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"corner/catalog"
)

// naming finds the things of a list by their names, as places are found by theirs: as
// written and as read.
type naming struct {
	terms  [][]string // of each, sorted
	byTerm []named    // sorted
}

type named struct {
	term string
	n    int // of the list
}

// categoryNames are the categories of a tree, in its order.
type categoryNames struct {
	*naming
	list []catalog.Category
}

var categoryNamesOf = catalog.OfTree(func(t *catalog.Tree) categoryNames {
	return categoryNames{newNaming(len(t.List), func(n int) []string { return []string{t.List[n].En, t.List[n].Zh} }), t.List}
})

// brandNames are the brands, in the order of catalog.Brands.
var brandNames = sync.OnceValue(func() *naming {
	return newNaming(len(catalog.Brands), func(n int) []string { return catalog.Brands[n].Names() })
})

func newNaming(size int, names func(n int) []string) *naming {
	a := &naming{terms: make([][]string, size)}
	for n := range size {
		var terms []string
		for _, name := range names(n) {
			terms = appendName(terms, name)
		}
		slices.Sort(terms)
		a.terms[n] = slices.Compact(terms)
		for _, t := range a.terms[n] {
			a.byTerm = append(a.byTerm, named{t, n})
		}
	}
	slices.SortFunc(a.byTerm, func(x, y named) int { return cmp.Or(cmp.Compare(x.term, y.term), x.n-y.n) })
	return a
}

// find is the numbers of those that match best, at most limit, the best first.
func (a *naming) find(t Text, limit int) []int {
	type scored struct {
		n     int
		score float64
	}
	var found []scored
	for _, n := range a.candidates(t) {
		if score := t.Score(a.terms[n]); score > 0 {
			found = append(found, scored{n, score})
		}
	}
	slices.SortFunc(found, func(x, y scored) int { return cmp.Or(cmp.Compare(y.score, x.score), x.n-y.n) })
	var list []int
	for _, f := range found[:min(len(found), limit)] {
		list = append(list, f.n)
	}
	return list
}

// begin is the numbers of those of which a whole name begins with t, as written or as read,
// at most limit, those first that are called just so.
func (a *naming) begin(t Text, limit int) []int {
	var exact, begun []int
	for i := range t.Wholes {
		key := t.Wholes[i].Terms[0]
		at, _ := slices.BinarySearchFunc(a.byTerm, key, func(n named, key string) int { return cmp.Compare(n.term, key) })
		for ; at < len(a.byTerm) && strings.HasPrefix(a.byTerm[at].term, key); at++ {
			if a.byTerm[at].term == key {
				exact = append(exact, a.byTerm[at].n)
			} else {
				begun = append(begun, a.byTerm[at].n)
			}
		}
	}
	slices.Sort(exact)
	slices.Sort(begun)
	list := slices.Compact(exact)
	for _, n := range slices.Compact(begun) {
		if !slices.Contains(list, n) {
			list = append(list, n)
		}
	}
	return list[:min(len(list), limit)]
}

// candidates holds whatever matches t: what has one term of one way.
func (a *naming) candidates(t Text) (list []int) {
	ways := t.Wholes
	if len(t.Parts) > 0 {
		ways = append(slices.Clone(ways), t.Parts[0].Ways...)
	}
	for i := range ways {
		key, prefix := ways[i].Prefix, true
		if len(ways[i].Terms) > 0 {
			key, prefix = ways[i].Terms[0], false
		}
		if key == "" {
			continue
		}
		at, _ := slices.BinarySearchFunc(a.byTerm, key, func(n named, key string) int { return cmp.Compare(n.term, key) })
		for ; at < len(a.byTerm) && (a.byTerm[at].term == key || prefix && strings.HasPrefix(a.byTerm[at].term, key)); at++ {
			list = append(list, a.byTerm[at].n)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}
