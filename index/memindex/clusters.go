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
	s, _ := searches.Get().(*search)
	defer s.release()
	s.begin(&discovery.Query{Center: q.Center, Box: &q.Box, Text: q.Text, Category: q.Category, Filter: q.Filter})
	var all []heap
	if !s.filter.nothing {
		for _, p := range now.parts {
			all = s.heaps(p, q.Res, all)
		}
	}
	return largest(all, q.Limit), nil
}

// heap is some listings of one cell of the map.
type heap struct {
	cell     geo.Cell
	n        int
	at       degrees // from which
	lat, lng int64   // sums are counted
	only     *discovery.Listing
}

// heaps appends what a part has in the box, by cell. The docs of a cell follow each other, so
// one heap is filled at a time.
func (s *search) heaps(p part, res int, all []heap) []heap {
	if p.len() == 0 {
		return all
	}
	s.on = p.segment
	if s.filter.look(p); s.filter.none {
		return all
	}
	b := boxOf(s.Box)
	fine, now := 0, len(all)
	add := func(doc uint32) {
		if p.start[fine+1] <= doc {
			if fine++; p.start[fine+1] <= doc {
				fine, _ = slices.BinarySearch(p.start, doc+1)
				fine--
			}
		}
		cell := p.cells[fine].Parent(res)
		if now == len(all) || all[now].cell != cell {
			now = len(all)
			all = append(all, heap{cell: cell, at: middle(cell, p.coarse[doc])})
		}
		h, at := &all[now], p.coarse[doc]
		if h.n++; h.n == 1 {
			h.only = p.listings[doc]
		}
		h.lat += int64(at.lat - h.at.lat)
		h.lng += int64(at.lng - h.at.lng) // wraps around the globe as it should
	}
	s.spans = p.tree.spans(&s.region, p.len(), s.spans[:0])
	try := func(doc uint32) {
		if !s.filter.passes(doc) || !b.holds(p.coarse[doc], s.Box, p.listings, doc) {
			return
		}
		if s.filter.AtHome && !s.filter.comes(doc, s.region.ruler.DistanceTo(p.at[doc])) {
			return
		}
		add(doc)
	}
	if !s.Text.Any() {
		for _, m := range s.matcher.match(&p.terms, &s.Text, s.spans) {
			try(m.doc)
		}
		return all
	}
	for _, r := range s.spans {
		for doc := r.begin; doc < r.end; doc++ {
			try(doc)
		}
	}
	return all
}

// middle is from where a cell's places are counted: its centre, as the law says, near a
// pole; elsewhere any place in it gives the same mean, and spares H3 a call.
func middle(cell geo.Cell, some degrees) degrees {
	const nearPole = 70 * degree
	if math.Abs(float64(some.lat)) < nearPole {
		return some
	}
	return degreesOf(cell.Center())
}

// largest is the heaps as clusters, those of one cell together.
func largest(all []heap, limit int) []discovery.Cluster {
	slices.SortFunc(all, func(a, b heap) int { return cmp.Compare(a.cell, b.cell) })
	joined := all[:0]
	for _, h := range all {
		if n := len(joined); n > 0 && joined[n-1].cell == h.cell {
			j := &joined[n-1]
			j.lat += h.lat + int64(h.at.lat-j.at.lat)*int64(h.n)
			j.lng += h.lng + int64(h.at.lng-j.at.lng)*int64(h.n)
			j.n += h.n
			continue
		}
		joined = append(joined, h)
	}
	slices.SortFunc(joined, func(a, b heap) int { return cmp.Or(b.n-a.n, cmp.Compare(a.cell, b.cell)) })
	clusters := make([]discovery.Cluster, min(limit, len(joined)))
	for i := range clusters {
		clusters[i] = joined[i].cluster()
	}
	return clusters
}

func (h *heap) cluster() discovery.Cluster {
	mean := func(from int32, sum int64) float64 { return (float64(from) + float64(sum)/float64(h.n)) / degree }
	c := discovery.Cluster{Cell: h.cell, N: h.n, Point: geo.Point{Lat: mean(h.at.lat, h.lat), Lng: math.Remainder(mean(h.at.lng, h.lng), 360)}}
	if h.n == 1 {
		c.Only = h.only
	}
	return c
}

// box is a geo.Box in the parts of a degree of the columns.
type box struct {
	south, north int64
	west         int32
	width        int64
}

func boxOf(b *geo.Box) box {
	at := degreesOf(geo.Point{Lat: b.South, Lng: b.West})
	return box{int64(at.lat), int64(degreesOf(geo.Point{Lat: b.North}).lat), at.lng, int64(math.Round(b.Width() * degree))}
}

// holds reports whether a place is in the box; where it is so near an edge that rounding
// counts, the listing tells.
func (b *box) holds(at degrees, exact *geo.Box, listings []*discovery.Listing, doc uint32) bool {
	const near = 2
	lat, east := int64(at.lat), int64(uint32(at.lng-b.west))
	if lat < b.south-near || lat > b.north+near || east > b.width+near && east < 1<<32-near {
		return false
	}
	if lat > b.south+near && lat < b.north-near && (east > near && east < b.width-near || b.width >= 1<<32) {
		return true
	}
	return exact.Contains(listings[doc].Point)
}
