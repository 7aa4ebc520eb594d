package api

import (
	"context"
	"net/http"

	"corner/api/rest"

	"corner/catalog"
	"corner/fault"
	"corner/walltime"
)

type soldOutBody struct {
	Until string `json:"until,omitempty" doc:"The first day on which it is sold again, YYYY-MM-DD in the place's zone; tomorrow unless told." example:"2026-12-02"`
}

func (a *API) routeSoldOut(s *rest.Server) {
	faults := []*fault.Error{catalog.ErrServiceNotFound, catalog.ErrRetired, catalog.ErrMerchantClosed}
	rest.RouteBody(s, rest.Operation{
		ID:       "sellOutService",
		Method:   http.MethodPut,
		Path:     "/v1/services/{id}/sold-out",
		Tag:      tagServices,
		SignedIn: true,
		Summary:  "Say that a service is sold out",
		About: "For whoever works for the place. It has no slots, and takes no bookings, of openings that begin before the day; a night belongs to the day on which it " +
			"begins. Bookings of it stand.",
		Faults:  append(faults, fault.ErrInvalid),
		Example: soldOutBody{Until: "2026-12-02"},
	}, a.sellOut)
	rest.Route(s, rest.Operation{
		ID:       "sellServiceAgain",
		Method:   http.MethodDelete,
		Path:     "/v1/services/{id}/sold-out",
		Tag:      tagServices,
		SignedIn: true,
		Summary:  "Sell a service again",
		About:    "For whoever works for the place. For a service that is not sold out nothing changes.",
		Faults:   faults,
	}, a.sellAgain)
}

func (a *API) sellOut(ctx context.Context, c *rest.Call, in *serviceInput, body *soldOutBody) (*serviceOutput, error) {
	var until *walltime.Day
	if body.Until != "" {
		day, err := walltime.ParseDay(body.Until)
		c.Faults.Check(err == nil, "/until", fault.BadFormat)
		until = &day
	}
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	v, err := a.Catalog.SellOut(ctx, actor, catalog.ServiceID(in.ID), until)
	if err != nil {
		return nil, err
	}
	return serviceAnswer(&v), nil
}

func (a *API) sellAgain(ctx context.Context, c *rest.Call, in *serviceInput) (*serviceOutput, error) {
	v, err := a.Catalog.SellAgain(ctx, c.Actor, catalog.ServiceID(in.ID))
	if err != nil {
		return nil, err
	}
	return serviceAnswer(&v), nil
}
