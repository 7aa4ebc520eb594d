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
	HiddenAt  time.Time // by an operator; zero while it is shown
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
	// Review is one review, hidden or not; ErrNotFound if there is none.
	Review(ctx context.Context, id ID) (Review, error)
	// Hide hides a review of a place at the event's time, or all of them with id "", or with on false shows
	// them again, and corrects the place's rating, all or nothing. If all are so already, nothing is told.
	Hide(ctx context.Context, p catalog.PlaceID, id ID, on bool, e event.Event) error
	// ReviewsOf is a place's reviews that are shown, newest first, at most limit of those before the
	// given one ("" for the newest).
	ReviewsOf(ctx context.Context, p catalog.PlaceID, before ID, limit int) ([]Review, error)
	// Rating is the sum of a place's reviews; none while its stars are held.
	Rating(ctx context.Context, p catalog.PlaceID) (Rating, error)
}

// What can go wrong with a review.
var (
	ErrNotFound = fault.New(fault.NotFound, "review.not_found",
		"there is no such review", "没有该评价")
	ErrReviewed = fault.New(fault.Conflict, "review.exists",
		"this visit has its review already", "该次到店已评价")
	ErrTooLate = fault.New(fault.Conflict, "review.too_late",
		"a visit can be reviewed for 90 days", "到店超过 90 天，不能再评价")
	ErrOwnPlace = fault.New(fault.Forbidden, "review.own_place",
		"nobody reviews a place of his own", "不能评价自己的店铺")
)
