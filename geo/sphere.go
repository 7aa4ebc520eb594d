package geo

import "math"

// EarthRadius is the IUGG mean radius of the earth, (2a+b)/3, in metres: the sphere
// of [Haversine], Elasticsearch and OpenSearch.
const EarthRadius = 6371008.8

// SphereSlack bounds how far a sphere of [EarthRadius] and the ellipsoid disagree, as
// a part of either distance: |Distance/Haversine - 1| < SphereSlack and the other
// way round. An engine that only knows the sphere finds all points within r when asked
// for r·(1+SphereSlack).
//
// The bound is exact, not sampled. For a small step (dφ, dλ) the sphere's length
// is R·√(dφ² + cos²φ·dλ²), the ellipsoid's √(M²·dφ² + N²·cos²φ·dλ²), with the radii of
// curvature M and N between 6335439.3 m (M at the equator) and 6399593.6 m (both at
// the poles). So each way's two lengths, and hence the shortest ways', have a quotient
// between 6335439.3/R = 0.99442 and 6399593.6/R = 1.00449, whose inverses are
// 1.00562 and 0.99553.
const SphereSlack = 0.006

// Haversine is the distance on a sphere of [EarthRadius] (R. W. Sinnott, "Virtues of
// the haversine", Sky and Telescope 68, 1984).
func Haversine(a, b Point) Metres {
	const rad = math.Pi / 180
	sinLat := math.Sin((b.Lat - a.Lat) * rad / 2)
	sinLng := math.Sin((b.Lng - a.Lng) * rad / 2)
	h := sinLat*sinLat + math.Cos(a.Lat*rad)*math.Cos(b.Lat*rad)*sinLng*sinLng
	return Metres(2 * EarthRadius * math.Asin(math.Min(1, math.Sqrt(h))))
}
