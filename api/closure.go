package api

import (
	"context"
	"net/http"

	"corner/api/rest"

	"corner/booking"
	"corner/catalog"
	"corner/fault"
	"corner/walltime"
)

// closureBody is a closure as a merchant sends it.
type closureBody struct {
	Kind  string `json:"kind" enum:"temporary,permanent" doc:"Whether it opens again." example:"temporary"`
	From  string `json:"from,omitempty" doc:"The first day closed, YYYY-MM-DD in the place's zone; today unless told. The night of the day before goes on to its end." example:"2026-12-01"`
	Until string `json:"until,omitempty" doc:"The first day open again; of a temporary one, which needs it." example:"2026-12-24"`
}

// closure is a closure as it is shown, until it is over.
type closure struct {
	Kind  string `json:"kind" enum:"temporary,permanent" doc:"Whether it opens again." example:"temporary"`
	From  string `json:"from" doc:"The first day closed, in the place's zone; it may lie ahead." example:"2026-12-01"`
	Until string `json:"until,omitempty" doc:"The first day open again. Absent from a permanent one." example:"2026-12-24"`
}

type closeInput struct {
	ID       string `path:"id" doc:"The place's id."`
	Bookings int    `query:"bookings" minimum:"0" doc:"How many holds and bookings that begin in the closure are to be cancelled with it." example:"3"`
	rest.IfMatchInput
}

type reopenInput struct {
	ID string `path:"id" doc:"The place's id."`
	rest.IfMatchInput
}

func (a *API) routeClosure(s *rest.Server) {
	faults := []*fault.Error{catalog.ErrPlaceNotFound, catalog.ErrStale, catalog.ErrMerchantClosed, rest.ErrIfMatchRequired}
	rest.RouteBody(s, rest.Operation{
		ID:       "closePlace",
		Method:   http.MethodPut,
		Path:     "/v1/places/{id}/closure",
		Tag:      tagPlaces,
		SignedIn: true,
		Guarded:  true,
		Summary:  "Close a place for some days, or for good",
		About: "A manager's right. On the days of the closure the place is not open and takes no bookings, whatever its hours say. From the day on which it " +
			"is closed for good it is not found any more; who has its address is shown the closure. While holds and bookings that begin in the closure hang on " +
			"it the answer is place.booked with their number in bookings; a second call that names that number cancels them.",
		Faults:  append(faults, booking.ErrBooked, fault.ErrInvalid),
		Example: closureBody{Kind: "temporary", From: "2026-12-01", Until: "2026-12-24"},
	}, a.closePlace)
	rest.Route(s, rest.Operation{
		ID:       "reopenPlace",
		Method:   http.MethodDelete,
		Path:     "/v1/places/{id}/closure",
		Tag:      tagPlaces,
		SignedIn: true,
		Guarded:  true,
		Summary:  "Take back a closure",
		About:    "A manager's right. Begun or not, for good or not: the place's hours count again. For a place that has no closure nothing changes.",
		Faults:   faults,
	}, a.reopenPlace)
}

func (b *closureBody) parse(f *rest.Faults) catalog.Closing {
	day := func(s, pointer string) *walltime.Day {
		if s == "" {
			return nil
		}
		d, err := walltime.ParseDay(s)
		f.Check(err == nil, pointer, fault.BadFormat)
		return &d
	}
	return catalog.Closing{Kind: catalog.ClosureKind(b.Kind), From: day(b.From, "/from"), Until: day(b.Until, "/until")}
}

func (a *API) closePlace(ctx context.Context, c *rest.Call, in *closeInput, body *closureBody) (*placeOutput, error) {
	closing := body.parse(&c.Faults)
	p, err := a.Catalog.Place(ctx, c.Actor, catalog.PlaceID(in.ID))
	if err != nil {
		return nil, err
	}
	if c.Repeated {
		// What was broken off after the place was closed is gone on with.
		if p, err = a.Desk.GoOnClosing(ctx, c.Actor, p.ID, closing); err != nil {
			return nil, err
		}
		return a.placeAnswer(ctx, c, p)
	}
	if !rest.MatchesVersion(in.IfMatch, p.Version) {
		return nil, in.RefuseVersion(func(version int64) error {
			_, err := a.Desk.ClosePlace(ctx, c.Actor, p.ID, version, closing, in.Bookings)
			return err
		})
	}
	actor, err := c.Admit(rest.Check(func() error {
		_, err := closing.Closure(p.Today(a.Now()))
		return err
	}))
	if err != nil {
		return nil, err
	}
	if p, err = a.Desk.ClosePlace(ctx, actor, p.ID, p.Version, closing, in.Bookings); err != nil {
		return nil, err
	}
	return a.placeAnswer(ctx, c, p)
}

func (a *API) reopenPlace(ctx context.Context, c *rest.Call, in *reopenInput) (*placeOutput, error) {
	p, err := a.Catalog.Place(ctx, c.Actor, catalog.PlaceID(in.ID))
	if err != nil {
		return nil, err
	}
	if c.Repeated {
		return a.placeAnswer(ctx, c, p)
	}
	if !rest.MatchesVersion(in.IfMatch, p.Version) {
		return nil, in.RefuseVersion(func(version int64) error {
			_, err := a.Catalog.ReopenPlace(ctx, c.Actor, p.ID, version)
			return err
		})
	}
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	if p, err = a.Catalog.ReopenPlace(ctx, actor, p.ID, p.Version); err != nil {
		return nil, err
	}
	return a.placeAnswer(ctx, c, p)
}

// renderClosure is a closure on a day; nil when there is none, or it is over.
func renderClosure(c catalog.Closure, today walltime.Day) *closure {
	if !c.Planned() || c.Over(today) {
		return nil
	}
	out := &closure{Kind: string(c.Kind()), From: c.From.String()}
	if !c.Permanent() {
		out.Until = c.Until.String()
	}
	return out
}
