package api

import (
	"context"
	"net/http"
	"time"

	"corner/api/rest"

	"corner/booking"
	"corner/fault"
	"corner/identity"
	"corner/visits"
)

type visitBody struct {
	Code string `json:"code" minLength:"1" maxLength:"64" doc:"As scanned or typed; case, spaces and dashes do not matter." example:"7QX2-9FD8-M3A0"`
}

type visit struct {
	ID          string    `json:"id" example:"vis_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Source      string    `json:"source" enum:"booking,purchase,counter" doc:"What it came from: a booking, a purchase, or the counter itself." example:"booking"`
	BookingID   string    `json:"booking_id,omitempty" doc:"The booking it consumed. Absent for another source." example:"bkg_01kay3c4zq8v0e5t7m2r9x6b1d"`
	PlaceID     string    `json:"place_id" example:"plc_01kay3c4zq8v0e5t7m2r9x6b1d"`
	ServiceID   string    `json:"service_id" example:"svc_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Party       int       `json:"party" example:"2"`
	Price       amount    `json:"price" doc:"Of the whole party."`
	Guest       *guest    `json:"guest,omitempty" doc:"Who came, for the people of the place only. Absent for who does not tell, and once the account is deleted."`
	ConfirmedAt time.Time `json:"confirmed_at"`
	ReviewID    string    `json:"review_id,omitempty" doc:"The review its author wrote." example:"rev_01kay3c4zq8v0e5t7m2r9x6b1d"`
}

type visitInput struct {
	ID string `path:"id" doc:"The visit's id."`
}

type visitOutput struct {
	Location string `header:"Location" doc:"Where the visit is read. Only with 201."`
	Body     visit
}

func (a *API) routeVisits(s *rest.Server) {
	rest.RouteBody(s, rest.Operation{
		ID:       "confirmVisit",
		Method:   http.MethodPost,
		Path:     "/v1/visits",
		Tag:      tagVisits,
		Status:   http.StatusCreated,
		SignedIn: true,
		Creates:  true,
		Summary:  "Confirm at the counter that somebody came",
		About:    "The right of whoever works for the place. The same code again gives the same visit, however late.",
		Faults:   []*fault.Error{visits.ErrCodeUnknown, visits.ErrCodeExpired, visits.ErrTooManyTries, booking.ErrState},
		Example:  visitBody{Code: "7QX2-9FD8-M3A0"},
	}, a.confirmVisit)
	rest.Route(s, rest.Operation{
		ID: "getVisit", Method: http.MethodGet, Path: "/v1/visits/{id}", Tag: tagVisits, SignedIn: true,
		Summary: "Read a visit", About: "For who came and for the people who work for the place.",
		Faults: []*fault.Error{visits.ErrNotFound},
	}, a.visit)
}

func (a *API) confirmVisit(ctx context.Context, c *rest.Call, _ *rest.KeyInput, body *visitBody) (*visitOutput, error) {
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	key, err := c.Key("visits.create", body)
	if err != nil {
		return nil, err
	}
	v, err := a.Visits.Confirm(ctx, actor, body.Code, key)
	if err != nil {
		return nil, err
	}
	return &visitOutput{Location: "/v1/visits/" + string(v.ID), Body: visitRead(v, actor)}, nil
}

func (a *API) visit(ctx context.Context, c *rest.Call, in *visitInput) (*visitOutput, error) {
	v, err := a.Visits.Visit(ctx, c.Actor, visits.ID(in.ID))
	if err != nil {
		return nil, err
	}
	return &visitOutput{Body: visitRead(v, c.Actor)}, nil
}

// visitRead is a visit for who came or the people of the place, with the guest for the latter.
func visitRead(v visits.Visit, actor identity.Actor) visit {
	w := renderVisit(v)
	w.Guest = renderGuest(v.GuestFor(actor))
	return w
}

func renderVisit(v visits.Visit) visit {
	return visit{
		ID: string(
			v.ID,
		),
		Source:      string(v.Source.Kind),
		BookingID:   string(v.Source.Booking()),
		PlaceID:     string(v.Place),
		ServiceID:   string(v.Service),
		Party:       v.Party,
		Price:       renderAmount(v.Price),
		ConfirmedAt: v.Confirmed,
		ReviewID:    v.Review,
	}
}
