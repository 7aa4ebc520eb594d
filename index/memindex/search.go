package memindex

import (
	"context"
	"slices"
	"time"

	"corner/catalog"
	"corner/discovery"
	"corner/geo"
	"corner/walltime"
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
	var b best
	b.begin(q.Limit)
	t := newTally()
	now.each(&q, func(h discovery.Hit) {
		t.add(h.Listing)
		m := q.Mark(&h)
		if q.After == nil || q.After.Before(m) {
			b.offer(candidate{m, h})
		}
	})
	page := discovery.Page{More: b.more, Hits: b.ordered()}
	if q.Facets {
		page.Facets = t.facets()
	}
	return page, nil
}

// each yields all hits of q, in no order.
func (s *snapshot) each(q *discovery.Query, yield func(discovery.Hit)) {
	kinds, ok := below()[q.Category]
	if !ok {
		return
	}
	ruler := geo.RulerAt(q.Center)
	for _, p := range s.parts {
		for doc, l := range p.listings {
			if !kinds[categoryIndex(l.Category)] || p.dead.has(uint32(doc)) || q.Box != nil && !q.Box.Contains(l.Point) {
				continue
			}
			h := discovery.Hit{Listing: l, Distance: ruler.Distance(l.Point)}
			if q.Box == nil && h.Distance > q.Radius || !passes(l, &q.Filter, h.Distance) {
				continue
			}
			score := 0.0
			if !q.Text.Any() {
				if score = q.Text.Score(p.terms[doc]); score == 0 {
					continue
				}
			}
			if q.Sort == discovery.ByRelevance {
				h.Relevance = discovery.Relevance(!q.Text.Any(), score, h.Distance, l.Rating)
			}
			yield(h)
		}
	}
}

// passes reports whether a listing that is so far away passes the filter.
func passes(l *discovery.Listing, f *discovery.Filter, distance geo.Metres) bool {
	offers := func(is func(*discovery.Offering) bool) bool {
		for i := range l.Services {
			if is(&l.Services[i]) {
				return true
			}
		}
		return false
	}
	for _, a := range f.Attributes {
		if !slices.Contains(l.Attributes, a) {
			return false
		}
	}
	return (f.OpenFrom.IsZero() || open(l, f.OpenFrom, f.OpenTill)) &&
		(f.Price.Currency == "" || offers(f.Price.Overlaps)) &&
		l.Rating.Tenths() >= f.Tenths &&
		(!f.AtHome || offers(func(o *discovery.Offering) bool { return o.AtHome > 0 && distance <= o.AtHome })) &&
		(f.Brand == "" || l.Brand == f.Brand) &&
		(f.Merchant == "" || l.Merchant == f.Merchant) &&
		(f.Except == "" || l.Place != f.Except)
}

func open(l *discovery.Listing, from, till time.Time) bool {
	loc, err := walltime.Zone(l.Zone)
	if err != nil {
		return false
	}
	if till.IsZero() {
		return l.Hours.OpenAt(walltime.WallAt(loc, from))
	}
	return l.Hours.OpenDuring(loc, from, till)
}

// categoryIndex is the place of a category in catalog.Categories.
func categoryIndex(key string) uint8 {
	if i, ok := categoryNumbers()[key]; ok {
		return i
	}
	return uint8(len(catalog.Categories))
}
