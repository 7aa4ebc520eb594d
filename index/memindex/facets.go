package memindex

import (
	"cmp"
	"math/bits"
	"slices"
	"strconv"

	"corner/catalog"
	"corner/discovery"
)

// tally counts what a search finds.
type tally struct {
	total      int
	tree       *catalog.Tree
	categories [256]int // by number; of otherCategory: by key, in others
	others     map[string]int
	attributes [catalog.MaxAttributes]int
	traits     [catalog.MaxTraitValues]int
	tenths     [256]int
	brands     map[string]int

	on    *segment // at hand
	sets  []int    // by number in featureSets
	brand []int    // by number in brands
}

func (t *tally) begin(tree *catalog.Tree) {
	t.tree = tree
	t.others = nil
	clear(t.categories[:])
	t.total, t.brands = 0, map[string]int{}
	clear(t.attributes[:])
	clear(t.traits[:])
	clear(t.tenths[:])
}

// look makes the tally ready for a segment.
func (t *tally) look(on *segment) {
	t.on = on
	t.sets = append(t.sets[:0], make([]int, len(on.featureSets))...)
	t.brand = append(t.brand[:0], make([]int, len(on.brands))...)
}

func (t *tally) add(doc uint32) {
	t.total++
	if kind := t.on.category[doc]; kind != otherCategory {
		t.categories[kind]++
	} else if t.others == nil {
		t.others = map[string]int{t.on.listings[doc].Category: 1}
	} else {
		t.others[t.on.listings[doc].Category]++
	}
	t.tenths[t.on.tenths[doc]]++
	t.sets[t.on.features[doc]]++
	t.brand[t.on.brand[doc]]++
}

// close adds up what was counted by the segment's own numbers.
func (t *tally) close() {
	for i, n := range t.sets {
		if n == 0 {
			continue
		}
		for set := t.on.featureSets[i].attributes; set != 0; set &= set - 1 {
			t.attributes[bits.TrailingZeros64(set)] += n
		}
		for set := t.on.featureSets[i].traits; set != 0; set &= set - 1 {
			t.traits[bits.TrailingZeros64(set)] += n
		}
	}
	for i, n := range t.brand[1:] {
		if n > 0 {
			t.brands[t.on.brands[i+1]] += n
		}
	}
	t.on = nil
}

func (t *tally) facets() *discovery.Facets {
	f := &discovery.Facets{Total: t.total}
	categories := map[string]int{}
	for i, c := range t.tree.All() {
		n := t.others[c.Key]
		if i < otherCategory {
			n = t.categories[i]
		}
		if n > 0 {
			for _, up := range t.tree.Lineage(c.Key) {
				categories[up.Key] += n
			}
		}
	}
	for key, n := range categories {
		f.Categories = append(f.Categories, discovery.Count{Key: key, N: n})
	}
	for i, a := range catalog.Attributes {
		if n := t.attributes[i]; n > 0 {
			f.Attributes = append(f.Attributes, discovery.Count{Key: a.Key, N: n})
		}
	}
	for i := range catalog.Traits {
		trait := &catalog.Traits[i]
		for _, v := range trait.Values {
			word := trait.Word(v.Key)
			if number, _ := catalog.TraitNumber(word); t.traits[number] > 0 {
				f.Traits = append(f.Traits, discovery.Count{Key: word, N: t.traits[number]})
			}
		}
	}
	for key, n := range t.brands {
		f.Brands = append(f.Brands, discovery.Count{Key: key, N: n})
	}
	for _, step := range discovery.TenthsSteps {
		n := 0
		for _, m := range t.tenths[step:] {
			n += m
		}
		if n > 0 {
			f.Tenths = append(f.Tenths, discovery.Count{Key: strconv.Itoa(step), N: n})
		}
	}
	for _, list := range []*[]discovery.Count{&f.Categories, &f.Attributes, &f.Traits, &f.Brands, &f.Tenths} {
		*list = highest(*list)
	}
	return f
}

// highest is the highest counts first, then by key, as many as Facets has.
func highest(list []discovery.Count) []discovery.Count {
	slices.SortFunc(list, func(a, b discovery.Count) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Key, b.Key)) })
	return list[:min(len(list), discovery.MaxFacet)]
}
