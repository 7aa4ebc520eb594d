package catalog

import (
	"errors"
	"math"
	"time"

	"corner/fault"
	"corner/geo"
)

// Location is where a place is and how we know it. What a phone sent is kept beside the
// point that was computed from it.
type Location struct {
	Point    geo.Point  // WGS-84, degrees: what everything computes with
	Sent     geo.Point  // as it was sent, in System
	System   geo.System // the coordinate system it was sent in; "": there is no location
	Accuracy geo.Metres // horizontal, one standard deviation as phones report it; 0 if not told
	How      How        // "" if not told
	// MeasuredAt is when the phone took it; zero if not told.
	MeasuredAt time.Time
	// Entrance is the door, where that is not at Point, in WGS-84, and SentEntrance as it
	// was sent, in System. Zero: not told.
	Entrance, SentEntrance geo.Point
}

// How says how a position was found.
type How string

// The ways to find a position.
const (
	GPS    How = "gps"     // measured by the phone, on site
	MapPin How = "map_pin" // put on a map by hand
)

// Known reports whether there is a location.
func (l Location) Known() bool { return l.System != "" }

// measureAgainFrom is the accuracy from which a spot is only approximate and the
// merchant is asked to measure again.
const measureAgainFrom geo.Metres = 50

// Approximate reports whether the spot was measured too coarsely to stand in
// front of the right door.
func (l Location) Approximate() bool { return l.Accuracy > measureAgainFrom }

// Confidence is how far the spot can be trusted, from 0 (there is none) to 1:
//
//	how × accuracy × age, where
//	how      = 1 for gps, 0.8 for a pin on a map, 0.7 when not told
//	accuracy = 1 / (1 + (a/50 m)²), and for a not told that of 35 m
//	age      = ½ + ½ · 2^(-years/3) since it was measured, or since known when not told
//
// A phone in the doorway (gps, 5 m, today) has 0.99; the same at 50 m has 0.5.
func (l Location) Confidence(known, now time.Time) float64 {
	if !l.Known() {
		return 0
	}
	how := map[How]float64{GPS: 1, MapPin: 0.8, "": 0.7}[l.How]
	accuracy := float64(l.Accuracy)
	if accuracy == 0 {
		accuracy = untoldAccuracy
	}
	off := accuracy / float64(measureAgainFrom)
	measured := l.MeasuredAt
	if measured.IsZero() {
		measured = known
	}
	years := math.Max(0, now.Sub(measured).Hours()/hoursPerYear)
	return how / (1 + off*off) * (0.5 + 0.5*math.Exp2(-years/3))
}

const (
	untoldAccuracy = 35
	hoursPerYear   = 365.25 * 24
)

// Spot is a position as a phone hands it over.
type Spot struct {
	Point      geo.Point
	System     geo.System // "": WGS-84
	Accuracy   geo.Metres // 0: not told
	How        How        // "": not told
	MeasuredAt time.Time  // zero: not told
	Entrance   *geo.Point // in System; nil: not told
}

// Bounds of a spot.
const (
	maxAccuracy geo.Metres = 100_000
	maxEntrance geo.Metres = 1_000 // from the centre to the door
	clockAhead             = 24 * time.Hour
)

// locate makes a location of what was sent, and reports whether it is one.
func (s Spot) locate(in *fault.Input, now time.Time) (Location, bool) {
	l := Location{Sent: s.Point, System: s.System, Accuracy: s.Accuracy, How: s.How, MeasuredAt: s.MeasuredAt.UTC().Truncate(time.Microsecond)}
	if l.System == "" {
		l.System = geo.WGS84
	}
	// A comparison with NaN is false: it is out of range.
	ok := in.Check(s.Accuracy >= 0 && s.Accuracy <= maxAccuracy, "location.accuracy", fault.OutOfRange)
	in.Check(s.How == "" || s.How == GPS || s.How == MapPin, "location.how", fault.Unknown)
	// Phones' clocks are wrong, by minutes and by zones. Before this century none was there.
	plausible := s.MeasuredAt.IsZero() || s.MeasuredAt.Year() >= 2000 && (now.IsZero() || s.MeasuredAt.Before(now.Add(clockAhead)))
	in.Check(plausible, "location.measured_at", fault.OutOfRange)
	point, known := toWGS84(in, "location", s.Point, l.System)
	l.Point = point
	if s.Entrance != nil && known {
		door, known := toWGS84(in, "location.entrance", *s.Entrance, l.System)
		if known && in.Check(geo.Distance(door, point) <= maxEntrance, "location.entrance", farFromCentre) {
			l.Entrance, l.SentEntrance = door, *s.Entrance
		}
	}
	return l, ok && known
}

// toWGS84 names what is wrong with a point by its axes, below the name.
func toWGS84(in *fault.Input, name string, sent geo.Point, system geo.System) (geo.Point, bool) {
	point, err := geo.ToWGS84(sent, system)
	var bad *geo.PointError
	switch {
	case errors.As(err, &bad):
		for _, axis := range []string{geo.FieldLat, geo.FieldLng} {
			if bad.Field == axis || bad.Field == geo.FieldBoth {
				in.Add(fault.Name(name, axis), spotReasons[bad.Code])
			}
		}
		return geo.Point{}, false
	case err != nil:
		in.Add("location.system", fault.Unknown)
		return geo.Point{}, false
	}
	return point, true
}

// spotReasons says why a position cannot be one, for each code of geo.PointError.
var spotReasons = map[string]fault.Reason{
	geo.NotANumber: {Code: geo.NotANumber, En: "is not a number", Zh: "不是有效数字"},
	geo.Infinite:   {Code: geo.Infinite, En: "is not a finite number", Zh: "不是有限的数字"},
	geo.OutOfRange: fault.OutOfRange,
	geo.Swapped:    {Code: geo.Swapped, En: "looks like the longitude: latitude and longitude are swapped", Zh: "疑似经纬度颠倒"},
	geo.NullIsland: {Code: geo.NullIsland, En: "is 0,0: the phone had no position yet", Zh: "坐标为 (0,0)，手机尚未定位"},
}

var farFromCentre = fault.Reason{Code: "too_far", En: "is more than 1 km from the place", Zh: "距离店铺超过 1 公里"}
