package esindex

import (
	"maps"
	"math"

	"corner/discovery"
	"corner/geo"
)

// measure is a way in which the engine measures from a centre, and how far it is wrong.
type measure struct {
	stretch
	center geo.Point
	// prelude is a script that computes d, the distance of a document, with params.
	prelude string
	params  object
}

// onSphere is the engine's own: the fastest, as it needs no script to sort by.
func onSphere(center geo.Point, s stretch) measure {
	return measure{
		stretch: s, center: center,
		prelude: "double d = doc['at'].arcDistance(params.lat, params.lng); ",
		params:  object{"lat": center.Lat, "lng": center.Lng},
	}
}

// byChord is geo.Distance below 100 km (see there), and right but for a part in a million
// below 1,000 km. Beyond, where the middle of the chord is deep below, it is the chord.
func byChord(center geo.Point) measure {
	v := center.Vector()
	return measure{
		stretch: stretch{least: 1, most: 1, blur: edge}, center: center,
		prelude: `
double p = doc['lat'].value * 0.017453292519943295, l = doc['lng'].value * 0.017453292519943295;
double s = Math.sin(p), c = Math.cos(p), n = 6378137.0 / Math.sqrt(1 - params.e2 * s * s);
double x = n * c * Math.cos(l), y = n * c * Math.sin(l), z = n * (1 - params.e2) * s;
double dx = x - params.x, dy = y - params.y, dz = z - params.z;
double xy = dx * dx + dy * dy, chord2 = xy + dz * dz;
double d = Math.sqrt(chord2);
if (chord2 > 0 && chord2 < 1e12) {
  double mx = x + params.x, my = y + params.y, mz = z + params.z;
  double q = xy + params.k2 * dz * dz;
  double u = q * q / (chord2 * 0.25 * (mx * mx + my * my + params.k2 * params.k2 * mz * mz));
  d *= (1 + u * (1.0 / 24 - u * 11.0 / 1920));
}
`,
		params: object{
			"x": v.X, "y": v.Y, "z": v.Z,
			"e2": eccentricity, "k2": 1 / ((1 - flattening) * (1 - flattening)),
		},
	}
}

// edge is how far byChord and geo.Distance may disagree near by, in metres, and a great
// deal more: both are the same formula in 64 bits, which rounds off nanometres.
const edge = 0.001

// byLambert is nearly the distance along the ellipsoid: H. Andoyer's and W. D. Lambert's formula
// on reduced latitudes, as in P. D. Thomas, "Spheroidal Geodesics, Reference Systems, and
// Local Geometry", 1970.
func byLambert(center geo.Point) measure {
	sin, cos := math.Sincos(center.Lat * math.Pi / 180)
	sin, cos = math.Sincos(math.Atan2((1-flattening)*sin, cos))
	return measure{
		// Near by, a cosine of nearly 1 rounds decimetres off.
		stretch: stretch{least: 1 - lambertSlack, most: 1 + lambertSlack, blur: 1}, center: center,
		prelude: `
double p = doc['lat'].value * 0.017453292519943295;
double u = Math.atan2((1 - params.f) * Math.sin(p), Math.cos(p)), s = Math.sin(u), c = Math.cos(u);
double h = Math.sin((doc['lng'].value - params.lng) * 0.008726646259971648);
double half = (1 - params.sin * s - params.cos * c) / 2 + c * params.cos * h * h;
double d = 0;
if (half > 0 && half < 1) {
  double a = 2 * Math.asin(Math.sqrt(half)), sin = Math.sin(a);
  double plus = params.sin + s, minus = params.sin - s;
  d = 6378137.0 * (a - params.f / 8 * ((a - sin) * plus * plus / (1 - half) + (a + sin) * minus * minus / half));
}
`,
		params: object{"lng": center.Lng, "sin": sin, "cos": cos, "f": flattening},
	}
}

// lambertSlack bounds the error of byLambert as a part of the distance, twice over: of
// three million random ways of 40 km to 15,000 km the worst was off by 5.2e-6.
const lambertSlack = 1e-5

// lambertLimit is where byLambert grows worse: near the antipodes.
const lambertLimit geo.Metres = 15_000_000

// local reports whether a query can find nothing farther than MaxRadius from its centre.
func local(q *discovery.Query, area geo.Area) bool {
	return q.Box == nil || farthest(q, area) <= discovery.MaxRadius
}

func farthest(q *discovery.Query, area geo.Area) geo.Metres {
	return geo.Distance(q.Center, area.Center) + area.Radius
}

// finest is the finest measure for what a query can find. A map may be a thousand kilometres
// from who looks, where a sphere is wrong by more than the map is wide.
func finest(q *discovery.Query, area geo.Area) measure {
	switch {
	case local(q, area):
		return byChord(q.Center)
	case farthest(q, area) <= lambertLimit:
		return byLambert(q.Center)
	}
	return onSphere(q.Center, globalStretch)
}

// script is an expression of the distance d, and of params.
func (m *measure) script(expression string, params object) object {
	all := maps.Clone(m.params)
	maps.Copy(all, params)
	return object{"source": m.prelude + "return " + expression + ";", "params": all}
}

// holds asks for documents of which a condition holds.
func (m *measure) holds(condition string, params object) object {
	return object{"script": object{"script": m.script(condition, params)}}
}

// sorted sorts by an expression, the least first.
func (m *measure) sorted(expression string, params object) object {
	return object{"_script": object{"type": "number", "order": "asc", "script": m.script(expression, params)}}
}

// disc asks for what the engine sees on its sphere so many metres away or nearer.
func disc(center geo.Point, metres float64) object {
	return object{"geo_distance": object{"at": spotOf(center), "distance": metres}}
}
