package esindex

import (
	"context"
	"fmt"

	"corner/discovery"
	"corner/geo"
)

// Search implements discovery.Index.
func (x *Index) Search(ctx context.Context, q discovery.Query) (discovery.Page, error) {
	if err := x.usable(ctx); err != nil {
		return discovery.Page{}, err
	}
	area := q.Area()
	if q.Pin != "" {
		page, err := x.search(ctx, &q, area, q.Pin)
		if !forgotten(err) {
			return page, err
		}
	}
	return x.search(ctx, &q, area, "")
}

// search answers from the state that pin is of, or from the present one if it is "".
func (x *Index) search(ctx context.Context, q *discovery.Query, area geo.Area, pin string) (discovery.Page, error) {
	var (
		w      = x.whereOf(q, area)
		o      = orderOf(q, area)
		p      = x.pickerOf(q)
		tally  *discovery.Facets
		body   = object{"query": o.asked(w), "sort": o.keys(), "track_total_hits": false}
		before = pin
	)
	after := o.start()
	if passed := o.passed(); passed != nil {
		body["post_filter"] = object{"bool": object{"must_not": passed}} // facets count it
	}
	if q.Facets {
		body["aggs"] = facetsOf(w)
	}
	// Some more than the page, because the engine's order is not quite ours.
	for size := q.Limit + q.Limit/4 + 8; ; size = min(2*size, maxSize) {
		body["size"] = size
		if after != nil {
			body["search_after"] = after
		}
		answer, err := x.ask(ctx, pin, body)
		if err != nil {
			return discovery.Page{}, fmt.Errorf("search: %w", err)
		}
		if pin != "" {
			pin = answer.Pin
		}
		if q.Facets && tally == nil {
			if tally, err = x.tally(ctx, q, w, pin, answer); err != nil {
				return discovery.Page{}, fmt.Errorf("search: count: %w", err)
			}
			delete(body, "aggs")
		}
		found := answer.Hits.Hits
		for i := range found {
			p.offer(&found[i])
		}
		settled := len(found) < size
		if !settled {
			// Of a pinned state there is one value more, which the engine adds.
			after = found[size-1].Sort[:len(o.keys())]
			horizon, err := o.horizon(after)
			if err != nil {
				return discovery.Page{}, fmt.Errorf("search: %w", err)
			}
			settled = p.settled(horizon)
		}
		if settled {
			page := p.page()
			page.Facets = tally
			page.Pin = x.keep(ctx, q, &page, before, pin)
			return page, nil
		}
	}
}

// maxSize bounds the candidates of one call; the engine's own limit is 10,000.
const maxSize = 2_000
