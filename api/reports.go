package api

import (
	"context"
	"net/http"
	"time"

	"corner/api/rest"

	"corner/catalog"
	"corner/fault"
	"corner/media"
	"corner/moderation"
	"corner/reviews"
)

type reportBody struct {
	PlaceID  string `json:"place_id,omitempty" doc:"What is reported: one of place_id, photo_id and review_id." example:"plc_01kay3c4zq8v0e5t7m2r9x6b1d"`
	PhotoID  string `json:"photo_id,omitempty"`
	ReviewID string `json:"review_id,omitempty"`
	Reason   string `json:"reason" minLength:"1" maxLength:"1000" doc:"What is wrong with it." example:"这家店已经关门两年了。"`
}

type report struct {
	ID        string    `json:"id" example:"rpt_01kay3c4zq8v0e5t7m2r9x6b1d"`
	PlaceID   string    `json:"place_id,omitempty"`
	PhotoID   string    `json:"photo_id,omitempty"`
	ReviewID  string    `json:"review_id,omitempty"`
	Reason    string    `json:"reason" example:"这家店已经关门两年了。"`
	CreatedAt time.Time `json:"created_at"`
}

type reportOutput struct{ Body report }

func (a *API) routeReports(s *rest.Server) {
	rest.RouteBody(s, rest.Operation{
		ID:       "createReport",
		Method:   http.MethodPost,
		Path:     "/v1/reports",
		Tag:      tagOperators,
		SignedIn: true,
		Status:   http.StatusCreated,
		Creates:  true,
		Summary:  "Report a place, a photo or a review",
		About: "Says that something is wrong with a listing, a photo or a review; the operators look at it. Reporting it again while nobody has " +
			"decided answers with the first report.",
		Faults:  []*fault.Error{moderation.ErrNotReportable, moderation.ErrTooManyReports},
		Example: reportBody{PlaceID: "plc_01kay3c4zq8v0e5t7m2r9x6b1d", Reason: "这家店已经关门两年了。"},
	}, a.createReport)
}

func (a *API) createReport(ctx context.Context, c *rest.Call, _ *rest.KeyInput, body *reportBody) (*reportOutput, error) {
	subject := moderation.Subject{Place: catalog.PlaceID(body.PlaceID), Photo: media.ID(body.PhotoID), Review: reviews.ID(body.ReviewID)}
	actor, err := c.Admit(subject)
	if err != nil {
		return nil, err
	}
	key, err := c.Key("reports.create", body)
	if err != nil {
		return nil, err
	}
	r, err := a.Moderator.Report(ctx, actor, subject, body.Reason, key)
	if err != nil {
		return nil, err
	}
	return &reportOutput{report{string(r.ID), body.PlaceID, body.PhotoID, body.ReviewID, r.Reason, r.CreatedAt}}, nil
}
