package api

import (
	"context"
	"net/http"

	"corner/api/rest"

	"corner/discovery"
	"corner/fault"
	"corner/geo"
)

type mapInput struct {
	Box  []float64 `query:"bbox" required:"true" minItems:"4" maxItems:"4" doc:"What the map shows: west,south,east,north in degrees. West greater than east crosses the antimeridian." example:"[121.4, 31.2, 121.5, 31.3]"`
	Zoom float64   `query:"zoom" required:"true" minimum:"0" maximum:"24" doc:"Of a web map with tiles of 256 pixels." example:"13"`
	Lat  float64   `query:"lat" minimum:"-90" maximum:"90" doc:"Latitude of who looks, for at_home. Unless told: the middle." example:"31.2231"`
	Lng  float64   `query:"lng" minimum:"-180" maximum:"180" doc:"Longitude of who looks." example:"121.4712"`
	WishInput
	Limit int `query:"limit" minimum:"1" maximum:"2000" default:"500" doc:"How many clusters there are at most, the largest first."`
}

type mapFeatures struct {
	Type     string       `json:"type" enum:"FeatureCollection"`
	Features []mapFeature `json:"features" doc:"The largest clusters first."`
}

// ContentType is huma's way to choose it.
func (mapFeatures) ContentType(string) string { return geoJSON }

type mapFeature struct {
	Type       string        `json:"type" enum:"Feature"`
	ID         string        `json:"id" doc:"The cell's, or of a single place its own." example:"873f5a363ffffff"`
	Geometry   geoPoint      `json:"geometry" doc:"The middle of the cluster's places."`
	Properties mapProperties `json:"properties"`
}

type mapProperties struct {
	Cluster       bool      `json:"cluster" doc:"False: a single place."`
	Count         int       `json:"count" doc:"How many places it stands for." example:"42"`
	Cell          string    `json:"cell" doc:"The H3 cell that they are in." example:"873f5a363ffffff"`
	ExpansionZoom int       `json:"expansion_zoom,omitempty" doc:"At which zoom the cluster falls apart. Absent for a single place." example:"14"`
	Place         *mapPlace `json:"place,omitempty" doc:"Of a single place."`
}

type mapPlace struct {
	ID           string       `json:"id" example:"plc_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Name         string       `json:"name" example:"老王面馆"`
	Category     string       `json:"category" example:"noodles"`
	CategoryName string       `json:"category_name" doc:"In the language of Accept-Language." example:"Noodles"`
	Approximate  bool         `json:"approximate" doc:"Measured worse than 50 m."`
	OpenNow      *bool        `json:"open_now" doc:"Null when the hours are not known."`
	Rating       searchRating `json:"rating"`
}

type mapOutput struct{ Body mapFeatures }

func (a *API) routeMapped(s *rest.Server) {
	rest.Route(s, rest.Operation{
		ID:      "map",
		Method:  http.MethodGet,
		Path:    "/v1/map",
		Tag:     tagSearch,
		Summary: "What to draw on a map",
		About: "GeoJSON: clusters with counts, about 70 pixels apart, and single places. From zoom 16 on, places come one by one if at most " +
			"100 are in the box. " +
			"Filters are those of a search.",
		Faults: []*fault.Error{discovery.ErrUnavailable, discovery.ErrIndexMissing},
	}, a.mapped)
}

func (a *API) mapped(ctx context.Context, c *rest.Call, in *mapInput) (*mapOutput, error) {
	r := discovery.MapRequest{Wish: in.WishInput.parse(c), Center: geo.Point{Lat: in.Lat, Lng: in.Lng}, Zoom: in.Zoom, Limit: in.Limit}
	if b := parseBox(in.Box); b != nil {
		r.Box = *b
	}
	wholePoint(c, false)
	answer, err := a.Finder.Map(ctx, r)
	if err = c.Sum(err); err != nil {
		return nil, err
	}
	out := &mapOutput{mapFeatures{aCollection, make([]mapFeature, len(answer.Clusters))}}
	w := a.hitRenderer(c)
	for i := range answer.Clusters {
		w.cluster(&out.Body.Features[i], &answer.Clusters[i])
	}
	return out, nil
}

func (r *hitRenderer) cluster(w *mapFeature, k *discovery.Cluster) {
	*w = mapFeature{
		Type: aFeature, ID: k.Cell.String(), Geometry: geoPoint{aPoint, []float64{k.Point.Lng, k.Point.Lat}},
		Properties: mapProperties{Cluster: true, Count: k.N, Cell: k.Cell.String()},
	}
	if k.Only == nil {
		w.Properties.ExpansionZoom = discovery.ExpansionZoom(k.Cell.Res())
		return
	}
	l := k.Only
	p := &mapPlace{
		ID: string(l.Place), Name: l.Names.Main, Category: l.Category, CategoryName: r.api.categoryName(l.Category, r.language),
		Approximate: l.Approximate, OpenNow: r.openNow(l),
	}
	p.Rating.Average, p.Rating.Count = renderRating(l.Rating)
	w.ID, w.Properties.Cluster, w.Properties.Place = p.ID, false, p
}
