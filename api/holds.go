package api

import (
	"context"
	"net/http"

	"corner/api/rest"

	"corner/booking"
	"corner/catalog"
	"corner/fault"
)

type holdBody struct {
	ServiceID string `json:"service_id" minLength:"1" doc:"What to take." example:"svc_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Start     string `json:"start" format:"date-time" doc:"Start of a slot (RFC 3339)." example:"2026-05-01T19:00:00+08:00"`
	Party     *int   `json:"party,omitempty" minimum:"1" maximum:"1000" doc:"How many people; 1 unless told." example:"2"`
}

func (a *API) routeHolds(s *rest.Server) {
	rest.RouteBody(s, rest.Operation{
		ID: "createHold", Method: http.MethodPost, Path: "/v1/holds", Tag: tagBookings, Status: http.StatusCreated, SignedIn: true, Creates: true,
		Summary: "Keep a slot for some minutes", About: "At a guaranteed price, until expires_at. Then book it, or it lapses by itself.",
		Faults: []*fault.Error{
			catalog.ErrServiceNotFound,
			booking.ErrSlotTaken,
			booking.ErrOfferChanged,
			booking.ErrNotASlot,
			booking.ErrPast,
			booking.ErrTooSoon,
			booking.ErrTooFar,
			booking.ErrPartyTooSmall,
			booking.ErrPartyTooLarge,
			booking.ErrNotBookable,
			booking.ErrTooManyOpen,
			booking.ErrTooManyHolds,
			booking.ErrTooManyBookings,
			booking.ErrTooManyAtOnce,
			booking.ErrTooManyRenewals,
			catalog.ErrDiscoveryOnly,
		},
		Example: map[string]any{"service_id": "svc_01kay3c4zq8v0e5t7m2r9x6b1d", "start": "2026-05-01T19:00:00+08:00", "party": 2},
	}, a.createHold)
}

func (a *API) createHold(ctx context.Context, c *rest.Call, _ *rest.KeyInput, body *holdBody) (*bookingOutput, error) {
	r := booking.Request{Service: catalog.ServiceID(body.ServiceID), Party: 1}
	if body.Party != nil {
		r.Party = *body.Party
	}
	start, _ := rest.ParseTime(body.Start) // the schema has seen that it is one
	r.Start = start.UTC()
	actor, err := c.Admit(r)
	if err != nil {
		return nil, err
	}
	key, err := c.Key("holds.create", r)
	if err != nil {
		return nil, err
	}
	b, err := a.Desk.Hold(ctx, actor, r, key)
	if err != nil {
		return nil, err
	}
	return a.bookingCreated(&b), nil
}
