package api

import (
	"context"
	"net/http"
	"time"

	"corner/api/rest"

	"corner/catalog"
	"corner/fault"
	"corner/reviews"
	"corner/visits"
)

type reviewBody struct {
	Stars int    `json:"stars" minimum:"1" maximum:"5" doc:"One to five." example:"5"`
	Text  string `json:"text,omitempty" maxLength:"4000" doc:"How it was." example:"汤头很鲜，下次再来。"`
}

type review struct {
	ID        string    `json:"id" example:"rev_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Verified  bool      `json:"verified" doc:"It is tied to a confirmed visit of its author." example:"true"`
	PlaceID   string    `json:"place_id" example:"plc_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Stars     int       `json:"stars" example:"5"`
	Text      string    `json:"text" example:"汤头很鲜，下次再来。"`
	CreatedAt time.Time `json:"created_at"`
}

type reviewList struct {
	Reviews    []review `json:"reviews"`
	NextCursor *string  `json:"next_cursor" doc:"For the next page; null on the last." example:"eyJhZnRlciI6MX0"`
}

type postReviewInput struct {
	Visit string `path:"id" doc:"The visit's id."`
	rest.KeyInput
}

type reviewPageInput struct {
	Place string `path:"id" doc:"The place's id."`
	rest.PageInput
}

type reviewOutput struct{ Body review }

type reviewListOutput struct{ Body reviewList }

func (a *API) routeReviews(s *rest.Server) {
	rest.RouteBody(s, rest.Operation{
		ID:       "postReview",
		Method:   http.MethodPost,
		Path:     "/v1/visits/{id}/review",
		Tag:      tagReviews,
		Status:   http.StatusCreated,
		SignedIn: true,
		Creates:  true,
		Summary:  "Review a visit",
		About:    "The right of who came: once a visit, within 90 days. The place's rating changes with it.",
		Faults:   []*fault.Error{visits.ErrNotFound, reviews.ErrReviewed, reviews.ErrTooLate, reviews.ErrOwnPlace},
		Example:  reviewBody{Stars: 5, Text: "汤头很鲜，下次再来。"},
	}, a.postReview)
	rest.Route(s, rest.Operation{
		ID: "listReviews", Method: http.MethodGet, Path: "/v1/places/{id}/reviews", Tag: tagReviews,
		Summary: "What visitors say of a place", About: "The newest first.",
		Faults: []*fault.Error{catalog.ErrPlaceNotFound},
	}, a.reviewsOf)
}

func (a *API) postReview(ctx context.Context, c *rest.Call, in *postReviewInput, body *reviewBody) (*reviewOutput, error) {
	d := reviews.Draft{Stars: body.Stars, Text: body.Text}
	actor, err := c.Admit(d)
	if err != nil {
		return nil, err
	}
	key, err := c.Key("reviews.create", in.Visit, body)
	if err != nil {
		return nil, err
	}
	r, err := a.Board.Post(ctx, actor, visits.ID(in.Visit), d, key)
	if err != nil {
		return nil, err
	}
	return &reviewOutput{renderReview(&r)}, nil
}

func (a *API) reviewsOf(ctx context.Context, c *rest.Call, in *reviewPageInput) (*reviewListOutput, error) {
	before := in.After(c, "rev")
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	list, err := a.Board.Reviews(ctx, actor, catalog.PlaceID(in.Place), reviews.ID(before), in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := &reviewListOutput{reviewList{Reviews: []review{}}}
	list, out.Body.NextCursor = rest.More(in.PageInput, list, func(r *reviews.Review) string { return string(r.ID) })
	for i := range list {
		out.Body.Reviews = append(out.Body.Reviews, renderReview(&list[i]))
	}
	return out, nil
}

// renderReview leaves the author out: reviews are read by anybody.
func renderReview(r *reviews.Review) review {
	return review{
		ID: string(r.ID), Verified: r.Visit != "", PlaceID: string(r.Place), Stars: r.Stars, Text: r.Text, CreatedAt: r.CreatedAt,
	}
}
