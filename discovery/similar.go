package discovery

import (
	"context"
	"slices"

	"corner/catalog"
	"corner/fault"
	"corner/geo"
)

// MaxSimilar bounds what is asked for with Similar.
const MaxSimilar = 20

// Similar is places like one: of its category first, then of those beside it in the tree,
// by relevance, within 2 km or, where that finds too few, wider. The place itself is left
// out. limit is 1 … MaxSimilar.
func (f *Finder) Similar(ctx context.Context, place catalog.PlaceID, at geo.Point, category string, limit int) ([]Hit, error) {
	var in fault.Input
	in.Check(limit >= 1 && limit <= MaxSimilar, "limit", fault.OutOfRange)
	if err := in.Err(); err != nil {
		return nil, err
	}
	index := f.Aside
	if index == nil {
		index = f.Index
	}
	var found []Hit
	tree := f.Trees.Tree()
	line := tree.Lineage(category)
	for _, radius := range wider[:2] {
		found = found[:0]
		for _, c := range line[:min(2, len(line))] {
			q := Query{
				Center:   at,
				Radius:   radius,
				Category: c.Key,
				Tree:     tree,
				Filter:   Filter{Except: place},
				Sort:     ByRelevance,
				Limit:    2 * limit,
				Single:   true,
			}
			page, err := index.Search(ctx, q)
			if err != nil {
				return nil, err
			}
			for _, h := range page.Hits {
				same := func(o Hit) bool { return o.Listing.Place == h.Listing.Place }
				if len(found) < limit && !slices.ContainsFunc(found, same) {
					found = append(found, h)
				}
			}
			if len(found) == limit {
				return found, nil
			}
		}
	}
	return found, nil
}
