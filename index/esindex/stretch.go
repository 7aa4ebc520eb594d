package esindex

import (
	"math"

	"corner/discovery"
	"corner/geo"
)

// stretch says between what bounds the exact distance of a place lies, around one
// centre, when the engine's distance is known.
//
// Elasticsearch measures on a sphere of geo.EarthRadius, taking geodetic latitude for
// its own. For a small step (dφ, dλ) the sphere's length is R·√(dφ² + cos²φ·dλ²) and the
// ellipsoid's √(M²·dφ² + N²·cos²φ·dλ²), with the radii of curvature M ≤ N, both
// growing with |φ|. So along any way between the latitudes φ1 and φ2 (in |φ|), the quotient
// lies in [M(φ1)/R, N(φ2)/R], hence that of the shortest ways too. The latitudes that a
// way of discovery.MaxRadius can reach are within half a degree of the centre. That
// is half as wide as geo.SphereSlack, which holds for the whole globe, and the
// candidates fetched in vain are as many as it is wide.
type stretch struct {
	least, most float64
	blur        float64 // see blur
}

// reach is more than the degrees of latitude in discovery.MaxRadius and a little.
const reach = 0.5

// blur is how far the engine may be off besides, in metres: it rounds points to 1 cm
// (a geo_point is two times 32 bits), and its sines are polynomials.
const blur = 0.1

func stretchAt(center geo.Point) stretch {
	const rounding = 1e-7 // of Lucene's radius, ours, and all arithmetic
	nearest := math.Max(0, math.Abs(center.Lat)-reach)
	farthest := math.Min(90, math.Abs(center.Lat)+reach)
	return stretch{
		least: meridional(nearest) / geo.EarthRadius * (1 - rounding),
		most:  normal(farthest) / geo.EarthRadius * (1 + rounding),
		blur:  blur,
	}
}

// globalStretch holds all over the globe. Near the antipodes, the engine's arcsine makes
// much of little.
var globalStretch = stretch{least: 1 - geo.SphereSlack, most: 1 + geo.SphereSlack, blur: 20}

// atLeast is a lower bound of the exact distance of what the engine sees at s.
func (t stretch) atLeast(s float64) geo.Metres {
	return geo.Metres(math.Max(0, s-t.blur) * t.least)
}

// seenFrom and seenTo bound where the engine sees what is exactly d away; nearer than
// seenFrom, maybe none at all, is nothing so far.
func (t stretch) seenFrom(d geo.Metres) float64 { return float64(d)/t.most - t.blur }
func (t stretch) seenTo(d geo.Metres) float64   { return float64(d)/t.least + t.blur }

// Every distance this is asked about is within the reach.
const _ = uint(reach*110_000 - discovery.MaxRadius)

// The ellipsoid of WGS-84.
const (
	semiMajor    = 6378137.0
	flattening   = 1 / 298.257223563
	eccentricity = flattening * (2 - flattening) // squared
)

// meridional is the radius of curvature M along the meridian.
func meridional(lat float64) float64 {
	sin := math.Sin(lat * math.Pi / 180)
	return semiMajor * (1 - eccentricity) / math.Pow(1-eccentricity*sin*sin, 1.5)
}

// normal is the radius of curvature N across it.
func normal(lat float64) float64 {
	sin := math.Sin(lat * math.Pi / 180)
	return semiMajor / math.Sqrt(1-eccentricity*sin*sin)
}
