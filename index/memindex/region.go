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
