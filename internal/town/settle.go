package town

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"corner/booking"
	"corner/catalog"
	"corner/idempotency"
	"corner/identity"
	"corner/reviews"
	"corner/visits"
)

// Parts is what a town is settled with: the façades of one app, all of them with the
// clock's Now.
type Parts struct {
	Clock   *Clock
	Catalog *catalog.Catalog
	Desk    *booking.Desk
	Visits  *visits.Log
	Board   *reviews.Board
	// Enrol signs the person with that phone up, without a code.
	Enrol func(ctx context.Context, phone string) (identity.Actor, error)
	// ActorOf is the person with the roles of this moment.
	ActorOf func(ctx context.Context, user identity.UserID) (identity.Actor, error)
}

// ErrInhabited is returned when some place of the town is there already: a town is
// settled once, into a catalogue that has never seen it.
var ErrInhabited = errors.New("the town is there already")

const importBatch = 500

// Settle fills the town with life, up to the present of the clock, which it leaves at
// the real time. progress is told how much of it is done. Its steps are made in the
// order of their time, so the clock only goes forward, and what sorts by time of making
// sorts as it should.
func (t *Town) Settle(ctx context.Context, p Parts, progress func(done, total int)) error {
	p.Clock.Release()
	now := p.Clock.Now()
	planned, err := t.life(now)
	if err != nil {
		return fmt.Errorf("plan the life of the town: %w", err)
	}
	s := settling{town: t, Parts: p, now: now, progress: progress, staff: make([]identity.Actor, len(t.owners))}
	s.total = len(t.Listings) + len(t.owners) + consumers
	for i := range planned {
		s.total += planned[i].acts()
	}
	defer p.Clock.Release()
	for _, step := range []func(context.Context) error{s.found, s.claim, s.enrol} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return s.live(ctx, planned)
}

// settling is a town on its way into the catalogue.
type settling struct {
	Parts
	town     *Town
	now      time.Time
	progress func(done, total int)

	done, total int
	places      map[string]imported // by Listing.Source
	staff       []identity.Actor    // of each owner
	people      []identity.Actor    // the consumers
}

type imported struct {
	place    catalog.PlaceID
	services []catalog.ServiceID // in the order of Listing.Offers
}

// register is the catalogue's store, writing down which ids new places got: Import
// tells only what became of them.
type register struct {
	catalog.Store
	places map[string]imported
}

// Import implements catalog.Places.
func (r register) Import(
	ctx context.Context,
	entries []catalog.Entry,
	decide func(catalog.Stored) catalog.Outcome,
) ([]catalog.Outcome, error) {
	outcomes, err := r.Store.Import(ctx, entries, decide)
	for i, o := range outcomes {
		if e := entries[i]; o == catalog.Created {
			in := imported{place: e.Place.ID}
			for _, s := range e.Services {
				in.services = append(in.services, s.ID)
			}
			r.places[e.Place.Source] = in
		}
	}
	return outcomes, err
}

func (s *settling) tick(n int) {
	s.done += n
	if s.progress != nil {
		s.progress(s.done, s.total)
	}
}

func (s *settling) daysAgo(n int) time.Time { return s.now.AddDate(0, 0, -n) }

// found imports the places.
func (s *settling) found(ctx context.Context) error {
	s.Clock.Stand(s.daysAgo(foundDays))
	s.places = make(map[string]imported, len(s.town.Listings))
	c := catalog.Catalog{Store: register{s.Catalog.Store, s.places}, Now: s.Catalog.Now}
	for batch := range slices.Chunk(s.town.Listings, importBatch) {
		outcomes, reasons, err := c.Import(ctx, batch)
		if err != nil {
			return err
		}
		for i, o := range outcomes {
			switch o {
			case catalog.Created:
			case catalog.Refused:
				return fmt.Errorf("import %s: %w", batch[i].Source, reasons[i])
			default:
				return fmt.Errorf("import %s: %w", batch[i].Source, ErrInhabited)
			}
		}
		s.tick(len(batch))
	}
	return nil
}

// claim makes the owners claim what is theirs, one every few minutes.
func (s *settling) claim(ctx context.Context) error {
	at := s.daysAgo(claimDays)
	for i, o := range s.town.owners {
		s.Clock.Stand(at.Add(time.Duration(i) * 7 * time.Minute))
		actor, err := s.Enrol(ctx, o.phone)
		if err != nil {
			return fmt.Errorf("enrol owner %d: %w", i, err)
		}
		m, err := s.Catalog.CreateMerchant(ctx, actor, o.name, idempotency.Key{})
		if err != nil {
			return fmt.Errorf("register %s: %w", o.name, err)
		}
		if actor, err = s.ActorOf(ctx, actor.User); err != nil {
			return fmt.Errorf("find the roles of owner %d: %w", i, err)
		}
		for _, shop := range o.shops {
			if err := s.claimShop(ctx, actor, s.imported(shop).place, m.ID); err != nil {
				return fmt.Errorf("claim %s: %w", s.town.Listings[shop].Source, err)
			}
		}
		s.staff[i] = actor
		s.tick(1)
	}
	return nil
}

// claimShop claims a place, and the town's operator verifies it.
func (s *settling) claimShop(ctx context.Context, actor identity.Actor, p catalog.PlaceID, m identity.MerchantID) error {
	_, claim, err := s.Catalog.ClaimPlace(ctx, actor, p, m, identity.Origin{})
	if err != nil || claim.Settled() {
		return err
	}
	actor.Operator = true
	_, _, err = s.Catalog.SettleClaim(ctx, actor, claim.ID, true, "")
	return err
}

func (s *settling) imported(listing int) imported {
	return s.places[s.town.Listings[listing].Source]
}

// enrol signs the consumers up.
func (s *settling) enrol(ctx context.Context) error {
	s.Clock.Stand(s.daysAgo(visitedFrom + 5))
	for i := range consumers {
		actor, err := s.Enrol(ctx, phone(consumerPhones, i))
		if err != nil {
			return fmt.Errorf("enrol consumer %d: %w", i, err)
		}
		s.people = append(s.people, actor)
		s.tick(1)
	}
	return nil
}
