package reviews

import (
	"context"
	"time"

	"corner/catalog"
	"corner/event"
	"corner/fault"
	"corner/idempotency"
	"corner/identity"
	"corner/visits"
)

// ID names a review: "rev_…".
type ID string

// Review is what a visitor says of a visit.
type Review struct {
	ID        ID
	Visit     visits.ID
	Place     catalog.PlaceID
	Author    identity.UserID
	Stars     int // 1 … 5
	Text      string
	CreatedAt time.Time
}

// PostedEvent is told when a review is posted; discovery looks at the place again.
const PostedEvent event.Kind = "review.posted"

// Bounds of a review.
const (
	MaxText = 4_000 // characters
	Within  = 90 * 24 * time.Hour
)

// Store keeps reviews and ratings.
type Store interface {
	// Post stores r and adds it to its place's rating, all or nothing. A visit that
	// has a review is ErrReviewed. A repeat of key returns what the first call stored.
	Post(ctx context.Context, r Review, key idempotency.Key, e event.Event) (Review, error)
	// ReviewsOf is a place's reviews, newest first, at most limit of those before the
	// given one ("" for the newest).
	ReviewsOf(ctx context.Context, p catalog.PlaceID, before ID, limit int) ([]Review, error)
	// Rating is the sum of a place's reviews.
	Rating(ctx context.Context, p catalog.PlaceID) (Rating, error)
}

// What can go wrong with a review.
var (
	ErrReviewed = fault.New(fault.Conflict, "review.exists",
		"this visit has its review already", "该次到店已评价")
	ErrTooLate = fault.New(fault.Conflict, "review.too_late",
		"a visit can be reviewed for 90 days", "到店超过 90 天，不能再评价")
	ErrOwnPlace = fault.New(fault.Forbidden, "review.own_place",
		"nobody reviews a place of his own", "不能评价自己的店铺")
)
