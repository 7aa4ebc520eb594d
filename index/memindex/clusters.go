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
	s.begin(discovery.Query{Center: q.Center, Box: &q.Box, Text: q.Text, Category: q.Category, Tree: q.Tree, Filter: q.Filter})
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
	cell geo.Cell
	n    int
	at   degrees // from which
	sum  sum     // is counted
	only *discovery.Listing
}

// heaper heaps up what a part has in a box, by cell. The docs of a cell follow each other, so one
// heap is filled at a time.
type heaper struct {
	part
	res   int
	heaps []heap
	first int      // of this part
	fine  int      // the place in cells of the last doc
	end   geo.Cell // the last fine cell of the last heap
}

// heaps appends what a part has in the box.
func (s *search) heaps(p part, res int, all []heap) []heap {
	if p.len() == 0 {
		return all
	}
	s.on = p.segment
	if s.filter.look(p); s.filter.none {
		return all
	}
	h := heaper{part: p, res: res, heaps: all, first: len(all)}
	try := func(doc uint32) {
		if s.filter.passes(doc) && s.region.holds(p.segment, doc) &&
			(!s.filter.AtHome || s.filter.comes(doc, s.region.ruler.DistanceTo(p.at[doc]))) {
			h.of(doc).add(p.coarse[doc], p.listings[doc])
		}
	}
	top := len(p.tree.levels) - 1
	if !s.Text.IsEmpty() {
		s.spans = p.tree.spans(&s.region, p.len(), s.spans[:0])
		for _, m := range s.matcher.match(&p.terms, &s.Text, s.spans) {
			try(m.doc)
		}
		return h.heaps
	}
	p.tree.descend(&s.region, top, 0, p.len(), func(r span, sure bool) {
		if sure && s.filter.plain && s.filter.anyKind {
			h.addAll(r)
			return
		}
		for doc := r.begin; doc < r.end; doc++ {
			try(doc)
		}
	})
	return h.heaps
}

// of is the heap a doc belongs to. Docs come in order.
func (h *heaper) of(doc uint32) *heap {
	if h.start[h.fine+1] <= doc {
		if h.fine++; h.start[h.fine+1] <= doc {
			h.fine, _ = slices.BinarySearch(h.start, doc+1)
			h.fine--
		}
	}
	if cell := h.cells[h.fine]; len(h.heaps) == h.first || cell > h.end {
		cell = cell.Parent(h.res)
		_, h.end = geo.ChildRange(cell, geo.FinestRes)
		h.heaps = append(h.heaps, heap{cell: cell, at: middle(cell, h.coarse[doc])})
	}
	return &h.heaps[len(h.heaps)-1]
}

// addAll adds a span of docs: what the sums tell, without looking at each.
func (h *heaper) addAll(r span) {
	for r.begin < r.end {
		to := h.of(r.begin)
		last, _ := slices.BinarySearch(h.cells[h.fine:], h.end+1)
		end := min(r.end, h.start[h.fine+last])
		live := int(end - r.begin)
		h.dead.each(span{r.begin, end}, func(uint32) { live-- })
		if live >= 2*leafDocs && !crooked(to.at) {
			h.addSum(to, span{r.begin, end}, live)
			r.begin = end
		}
		for ; r.begin < end; r.begin++ {
			if !h.dead.has(r.begin) {
				to.add(h.coarse[r.begin], h.listings[r.begin])
			}
		}
	}
}

func (h *heaper) addSum(to *heap, r span, live int) {
	from, till := h.before(r.begin), h.before(r.end)
	all := sum{till.lat - from.lat, till.lng - from.lng}
	h.dead.each(r, func(doc uint32) {
		all.lat -= int64(h.coarse[doc].lat)
		all.lng -= int64(h.coarse[doc].lng)
	})
	to.sum.lat += all.lat - int64(to.at.lat)*int64(live)
	to.sum.lng += all.lng - int64(to.at.lng)*int64(live)
	to.n += live
}

// before is the sum of all docs before one.
func (h *heaper) before(doc uint32) sum {
	all := h.sums[doc/leafDocs]
	for _, at := range h.coarse[doc/leafDocs*leafDocs : doc] {
		all.lat += int64(at.lat)
		all.lng += int64(at.lng)
	}
	return all
}

func (h *heap) add(at degrees, l *discovery.Listing) {
	h.sum.lat += int64(at.lat - h.at.lat)
	h.sum.lng += int64(at.lng - h.at.lng) // wraps around the globe as it should
	h.n++
	h.only = l // of no meaning where there are more
}

// crooked reports whether the longitudes around cannot just be added up: near a pole, and
// where they jump.
func crooked(at degrees) bool {
	return math.Abs(float64(at.lat)) > nearPole || math.Abs(float64(at.lng)) > 150*degree
}

const nearPole = 70 * degree

// middle is from where a cell's places are counted: its centre, as the law says, near a
// pole; elsewhere any place in it gives the same mean, and spares H3 a call.
func middle(cell geo.Cell, some degrees) degrees {
	if math.Abs(float64(some.lat)) <= nearPole {
		return some
	}
	return degreesOf(cell.Center())
}

// largest is the heaps as clusters, those of one cell together.
func largest(all []heap, limit int) []discovery.Cluster {
	slices.SortFunc(all, func(a, b heap) int { return cmp.Compare(a.cell, b.cell) })
	joined := all[:0]
	for _, h := range all {
		if h.n == 0 {
			continue // all that was there has been replaced
		}
		if n := len(joined); n > 0 && joined[n-1].cell == h.cell {
			j := &joined[n-1]
			j.sum.lat += h.sum.lat + int64(h.at.lat-j.at.lat)*int64(h.n)
			j.sum.lng += h.sum.lng + int64(h.at.lng-j.at.lng)*int64(h.n)
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
	c := discovery.Cluster{
		Cell:  h.cell,
		N:     h.n,
		Point: geo.Point{Lat: mean(h.at.lat, h.sum.lat), Lng: math.Remainder(mean(h.at.lng, h.sum.lng), 360)},
	}
	if h.n == 1 {
		c.Only = h.only
	}
	return c
}
