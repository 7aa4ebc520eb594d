package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"corner/api/rest"

	"corner/catalog"
	"corner/discovery"
	"corner/fault"
	"corner/media"
)

type similarInput struct {
	ID    string `path:"id" doc:"The place's id."`
	Limit int    `query:"limit" minimum:"1" maximum:"20" default:"10" doc:"How many there are at most."`
}

type similarPlaces struct {
	Hits []searchHit `json:"hits" doc:"Distances are from the place."`
}

type similarOutput struct{ Body similarPlaces }

// pageOfPlace is what an app shows of a place, in one call.
type pageOfPlace struct {
	Place      place       `json:"place"`
	NextChange *time.Time  `json:"next_change" doc:"When it next opens, or closes if it is open now; null when that is not known, or not for a month."`
	Services   []service   `json:"services" doc:"The first 50; all are at /v1/places/{id}/services."`
	More       bool        `json:"more_services" doc:"There are more services."`
	Photos     []photo     `json:"photos" doc:"All of them, in their order."`
	Reviews    []review    `json:"reviews" doc:"The newest; all are at /v1/places/{id}/reviews."`
	Similar    []searchHit `json:"similar" doc:"Places of its sort nearby. Empty while search is away."`
}

type pageOutput struct {
	ETag string `header:"ETag" doc:"The place's version, for If-Match."`
	Body pageOfPlace
}

// How much of each a page shows.
const (
	servicesOnPage = 50
	reviewsOnPage  = 5
	similarOnPage  = 6
)

func (a *API) routeSimilar(s *rest.Server) {
	rest.Route(s, rest.Operation{
		ID: "listSimilarPlaces", Method: http.MethodGet, Path: "/v1/places/{id}/similar", Tag: tagSearch,
		Summary: "Places like one, nearby",
		About:   "Of its category first, then of those beside it; what is near and well rated comes first. Without itself.",
		Faults:  []*fault.Error{catalog.ErrPlaceNotFound, discovery.ErrUnavailable, discovery.ErrIndexMissing},
	}, a.similar)
}

func (a *API) routePlacePage(s *rest.Server) {
	rest.Route(s, rest.Operation{
		ID:      "getPlacePage",
		Method:  http.MethodGet,
		Path:    "/v1/places/{id}/page",
		Tag:     tagPlaces,
		Summary: "Everything about a place",
		About: "What an app shows of a place, in one call: the place, whether it is open and until when, what it sells, its photos, what " +
			"visitors say, and what is like it nearby.",
		Faults: []*fault.Error{catalog.ErrPlaceNotFound},
	}, a.placePage)
}

func (a *API) similar(ctx context.Context, c *rest.Call, in *similarInput) (*similarOutput, error) {
	if _, err := c.Admit(); err != nil {
		return nil, err
	}
	p, err := a.Catalog.Place(ctx, c.Actor, catalog.PlaceID(in.ID))
	if err != nil {
		return nil, err
	}
	hits, err := a.hitsLike(ctx, c, &p, in.Limit)
	return &similarOutput{similarPlaces{hits}}, err
}

func (a *API) hitsLike(ctx context.Context, c *rest.Call, p *catalog.Place, limit int) ([]searchHit, error) {
	if p.Location.System == "" {
		return []searchHit{}, nil // a draft that is nowhere yet
	}
	found, err := a.Finder.Similar(ctx, p.ID, p.Location.Point, p.Category, limit)
	if err != nil {
		return nil, err
	}
	hits := make([]searchHit, len(found))
	w := a.hitRenderer(c)
	for i := range found {
		var room hitRoom
		w.render(&room, &found[i])
		hits[i] = room.searchHit
	}
	return hits, nil
}

func (a *API) placePage(ctx context.Context, c *rest.Call, in *placeInput) (*pageOutput, error) {
	p, err := a.Catalog.Place(ctx, c.Actor, catalog.PlaceID(in.ID))
	if err != nil {
		return nil, err
	}
	answer, err := a.placeAnswer(ctx, c, p)
	if err != nil {
		return nil, err
	}
	out := &pageOutput{ETag: answer.ETag, Body: pageOfPlace{Place: answer.Body, Services: []service{}, Photos: []photo{}, Reviews: []review{}}}
	if at, known := p.Hours.NextChange(a.zone(p.Zone), a.Now()); known {
		at = at.UTC()
		out.Body.NextChange = &at
	}
	if err := a.fillPage(ctx, c, p.ID, &out.Body); err != nil {
		return nil, err
	}
	out.Body.Similar, err = a.hitsLike(ctx, c, &p, similarOnPage)
	if errors.Is(err, discovery.ErrUnavailable) || errors.Is(err, discovery.ErrIndexMissing) {
		out.Body.Similar, err = []searchHit{}, nil // the page is worth reading without
	}
	return out, err
}

// fillPage adds what belongs to the place.
func (a *API) fillPage(ctx context.Context, c *rest.Call, id catalog.PlaceID, page *pageOfPlace) error {
	services, err := a.Catalog.Services(ctx, c.Actor, id, "", servicesOnPage+1)
	if err != nil {
		return err
	}
	page.More = len(services) > servicesOnPage
	for i := range services[:min(len(services), servicesOnPage)] {
		page.Services = append(page.Services, renderService(&services[i]))
	}
	photos, err := a.Album.Photos(ctx, c.Actor, id, "", media.MaxPhotos)
	if err != nil {
		return err
	}
	for i := range photos {
		page.Photos = append(page.Photos, renderPhoto(&photos[i]))
	}
	said, err := a.Board.Reviews(ctx, c.Actor, id, "", reviewsOnPage)
	for i := range said {
		page.Reviews = append(page.Reviews, renderReview(&said[i]))
	}
	return err
}
