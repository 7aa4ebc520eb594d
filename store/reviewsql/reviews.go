package reviewsql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"corner/catalog"
	"corner/event"
	"corner/idempotency"
	"corner/reviews"
	"corner/store"
)

// Store is reviews.Store in the database.
type Store struct{ DB *store.DB }

var _ reviews.Store = Store{}

const selectReview = `SELECT id, visit_id, place_id, author_id, stars, body, created_at, hidden_at FROM reviews`

var errReviewGone = errors.New("the review that an idempotency key made is gone")

func scanReview(r store.Scanner) (v reviews.Review, err error) {
	return v, r.Scan(&v.ID, &v.Visit, &v.Place, &v.Author, &v.Stars, &v.Text, store.Instant(&v.CreatedAt), store.Instant(&v.HiddenAt))
}

// Post implements reviews.Store.
func (s Store) Post(ctx context.Context, v reviews.Review, key idempotency.Key, e event.Event) (reviews.Review, error) {
	stored := v
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		first, repeated, err := t.Claim(ctx, key, string(v.ID), v.CreatedAt)
		if err != nil {
			return err
		}
		if repeated {
			stored, err = store.One(t.Row(ctx, selectReview+` WHERE id = $1`, first), scanReview, errReviewGone)
			return err
		}
		n, err := t.Exec(
			ctx,
			`INSERT INTO reviews (id, visit_id, place_id, author_id, stars, body, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (visit_id) DO NOTHING`,
			string(v.ID),
			string(v.Visit),
			string(v.Place),
			string(v.Author),
			v.Stars,
			v.Text,
			store.Micros(v.CreatedAt),
		)
		if err != nil || n == 0 {
			return store.OrMissing(err, reviews.ErrReviewed)
		}
		if _, err := t.Exec(ctx, `INSERT INTO ratings (place_id, sum, n) VALUES ($1, $2, 1)
			ON CONFLICT (place_id) DO UPDATE SET sum = ratings.sum + excluded.sum, n = ratings.n + 1`, string(v.Place), v.Stars); err != nil {
			return err
		}
		return t.Emit(ctx, e)
	})
	if err != nil {
		return reviews.Review{}, fmt.Errorf("post a review: %w", err)
	}
	return stored, nil
}

// Review implements reviews.Store.
func (s Store) Review(ctx context.Context, id reviews.ID) (reviews.Review, error) {
	return store.One(s.DB.Row(ctx, selectReview+` WHERE id = $1`, string(id)), scanReview, reviews.ErrNotFound)
}

// Hide implements reviews.Store.
func (s Store) Hide(ctx context.Context, p catalog.PlaceID, id reviews.ID, on bool, e event.Event) error {
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		// The rating's row is held first, as by who posts.
		if _, err := t.Exec(ctx, `UPDATE ratings SET n = n WHERE place_id = $1`, string(p)); err != nil {
			return err
		}
		at := int64(0)
		if on {
			at = store.Micros(e.At)
		}
		n, err := t.Exec(ctx, `UPDATE reviews SET hidden_at = $1 WHERE place_id = $2 AND ($3 = '' OR id = $3) AND (hidden_at > 0) <> $4`,
			at, string(p), string(id), on)
		if err != nil || n == 0 {
			return err
		}
		if _, err := t.Exec(ctx, `UPDATE ratings SET sum = coalesce((SELECT sum(stars) FROM reviews WHERE place_id = $1 AND hidden_at = 0), 0),
			n = (SELECT count(*) FROM reviews WHERE place_id = $1 AND hidden_at = 0) WHERE place_id = $1`, string(p)); err != nil {
			return err
		}
		return t.Emit(ctx, e)
	})
	if err != nil {
		return fmt.Errorf("hide reviews: %w", err)
	}
	return nil
}

// ReviewsOf implements reviews.Store.
func (s Store) ReviewsOf(ctx context.Context, p catalog.PlaceID, before reviews.ID, limit int) ([]reviews.Review, error) {
	rows, err := s.DB.Rows(
		ctx,
		selectReview+` WHERE place_id = $1 AND hidden_at = 0 AND ($2 = '' OR id < $2) ORDER BY id DESC LIMIT $3`,
		string(p),
		string(before),
		limit,
	)
	return store.Collect(rows, err, scanReview)
}

// Rating implements reviews.Store.
func (s Store) Rating(ctx context.Context, p catalog.PlaceID) (r reviews.Rating, err error) {
	err = s.DB.Row(ctx, `SELECT sum, n FROM ratings r JOIN places p ON p.id = r.place_id WHERE place_id = $1 AND NOT p.stars_held`, string(p)).
		Scan(&r.Sum, &r.N)
	if errors.Is(err, sql.ErrNoRows) {
		return reviews.Rating{}, nil
	}
	return r, store.Unreachable(err)
}
