package memindex

import (
	"math"

	"corner/geo"
)

// region is where hits are: a disc, or a box of meridians and parallels.
type region struct {
	center geo.Vector // of the disc; distances are from here
	ruler  geo.Ruler
	radius geo.Metres

	box          *geo.Box
	frame        frame      // the same, for docs
	south, north float64    // of the box: Z of its parallels
	west, east   geo.Vector // and the normals, into the box, of its meridians' planes
	wide         bool       // more than half around the globe: in either half-space, not in both
	round        bool       // all around it
}

func (r *region) begin(center geo.Point, radius geo.Metres, box *geo.Box) {
	*r = region{center: center.Vector(), ruler: geo.RulerAt(center), radius: radius, box: box}
	if box == nil {
		return
	}
	r.frame = frameOf(box)
	r.radius = geo.Metres(math.Inf(1))
	r.south, r.north = geo.Point{Lat: box.South}.Vector().Z, geo.Point{Lat: box.North}.Vector().Z
	sin, cos := math.Sincos(box.West * math.Pi / 180)
	r.west = geo.Vector{X: -sin, Y: cos}
	sin, cos = math.Sincos(box.East * math.Pi / 180)
	r.east = geo.Vector{X: sin, Y: -cos}
	r.wide, r.round = box.Width() > 180, box.Width() >= 360
}

// A metre makes up for what rounding may do to places at the edge.
const edge = 1.0

// place is where bounds are. What is neither surely inside nor outside is partly.
func (r *region) place(b *bounds) place {
	if r.box == nil {
		// The arc over a chord of 50 km is 0.13 m longer than the chord; of a longer one
		// nobody asks, and it is partly in.
		const most = 60_000
		radius := float64(r.radius)
		switch {
		case b.nearest2(&r.center) > radius*radius:
			return outside
		case radius > edge && radius < most && b.farthest2(&r.center) < (radius-edge)*(radius-edge):
			return inside
		}
		return partly
	}
	lo, hi := float64(b.lo[2]), float64(b.hi[2])
	if hi < r.south-edge || lo > r.north+edge {
		return outside
	}
	in := lo > r.south+edge && hi < r.north-edge
	if r.round {
		if in {
			return inside
		}
		return partly
	}
	leastW, mostW := b.along(&r.west)
	leastE, mostE := b.along(&r.east)
	if r.wide {
		if mostW < -edge && mostE < -edge {
			return outside
		}
		in = in && (leastW > edge || leastE > edge)
	} else {
		if mostW < -edge || mostE < -edge {
			return outside
		}
		in = in && leastW > edge && leastE > edge
	}
	if in {
		return inside
	}
	return partly
}

// frame is a geo.Box in the parts of a degree of the columns.
type frame struct {
	south, north int64
	west         int32
	width        int64
}

func frameOf(b *geo.Box) frame {
	at := degreesOf(geo.Point{Lat: b.South, Lng: b.West})
	return frame{int64(at.lat), int64(degreesOf(geo.Point{Lat: b.North}).lat), at.lng, int64(math.Round(b.Width() * degree))}
}

// holds reports whether a doc is in the box; where it is so near an edge that rounding
// counts, the listing tells.
func (r *region) holds(on *segment, doc uint32) bool {
	const near = 2
	f, at := &r.frame, on.coarse[doc]
	lat, east := int64(at.lat), int64(uint32(at.lng-f.west))
	if lat < f.south-near || lat > f.north+near || east > f.width+near && east < 1<<32-near {
		return false
	}
	if lat > f.south+near && lat < f.north-near && (east > near && east < f.width-near || f.width >= 1<<32) {
		return true
	}
	return r.box.Contains(on.listings[doc].Point)
}
