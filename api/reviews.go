package api

import (
	"context"
	"net/http"
	"time"

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
	KeyInput
}

type reviewPageInput struct {
	Place string `path:"id" doc:"The place's id."`
	PageInput
}

type reviewOutput struct{ Body review }

type reviewListOutput struct{ Body reviewList }

func (a *API) routeReviews(s *Server) {
	routeBody(s, operation{
		id:       "postReview",
		method:   http.MethodPost,
		path:     "/v1/visits/{id}/review",
		tag:      tagReviews,
		status:   http.StatusCreated,
		signedIn: true,
		creates:  true,
		summary:  "Review a visit",
		about:    "The right of who came: once a visit, within 90 days. The place's rating changes with it.",
		faults:   []*fault.Error{visits.ErrNotFound, reviews.ErrReviewed, reviews.ErrTooLate, reviews.ErrOwnPlace},
		example:  reviewBody{Stars: 5, Text: "汤头很鲜，下次再来。"},
	}, a.postReview)
	route(s, operation{
		id: "listReviews", method: http.MethodGet, path: "/v1/places/{id}/reviews", tag: tagReviews,
		summary: "What visitors say of a place", about: "The newest first.",
		faults: []*fault.Error{catalog.ErrPlaceNotFound},
	}, a.reviewsOf)
}

func (a *API) postReview(ctx context.Context, c *call, in *postReviewInput, body *reviewBody) (*reviewOutput, error) {
	d := reviews.Draft{Stars: body.Stars, Text: body.Text}
	actor, err := c.admit(d)
	if err != nil {
		return nil, err
	}
	key, err := c.key("reviews.create", in.Visit, body)
	if err != nil {
		return nil, err
	}
	r, err := a.Board.Post(ctx, actor, visits.ID(in.Visit), d, key)
	if err != nil {
		return nil, err
	}
	return &reviewOutput{renderReview(&r)}, nil
}

func (a *API) reviewsOf(ctx context.Context, c *call, in *reviewPageInput) (*reviewListOutput, error) {
	before := in.after(c, "rev")
	actor, err := c.admit()
	if err != nil {
		return nil, err
	}
	list, err := a.Board.Reviews(ctx, actor, catalog.PlaceID(in.Place), reviews.ID(before), in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := &reviewListOutput{reviewList{Reviews: []review{}}}
	list, out.Body.NextCursor = more(in.PageInput, list, func(r *reviews.Review) string { return string(r.ID) })
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
