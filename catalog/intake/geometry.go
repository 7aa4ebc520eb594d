package intake

import (
	"encoding/json"
	"math"
	"strconv"

	"corner/geo"
)

// position is longitude and latitude, in RFC 7946's order, and perhaps a height.
type position []degrees

// degrees are a number and nothing else: encoding/json takes null for 0.
type degrees float64

// UnmarshalJSON implements json.Unmarshaler.
func (d *degrees) UnmarshalJSON(text []byte) error {
	v, err := strconv.ParseFloat(string(text), 64)
	*d = degrees(v)
	return err
}

// point is where a geometry is: a point, or the centroid of an area.
func (g *geometry) point() (geo.Point, string) {
	if g == nil {
		return geo.Point{}, "geometry: is missing"
	}
	var areas [][][]position // of rings
	var err error
	switch g.Type {
	case "Point":
		var p position
		if err = json.Unmarshal(g.Coordinates, &p); err != nil || len(p) < 2 {
			return geo.Point{}, "geometry: is not readable"
		}
		at := geo.Point{Lat: float64(p[1]), Lng: float64(p[0])}
		return at, whyNot(at)
	case "Polygon":
		areas = make([][][]position, 1)
		err = json.Unmarshal(g.Coordinates, &areas[0])
	case "MultiPolygon":
		err = json.Unmarshal(g.Coordinates, &areas)
	default:
		return geo.Point{}, "geometry: is neither a point nor an area"
	}
	at, ok := centroid(areas)
	if err != nil || !ok {
		return geo.Point{}, "geometry: is not readable"
	}
	return at, whyNot(at)
}

// centroid is the middle of areas, without their holes: on a plane of degrees, which is
// good enough for what is the size of a park. Longitudes are taken relative to the
// first, so that an area may lie across the antimeridian.
func centroid(areas [][][]position) (geo.Point, bool) {
	var sum, x, y degrees // of areas doubled; of middles weighted with them times 3
	var corners, meanX, meanY degrees
	var origin position
	for _, rings := range areas {
		if len(rings) == 0 {
			continue
		}
		outer := rings[0]
		var area, ringX, ringY degrees
		for i, p := range outer {
			if len(p) < 2 {
				return geo.Point{}, false
			}
			if origin == nil {
				origin = p
			}
			q := outer[(i+1)%len(outer)]
			if len(q) < 2 {
				return geo.Point{}, false
			}
			px, py, qx, qy := round(p[0]-origin[0]), p[1]-origin[1], round(q[0]-origin[0]), q[1]-origin[1]
			cross := px*qy - qx*py
			area, ringX, ringY = area+cross, ringX+(px+qx)*cross, ringY+(py+qy)*cross
			corners, meanX, meanY = corners+1, meanX+px, meanY+py
		}
		if area < 0 { // it runs the other way round
			area, ringX, ringY = -area, -ringX, -ringY
		}
		sum, x, y = sum+area, x+ringX, y+ringY
	}
	switch {
	case corners == 0:
		return geo.Point{}, false
	case sum > 0:
		x, y = x/(3*sum), y/(3*sum)
	default: // a line, or a point
		x, y = meanX/corners, meanY/corners
	}
	return geo.Point{Lat: float64(origin[1] + y), Lng: float64(round(origin[0] + x))}, true
}

// round is a longitude, or a difference of two, between -180 and 180 degrees.
func round(d degrees) degrees {
	if math.Abs(float64(d)) <= 180 {
		return d
	}
	return d - 360*degrees(math.Round(float64(d)/360))
}
