package api

// The words of RFC 7946. Positions are longitude before latitude.

type geoPoint struct {
	Type        string    `json:"type" enum:"Point"`
	Coordinates []float64 `json:"coordinates" minItems:"2" maxItems:"2" doc:"Longitude and latitude, WGS-84." example:"[121.4712, 31.2231]"`
}

// searchFeatures is a searchAnswer as GeoJSON; it is written from the answer.
type searchFeatures struct {
	Type       string          `json:"type" enum:"FeatureCollection"`
	Features   []searchFeature `json:"features"`
	NextCursor *string         `json:"next_cursor" doc:"For the next page of the same search; null on the last." example:"eyJhZnRlciI6MX0"`
	Radius     float64         `json:"radius_m,omitempty" doc:"How far around was searched. Absent with a bbox. Without a radius asked for, later pages of the nearest may go wider." example:"1000"`
	Lenient    bool            `json:"lenient" doc:"Words that differ from those of q by one slip of the finger were looked for, too."`
	Facets     *searchFacets   `json:"facets,omitempty" doc:"Only with facets=true."`

	answer *searchAnswer
}

type searchFeature struct {
	Type       string    `json:"type" enum:"Feature"`
	ID         string    `json:"id" example:"plc_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Geometry   geoPoint  `json:"geometry"`
	Properties searchHit `json:"properties"`
}

const (
	aCollection = "FeatureCollection"
	aFeature    = "Feature"
	aPoint      = "Point"
)
