package geo

import "math"

// Box is what a map shows: all points between two parallels and two meridians, in
// WGS-84 degrees, its edges included. West > East is a box across the antimeridian.
type Box struct {
	South, West, North, East float64
}

// Check reports what is wrong with the box: the error of a corner that is no point, or
// ErrBox where the south is north of the north. Corners at (0,0) are fine.
func (b Box) Check() error {
	for _, p := range [...]Point{{b.South, b.West}, {b.North, b.East}} {
		if err := p.Check(); err != nil && p != (Point{}) {
			return err
		}
	}
	if b.South > b.North {
		return ErrBox
	}
	return nil
}

// ErrBox says that a box has its south north of its north.
var ErrBox error = &PointError{FieldLat, Swapped}

// Contains reports whether p is in the box.
func (b Box) Contains(p Point) bool {
	if p.Lat < b.South || p.Lat > b.North {
		return false
	}
	if b.West <= b.East {
		return b.West <= p.Lng && p.Lng <= b.East
	}
	return p.Lng >= b.West || p.Lng <= b.East
}

// Width is the degrees from West to East, 0 to 360.
func (b Box) Width() float64 {
	if b.West <= b.East {
		return b.East - b.West
	}
	return b.East - b.West + 360
}

// Center is the middle of the box's parallels and meridians.
func (b Box) Center() Point {
	lng := b.West + b.Width()/2
	if lng > 180 {
		lng -= 360
	}
	return Point{(b.South + b.North) / 2, lng}
}

// CoverBox makes the Area of a box: Center is the box's, Radius that of a disc around
// the box, and Cells, as for [Cover], at most [MaxCells] cells that hold each point of
// the box, or nil for a box that is too wide for them.
func CoverBox(b Box) Area {
	center := b.Center()
	radius := Metres(0)
	// The farther a meridian is from the middle one, the farther its points: so the
	// corners are the farthest of a box that is small or reaches a pole, and a larger one
	// has no cells anyway.
	for _, corner := range [...]Point{{b.South, b.West}, {b.North, b.West}} {
		radius = max(radius, Distance(center, corner))
	}
	area := Cover(center, radius)
	area.Box = &b
	if area.Cells == nil {
		return area
	}
	g := gridAt(center)
	g.zoom(area.Res)
	margin := reach * g.spacing * 1.01 // an angle of H3's sphere, so degrees of latitude as well
	kept := area.Cells[:0]
	for _, c := range area.Cells {
		if b.within(c.Center(), margin) {
			kept = append(kept, c)
		}
	}
	area.Cells = kept
	return area
}

// within reports false if no point of the box is within an angle, in radians, of p.
func (b Box) within(p Point, angle float64) bool {
	const degree = math.Pi / 180
	if p.Lat < b.South-angle/degree || p.Lat > b.North+angle/degree {
		return false
	}
	if math.Abs(p.Lat)*degree+angle >= math.Pi/2 {
		return true // so near the pole that all meridians are near
	}
	// The meridians that touch a circle around p are so far from its own (spherical law
	// of sines in the right triangle with the pole).
	wide := math.Asin(math.Min(1, math.Sin(angle)/math.Cos(p.Lat*degree))) / degree
	if b.Width()+2*wide >= 360 {
		return true
	}
	east := math.Mod(p.Lng-(b.West-wide)+720, 360)
	return east <= b.Width()+2*wide
}
