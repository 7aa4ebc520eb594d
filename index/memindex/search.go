package memindex

import (
	"context"
	"sync"

	"corner/discovery"
)

// Search implements discovery.Index.
func (ix *Index) Search(ctx context.Context, q discovery.Query) (discovery.Page, error) {
	if err := ctx.Err(); err != nil {
		return discovery.Page{}, err
	}
	now := ix.now.Load()
	if now == nil {
		return discovery.Page{}, discovery.ErrIndexMissing
	}
	s, _ := searches.Get().(*search)
	defer s.release()
	s.begin(q)
	if !s.filter.nothing {
		for _, p := range now.parts {
			s.part(p)
		}
	}
	page := s.best.page()
	if q.Facets {
		page.Facets = s.tally.facets()
	}
	return page, nil
}

// search is one query on its way through the parts.
type search struct {
	discovery.Query
	region  region
	filter  filter
	matcher matcher
	best    best
	tally   tally
	on      *segment // at hand
	spans   []span
	queue   []node    // of nearest
	near2   []float64 // of matches
}

// searches are kept for their slices.
var searches = sync.Pool{New: func() any { return new(search) }}

// release gives s back, without holding on to what it found.
func (s *search) release() {
	clear(s.best.heap[:cap(s.best.heap)])
	s.Query, s.on, s.matcher.terms, s.region.box = discovery.Query{}, nil, nil, nil
	s.filter.on, s.filter.Filter, s.filter.dead = nil, nil, marks{}
	searches.Put(s)
}

func (s *search) begin(q discovery.Query) {
	s.Query = q
	s.region.begin(q.Center, q.Radius, q.Box)
	s.filter.begin(&s.Filter, q.Category, q.Tree)
	s.best.begin(q.Limit + 1)
	if q.Facets {
		s.tally.begin(q.Tree)
	}
}

// part searches one part.
func (s *search) part(p part) {
	if p.len() == 0 {
		return
	}
	s.on = p.segment
	if s.filter.look(p); s.filter.none {
		return
	}
	if s.Facets {
		s.tally.look(p.segment)
		defer s.tally.close()
	}
	switch {
	case !s.Text.IsEmpty():
		s.spans = p.tree.spans(&s.region, p.len(), s.spans[:0])
		s.matches(&p.tree, s.matcher.match(&p.terms, &s.Text, s.spans))
	case !s.Facets && (s.Sort == discovery.ByDistance || s.Sort == discovery.ByRelevance) && !s.scanIsCheaper(&p.tree):
		s.nearest(&p.tree)
	default:
		s.spans = p.tree.spans(&s.region, p.len(), s.spans[:0])
		for _, r := range s.spans {
			s.each(r)
		}
	}
}

// scanIsCheaper reports whether it is quicker to look at all docs of the region than to look for the
// nearest of them: of a category, where there are hardly more of it than are wanted. To find
// that a doc is of another takes a nanosecond.
func (s *search) scanIsCheaper(t *tree) bool {
	if s.filter.anyKind {
		return false
	}
	docs, ofKind := 0, 0
	s.spans = t.spans(&s.region, s.on.len(), s.spans[:0])
	for _, r := range s.spans {
		docs += int(r.end - r.begin)
	}
	for i, n := range s.on.perCategory {
		if s.filter.kinds.has[i] {
			ofKind += int(n)
		}
	}
	const enough = 3
	return docs*ofKind < enough*s.best.limit*s.on.len()
}

// each tries the docs of a span.
func (s *search) each(r span) {
	if s.filter.anyKind {
		for doc := r.begin; doc < r.end; doc++ {
			s.try(doc, 0)
		}
		return
	}
	for i, kind := range s.on.category[r.begin:r.end] {
		if s.filter.kinds.has[kind] {
			s.try(r.begin+uint32(i), 0)
		}
	}
}

// try decides on a doc that matches the text so well: the cheapest and the most often fatal
// first.
func (s *search) try(doc uint32, score float64) {
	if s.Sort == discovery.ByRating && !s.Facets && s.best.full() && -int64(s.on.score[doc]) > s.best.last().first || !s.filter.passes(doc) {
		return
	}
	v := &s.on.at[doc]
	most := float64(s.region.radius)
	if s.Sort == discovery.ByDistance && s.Band == 0 && !s.Facets && s.best.full() {
		most = min(most, float64(s.best.last().distance))
	}
	dx, dy, dz := v.X-s.region.center.X, v.Y-s.region.center.Y, v.Z-s.region.center.Z
	if dx*dx+dy*dy+dz*dz > most*most {
		return // the chord tells most that are too far
	}
	c := candidate{distance: s.region.ruler.DistanceTo(*v)}
	if c.distance > s.region.radius || s.Box != nil && !s.region.holds(s.on, doc) || !s.filter.comes(doc, c.distance) {
		return
	}
	if s.Facets {
		s.tally.add(doc)
	}
	s.key(&c, doc, score)
	if s.best.full() {
		if last := s.best.last(); c.first > last.first || c.first == last.first && c.second == last.second && c.distance > last.distance {
			return
		}
	}
	c.listing = s.on.listings[doc]
	if s.After != nil && !s.After.Before(c.mark()) {
		return
	}
	s.best.offer(c)
}

// key is discovery.Query.Mark, from the columns.
func (s *search) key(c *candidate, doc uint32, score float64) {
	switch {
	case s.Sort == discovery.ByDistance && s.Band > 0:
		c.first, c.second = int64(c.distance/s.Band), -int64(s.on.score[doc])
	case s.Sort == discovery.ByRating:
		c.first = -int64(s.on.score[doc])
	case s.Sort == discovery.ByPrice:
		c.first = discovery.NoPrice
		if s.on.able[doc]&hasServices != 0 {
			c.first = s.on.listings[doc].LeastPrice(s.Filter.Price.Currency)
		}
	case s.Sort == discovery.ByRelevance:
		c.relevance = discovery.Weigh(!s.Text.IsEmpty(), score, discovery.Nearness(c.distance), discovery.QualityOf(int(s.on.score[doc])))
		c.first = discovery.RelevanceKey(c.relevance)
	}
}
