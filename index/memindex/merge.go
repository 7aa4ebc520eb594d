package memindex

import (
	"slices"
)

// gone stands for a doc that the merged segment does not have.
const gone = ^uint32(0)

// merge makes one segment of all that parts show. It analyses nothing again.
func merge(parts []part) *segment {
	type source struct {
		located
		part, doc uint32
	}
	var sorted []source
	for p, from := range parts {
		for c, cell := range from.cells {
			for doc := from.start[c]; doc < from.start[c+1]; doc++ {
				if !from.dead.has(doc) {
					sorted = append(sorted, source{located{from.listings[doc], cell}, uint32(p), doc})
				}
			}
		}
	}
	slices.SortFunc(sorted, func(a, b source) int { return a.compare(b.located) })

	into := make([][]uint32, len(parts)) // of a part's doc, the merged doc
	for p, from := range parts {
		into[p] = slices.Repeat([]uint32{gone}, from.len())
	}
	c := newColumns(len(sorted))
	for doc, s := range sorted {
		into[s.part][s.doc] = uint32(doc)
		from := parts[s.part]
		c.add(s.located, from.at[s.doc], from.category[s.doc], from.zones[from.zone[s.doc]], from.weeks[from.hours[s.doc]])
	}
	var grams, words []dictionary
	for _, from := range parts {
		grams, words = append(grams, from.grams), append(words, from.words)
	}
	return c.seal(mergeDictionaries(grams, into), mergeDictionaries(words, into))
}

// mergeDictionaries joins dictionaries whose docs are renumbered by into.
func mergeDictionaries(dictionaries []dictionary, into [][]uint32) dictionary {
	merged := dictionary{docs: lists{start: []uint32{0}}}
	next := make([]int, len(dictionaries))
	for {
		term, left := "", false
		for i, d := range dictionaries {
			if next[i] < len(d.terms) && (!left || d.terms[next[i]] < term) {
				term, left = d.terms[next[i]], true
			}
		}
		if !left {
			return merged
		}
		from, lists := len(merged.docs.all), 0
		for i, d := range dictionaries {
			if next[i] == len(d.terms) || d.terms[next[i]] != term {
				continue
			}
			before := len(merged.docs.all)
			for _, doc := range d.docs.list(uint32(next[i])) {
				if to := into[i][doc]; to != gone {
					merged.docs.all = append(merged.docs.all, to)
				}
			}
			if len(merged.docs.all) > before {
				lists++
			}
			next[i]++
		}
		if lists > 1 {
			slices.Sort(merged.docs.all[from:])
		}
		if lists > 0 {
			merged.terms = append(merged.terms, term)
			merged.docs.start = append(merged.docs.start, uint32(len(merged.docs.all)))
		}
	}
}
