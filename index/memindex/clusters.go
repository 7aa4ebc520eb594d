package memindex

import (
	"cmp"
	"context"
	"math"
	"slices"

	"corner/discovery"
	"corner/geo"
)

// Clusters implements discovery.Index.
func (ix *Index) Clusters(ctx context.Context, q discovery.MapQuery) ([]discovery.Cluster, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	now := ix.now.Load()
	if now == nil {
		return nil, discovery.ErrIndexMissing
	}
	byCell := map[geo.Cell]*discovery.Cluster{}
	now.each(&discovery.Query{Center: q.Center, Box: &q.Box, Text: q.Text, Category: q.Category, Filter: q.Filter}, func(h discovery.Hit) {
		cell := cellOf(h.Listing).Parent(q.Res)
		c := byCell[cell]
		if c == nil {
			c = &discovery.Cluster{Cell: cell, Only: h.Listing}
			byCell[cell] = c
		}
		if c.N++; c.N > 1 {
			c.Only = nil
		}
		c.Point.Lat += h.Listing.Point.Lat
		c.Point.Lng += math.Remainder(h.Listing.Point.Lng-cell.Center().Lng, 360)
	})
	list := make([]discovery.Cluster, 0, len(byCell))
	for _, c := range byCell {
		c.Point.Lat /= float64(c.N)
		c.Point.Lng = math.Remainder(c.Cell.Center().Lng+c.Point.Lng/float64(c.N), 360)
		list = append(list, *c)
	}
	slices.SortFunc(list, func(a, b discovery.Cluster) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Cell, b.Cell)) })
	return list[:min(len(list), q.Limit)], nil
}
