package memindex

import (
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"corner/discovery"
	"corner/text"
)

// match is a doc that a text matches, and how well: discovery.Text.Score.
type match struct {
	doc   uint32
	score float64
}

// matcher finds the docs that match a text. It keeps its slices from search to search.
type matcher struct {
	terms *dictionary

	docs  [2][]uint32 // taken in turn
	spans [2][]span
	ids   []int
	bits  []uint64

	found, part, other []match
	within             []span // of found
}

// match finds the docs within the spans that the text matches, ascending, as
// discovery.Text.Score says. The result holds until the next call.
func (m *matcher) match(d *dictionary, t *discovery.Text, spans []span) []match {
	m.terms = d
	m.found = m.found[:0]
	for i := range t.Parts {
		p := &t.Parts[i]
		domain := spans
		if i > 0 { // only what has matched so far can still match
			if len(m.found) == 0 {
				break
			}
			m.within = m.within[:0]
			for _, f := range m.found {
				m.within = extend(m.within, span{f.doc, f.doc + 1}, 0)
			}
			domain = m.within
		}
		m.best(p.Ways, domain)
		if i == 0 {
			for _, f := range m.part {
				m.found = append(m.found, match{f.doc, p.Share * f.score})
			}
			continue
		}
		kept, part := m.found[:0], m.part
		for _, f := range m.found {
			for len(part) > 0 && part[0].doc < f.doc {
				part = part[1:]
			}
			if len(part) > 0 && part[0].doc == f.doc {
				kept = append(kept, match{f.doc, f.score + p.Share*part[0].score})
			}
		}
		m.found = kept
	}
	if m.best(t.Wholes, spans); len(m.part) > 0 {
		m.other = join(m.other[:0], m.found, m.part)
		m.found, m.other = m.other, m.found
	}
	return m.found
}

// best leaves in part the docs of the domain that one of the ways matches, with the weight of
// the best one.
func (m *matcher) best(ways []discovery.Way, domain []span) {
	m.part = m.part[:0]
	for i := range ways {
		docs := m.way(&ways[i], domain)
		if len(docs) == 0 {
			continue
		}
		weight := ways[i].Weight()
		m.other = m.other[:0]
		old := m.part
		for _, doc := range docs {
			for len(old) > 0 && old[0].doc < doc {
				m.other, old = append(m.other, old[0]), old[1:]
			}
			best := weight
			if len(old) > 0 && old[0].doc == doc {
				best, old = max(best, old[0].score), old[1:]
			}
			m.other = append(m.other, match{doc, best})
		}
		m.other = append(m.other, old...)
		m.part, m.other = m.other, m.part
	}
}

// join appends the matches of both, with the better score where a doc is in both.
func join(to, a, b []match) []match {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0].doc < b[0].doc:
			to, a = append(to, a[0]), a[1:]
		case b[0].doc < a[0].doc:
			to, b = append(to, b[0]), b[1:]
		default:
			to = append(to, match{a[0].doc, max(a[0].score, b[0].score)})
			a, b = a[1:], b[1:]
		}
	}
	return append(append(to, a...), b...)
}

// way is the docs of the domain that a way matches, ascending.
func (m *matcher) way(w *discovery.Way, domain []span) []uint32 {
	m.ids = m.ids[:0]
	for _, t := range w.Terms {
		id, found := m.terms.find(t)
		if !found {
			return nil
		}
		m.ids = append(m.ids, id)
	}
	if len(m.ids) > 1 { // the rarest leaves the least to look at for the others
		slices.SortFunc(m.ids, func(a, b int) int { return m.count(a) - m.count(b) })
	}
	turn, asked := 0, false
	step := func(find func(docs []uint32, domain []span) []uint32) bool {
		if asked {
			m.spans[turn] = spansOf(m.spans[turn][:0], m.docs[turn])
			domain = m.spans[turn]
			turn = 1 - turn
		}
		asked = true
		m.docs[turn] = find(m.docs[turn][:0], domain)
		return len(m.docs[turn]) > 0
	}
	for _, id := range m.ids {
		if !step(func(docs []uint32, domain []span) []uint32 {
			p := m.terms.postings(id)
			return p.within(domain, docs)
		}) {
			return nil
		}
	}
	if w.Prefix != "" {
		lo, hi := m.terms.beginning(w.Prefix)
		m.ids = m.ids[:0]
		for id := lo; id < hi; id++ {
			m.ids = append(m.ids, id)
		}
		if !step(m.union) {
			return nil
		}
	}
	if w.Near != "" {
		m.near(w.Near)
		if !step(m.union) {
			return nil
		}
	}
	if !asked && !step(everything) {
		return nil
	}
	return m.docs[turn]
}

func (m *matcher) count(id int) int {
	p := m.terms.postings(id)
	return p.n
}

// everything is all docs of the domain.
func everything(docs []uint32, domain []span) []uint32 {
	for _, s := range domain {
		for doc := s.begin; doc < s.end; doc++ {
			docs = append(docs, doc)
		}
	}
	return docs
}

// fewDocs are quicker sorted than marked in a set of bits.
const fewDocs = 64

// union is the docs of the domain that have one of ids.
func (m *matcher) union(docs []uint32, domain []span) []uint32 {
	if len(domain) == 0 {
		return docs
	}
	lists := 0
	for _, id := range m.ids {
		before := len(docs)
		p := m.terms.postings(id)
		if docs = p.within(domain, docs); len(docs) > before {
			lists++
		}
	}
	switch {
	case lists <= 1:
		return docs
	case len(docs) <= fewDocs:
		slices.Sort(docs)
		return slices.Compact(docs)
	}
	first, last := domain[0].begin/64, domain[len(domain)-1].end/64
	if need := int(last - first + 1); cap(m.bits) < need {
		m.bits = make([]uint64, need)
	}
	set := m.bits[:last-first+1]
	clear(set)
	for _, doc := range docs {
		set[doc/64-first] |= 1 << (doc % 64)
	}
	docs = docs[:0]
	for i, word := range set {
		for ; word != 0; word &= word - 1 {
			docs = append(docs, (first+uint32(i))*64+uint32(bits.TrailingZeros64(word)))
		}
	}
	return docs
}

// near leaves in ids the terms within one edit of the given one. An edit touches at most two
// neighbours, so what stands before the middle is as typed, or what stands after it is: the
// former are a range of the dictionary, and for the latter comparing the end is enough to leave
// nearly all terms out.
func (m *matcher) near(term string) {
	m.ids = m.ids[:0]
	kind, word := term[:1], term[1:]
	// Of two neighbours across the middle the first stands in neither part.
	half := utf8.RuneCountInString(word) / 2
	begin, end := "", word
	for i := range half {
		_, size := utf8.DecodeRuneInString(end)
		if end = end[size:]; i == half-2 {
			begin = word[:len(word)-len(end)]
		}
	}
	lo, hi := m.terms.beginning(kind)
	sameLo, sameHi := m.terms.beginning(kind + begin)
	for id := lo; id < hi; id++ {
		t := m.terms.term(id)
		if (id >= sameLo && id < sameHi || strings.HasSuffix(t, end)) && text.OneEdit(t[1:], word) {
			m.ids = append(m.ids, id)
		}
	}
}
