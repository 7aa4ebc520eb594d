package api

import (
	"context"
	"net/http"

	"corner/api/rest"

	"corner/catalog"
	"corner/fault"
	"corner/walltime"
)

// exceptionBody is one date on which the weekly hours do not count.
type exceptionBody struct {
	Closed    bool           `json:"closed,omitempty" doc:"True: not open at all, a holiday say. Then there are no intervals."`
	Intervals []dateInterval `json:"intervals,omitempty" maxItems:"12" doc:"When the place is open instead."`
}

type exceptionInput struct {
	ID   string `path:"id" doc:"The place's id."`
	Date string `path:"date" doc:"YYYY-MM-DD, in the place's zone." example:"2026-12-25"`
	rest.IfMatchInput
}

func (a *API) routeExceptions(s *rest.Server) {
	faults := []*fault.Error{
		catalog.ErrPlaceNotFound,
		catalog.ErrStale,
		catalog.ErrIncomplete,
		catalog.ErrMerchantClosed,
		rest.ErrIfMatchRequired,
		fault.ErrInvalid,
	}
	rest.RouteBody(s, rest.Operation{
		ID:       "setHoursException",
		Method:   http.MethodPut,
		Path:     "/v1/places/{id}/hours/exceptions/{date}",
		Tag:      tagPlaces,
		SignedIn: true,
		Guarded:  true,
		Summary:  "Set the hours of one date",
		About:    "A manager's right. Closes the place on a public holiday, or opens it at other times; other dates stay as they are.",
		Faults:   faults,
		Example:  exceptionBody{Closed: true},
	}, a.setException)
	rest.Route(s, rest.Operation{
		ID:       "removeHoursException",
		Method:   http.MethodDelete,
		Path:     "/v1/places/{id}/hours/exceptions/{date}",
		Tag:      tagPlaces,
		SignedIn: true,
		Guarded:  true,
		Summary:  "Let the weekly hours count on a date again",
		About:    "A manager's right. For a date that has no hours of its own nothing changes.",
		Faults:   faults,
	}, a.removeException)
}

func (a *API) setException(ctx context.Context, c *rest.Call, in *exceptionInput, body *exceptionBody) (*placeOutput, error) {
	x, _ := exceptionDate{Date: in.Date, Closed: body.Closed, Intervals: body.Intervals}.parse(&c.Faults, "")
	return a.reviseHours(ctx, c, in, func(h *catalog.Hours) { h.Except(x) })
}

func (a *API) removeException(ctx context.Context, c *rest.Call, in *exceptionInput) (*placeOutput, error) {
	day, err := walltime.ParseDay(in.Date)
	c.Faults.Check(err == nil, "/date", fault.BadFormat)
	return a.reviseHours(ctx, c, in, func(h *catalog.Hours) { h.Forget(day) })
}

func (a *API) reviseHours(ctx context.Context, c *rest.Call, in *exceptionInput, change func(*catalog.Hours)) (*placeOutput, error) {
	p, err := a.Catalog.Place(ctx, c.Actor, catalog.PlaceID(in.ID))
	if err != nil {
		return nil, err
	}
	if c.Repeated {
		return a.placeAnswer(ctx, c, p)
	}
	if !rest.MatchesVersion(in.IfMatch, p.Version) {
		return nil, in.RefuseVersion(func(version int64) error {
			_, err := a.Catalog.ReviseHours(ctx, c.Actor, p.ID, version, change)
			return err
		})
	}
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	if p, err = a.Catalog.ReviseHours(ctx, actor, p.ID, p.Version, change); err != nil {
		return nil, err
	}
	return a.placeAnswer(ctx, c, p)
}
