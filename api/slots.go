package api

import (
	"context"
	"net/http"
	"time"

	"corner/api/rest"

	"corner/catalog"
	"corner/fault"
)

type slotsInput struct {
	Service string `path:"id" doc:"The service's id."`
	From    string `query:"from" format:"date-time" doc:"RFC 3339; now unless told." example:"2026-05-01T18:00:00+08:00"`
	To      string `query:"to" format:"date-time" doc:"RFC 3339; a day after from unless told, at most 31 days after it." example:"2026-05-02T00:00:00+08:00"`
	Party   int    `query:"party" minimum:"1" maximum:"1000" default:"1" doc:"How many people." example:"2"`
}

type slotList struct {
	Slots    []slot `json:"slots" doc:"In order, at most 2000: ask from the last one on for more."`
	TimeZone string `json:"time_zone" doc:"The place's." example:"Asia/Shanghai"`
}

type slot struct {
	Start time.Time `json:"start" doc:"In the place's zone." example:"2026-05-01T19:00:00+08:00"`
	End   time.Time `json:"end" example:"2026-05-01T20:00:00+08:00"`
	Left  int       `json:"left" doc:"How many people it still takes." example:"10"`
}

type slotsOutput struct{ Body slotList }

// span reads a stretch of time: a day from now unless told.
func (a *API) span(from, to string) (begin, end time.Time) {
	begin, ok := rest.ParseTime(from)
	if !ok {
		begin = a.Now()
	}
	end, ok = rest.ParseTime(to)
	if !ok {
		end = begin.Add(24 * time.Hour)
	}
	return begin, end
}

func (a *API) routeSlots(s *rest.Server) {
	rest.Route(s, rest.Operation{
		ID:      "listSlots",
		Method:  http.MethodGet,
		Path:    "/v1/services/{id}/slots",
		Tag:     tagBookings,
		Summary: "When a service can be taken",
		About:   "The slots that begin in from … to, to itself excluded, and have room for the party. What is not bookable has none.",
		Faults:  []*fault.Error{catalog.ErrServiceNotFound},
	}, a.slots)
}

func (a *API) slots(ctx context.Context, c *rest.Call, in *slotsInput) (*slotsOutput, error) {
	from, to := a.span(in.From, in.To)
	openings, p, err := a.Desk.Slots(ctx, c.Actor, catalog.ServiceID(in.Service), from, to, in.Party)
	if err = c.Sum(err); err != nil {
		return nil, err
	}
	loc := a.zone(p.Zone)
	out := &slotsOutput{slotList{Slots: make([]slot, len(openings)), TimeZone: p.Zone}}
	for i, o := range openings {
		out.Body.Slots[i] = slot{o.Start.In(loc), o.End.In(loc), o.Left}
	}
	return out, nil
}
