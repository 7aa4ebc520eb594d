package geo

import "math"

// Ruler measures from one centre. It is a small value; copy it freely.
type Ruler struct {
	center Point
	at     Vector
	cosLat float64
}

// RulerAt lays a ruler at p.
func RulerAt(p Point) Ruler {
	_, cos := sincosDegrees(p.Lat)
	return Ruler{center: p, at: p.Vector(), cosLat: cos}
}

// Distance is [Distance] from the ruler's centre to p, to the last bit.
func (r *Ruler) Distance(p Point) Metres { return between(r.at, p.Vector()) }

// DistanceTo is Distance to the point whose vector is v, to the last bit, and needs
// no trigonometry below 100 km.
func (r *Ruler) DistanceTo(v Vector) Metres { return between(r.at, v) }

// Within reports whether Distance(p) <= limit; most points outside are told by two
// comparisons.
func (r *Ruler) Within(p Point, limit Metres) bool {
	// A way of length m cannot change the latitude by more than m/leastRadius, as
	// no meridian is more curved; on it the parallels are no shorter than
	// a·cos(lat+that) ≥ a·(cos lat - that), which bounds the longitude. A
	// millimetre keeps rounding on the safe side.
	reach := float64(limit) + 0.001
	dLat := reach / leastRadius
	if math.Abs(p.Lat-r.center.Lat)*(math.Pi/180) > dLat {
		return false
	}
	dLng := math.Abs(p.Lng - r.center.Lng)
	if dLng > 180 {
		dLng = 360 - dLng
	}
	if dLng*(math.Pi/180)*semiMajor*(r.cosLat-dLat) > reach {
		return false
	}
	return r.Distance(p) <= limit
}
