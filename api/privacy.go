package api

import (
	"context"
	"net/http"
	"time"

	"corner/api/rest"

	"corner/booking"
	"corner/fault"
	"corner/identity"
	"corner/privacy"
)

type exported struct {
	UserID     string         `json:"user_id" example:"usr_01kay3c4zq8v0e5t7m2r9x6b1d"`
	ExportedAt time.Time      `json:"exported_at"`
	Data       []exportedPart `json:"data" doc:"Each table that holds something of you, with all your rows."`
}

type exportedPart struct {
	Table   string           `json:"table" example:"visits"`
	Purpose string           `json:"purpose" doc:"What it is kept for." example:"where you were"`
	Kept    string           `json:"kept" doc:"How long, and why." example:"as long as the business must keep its books"`
	Rows    []map[string]any `json:"rows" doc:"By column. Times are RFC 3339, money is in minor units."`
}

type exportOutput struct{ Body exported }

type eraseInput struct {
	Bookings int `query:"bookings" minimum:"0" doc:"How many holds and bookings ahead are to be cancelled with it." example:"1"`
}

type erased struct {
	ErasedAt time.Time    `json:"erased_at"`
	Kept     []keptRecord `json:"kept" doc:"What law and books must keep, without a person."`
}

type keptRecord struct {
	Table string `json:"table" example:"bookings"`
	What  string `json:"what" example:"what you booked"`
	Kept  string `json:"kept" doc:"How long, and why." example:"as long as the business must keep its books"`
}

type eraseOutput struct{ Body erased }

func (a *API) routePrivacy(s *rest.Server) {
	rest.Route(s, rest.Operation{
		ID: "exportMe", Method: http.MethodGet, Path: "/v1/me/export", Tag: tagDevices, SignedIn: true, Suspended: true,
		Summary: "Everything that is kept of me",
		About:   "Each table that holds something of you, what for, how long, and all your rows. Ten times a day.",
		Faults:  []*fault.Error{privacy.ErrTooManyExports},
	}, a.exportMe)
	rest.Route(s, rest.Operation{
		ID:        "deleteMe",
		Method:    http.MethodDelete,
		Path:      "/v1/me",
		Tag:       tagDevices,
		SignedIn:  true,
		Suspended: true,
		Summary:   "Delete my account",
		About: "Signs out everywhere and erases what is kept of you, your reviews too; the number is free for a new account. What law and books " +
			"must keep stays without a person, and the answer says what. While holds and bookings ahead hang on the account the answer is " +
			"account.bookings with their number; a second call that names it cancels them. The only owner of a business with places " +
			"hands it over or closes it first.",
		Faults: []*fault.Error{booking.ErrOwnBooked, identity.ErrLastOwner},
	}, a.deleteMe)
}

func (a *API) exportMe(ctx context.Context, c *rest.Call, _ *rest.Empty) (*exportOutput, error) {
	parts, err := a.Keeper.Export(ctx, c.Actor)
	if err != nil {
		return nil, err
	}
	out := &exportOutput{exported{UserID: string(c.Actor.User), ExportedAt: a.Now().UTC(), Data: []exportedPart{}}}
	for _, p := range parts {
		out.Body.Data = append(out.Body.Data, exportedPart{p.Rows.Table, p.Rows.Purpose, p.Rows.Kept, p.Data})
	}
	return out, nil
}

func (a *API) deleteMe(ctx context.Context, c *rest.Call, in *eraseInput) (*eraseOutput, error) {
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	at, err := a.Keeper.Erase(ctx, actor, in.Bookings)
	if err != nil {
		return nil, err
	}
	out := &eraseOutput{erased{ErasedAt: at, Kept: []keptRecord{}}}
	for i := range privacy.Register {
		if r := &privacy.Register[i]; r.Stays() {
			out.Body.Kept = append(out.Body.Kept, keptRecord{r.Table, r.Purpose, r.Kept})
		}
	}
	return out, nil
}
