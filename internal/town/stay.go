package town

import (
	"context"
	"fmt"
	"slices"
	"time"

	"corner/booking"
	"corner/idempotency"
	"corner/reviews"
	"corner/visits"
)

// act is one moment of a visit.
type act struct {
	at    time.Time
	visit int
	do    func(*settling, context.Context, *stay) error
}

// stay is a visit and what has come of it so far.
type stay struct {
	visit
	booking booking.ID
	id      visits.ID
}

// acts is how many moments the visit has.
func (v *visit) acts() int {
	if v.comes {
		return 3
	}
	return 1
}

// live lets everything happen in the order of its time.
func (s *settling) live(ctx context.Context, planned []visit) error {
	stays := make([]stay, len(planned))
	var acts []act
	for i, v := range planned {
		stays[i].visit = v
		acts = append(acts, act{v.booked, i, (*settling).book})
		if v.comes {
			acts = append(acts, act{v.shown, i, (*settling).come}, act{v.wrote, i, (*settling).write})
		}
	}
	slices.SortStableFunc(acts, func(a, b act) int { return a.at.Compare(b.at) })
	for _, a := range acts {
		if err := ctx.Err(); err != nil {
			return err
		}
		s.Clock.Stand(a.at)
		if err := a.do(s, ctx, &stays[a.visit]); err != nil {
			return fmt.Errorf("visit %s at %s: %w", s.town.Listings[stays[a.visit].listing].Source, a.at, err)
		}
		s.tick(1)
	}
	return nil
}

func (s *settling) book(ctx context.Context, v *stay) error {
	who := s.people[v.consumer]
	held, err := s.Desk.Hold(ctx, who, booking.Request{
		Service: s.imported(v.listing).services[v.offer], Start: v.start, Party: v.party,
	}, idempotency.Key{})
	if err != nil {
		return fmt.Errorf("hold: %w", err)
	}
	v.booking = held.ID
	if _, err := s.Desk.Confirm(ctx, who, held.ID, idempotency.Key{}); err != nil {
		return fmt.Errorf("book: %w", err)
	}
	return nil
}

func (s *settling) come(ctx context.Context, v *stay) error {
	code, err := s.Desk.Code(ctx, s.people[v.consumer], v.booking)
	if err != nil {
		return fmt.Errorf("show the code: %w", err)
	}
	came, err := s.Visits.Confirm(ctx, s.staff[s.town.shops[v.listing].owner], code.Text, idempotency.Key{})
	if err != nil {
		return fmt.Errorf("confirm: %w", err)
	}
	v.id = came.ID
	return nil
}

func (s *settling) write(ctx context.Context, v *stay) error {
	if _, err := s.Board.Post(ctx, s.people[v.consumer], v.id, reviews.Draft{Stars: v.stars, Text: v.text}, idempotency.Key{}); err != nil {
		return fmt.Errorf("review: %w", err)
	}
	return nil
}
