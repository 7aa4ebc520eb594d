package api

import (
	"context"
	"math"
	"net/http"
	"time"

	"corner/api/rest"

	"corner/catalog"
	"corner/fault"
	"corner/identity"
	"corner/moderation"
)

// queueCase is one thing for operators to look at.
type queueCase struct {
	ID         string        `json:"id" example:"cas_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Kind       string        `json:"kind" enum:"report,claim,duplicate,transformed,burst,brand" doc:"Why it is here." example:"report"`
	State      string        `json:"state" enum:"open,decided" example:"open"`
	Subject    queueSubject  `json:"subject"`
	PlaceID    string        `json:"place_id,omitempty" doc:"That it concerns."`
	MerchantID string        `json:"merchant_id,omitempty" doc:"That it concerns."`
	UserID     string        `json:"user_id,omitempty" doc:"Whom it concerns: the author of a review, who claimed."`
	Reports    int           `json:"reports" doc:"How many people reported it." example:"1"`
	Actions    []string      `json:"actions" doc:"What can be decided." example:"[\"dismiss\", \"hide\"]"`
	Decision   *lastDecision `json:"decision,omitempty" doc:"The last one. Absent while nobody has decided."`
	OpenedAt   time.Time     `json:"opened_at"`
}

type queueSubject struct {
	Type string `json:"type" enum:"place,photo,review,claim,merchant,user" example:"place"`
	ID   string `json:"id" example:"plc_01kay3c4zq8v0e5t7m2r9x6b1d"`
}

type lastDecision struct {
	Action string    `json:"action" example:"hide"`
	Reason string    `json:"reason" example:"店已关门。"`
	ByID   string    `json:"by_id" example:"usr_01kay3c4zq8v0e5t7m2r9x6b1d"`
	At     time.Time `json:"at"`
}

// caseFile is a case with what was said and done about it.
type caseFile struct {
	Case      queueCase      `json:"case"`
	Reports   []caseReport   `json:"reports" doc:"The first 100, the oldest first."`
	Decisions []pastDecision `json:"decisions" doc:"The last 100, the latest first."`
	Evidence  *shownEvidence `json:"evidence,omitempty" doc:"Of a claim."`
}

type caseReport struct {
	ID        string    `json:"id" example:"rpt_01kay3c4zq8v0e5t7m2r9x6b1d"`
	ByID      string    `json:"by_id,omitempty" doc:"Absent once the account is deleted." example:"usr_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Reason    string    `json:"reason" example:"这家店已经关门两年了。"`
	CreatedAt time.Time `json:"created_at"`
}

