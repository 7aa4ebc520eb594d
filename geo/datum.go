package geo

import (
	"fmt"
	"math"
)

// System names the coordinate system of a pair of degrees, as a phone or a map hands
// it over.
type System string

// The systems.
const (
	WGS84 System = "wgs84" // GPS, OpenStreetMap, Apple and Google outside mainland China
	GCJ02 System = "gcj02" // AMap, Tencent, and every map licensed in mainland China: WGS-84 moved by up to 700 m
	BD09  System = "bd09"  // Baidu: GCJ-02 moved once more
)

// SystemError says that a system is none of [WGS84], [GCJ02] and [BD09].
type SystemError struct{ System System }

func (e *SystemError) Error() string {
	return fmt.Sprintf("geo: unknown coordinate system %q", string(e.System))
}

// ToWGS84 turns a point of system s into WGS-84. Outside mainland China (Hong Kong,
// Macau and Taiwan are outside, and so is the high sea), GCJ-02 is WGS-84.
//
// The error is a *[PointError], a *[SystemError], or that of the zone data on which
// the border rests (see [Mainland]).
//
// Within 700 m of that border GCJ-02 is ambiguous: a mainland place may be moved onto
// a spot abroad, which abroad means itself. ToWGS84 then takes the mainland's reading:
// Shenzhen's side is the denser one.
func ToWGS84(p Point, s System) (Point, error) {
	if err := p.Check(); err != nil {
		return Point{}, err
	}
	switch s {
	case WGS84:
		return p, nil
	case GCJ02:
		return gcjToWGS(p)
	case BD09:
		return gcjToWGS(bdToGCJ(p))
	}
	return Point{}, &SystemError{s}
}

// FromWGS84 turns a WGS-84 point into system s. Its errors are those of [ToWGS84].
// BD-09 is a shift of GCJ-02 everywhere, abroad too, as in gcoord.
func FromWGS84(p Point, s System) (Point, error) {
	if err := p.Check(); err != nil {
		return Point{}, err
	}
	switch s {
	case WGS84:
		return p, nil
	case GCJ02:
		return wgsToGCJ(p)
	case BD09:
		g, err := wgsToGCJ(p)
		return gcjToBD(g), err
	}
	return Point{}, &SystemError{s}
}

func wgsToGCJ(p Point) (Point, error) {
	inside, err := Mainland(p)
	if err != nil || !inside {
		return p, err
	}
	return gcjMove(p), nil
}

func gcjToWGS(g Point) (Point, error) {
	p := settle(g, gcjMove)
	inside, err := Mainland(p)
	if err != nil || !inside {
		return g, err
	}
	return p, nil
}

// gcjMove is the mainland's shift, on the Krasovsky ellipsoid, as published with
// "EvilTransform" (2010) and used unchanged by gcoord, coordtransform and others.
func gcjMove(p Point) Point {
	const (
		a   = 6378245.0
		ee  = 0.00669342162296594323
		rad = math.Pi / 180
	)
	x, y := p.Lng-105, p.Lat-35
	dLat := -100 + 2*x + 3*y + 0.2*y*y + 0.1*x*y + 0.2*math.Sqrt(math.Abs(x)) +
		ripple(x, 6, 20, 2, 20) + ripple(y, 1, 20, 1./3, 40) + ripple(y, 1./12, 160, 1./30, 320)
	dLng := 300 + x + 2*y + 0.1*x*x + 0.1*x*y + 0.1*math.Sqrt(math.Abs(x)) +
		ripple(x, 6, 20, 2, 20) + ripple(x, 1, 20, 1./3, 40) + ripple(x, 1./12, 150, 1./30, 300)
	sin, cos := math.Sincos(p.Lat * rad)
	w := 1 - ee*sin*sin
	return Point{
		Lat: p.Lat + dLat/(a*(1-ee)/(w*math.Sqrt(w))*rad),
		Lng: p.Lng + dLng/(a/math.Sqrt(w)*cos*rad),
	}
}

func ripple(v, f1, a1, f2, a2 float64) float64 {
	return (a1*math.Sin(f1*v*math.Pi) + a2*math.Sin(f2*v*math.Pi)) * 2 / 3
}

// gcjToBD is Baidu's shift: a constant and a ripple in polar coordinates.
func gcjToBD(p Point) Point {
	const k = math.Pi * 3000 / 180
	r := math.Hypot(p.Lng, p.Lat) + 0.00002*math.Sin(p.Lat*k)
	sin, cos := math.Sincos(math.Atan2(p.Lat, p.Lng) + 0.000003*math.Cos(p.Lng*k))
	return Point{Lat: r*sin + 0.006, Lng: r*cos + 0.0065}
}

func bdToGCJ(p Point) Point { return settle(p, gcjToBD) }

// settle inverts a shift: the point that move takes to target. The shifts change by
// less than 1 % of the way moved, so each round gains two digits and more.
func settle(target Point, move func(Point) Point) Point {
	p := target
	for range 20 {
		q := move(p)
		dLat, dLng := target.Lat-q.Lat, target.Lng-q.Lng
		p.Lat += dLat
		p.Lng += dLng
		if math.Abs(dLat)+math.Abs(dLng) < 1e-12 {
			break
		}
	}
	return p
}
