package esindex

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"

	"corner/discovery"
	"corner/geo"
)

// cellCount is the engine's count of a cell.
type cellCount struct {
	Cell geo.Cell `json:"key"`
	N    int      `json:"doc_count"`
	Lat  mean     `json:"lat"`
	Lng  mean     `json:"lng"`
	East mean     `json:"east"`
}

type mean struct {
	Value float64 `json:"value"`
}

// Clusters implements discovery.Index. Most maps take two calls, one for the counts and one
// for the places that stand alone.
func (x *Index) Clusters(ctx context.Context, m discovery.MapQuery) ([]discovery.Cluster, error) {
	if err := x.usable(ctx); err != nil {
		return nil, err
	}
	q := &discovery.Query{Center: m.Center, Box: &m.Box, Text: m.Text, Category: m.Category, Filter: m.Filter, Sort: discovery.ByDistance}
	w := x.whereOf(q, q.Area())
	counted, err := x.countCells(ctx, w, &m)
	if err != nil {
		return nil, fmt.Errorf("count by cells: %w", err)
	}
	if counted.Counted.Unsure.N > 0 {
		// What the domain decides may change which cells are the largest, so the engine
		// counts again, without doubt.
		hits, err := x.unsureHits(ctx, q, w, "", counted)
		if err != nil {
			return nil, fmt.Errorf("count by cells: %w", err)
		}
		if counted, err = x.countCells(ctx, w.decided(hits), &m); err != nil {
			return nil, fmt.Errorf("count by cells: %w", err)
		}
		w = w.decided(hits)
	}
	clusters := make([]discovery.Cluster, len(counted.Counted.Cells.Buckets))
	for i := range clusters {
		clusters[i] = counted.Counted.Cells.Buckets[i].cluster()
	}
	if err := x.pointPolar(ctx, w, clusters); err != nil {
		return nil, fmt.Errorf("count by cells: %w", err)
	}
	clusters, err = x.fillSingles(ctx, w, m.Res, clusters)
	if err != nil {
		return nil, fmt.Errorf("find places alone in their cells: %w", err)
	}
	return clusters, nil
}

// countCells asks for the largest cells. The engine's order of equal counts is by cell.
func (x *Index) countCells(ctx context.Context, w *where, m *discovery.MapQuery) (*answer, error) {
	average := func(field string) object { return object{"avg": object{"field": field}} }
	return x.ask(ctx, "", object{
		"size": 0, "track_total_hits": false, "query": all(w.candidates),
		"aggs": withUnsure(w, object{"cells": object{
			"terms": object{"field": "cell." + cellField(m.Res), "size": m.Limit, "order": []object{{"_count": "desc"}, {"_key": "asc"}}},
			"aggs":  object{"lat": average("lat"), "lng": average("lng"), "east": average("east")},
		}}),
	})
}

// decided is w, with the given hits for the candidates that were not sure.
func (w *where) decided(hits []*discovery.Listing) *where {
	ids := make([]string, len(hits))
	for i, l := range hits {
		ids[i] = string(l.Place)
	}
	return &where{tree: w.tree, candidates: append(slices.Clip(w.candidates), anyOf(all(w.sure), object{"ids": object{"values": ids}}))}
}

// cluster is right but for cells near a pole (see pointPolar). Cells that may reach over the
// antimeridian are far from the other one, where East begins anew.
func (c *cellCount) cluster() discovery.Cluster {
	lng := c.Lng.Value
	if math.Abs(c.Cell.Center().Lng) > 90 {
		lng = math.Remainder(c.East.Value, 360)
	}
	return discovery.Cluster{Cell: c.Cell, N: c.N, Point: geo.Point{Lat: c.Lat.Value, Lng: lng}}
}

// polar reports whether places of a cell may be more than 90 degrees of longitude from its
// centre: by the law of sines, if they are as far from it as the pole. No place of
// a cell of resolution 0 is 16 degrees from its centre, and each resolution is √7 times as
// fine.
func polar(c geo.Cell) bool {
	reach := 16 * math.Pow(7, -float64(c.Res())/2)
	return math.Abs(c.Center().Lat)+reach >= 90
}

// pointPolar gives the clusters near a pole, if there are any, their longitudes, counted
// from the cell's centre.
func (x *Index) pointPolar(ctx context.Context, w *where, clusters []discovery.Cluster) error {
	aggs := object{}
	for i, c := range clusters {
		if polar(c.Cell) {
			aggs[strconv.Itoa(i)] = object{"filter": term("cells", c.Cell.String()), "aggs": object{"lng": object{"avg": object{"script": object{
				"source": "Math.IEEEremainder(doc['lng'].value - params.center, 360)",
				"params": object{"center": c.Cell.Center().Lng},
			}}}}}
		}
	}
	if len(aggs) == 0 {
		return nil
	}
	var found struct {
		Aggregations map[string]struct {
			Lng mean `json:"lng"`
		} `json:"aggregations"`
	}
	err := x.askInto(ctx, x.opts.Alias, object{"size": 0, "track_total_hits": false, "query": all(w.candidates), "aggs": aggs}, &found)
	for i := range clusters {
		if a, ok := found.Aggregations[strconv.Itoa(i)]; ok {
			clusters[i].Point.Lng = math.Remainder(clusters[i].Cell.Center().Lng+a.Lng.Value, 360)
		}
	}
	return err
}

// fillSingles gives clusters of one place that place. Should places have come or gone
// since they were counted, the cluster is what is found now.
func (x *Index) fillSingles(ctx context.Context, w *where, res int, clusters []discovery.Cluster) ([]discovery.Cluster, error) {
	var cells []string
	for _, c := range clusters {
		if c.N == 1 {
			cells = append(cells, c.Cell.String())
		}
	}
	if len(cells) == 0 {
		return clusters, nil
	}
	found, err := x.ask(ctx, "", object{
		"size": 2 * len(cells), "track_total_hits": false,
		"query": all(append(slices.Clip(w.candidates), terms("cells", cells))),
	})
	if err != nil {
		return nil, err
	}
	byCell := make(map[geo.Cell][]*discovery.Listing, len(cells))
	for i := range found.Hits.Hits {
		l := found.Hits.Hits[i].listing()
		c := geo.CellAt(l.Point, geo.FinestRes).Parent(res)
		byCell[c] = append(byCell[c], l)
	}
	kept := clusters[:0]
	for _, c := range clusters {
		if c.N == 1 {
			c = clusterOf(c.Cell, byCell[c.Cell])
		}
		if c.N > 0 {
			kept = append(kept, c)
		}
	}
	slices.SortFunc(kept, func(a, b discovery.Cluster) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Cell, b.Cell)) })
	return kept, nil
}

// clusterOf is the cluster of some listings of a cell.
func clusterOf(cell geo.Cell, listings []*discovery.Listing) discovery.Cluster {
	c := discovery.Cluster{Cell: cell, N: len(listings)}
	if c.N == 1 {
		c.Only, c.Point = listings[0], listings[0].Point
		return c
	}
	center, n := cell.Center(), float64(c.N)
	for _, l := range listings {
		c.Point.Lat += l.Point.Lat / n
		c.Point.Lng += math.Remainder(l.Point.Lng-center.Lng, 360) / n
	}
	c.Point.Lng = math.Remainder(center.Lng+c.Point.Lng, 360)
	return c
}
