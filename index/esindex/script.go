package esindex

import (
	"corner/geo"
)

// edge is how far the engine's script and geo.Distance may disagree, in metres, and a
// great deal more: both are the same formula in 64 bits, which rounds off nanometres.
const edge = 0.001

// farEdge is the same as a part of the distance, up to 1,000 km: there the formula is off
// by a part in a million.
const farEdge = 1e-5

// chordal computes d as geo.Distance does below 100 km (see there), from a document's lat
// and lng. Beyond 1,000 km, where the middle of the chord is deep below, it is the chord.
const chordal = `
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
`

// reaches asks for documents no farther from center than limit says, an expression
// in metres.
func reaches(center geo.Point, params object, limit string) object {
	v := center.Vector()
	params["x"], params["y"], params["z"] = v.X, v.Y, v.Z
	params["e2"], params["k2"] = eccentricity, 1/((1-flattening)*(1-flattening))
	return object{"script": object{"script": object{"source": chordal + "return d <= " + limit + ";", "params": params}}}
}
