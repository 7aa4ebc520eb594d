package memindex

import (
	"math"

	"corner/geo"
)

// A tree bounds what stands where: each leaf the leafDocs docs that follow each other in the
// segment's order, each node above it fanOut nodes of the level below. As neighbours in
// the order of H3's numbers are neighbours on the ground, the boxes are small. It
// takes 2 bytes a place, and finds the nearest without a cover of cells: one of those
// costs 20 µs before the search begins.
const (
	leafDocs = 16
	fanOut   = 8
)

// bounds is a box in space, in metres, not smaller than what it holds.
type bounds struct {
	lo, hi [3]float32
}

type tree struct {
	levels [][]bounds // the leaves first, one root last
}

func newTree(at []geo.Vector) tree {
	var t tree
	leaves := make([]bounds, (len(at)+leafDocs-1)/leafDocs)
	parallel(len(leaves), func(lo, hi int) {
		for i := lo; i < hi; i++ {
			b := noBounds
			for _, v := range at[i*leafDocs : min((i+1)*leafDocs, len(at))] {
				for axis, x := range [...]float64{v.X, v.Y, v.Z} {
					b.lo[axis] = min(b.lo[axis], below32(x))
					b.hi[axis] = max(b.hi[axis], -below32(-x))
				}
			}
			leaves[i] = b
		}
	})
	for level := leaves; ; {
		t.levels = append(t.levels, level)
		if len(level) <= 1 {
			return t
		}
		above := make([]bounds, (len(level)+fanOut-1)/fanOut)
		for i := range above {
			b := noBounds
			for _, child := range level[i*fanOut : min((i+1)*fanOut, len(level))] {
				for axis := range 3 {
					b.lo[axis] = min(b.lo[axis], child.lo[axis])
					b.hi[axis] = max(b.hi[axis], child.hi[axis])
				}
			}
			above[i] = b
		}
		level = above
	}
}

var noBounds = bounds{
	[3]float32{math.MaxFloat32, math.MaxFloat32, math.MaxFloat32},
	[3]float32{-math.MaxFloat32, -math.MaxFloat32, -math.MaxFloat32},
}

// below32 is a float32 that is not more than x.
func below32(x float64) float32 {
	f := float32(x)
	if float64(f) > x {
		f = math.Nextafter32(f, -math.MaxFloat32)
	}
	return f
}

// nearest2 is the square of the straight way from v to the nearest point of b. No way along the
// ground is shorter.
func (b *bounds) nearest2(v *geo.Vector) float64 {
	dx := max(float64(b.lo[0])-v.X, v.X-float64(b.hi[0]), 0)
	dy := max(float64(b.lo[1])-v.Y, v.Y-float64(b.hi[1]), 0)
	dz := max(float64(b.lo[2])-v.Z, v.Z-float64(b.hi[2]), 0)
	return dx*dx + dy*dy + dz*dz
}

// farthest2 is the square of the straight way from v to the farthest point of b.
func (b *bounds) farthest2(v *geo.Vector) float64 {
	dx := max(v.X-float64(b.lo[0]), float64(b.hi[0])-v.X)
	dy := max(v.Y-float64(b.lo[1]), float64(b.hi[1])-v.Y)
	dz := max(v.Z-float64(b.lo[2]), float64(b.hi[2])-v.Z)
	return dx*dx + dy*dy + dz*dz
}

// along is the least and the greatest of the scalar products of n and a point of b.
func (b *bounds) along(n *geo.Vector) (least, greatest float64) {
	for axis, x := range [...]float64{n.X, n.Y, n.Z} {
		p, q := x*float64(b.lo[axis]), x*float64(b.hi[axis])
		least, greatest = least+min(p, q), greatest+max(p, q)
	}
	return least, greatest
}

// place is where bounds are, seen from a region.
type place int8

const (
	outside place = iota
	partly
	inside
)

// spans appends the spans of docs that may be in the region, ascending.
func (t *tree) spans(r *region, docs int, spans []span) []span {
	t.descend(r, len(t.levels)-1, 0, docs, func(s span, _ bool) { spans = extend(spans, s, lenient) })
	return spans
}

// descend yields the spans of docs below a node that may be in the region, ascending, and
// whether all of a span surely are.
func (t *tree) descend(r *region, level, i, docs int, yield func(s span, sure bool)) {
	where := r.place(&t.levels[level][i])
	if where == outside {
		return
	}
	if where == inside || level == 0 {
		size := leafDocs
		for range level {
			size *= fanOut
		}
		yield(span{uint32(i * size), uint32(min((i+1)*size, docs))}, where == inside)
		return
	}
	for child := i * fanOut; child < min((i+1)*fanOut, len(t.levels[level-1])); child++ {
		t.descend(r, level-1, child, docs, yield)
	}
}
