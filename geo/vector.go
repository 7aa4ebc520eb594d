package geo

import "math"

// WGS-84, from NIMA TR8350.2 table 3.1: the semi-major axis in metres and the
// flattening define it, the rest is derived.
const (
	semiMajor  = 6378137.0
	flattening = 1 / 298.257223563
	semiMinor  = semiMajor * (1 - flattening)
	ecc2       = flattening * (2 - flattening) // first eccentricity squared

	// The radii of curvature of the ellipsoid lie between these two: along the
	// meridian at the equator, and in every direction at the poles.
	leastRadius    = semiMajor * (1 - ecc2)       // 6335439.3 m
	greatestRadius = semiMajor / (1 - flattening) // 6399593.6 m
)

// Vector is a point of the ellipsoid's surface in space: metres from the earth's
// centre; X towards (0,0), Y towards (0,90°E), Z towards the north pole (ECEF).
type Vector struct {
	X, Y, Z float64
}

// Vector is the point in space, exact to a few nanometres. It is the same for
// every longitude at a pole, and for longitudes 180 and -180.
func (p Point) Vector() Vector {
	sinLat, cosLat := sincosDegrees(p.Lat)
	sinLng, cosLng := sincosDegrees(p.Lng)
	n := semiMajor / math.Sqrt(1-ecc2*sinLat*sinLat)
	return Vector{
		X: n * cosLat * cosLng,
		Y: n * cosLat * sinLng,
		Z: n * (1 - ecc2) * sinLat,
	}
}

// sincosDegrees reduces in degrees, where that is exact, so that the cosine of 90 is
// zero and the sine of 180 is too (Karney, GeographicLib, Math::sincosd).
func sincosDegrees(deg float64) (sin, cos float64) {
	if deg >= -45 && deg <= 45 {
		return math.Sincos(deg * (math.Pi / 180))
	}
	q := math.Round(deg / 90)
	s, c := math.Sincos((deg - 90*q) * (math.Pi / 180))
	switch int64(q) & 3 {
	case 0:
		return s, c
	case 1:
		return c, -s
	case 2:
		return -s, -c
	default:
		return -c, s
	}
}
