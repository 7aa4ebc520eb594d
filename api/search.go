package api

import (
	"context"
	"net/http"

	"corner/api/rest"

	"corner/discovery"
	"corner/fault"
	"corner/geo"
)

type searchInput struct {
	Lat    float64   `query:"lat" minimum:"-90" maximum:"90" doc:"Latitude of where to search around and to measure from, WGS-84 degrees. Needed unless there is a bbox." example:"31.2231"`
	Lng    float64   `query:"lng" minimum:"-180" maximum:"180" doc:"Longitude of the same." example:"121.4712"`
	Radius float64   `query:"radius" exclusiveMinimum:"0" maximum:"50000" doc:"Metres. Absent: as wide as it takes to find a page of hits, 50 km at most." example:"1000"`
	Box    []float64 `query:"bbox" minItems:"4" maxItems:"4" doc:"Instead of a radius, what a map shows: west,south,east,north in degrees. West greater than east crosses the antimeridian. Distances are from lat and lng, or the middle." example:"[121.4, 31.2, 121.5, 31.3]"`
	WishInput
	Sort    string   `query:"sort" enum:"distance,relevance,rating,price" doc:"distance: nearest first. relevance: what answers the text best, is near and well rated. rating: best first. price: cheapest in currency first. Unless told: relevance with q, else distance."`
	Band    float64  `query:"band" minimum:"1" maximum:"5000" doc:"With sort=distance: places in one band of so many metres count as equally near, and the better rated come first." example:"100"`
	Facets  bool     `query:"facets" doc:"Count, too, what all pages together hold by category, attribute, brand and rating."`
	Explain bool     `query:"explain" doc:"Say of each hit why it ranks where it does."`
	Fields  []string `query:"fields" maxItems:"40" doc:"Only these members of hits, separated by commas: place or parts of it as place.name, distance_m, walking_minutes, open_now, rating, explanation." example:"[\"place.id\", \"place.name\", \"distance_m\"]"`
	Limit   int      `query:"limit" minimum:"1" maximum:"100" default:"20" doc:"How many hits a page has at most."`
	Cursor  string   `query:"cursor" maxLength:"4096" doc:"Where to go on: next_cursor of the page before, with the same search."`
}

type searchOutput struct{ Body searchAnswer }

type featuresOutput struct{ Body searchFeatures }

const geoJSON = "application/geo+json"

func (a *API) routeSearch(s *rest.Server) {
	rest.Route(s, rest.Operation{
		ID:      "search",
		Method:  http.MethodGet,
		Path:    "/v1/search",
		Tag:     tagSearch,
		Summary: "Find places nearby",
		About: "Published places around a point or in a box. Pages neither repeat nor skip a place that stays where it is, whatever else " +
			"changes meanwhile. " +
			"Where hardly anything matches the text, words of five letters and more may differ by one slip of the finger; lenient says so.",
		Faults: []*fault.Error{discovery.ErrUnavailable, discovery.ErrIndexMissing},
	}, a.search)
	rest.Route(s, rest.Operation{
		ID: "searchGeoJSON", Method: http.MethodGet, Path: "/v1/search.geojson", Tag: tagSearch,
		Summary: "Find places nearby, as GeoJSON",
		About:   "The same search, its page as a FeatureCollection of RFC 7946, fit to be put on a map as it is.",
		Faults:  []*fault.Error{discovery.ErrUnavailable, discovery.ErrIndexMissing},
	}, a.searchGeoJSON)
}

func (a *API) search(ctx context.Context, c *rest.Call, in *searchInput) (*searchOutput, error) {
	mask, ok := parseFields(in.Fields)
	c.Faults.Check(ok, "?fields", fault.Unknown)
	r := in.parse(c)
	if _, err := c.Admit(rest.Check(func() error { return a.Finder.Check(&r) })); err != nil {
		return nil, err
	}
	answer, err := a.Finder.Search(ctx, r)
	if err != nil {
		return nil, err
	}
	out := &searchOutput{searchAnswer{
		Radius: float64(answer.Radius), Lenient: answer.Lenient, mask: mask, found: found{answer.Hits, answer.Why, a.hitRenderer(c)},
	}}
	if answer.Next != "" {
		out.Body.NextCursor = &answer.Next
	}
	if answer.Facets != nil {
		out.Body.Facets = a.renderFacets(answer.Facets, c.Language)
	}
	return out, nil
}

func (a *API) searchGeoJSON(ctx context.Context, c *rest.Call, in *searchInput) (*featuresOutput, error) {
	out, err := a.search(ctx, c, in)
	if err != nil {
		return nil, err
	}
	return &featuresOutput{searchFeatures{answer: &out.Body}}, nil
}

func (in *searchInput) parse(c *rest.Call) discovery.Request {
	r := discovery.Request{
		Wish: in.WishInput.parse(c), Center: geo.Point{Lat: in.Lat, Lng: in.Lng}, Radius: geo.Metres(in.Radius), Box: parseBox(in.Box),
		Sort: discovery.Sort(in.Sort), Band: geo.Metres(in.Band), Facets: in.Facets, Explain: in.Explain, Limit: in.Limit, Cursor: in.Cursor,
	}
	if c.Faults.Has("?bbox") {
		r.Box = &geo.Box{} // a box was meant, so that no point is missing
	}
	wholePoint(c, r.Box == nil)
	return r
}

// wholePoint refuses a latitude without a longitude, and none of both if they are needed.
func wholePoint(c *rest.Call, needed bool) {
	if lat, lng := c.Query.Has("lat"), c.Query.Has("lng"); needed || lat || lng {
		c.Faults.Check(lat, "?lat", fault.Required)
		c.Faults.Check(lng, "?lng", fault.Required)
	}
}
