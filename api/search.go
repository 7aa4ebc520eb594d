package api

import (
	"context"
	"math"
	"net/http"
	"time"

	"corner/discovery"
	"corner/fault"
	"corner/geo"
	"corner/walltime"
)

type searchInput struct {
	Lat      float64 `query:"lat" required:"true" minimum:"-90" maximum:"90" doc:"Latitude of where to search around, WGS-84 degrees." example:"31.2231"`
	Lng      float64 `query:"lng" required:"true" minimum:"-180" maximum:"180" doc:"Longitude of where to search around, WGS-84 degrees." example:"121.4712"`
	Radius   float64 `query:"radius" exclusiveMinimum:"0" maximum:"50000" doc:"Metres. Absent: as wide as it takes to find a page of hits." example:"1000"`
	Text     string  `query:"q" maxLength:"200" doc:"Words of a name or a service, in Chinese, pinyin, initials or English." example:"面"`
	Category string  `query:"category" maxLength:"64" doc:"A key of GET /v1/categories; what is below it is found too." example:"dining"`
	OpenNow  bool    `query:"open_now" doc:"Only places that are open at this moment. Not together with open_at."`
	OpenAt   string  `query:"open_at" format:"date-time" doc:"Only places that are open at that moment (RFC 3339)." example:"2026-05-01T19:30:00+08:00"`
	Sort     string  `query:"sort" enum:"distance,rating" default:"distance" doc:"distance: nearest first. rating: best first, then nearest."`
	Limit    int     `query:"limit" minimum:"1" maximum:"100" default:"20" doc:"How many hits a page has at most."`
	Cursor   string  `query:"cursor" maxLength:"512" doc:"Where to go on: next_cursor of the page before, with the same search."`
}

type searchAnswer struct {
	Hits       []searchHit `json:"hits"`
	NextCursor *string     `json:"next_cursor" doc:"For the next page of the same search; null on the last."`
	Radius     float64     `json:"radius_m" doc:"How far around was searched." example:"1000"`
}

type searchHit struct {
	Place    searchPlace  `json:"place"`
	Distance float64      `json:"distance_m" doc:"Metres, along the WGS-84 ellipsoid." example:"128.4"`
	OpenNow  *bool        `json:"open_now" doc:"Null when the hours are not known."`
	Rating   searchRating `json:"rating"`
}

type searchPlace struct {
	ID           string          `json:"id" example:"plc_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Name         string          `json:"name" example:"老王面馆"`
	Names        *searchNames    `json:"names,omitempty"`
	Category     string          `json:"category" example:"noodles"`
	CategoryName string          `json:"category_name" doc:"In the language of Accept-Language." example:"Noodles"`
	Location     searchSpot      `json:"location"`
	Address      string          `json:"address,omitempty"`
	Phone        string          `json:"phone,omitempty" doc:"E.164."`
	TimeZone     string          `json:"time_zone" example:"Asia/Shanghai"`
	Claimed      bool            `json:"claimed" doc:"A merchant owns the listing; else it was imported."`
	Source       string          `json:"source,omitempty" doc:"Where the listing was imported from; to be credited as that source's licence asks." example:"osm:node/4587130490"`
	Services     []searchService `json:"services" doc:"The first few; all are at /v1/places/{id}/services."`
}

type searchNames struct {
	Zh string `json:"zh,omitempty"`
	En string `json:"en,omitempty"`
}

type searchSpot struct {
	Lat         float64 `json:"lat" doc:"WGS-84." example:"31.2231"`
	Lng         float64 `json:"lng" doc:"WGS-84." example:"121.4712"`
	Approximate bool    `json:"approximate" doc:"Measured worse than 50 m."`
}

type searchService struct {
	ID       string `json:"id" example:"svc_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Name     string `json:"name" example:"二人桌"`
	Price    amount `json:"price"`
	Duration int    `json:"duration_minutes" example:"60"`
	Bookable bool   `json:"bookable"`
}

type searchRating struct {
	Average *float64 `json:"average,omitempty" doc:"Of verified reviews, to a tenth of a star. Absent without any." example:"4.7"`
	Count   int64    `json:"count" doc:"Verified reviews." example:"12"`
}

type searchOutput struct{ Body searchAnswer }

// servicesInHit is how many services a hit shows: as many as fit below a name on a phone.
const servicesInHit = 5

func (s *surface) search() {
	route(s, operation{
		id: "search", method: http.MethodGet, path: "/v1/search", tag: tagSearch,
		summary: "Find places nearby",
		about:   "Published places around a point. Pages neither repeat nor skip a place that stays where it is, whatever else changes meanwhile.",
		faults:  []*fault.Error{discovery.ErrUnavailable, discovery.ErrIndexMissing},
	}, s.api.search)
}

func (a *API) search(ctx context.Context, c *call, in *searchInput) (*searchOutput, error) {
	answer, err := a.Finder.Search(ctx, in.parse())
	if err = c.sum(err); err != nil {
		return nil, err
	}
	now := a.Now()
	out := &searchOutput{searchAnswer{Hits: make([]searchHit, len(answer.Hits)), Radius: float64(answer.Radius)}}
	if answer.Next != "" {
		out.Body.NextCursor = &answer.Next
	}
	for i := range answer.Hits {
		a.renderHit(&out.Body.Hits[i], &answer.Hits[i], now, c.language)
	}
	return out, nil
}

func (in *searchInput) parse() discovery.Request {
	r := discovery.Request{
		Center: geo.Point{Lat: in.Lat, Lng: in.Lng}, Radius: geo.Metres(in.Radius), Text: in.Text, Category: in.Category,
		OpenNow: in.OpenNow, Sort: discovery.Sort(in.Sort), Limit: in.Limit, Cursor: in.Cursor,
	}
	if t, ok := parseTime(in.OpenAt); ok {
		r.OpenAt = t.UTC()
	}
	return r
}

// renderHit fills w; it is called for every hit of every search, so it copies little.
func (a *API) renderHit(w *searchHit, h *discovery.Hit, now time.Time, lang language) {
	l := h.Listing
	w.Place = searchPlace{
		ID: string(l.Place), Name: l.Names.Main, Category: l.Category, CategoryName: categoryName(l.Category, lang),
		Location: searchSpot{l.Point.Lat, l.Point.Lng, l.Approximate}, Address: l.Address, Phone: l.Phone, TimeZone: l.Zone,
		Claimed: l.Claimed, Source: l.Source, Services: make([]searchService, min(len(l.Services), servicesInHit)),
	}
	if l.Names.Zh != "" || l.Names.En != "" {
		w.Place.Names = &searchNames{l.Names.Zh, l.Names.En}
	}
	for i := range w.Place.Services {
		s := &l.Services[i]
		w.Place.Services[i] = searchService{string(s.ID), s.Name, renderAmount(s.Price), minutes(s.Duration), s.Bookable}
	}
	w.Distance = math.Round(float64(h.Distance)*10) / 10
	if l.Hours.Known() {
		w.OpenNow = openAt(&l.Hours, walltime.WallAt(a.zone(l.Zone), now))
	}
	w.Rating.Average, w.Rating.Count = renderRating(l.Rating)
}
