package reviews

import (
	"context"
	"time"
	"unicode/utf8"

	"corner/catalog"
	"corner/event"
	"corner/fault"
	"corner/idempotency"
	"corner/identity"
	"corner/text"
	"corner/uid"
	"corner/visits"
)

// Board is where reviews are posted and read.
type Board struct {
	Store   Store
	Visits  *visits.Log
	Catalog *catalog.Catalog
	Now     func() time.Time
}

// Draft is what a visitor sends.
type Draft struct {
	Stars int
	Text  string
}

// Post publishes a review of a visit. Only the person who came may write it.
func (b *Board) Post(ctx context.Context, actor identity.Actor, id visits.ID, d Draft, key idempotency.Key) (Review, error) {
	v, err := b.Visits.Visit(ctx, actor, id)
	if err != nil {
		return Review{}, err
	}
	if v.User != actor.User {
		return Review{}, visits.ErrNotFound
	}
	said := text.Visible(d.Text)
	var in fault.Input
	in.Check(d.Stars >= 1 && d.Stars <= 5, "stars", fault.OutOfRange)
	in.Check(utf8.RuneCountInString(said) <= MaxText, "text", fault.TooLong)
	if flaw, flawed := text.Flaw(said); flawed {
		in.Add("text", flaw)
	}
	if err := in.Err(); err != nil {
		return Review{}, err
	}
	now := b.now()
	served, err := b.Visits.Desk.ServedBy(ctx, actor, v.Place)
	if err != nil {
		return Review{}, err
	}
	if actor.WorksFor(v.Merchant) || actor.WorksFor(served) {
		return Review{}, ErrOwnPlace
	}
	if now.Sub(v.Confirmed) > Within {
		return Review{}, ErrTooLate
	}
	r := Review{
		ID: ID(uid.New("rev", now)), Visit: v.ID, Place: v.Place, Author: actor.User,
		Stars: d.Stars, Text: said, CreatedAt: now,
	}
	return b.Store.Post(
		ctx,
		r,
		key,
		event.New(PostedEvent, string(r.ID), string(v.Place), string(actor.User), now).About(string(v.Merchant), string(actor.User)),
	)
}

// Reviews is what visitors say of a place, newest first.
func (b *Board) Reviews(ctx context.Context, actor identity.Actor, place catalog.PlaceID, before ID, limit int) ([]Review, error) {
	p, err := b.Catalog.Place(ctx, actor, place)
	if err != nil {
		return nil, err
	}
	return b.Store.ReviewsOf(ctx, p.ID, before, limit)
}

// Rating is the sum of what visitors gave a place.
func (b *Board) Rating(ctx context.Context, place catalog.PlaceID) (Rating, error) {
	return b.Store.Rating(ctx, place)
}

// now is the present, as fine as the databases keep it.
func (b *Board) now() time.Time { return b.Now().UTC().Truncate(time.Microsecond) }
