package api

import (
	"context"
	"net/http"
	"time"

	"corner/api/rest"

	"corner/identity"
)

// look is that somebody was shown my data: the business or the operators answer for their people.
type look struct {
	ID       string      `json:"id" example:"lok_01kay3c4zq8v0e5t7m2r9x6b1d"`
	By       string      `json:"by" enum:"merchant,operator" doc:"For whom they looked: a business, or whoever runs this server." example:"merchant"`
	Merchant *merchantID `json:"merchant,omitempty" doc:"The business. Absent for an operator."`
	What     string      `json:"what" enum:"booking,bookings,visit,staff,invitations,place_history,case,queue" doc:"What they looked at: a booking, a place's list of bookings, a visit, a business's staff or invitations, who changed a place, a case of the operators, their queue." example:"booking"`
	Subject  string      `json:"subject_id,omitempty" doc:"Which booking, visit or case; the place of its list or history, the business of its staff or invitations." example:"bkg_01kay3c4zq8v0e5t7m2r9x6b1d"`
	At       time.Time   `json:"at" doc:"The same look is told once an hour."`
}

type lookList struct {
	Looks      []look  `json:"looks" doc:"The newest first."`
	NextCursor *string `json:"next_cursor" doc:"For the next page; null on the last." example:"eyJhZnRlciI6MX0"`
}

type lookListOutput struct{ Body lookList }

func (a *API) routeLooks(s *rest.Server) {
	rest.Route(s, rest.Operation{
		ID: "listMyLooks", Method: http.MethodGet, Path: "/v1/me/looks", Tag: tagDevices, SignedIn: true, Suspended: true,
		Summary: "Who looked at my data",
		About: "Every time that the people of a business or the operators of this server were shown data of yours, the newest first; " +
			"the same look once an hour. Kept for 180 days.",
	}, a.looks)
}

func (a *API) looks(ctx context.Context, c *rest.Call, in *rest.PageInput) (*lookListOutput, error) {
	before := in.After(c, "lok")
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	list, err := a.Accounts.LooksAtMe(ctx, actor, identity.LookID(before), in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := &lookListOutput{lookList{Looks: []look{}}}
	list, out.Body.NextCursor = rest.More(*in, list, func(l *identity.Look) string { return string(l.ID) })
	for i := range list {
		out.Body.Looks = append(out.Body.Looks, renderLook(&list[i]))
	}
	return out, nil
}

func renderLook(l *identity.Look) look {
	w := look{ID: string(l.ID), By: "operator", What: string(l.What), Subject: l.Subject, At: l.When}
	if l.Merchant != "" {
		w.By, w.Merchant = "merchant", &merchantID{string(l.Merchant), l.MerchantName}
	}
	return w
}
