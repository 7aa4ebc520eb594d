package discovery

import (
	"context"

	"corner/fault"
	"corner/geo"
)

// MapRequest asks what to draw on a map.
type MapRequest struct {
	Wish

	Box    geo.Box
	Center geo.Point // where the person is, for AtHome; zero: the box's middle
	Zoom   float64   // of a web map, 0 … MaxZoom
	Limit  int       // clusters, the largest first; 0: DefaultClusters
}

// Bounds of a map.
const (
	MaxZoom         = 24
	DefaultClusters = 500
	// SingleZoom is the zoom level from which on places are shown one by one, if no more
	// than a page of them are in the box: streets, where clusters help nobody.
	SingleZoom = 16
)

// MapAnswer is what to draw on a map: clusters. A cluster of one place carries that place.
type MapAnswer struct {
	Clusters []Cluster
	Res      int // of their cells
}

// Map answers a map request.
func (f *Finder) Map(ctx context.Context, r MapRequest) (MapAnswer, error) {
	var in fault.Input
	tree := f.Trees.Tree()
	in.Check(r.Box.Check() == nil, "box", fault.OutOfRange)
	if r.Center != (geo.Point{}) {
		checkPoint(&in, r.Center)
	}
	in.Check(r.Zoom >= 0 && r.Zoom <= MaxZoom, "zoom", fault.OutOfRange) // NaN is not
	if r.Limit == 0 {
		r.Limit = DefaultClusters
	}
	in.Check(r.Limit >= 1 && r.Limit <= MaxClusters, "limit", fault.OutOfRange)
	filter := r.filter(&in, f.now(), tree)
	if err := in.Err(); err != nil {
		return MapAnswer{}, err
	}
	if r.Center == (geo.Point{}) {
		r.Center = r.Box.Center()
	}
	a := MapAnswer{Res: geo.ResAtZoom(r.Zoom)}
	typed := ParseText(r.Text, tree)
	if r.Zoom >= SingleZoom {
		q := Query{
			Center:   r.Center,
			Box:      &r.Box,
			Text:     typed,
			Category: r.Category,
			Filter:   filter,
			Sort:     ByRating,
			Limit:    min(r.Limit, MaxLimit),
			Single:   true,
		}
		page, err := f.Index.Search(ctx, q)
		if err != nil {
			return MapAnswer{}, err
		}
		if !page.More {
			for _, h := range page.Hits {
				cell := geo.CellAt(h.Listing.Point, geo.FinestRes).Parent(a.Res)
				a.Clusters = append(a.Clusters, Cluster{Cell: cell, N: 1, Point: h.Listing.Point, Only: h.Listing})
			}
			return a, nil
		}
	}
	q := MapQuery{Box: r.Box, Center: r.Center, Res: a.Res, Text: typed, Category: r.Category, Filter: filter, Limit: r.Limit}
	clusters, err := f.Index.Clusters(ctx, q)
	a.Clusters = clusters
	return a, err
}

// ExpansionZoom is the zoom level at which clusters of cells of a resolution fall apart.
func ExpansionZoom(res int) int {
	for zoom := range SingleZoom {
		if geo.ResAtZoom(float64(zoom)) > res {
			return zoom
		}
	}
	return SingleZoom
}
