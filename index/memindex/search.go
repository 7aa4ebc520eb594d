package memindex

import (
	"context"
	"slices"
	"sync"

	"corner/discovery"
	"corner/geo"
)

// Search implements discovery.Index.
func (ix *Index) Search(ctx context.Context, q discovery.Query, area geo.Area) (discovery.Page, error) {
	if err := ctx.Err(); err != nil {
		return discovery.Page{}, err
	}
	now := ix.now.Load()
	if now == nil {
		return discovery.Page{}, discovery.ErrIndexMissing
	}
	kinds, ok := below()[q.Category]
	if !ok {
		return discovery.Page{}, nil // nothing can be of an unknown category
	}
	s, _ := searches.Get().(*search)
	defer s.release()
	s.begin(&q, &area, kinds)
	s.run(now.parts)
	return s.page(), nil
}

// search is one query on its way through the parts.
type search struct {
	*discovery.Query
	area  *geo.Area
	reach geo.Metres // no farther now; at most Radius
	ruler geo.Ruler
	kinds *kinds
	best  best

	// Of the part at hand:
	on     part
	clock  clock
	ranges []span     // of docs that may be in the area
	grams  [][]uint32 // the docs of each of Text.Grams, the fewest first; moved on as docs are tried
	words  []span     // the words that begin with each of Text.Prefixes, the rarest first
	union  []uint32
}

// searches are kept for their slices.
var searches = sync.Pool{New: func() any { return new(search) }}

// release gives s back, without holding on to what it found.
func (s *search) release() {
	clear(s.best.heap[:cap(s.best.heap)])
	clear(s.grams[:cap(s.grams)])
	const tooLarge = 1 << 16
	if cap(s.union) > tooLarge {
		s.union = nil
	}
	s.Query, s.area, s.kinds, s.on, s.clock.on = nil, nil, nil, part{}, nil
	searches.Put(s)
}

func (s *search) begin(q *discovery.Query, area *geo.Area, kinds *kinds) {
	s.Query, s.area, s.kinds = q, area, kinds
	s.ruler = geo.RulerAt(q.Center)
	s.best.begin(q.Limit)
}

func (s *search) all(parts []part) {
	for _, p := range parts {
		s.part(p)
	}
}

// part searches one part: something proposes docs in ascending order, and try
// decides on each.
func (s *search) part(p part) {
	s.on = p
	if !s.look() {
		return
	}
	near := s.locate()
	if near == 0 {
		return
	}
	s.clock.begin(s.OpenAt, p.segment)
	switch {
	case len(s.grams) > 0:
		// The rarest list has no more docs within the ranges than the ranges themselves.
		s.each(s.grams[0], 1)
	case len(s.words) > 0 && unionCost*s.unionSize(s.words[0], near) < near:
		s.each(s.docsOf(s.words[0]), 0)
	default:
		for _, r := range s.ranges {
			for doc := r.begin; doc < r.end; doc++ {
				s.try(doc)
			}
		}
	}
}

// each tries the docs that lie in the ranges, and in the grams' lists from the
// given one on.
func (s *search) each(docs []uint32, from int) {
	for _, r := range s.ranges {
		docs = docs[seek(docs, r.begin):]
	next:
		for len(docs) > 0 && docs[0] < r.end {
			doc := docs[0]
			docs = docs[1:]
			for i := from; i < len(s.grams); i++ {
				list := s.grams[i]
				list = list[seek(list, doc):]
				s.grams[i] = list
				if len(list) == 0 {
					return
				}
				if list[0] != doc {
					continue next
				}
			}
			s.try(doc)
		}
	}
}

// try decides on a doc whose grams are known to match: the cheapest and the most
// often fatal first.
func (s *search) try(doc uint32) {
	on := s.on.segment
	if !s.kinds[on.category[doc]] {
		return
	}
	c := candidate{distance: s.ruler.DistanceTo(on.at[doc])}
	if c.distance > s.reach {
		return
	}
	if s.Sort == discovery.ByRating {
		c.score = on.score[doc]
	}
	if s.best.more && s.best.surpass(&c) {
		return
	}
	c.listing = on.listings[doc]
	if s.After != nil && !s.Sort.Before(*s.After, c.mark()) {
		return
	}
	for _, w := range s.words {
		if !anyWithin(on.wordsOf.list(doc), w) {
			return
		}
	}
	if s.clock.asked && !s.clock.open(doc) || s.on.dead.has(doc) {
		return
	}
	s.best.offer(c)
}

// look finds what the text asks for in the part's dictionaries; false if some of it
// is not there at all.
func (s *search) look() bool {
	s.grams, s.words = s.grams[:0], s.words[:0]
	for _, g := range s.Text.Grams {
		docs := s.on.grams.of(g)
		if len(docs) == 0 {
			return false
		}
		s.grams = append(s.grams, docs)
	}
	for _, p := range s.Text.Prefixes {
		w := s.on.words.beginning(p)
		if w.begin == w.end {
			return false
		}
		s.words = append(s.words, w)
	}
	slices.SortFunc(s.grams, func(a, b []uint32) int { return len(a) - len(b) })
	slices.SortFunc(s.words, func(a, b span) int { return s.on.words.sizeOf(a) - s.on.words.sizeOf(b) })
	return true
}

func (s *search) page() discovery.Page {
	ordered := s.best.ordered()
	page := discovery.Page{Hits: make([]discovery.Hit, len(ordered)), More: s.best.more}
	for i, c := range ordered {
		page.Hits[i] = discovery.Hit{Listing: c.listing, Distance: c.distance}
	}
	return page
}
