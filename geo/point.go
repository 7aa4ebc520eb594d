package geo

import (
	"fmt"
	"math"
)

// Point is a place on the WGS-84 ellipsoid: latitude and longitude in degrees,
// north and east positive.
type Point struct {
	Lat, Lng float64
}

// Why a coordinate is refused: the values of [PointError].Code.
const (
	NotANumber = "not_a_number" // NaN
	Infinite   = "infinite"     // +Inf or -Inf
	OutOfRange = "out_of_range" // latitude beyond ±90 or longitude beyond ±180
	Swapped    = "swapped"      // the latitude is out of range, but the pair is valid the other way round
	NullIsland = "null_island"  // exactly (0,0): a device that had no fix
)

// Which coordinate is refused: the values of [PointError].Field.
const (
	FieldLat  = "lat"
	FieldLng  = "lng"
	FieldBoth = "both"
)

// PointError says which coordinate of a pair cannot be right, and why. It never
// holds the values themselves: it may be logged, and a position is personal.
type PointError struct {
	Field string // FieldLat, FieldLng or FieldBoth
	Code  string // NotANumber, Infinite, OutOfRange, Swapped or NullIsland
}

func (e *PointError) Error() string {
	if e.Field == FieldBoth {
		return "geo: lat and lng: " + e.Code
	}
	return fmt.Sprintf("geo: %s: %s", e.Field, e.Code)
}

// Check reports what is wrong with a pair of degrees as a *[PointError], or nil.
// Where both coordinates are wrong for different reasons, the latitude is named.
func Check(lat, lng float64) error {
	latCode, lngCode := refusal(lat, 90), refusal(lng, 180)
	switch {
	case latCode == OutOfRange && lngCode == "" && math.Abs(lat) <= 180 && math.Abs(lng) <= 90:
		return &PointError{FieldBoth, Swapped}
	case latCode != "" && latCode == lngCode:
		return &PointError{FieldBoth, latCode}
	case latCode != "":
		return &PointError{FieldLat, latCode}
	case lngCode != "":
		return &PointError{FieldLng, lngCode}
	case lat == 0 && lng == 0:
		return &PointError{FieldBoth, NullIsland}
	}
	return nil
}

// Check reports what is wrong with the point, as the function [Check] does.
func (p Point) Check() error { return Check(p.Lat, p.Lng) }

// Valid reports whether Check finds nothing wrong.
func (p Point) Valid() bool { return p.Check() == nil }

func (p Point) finite() bool { return p.Lat-p.Lat == 0 && p.Lng-p.Lng == 0 } // Inf-Inf is NaN

func refusal(degrees, limit float64) string {
	switch {
	case math.IsNaN(degrees):
		return NotANumber
	case math.IsInf(degrees, 0):
		return Infinite
	case math.Abs(degrees) > limit:
		return OutOfRange
	}
	return ""
}
