package esindex

import (
	"slices"

	"corner/catalog"
	"corner/discovery"
)

// picker makes a page of candidates.
type picker struct {
	*judge
	picked []discovery.Hit // exact hits, in no order before page
	seen   map[catalog.PlaceID]int
}

func (x *Index) pickerOf(q *discovery.Query) *picker {
	return &picker{judge: x.judgeOf(q), seen: make(map[catalog.PlaceID]int)}
}

// offer takes a candidate, if it is a hit of the page or of one that follows.
func (p *picker) offer(c *candidate) {
	h, ok := p.hit(c.listing())
	if !ok || p.query.After != nil && !p.query.After.Before(p.query.Mark(&h)) {
		return
	}
	// A place that moves between two rounds may come twice: the later reading holds.
	if i, twice := p.seen[h.Listing.Place]; twice {
		if h.Listing.Version > p.picked[i].Listing.Version {
			p.picked[i] = h
		}
		return
	}
	p.seen[h.Listing.Place] = len(p.picked)
	p.picked = append(p.picked, h)
}

// settled reports whether the page can no longer change: all of its hits come before the
// horizon, and it is known that there are more.
func (p *picker) settled(horizon discovery.Mark) bool {
	if len(p.picked) <= p.query.Limit {
		return false
	}
	before := 0
	for i := range p.picked {
		if p.query.Mark(&p.picked[i]).Before(horizon) {
			before++
		}
	}
	return before >= p.query.Limit
}

// page is the first of the picked.
func (p *picker) page() discovery.Page {
	slices.SortFunc(p.picked, func(a, b discovery.Hit) int {
		switch m, o := p.query.Mark(&a), p.query.Mark(&b); {
		case m.Before(o):
			return -1
		case o.Before(m):
			return 1
		}
		return 0
	})
	n := min(len(p.picked), p.query.Limit)
	return discovery.Page{Hits: p.picked[:n:n], More: len(p.picked) > n}
}
