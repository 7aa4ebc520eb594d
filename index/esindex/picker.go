package esindex

import (
	"fmt"
	"slices"

	"corner/catalog"
	"corner/discovery"
	"corner/geo"
)

// picker makes a page of candidates.
type picker struct {
	query   *discovery.Query
	zones   *zones
	ruler   geo.Ruler
	stretch stretch
	picked  []discovery.Hit // exact hits, in no order before sort
	seen    map[catalog.PlaceID]int
}

func newPicker(q *discovery.Query, z *zones) *picker {
	return &picker{
		query: q, zones: z, ruler: geo.RulerAt(q.Center), stretch: stretchAt(q.Center),
		seen: make(map[catalog.PlaceID]int),
	}
}

// offer takes a candidate, if it is a hit. Text and category are the engine's word.
func (p *picker) offer(c *candidate) {
	h := discovery.Hit{Listing: c.Source.Listing.listing()}
	h.Distance = p.ruler.Distance(h.Listing.Point)
	q := p.query
	if !(h.Distance <= q.Radius) ||
		q.After != nil && !q.Sort.Before(*q.After, h.Mark(q.Sort)) ||
		!q.OpenAt.IsZero() && !p.zones.isOpen(h.Listing, q.OpenAt) {
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

// horizon is a mark that no hit not yet offered comes before, when sort are the engine's
// sort values of the last candidate.
func (p *picker) horizon(sort []any) (discovery.Mark, error) {
	var m discovery.Mark
	if p.query.Sort == discovery.ByRating {
		score, ok := number(sort, 0)
		if !ok {
			return m, fmt.Errorf("sort values %v are not of our order", sort)
		}
		m.Score, sort = int(score), sort[1:]
	}
	s, ok := number(sort, 0)
	if !ok {
		return m, fmt.Errorf("sort values %v are not of our order", sort)
	}
	m.Distance = p.stretch.atLeast(s)
	return m, nil
}

func number(values []any, i int) (float64, bool) {
	if i >= len(values) {
		return 0, false
	}
	n, ok := values[i].(float64)
	return n, ok
}

// settled reports whether the page can no longer change: all of its hits come before the
// horizon, and it is known that there are more.
func (p *picker) settled(horizon discovery.Mark) bool {
	if len(p.picked) <= p.query.Limit {
		return false
	}
	before := 0
	for i := range p.picked {
		if p.query.Sort.Before(p.picked[i].Mark(p.query.Sort), horizon) {
			before++
		}
	}
	return before >= p.query.Limit
}

// page is the first of the picked.
func (p *picker) page() discovery.Page {
	order := p.query.Sort
	slices.SortFunc(p.picked, func(a, b discovery.Hit) int {
		switch m, o := a.Mark(order), b.Mark(order); {
		case order.Before(m, o):
			return -1
		case order.Before(o, m):
			return 1
		}
		return 0
	})
	n := min(len(p.picked), p.query.Limit)
	return discovery.Page{Hits: p.picked[:n:n], More: len(p.picked) > n}
}