type pastDecision struct {
	ID     string     `json:"id" example:"dec_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Action string     `json:"action" example:"hide"`
	Reason string     `json:"reason" example:"店已关门。"`
	Into   string     `json:"into_place_id,omitempty" doc:"Of a merge."`
	Since  *time.Time `json:"since,omitempty" doc:"Of edits taken back."`
	ByID   string     `json:"by_id" example:"usr_01kay3c4zq8v0e5t7m2r9x6b1d"`
	At     time.Time  `json:"at"`
}

type shownEvidence struct {
	Text     string     `json:"text,omitempty"`
	Licence  string     `json:"licence,omitempty"`
	PhotoIDs []string   `json:"photo_ids,omitempty"`
	Location *pointBody `json:"location,omitempty" doc:"Where the phone was, WGS-84."`
	Accuracy float64    `json:"accuracy_m,omitempty"`
	Distance float64    `json:"distance_m,omitempty" doc:"Of the phone from the place."`
}

type caseList struct {
	Cases      []queueCase `json:"cases" doc:"The oldest first."`
	NextCursor *string     `json:"next_cursor" doc:"For the next page; null on the last." example:"eyJhZnRlciI6MX0"`
}

type decisionBody struct {
	Action string     `json:"action" enum:"dismiss,hide,restore,remove,suspend,lift,verify,refuse,clear,send_back,carry_stars,drop_stars,take_back,merge,unmerge,grant_brand,give_brand,drop_brand" doc:"One of the case's actions." example:"hide"`
	Reason string     `json:"reason" minLength:"1" maxLength:"1000" doc:"Kept, and told to whom it concerns." example:"店已关门。"`
	Into   string     `json:"into_place_id,omitempty" doc:"For merge: the place that this one becomes an alias of."`
	Since  *time.Time `json:"since,omitempty" doc:"For take_back: what was changed since then is undone." example:"2026-05-01T00:00:00+08:00"`
	Brand  string     `json:"brand,omitempty" doc:"For grant_brand and give_brand: the key, which the place's brand_claimed shows." example:"kfc"`
}

type queueInput struct {
	State string `query:"state" enum:"open,decided,all" default:"open" doc:"Those that wait unless told."`
	Kind  string `query:"kind" enum:"report,claim,duplicate,transformed,burst,brand" doc:"Those of one kind only."`
	rest.PageInput
}

type caseInput struct {
	ID string `path:"id" doc:"The case's id."`
}

type caseListOutput struct{ Body caseList }

type caseOutput struct{ Body queueCase }

type fileOutput struct{ Body caseFile }

func (a *API) routeQueue(s *rest.Server) {
	rest.Route(s, rest.Operation{
		ID:       "listQueue",
		Method:   http.MethodGet,
		Path:     "/v1/operator/queue",
		Tag:      tagOperators,
		SignedIn: true,
		Summary:  "What waits for an operator",
		About: "An operator's right. Claims with their evidence, places that may be duplicates, reports, places that may have become another shop, " +
			"bursts of new listings, places named as a brand that is not their merchant's.",
		Faults: []*fault.Error{identity.ErrOperatorsOnly},
	}, a.queue)
	rest.Route(s, rest.Operation{
		ID: "getCase", Method: http.MethodGet, Path: "/v1/operator/queue/{id}", Tag: tagOperators, SignedIn: true,
		Summary: "One thing that waits, with its history", About: "An operator's right. What was reported, what was shown, and what was decided.",
		Faults: []*fault.Error{identity.ErrOperatorsOnly, moderation.ErrNotFound},
	}, a.caseFile)
	rest.RouteBody(s, rest.Operation{
		ID:       "decideCase",
		Method:   http.MethodPost,
		Path:     "/v1/operator/queue/{id}/decision",
		Tag:      tagOperators,
		SignedIn: true,
		Summary:  "Decide about it",
		About: "An operator's right. One of the case's actions, with a reason that is kept and told to whom it concerns. A case can be decided again: " +
			"what was hidden is restored, what was suspended lifted, an alias dropped. What is done already is not done twice.",
		Faults: []*fault.Error{
			identity.ErrOperatorsOnly, moderation.ErrNotFound, catalog.ErrPlaceNotFound, catalog.ErrNotInState, catalog.ErrClaimSettled,
			identity.ErrSuspendsOperator, catalog.ErrBrandNotClaimed,
		},
		Example: decisionBody{Action: "hide", Reason: "店已关门。"},
	}, a.decideCase)
}

func (a *API) queue(ctx context.Context, c *rest.Call, in *queueInput) (*caseListOutput, error) {
	after := in.After(c, "cas")
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	f := moderation.Filter{State: moderation.State(in.State), Kind: moderation.Kind(in.Kind)}
	if in.State == "all" {
		f.State = ""
	}
	list, err := a.Moderator.Queue(ctx, actor, f, moderation.CaseID(after), in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := &caseListOutput{caseList{Cases: []queueCase{}}}
	list, out.Body.NextCursor = rest.More(in.PageInput, list, func(c *moderation.Case) string { return string(c.ID) })
	for i := range list {
		out.Body.Cases = append(out.Body.Cases, renderCase(&list[i]))
	}
	return out, nil
}

func (a *API) caseFile(ctx context.Context, c *rest.Call, in *caseInput) (*fileOutput, error) {
	f, err := a.Moderator.Case(ctx, c.Actor, moderation.CaseID(in.ID))
	if err != nil {
		return nil, err
	}
	out := &fileOutput{caseFile{Case: renderCase(&f.Case), Reports: []caseReport{}, Decisions: []pastDecision{}}}
	for _, r := range f.Reports {
		out.Body.Reports = append(out.Body.Reports, caseReport{string(r.ID), string(r.By), r.Reason, r.CreatedAt})
	}
	for _, d := range f.Decisions {
		past := pastDecision{ID: string(d.ID), Action: string(d.Action), Reason: d.Reason, Into: string(d.Into), ByID: string(d.By), At: d.At}
		if !d.Since.IsZero() {
			past.Since = &d.Since
		}
		out.Body.Decisions = append(out.Body.Decisions, past)
	}
	if f.Claim != nil {
		out.Body.Evidence = renderEvidence(&f.Claim.Evidence)
	}
	return out, nil
}

func (a *API) decideCase(ctx context.Context, c *rest.Call, in *caseInput, body *decisionBody) (*caseOutput, error) {
	d := moderation.Decision{Action: moderation.Action(body.Action), Reason: body.Reason, Into: catalog.PlaceID(body.Into), Brand: body.Brand}
	if body.Since != nil {
		d.Since = *body.Since
	}
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	is, err := a.Moderator.Decide(ctx, actor, moderation.CaseID(in.ID), d)
	if err != nil {
		return nil, err
	}
	return &caseOutput{renderCase(&is)}, nil
}

func renderCase(c *moderation.Case) queueCase {
	out := queueCase{
		ID: string(c.ID), Kind: string(c.Kind), State: string(c.State), Subject: queueSubject{string(c.Subject), c.SubjectID},
		PlaceID: string(c.Place), MerchantID: string(c.Merchant), UserID: string(c.User), Reports: c.Reports, OpenedAt: c.OpenedAt,
	}
	for _, action := range c.Actions() {
		out.Actions = append(out.Actions, string(action))
	}
	if !c.Last.At.IsZero() {
		out.Decision = &lastDecision{string(c.Last.Action), c.Last.Reason, string(c.Last.By), c.Last.At}
	}
	return out
}

func renderEvidence(e *catalog.Evidence) *shownEvidence {
	out := &shownEvidence{
		Text: e.Text, Licence: e.Licence, PhotoIDs: e.Photos, Accuracy: float64(e.Accuracy), Distance: math.Round(float64(e.Distance)),
	}
	if e.Spot != nil {
		out.Location = &pointBody{e.Spot.Lat, e.Spot.Lng}
	}
	return out
}
