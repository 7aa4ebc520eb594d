package api

import (
	"time"

	"corner/api/rest"

	"corner/catalog"
	"corner/fault"
	"corner/geo"
)

// spotBody is where a place is, as a phone hands it over.
type spotBody struct {
	Lat         float64    `json:"lat" doc:"Latitude in degrees." example:"31.2231"`
	Lng         float64    `json:"lng" doc:"Longitude in degrees." example:"121.4712"`
	CoordSystem string     `json:"coord_system,omitempty" enum:"wgs84,gcj02,bd09" doc:"What lat and lng are in: wgs84 unless told." example:"wgs84"`
	Accuracy    float64    `json:"accuracy_m,omitempty" doc:"Horizontal accuracy in metres, as the phone tells it." example:"8"`
	How         string     `json:"how,omitempty" enum:"gps,map_pin" doc:"Measured by the phone on site, or put on a map by hand." example:"gps"`
	MeasuredAt  string     `json:"measured_at,omitempty" format:"date-time" doc:"When the phone took it (RFC 3339)." example:"2026-05-01T18:00:00+08:00"`
	Entrance    *pointBody `json:"entrance,omitempty" doc:"The door, where that is not at lat and lng; in coord_system, at most 1 km away."`
}

type pointBody struct {
	Lat float64 `json:"lat" example:"31.2232"`
	Lng float64 `json:"lng" example:"121.4713"`
}

type placeLocation struct {
	Lat          float64    `json:"lat" doc:"WGS-84." example:"31.2231"`
	Lng          float64    `json:"lng" doc:"WGS-84." example:"121.4712"`
	Accuracy     float64    `json:"accuracy_m,omitempty" doc:"Absent when not told."`
	How          string     `json:"how,omitempty" enum:"gps,map_pin" doc:"Absent when not told."`
	MeasuredAt   *time.Time `json:"measured_at,omitempty" doc:"Absent when not told."`
	Approximate  bool       `json:"approximate" doc:"Measured worse than 50 m."`
	MeasureAgain bool       `json:"measure_again" doc:"Its merchant is asked to stand in the doorway and measure again."`
	Confidence   float64    `json:"confidence" minimum:"0" maximum:"1" doc:"How far the spot can be trusted, 0 to 1: how it was found (gps 1, map_pin 0.8, not told 0.7) × 1 / (1 + (accuracy / 50 m)²) × (½ + ½ · 2^(-years / 3)) since it was measured." example:"0.97"`
	Entrance     *pointBody `json:"entrance,omitempty" doc:"WGS-84. Absent when not told."`
	Sent         *placeSent `json:"sent,omitempty" doc:"What was sent, where that was not WGS-84."`
}

type placeSent struct {
	Lat         float64 `json:"lat" example:"31.2210"`
	Lng         float64 `json:"lng" example:"121.4757"`
	CoordSystem string  `json:"coord_system" enum:"wgs84,gcj02,bd09"`
}

// parse makes a spot of the body, which stands at pointer.
func (b *spotBody) parse(f *rest.Faults, pointer string) *catalog.Spot {
	if b == nil {
		return nil
	}
	s := &catalog.Spot{
		Point: geo.Point{Lat: b.Lat, Lng: b.Lng}, System: geo.System(b.CoordSystem), Accuracy: geo.Metres(b.Accuracy), How: catalog.How(b.How),
	}
	if b.MeasuredAt != "" {
		at, ok := rest.ParseTime(b.MeasuredAt)
		f.Check(ok, rest.Below(pointer, "measured_at"), fault.BadFormat)
		s.MeasuredAt = at
	}
	if b.Entrance != nil {
		s.Entrance = &geo.Point{Lat: b.Entrance.Lat, Lng: b.Entrance.Lng}
	}
	return s
}

// editableSpot is a location as its merchant would send it.
func editableSpot(l catalog.Location) *spotBody {
	if !l.Known() {
		return nil
	}
	b := &spotBody{Lat: l.Sent.Lat, Lng: l.Sent.Lng, CoordSystem: string(l.System), Accuracy: float64(l.Accuracy), How: string(l.How)}
	if !l.MeasuredAt.IsZero() {
		b.MeasuredAt = l.MeasuredAt.Format(time.RFC3339Nano)
	}
	if l.SentEntrance != (geo.Point{}) {
		b.Entrance = &pointBody{l.SentEntrance.Lat, l.SentEntrance.Lng}
	}
	return b
}

// renderLocation shows where a place is that has been known since.
func renderLocation(l catalog.Location, since, now time.Time) *placeLocation {
	if !l.Known() {
		return nil
	}
	out := &placeLocation{
		Lat: l.Point.Lat, Lng: l.Point.Lng, Accuracy: float64(l.Accuracy), How: string(l.How),
		Approximate: l.Approximate(), MeasureAgain: l.Approximate(), Confidence: hundredths(l.Confidence(since, now)),
	}
	if !l.MeasuredAt.IsZero() {
		out.MeasuredAt = &l.MeasuredAt
	}
	if l.Entrance != (geo.Point{}) {
		out.Entrance = &pointBody{l.Entrance.Lat, l.Entrance.Lng}
	}
	if l.System != geo.WGS84 {
		out.Sent = &placeSent{l.Sent.Lat, l.Sent.Lng, string(l.System)}
	}
	return out
}

// hundredths rounds a share for people.
func hundredths(share float64) float64 { return float64(int(share*100+0.5)) / 100 }
