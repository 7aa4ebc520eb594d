package api

import (
	"context"
	"net/http"
	"time"

	"corner/api/rest"

	"corner/booking"
	"corner/catalog"
	"corner/fault"
	"corner/identity"
)

type bookBody struct {
	HoldID string `json:"hold_id" minLength:"1" doc:"The id of the hold." example:"bkg_01kay3c4zq8v0e5t7m2r9x6b1d"`
}

// bookingWire is a booking, from its hold on: both are one thing with one id.
type bookingWire struct {
	ID        string    `json:"id" example:"bkg_01kay3c4zq8v0e5t7m2r9x6b1d"`
	State     string    `json:"state" enum:"held,confirmed,consumed,lapsed,cancelled_by_consumer,cancelled_by_merchant" example:"confirmed"`
	PlaceID   string    `json:"place_id" example:"plc_01kay3c4zq8v0e5t7m2r9x6b1d"`
	ServiceID string    `json:"service_id" example:"svc_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Start     time.Time `json:"start" doc:"In the place's zone." example:"2026-05-01T19:00:00+08:00"`
	End       time.Time `json:"end" example:"2026-05-01T20:00:00+08:00"`
	Party     int       `json:"party" example:"2"`
	Price     amount    `json:"price" doc:"Of the whole party, fixed at the hold."`

	Payment      paymentBody      `json:"payment" doc:"As the service said at the hold."`
	Cancellation cancellationBody `json:"cancellation" doc:"As the service said at the hold."`

	Guest *guest `json:"guest,omitempty" doc:"Who comes, for the people of the place only. Absent for who does not tell, and once the account is deleted."`

	ExpiresAt *time.Time `json:"expires_at,omitempty" doc:"When the hold runs out. Only while held."`
	VisitID   string     `json:"visit_id,omitempty" doc:"The visit that consumed it." example:"vis_01kay3c4zq8v0e5t7m2r9x6b1d"`
	CreatedAt time.Time  `json:"created_at"`
}

// guest is somebody who comes, as the people of the place see them.
type guest struct {
	Name string `json:"name" doc:"As they call themselves." example:"王小明"`
}

func renderGuest(name string) *guest {
	if name == "" {
		return nil
	}
	return &guest{name}
}

type bookingList struct {
	Bookings   []bookingWire `json:"bookings"`
	NextCursor *string       `json:"next_cursor" doc:"For the next page; null on the last." example:"eyJhZnRlciI6MX0"`
}

type rescheduleBody struct {
	Start string `json:"start" format:"date-time" doc:"When it is to start: one of the service's slots." example:"2026-05-01T20:00:00+08:00"`
}

type rescheduleInput struct {
	ID string `path:"id" doc:"The booking's id, which is its hold's."`
	rest.KeyInput
}

type bookingCode struct {
	Code      string    `json:"code" doc:"For the counter, as text or as a QR code. It changes every half minute, so a screenshot is worthless." example:"7QX2-9FD8-M3A0"`
	ExpiresAt time.Time `json:"expires_at" doc:"When it is not taken any more; the next one can be had before."`
}

type bookingInput struct {
	ID string `path:"id" doc:"The booking's id, which is its hold's."`
}

type placeBookingsInput struct {
	Place string `path:"id" doc:"The place's id."`
	From  string `query:"from" format:"date-time" doc:"RFC 3339; now unless told." example:"2026-05-01T00:00:00+08:00"`
	To    string `query:"to" format:"date-time" doc:"RFC 3339; a day after from unless told, at most 31 days after it." example:"2026-05-02T00:00:00+08:00"`
	rest.PageInput
}

type bookingOutput struct {
	Location string `header:"Location" doc:"Where the booking is read. Only with 201."`
	Body     bookingWire
}

type bookingListOutput struct{ Body bookingList }

type bookingCodeOutput struct{ Body bookingCode }

func (a *API) routeBookings(s *rest.Server) {
	rest.RouteBody(s, rest.Operation{
		ID:       "createBooking",
		Method:   http.MethodPost,
		Path:     "/v1/bookings",
		Tag:      tagBookings,
		Status:   http.StatusCreated,
		SignedIn: true,
		Creates:  true,
		Summary:  "Make a hold a booking",
		About:    "Doing so twice gives the one booking.",
		Faults:   []*fault.Error{booking.ErrNotFound, booking.ErrLapsed, booking.ErrState},
		Example:  bookBody{HoldID: "bkg_01kay3c4zq8v0e5t7m2r9x6b1d"},
	}, a.createBooking)
	rest.Route(s, rest.Operation{
		ID: "getBooking", Method: http.MethodGet, Path: "/v1/bookings/{id}", Tag: tagBookings, SignedIn: true,
		Summary: "Read a booking or a hold", About: "For its consumer and the people who work for the place.",
		Faults: []*fault.Error{booking.ErrNotFound},
	}, a.booking)
	rest.Route(s, rest.Operation{
		ID: "listMyBookings", Method: http.MethodGet, Path: "/v1/me/bookings", Tag: tagBookings, SignedIn: true,
		Summary: "My bookings and holds", About: "The newest first.",
	}, a.bookings)
	rest.Route(s, rest.Operation{
		ID:       "listPlaceBookings",
		Method:   http.MethodGet,
		Path:     "/v1/places/{id}/bookings",
		Tag:      tagBookings,
		SignedIn: true,
		Summary:  "Who is coming",
		About: "For the people who work for the place: its bookings that begin in from … to, to itself excluded, by their start, whatever " +
			"their state.",
		Faults: []*fault.Error{catalog.ErrPlaceNotFound},
	}, a.placeBookings)
	rest.Route(s, rest.Operation{
		ID: "cancelBooking", Method: http.MethodPost, Path: "/v1/bookings/{id}/cancel", Tag: tagBookings, SignedIn: true,
		Summary: "Give a slot back", About: "The right of the consumer and of the place's managers. Cancelling twice changes nothing.",
		Faults: []*fault.Error{booking.ErrNotFound, booking.ErrLapsed, booking.ErrState},
	}, a.cancelBooking)
	rest.RouteBody(s, rest.Operation{
		ID: "rescheduleBooking", Method: http.MethodPost, Path: "/v1/bookings/{id}/reschedule", Tag: tagBookings, SignedIn: true, Creates: true,
		Summary: "Move a hold or a booking to another slot of its service",
		About: "At the price and the terms of the hold. It keeps its id; the slot it had is free at the same moment. " +
			"Refused when the service can no longer be booked. The right of the consumer and of the place's managers.",
		Faults: []*fault.Error{
			booking.ErrNotFound,
			booking.ErrLapsed,
			booking.ErrState,
			booking.ErrSlotTaken,
			booking.ErrOfferChanged,
			booking.ErrNotASlot,
			booking.ErrPast,
			booking.ErrTooSoon,
			booking.ErrTooFar,
			catalog.ErrServiceNotFound,
			booking.ErrNotBookable,
			catalog.ErrDiscoveryOnly,
		},
		Example: rescheduleBody{Start: "2026-05-01T20:00:00+08:00"},
	}, a.rescheduleBooking)
	rest.Route(s, rest.Operation{
		ID: "getBookingCode", Method: http.MethodGet, Path: "/v1/bookings/{id}/code", Tag: tagBookings, SignedIn: true,
		Summary: "The code to show at the counter", About: "The consumer's own, of a confirmed booking.",
		Faults: []*fault.Error{booking.ErrNotFound, booking.ErrNoCode},
	}, a.bookingCode)
}

func (a *API) createBooking(ctx context.Context, c *rest.Call, _ *rest.KeyInput, body *bookBody) (*bookingOutput, error) {
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	key, err := c.Key("bookings.create", body)
	if err != nil {
		return nil, err
	}
	b, err := a.Desk.Confirm(ctx, actor, booking.ID(body.HoldID), key)
	if err != nil {
		return nil, err
	}
	return a.bookingCreated(&b), nil
}

func (a *API) booking(ctx context.Context, c *rest.Call, in *bookingInput) (*bookingOutput, error) {
	b, err := a.Desk.Booking(ctx, c.Actor, booking.ID(in.ID))
	if err != nil {
		return nil, err
	}
	return a.bookingRead(&b, c.Actor), nil
}

func (a *API) bookings(ctx context.Context, c *rest.Call, in *rest.PageInput) (*bookingListOutput, error) {
	before := in.After(c, "bkg")
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	list, err := a.Desk.Bookings(ctx, actor, booking.ID(before), in.Limit+1)
	if err != nil {
		return nil, err
	}
	return a.bookingPage(*in, list), nil
}

func (a *API) placeBookings(ctx context.Context, c *rest.Call, in *placeBookingsInput) (*bookingListOutput, error) {
	after := in.After(c, "bkg")
	from, to := a.span(in.From, in.To)
	list, err := a.Desk.BookingsAt(ctx, c.Actor, catalog.PlaceID(in.Place), from, to, booking.ID(after), in.Limit+1)
	if err = c.Sum(err); err != nil {
		return nil, err
	}
	out := a.bookingPage(in.PageInput, list)
	for i := range out.Body.Bookings {
		out.Body.Bookings[i].Guest = renderGuest(list[i].Guest)
	}
	return out, nil
}

func (a *API) bookingPage(in rest.PageInput, list []booking.Booking) *bookingListOutput {
	out := &bookingListOutput{bookingList{Bookings: []bookingWire{}}}
	list, out.Body.NextCursor = rest.More(in, list, func(b *booking.Booking) string { return string(b.ID) })
	for i := range list {
		out.Body.Bookings = append(out.Body.Bookings, a.renderBooking(&list[i]))
	}
	return out
}

func (a *API) cancelBooking(ctx context.Context, c *rest.Call, in *bookingInput) (*bookingOutput, error) {
	b, err := a.Desk.Cancel(ctx, c.Actor, booking.ID(in.ID))
	if err != nil {
		return nil, err
	}
	return a.bookingRead(&b, c.Actor), nil
}

func (a *API) rescheduleBooking(ctx context.Context, c *rest.Call, in *rescheduleInput, body *rescheduleBody) (*bookingOutput, error) {
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	key, err := c.Key("bookings.reschedule", in.ID, body)
	if err != nil {
		return nil, err
	}
	start, _ := rest.ParseTime(body.Start) // checked by the schema
	b, err := a.Desk.Reschedule(ctx, actor, booking.ID(in.ID), start, key)
	if err != nil {
		return nil, err
	}
	return a.bookingRead(&b, actor), nil
}

func (a *API) bookingCode(ctx context.Context, c *rest.Call, in *bookingInput) (*bookingCodeOutput, error) {
	code, err := a.Desk.Code(ctx, c.Actor, booking.ID(in.ID))
	if err != nil {
		return nil, err
	}
	return &bookingCodeOutput{bookingCode{code.Text, code.Expires}}, nil
}

func (a *API) bookingCreated(b *booking.Booking) *bookingOutput {
	return &bookingOutput{Location: "/v1/bookings/" + string(b.ID), Body: a.renderBooking(b)}
}

// bookingRead is a booking for its consumer or the people of its place, with the guest for the latter.
func (a *API) bookingRead(b *booking.Booking, actor identity.Actor) *bookingOutput {
	w := a.renderBooking(b)
	w.Guest = renderGuest(b.GuestFor(actor))
	return &bookingOutput{Body: w}
}

func (a *API) renderBooking(b *booking.Booking) bookingWire {
	loc := a.zone(b.Zone)
	w := bookingWire{
		ID: string(b.ID), State: string(b.State), PlaceID: string(b.Place), ServiceID: string(b.Service),
		Start: b.Slot.Start.In(loc), End: b.Slot.End.In(loc), Party: b.Party, Price: renderAmount(b.Price),
		VisitID: b.Visit, CreatedAt: b.CreatedAt.In(loc), Payment: renderPayment(b.Payment), Cancellation: renderCancellation(b.Cancellation),
	}
	if b.State == booking.Held {
		expires := b.Expires.In(loc)
		w.ExpiresAt = &expires
	}
	return w
}
