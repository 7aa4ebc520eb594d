package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"time"

	"corner/catalog"
	"corner/identity"
	"corner/internal/town"
	"corner/uid"
)

type demoCmd struct{}

// townSeed makes the demo's town the same for everybody.
const townSeed = 1

// Run makes the town at the first start, keeps it, and serves it.
func (demoCmd) Run(ctx context.Context, c *Config) error {
	if c.SMS == "" {
		c.SMS = "log:"
	}
	if err := c.checkPrintedCodes(); err != nil {
		return err
	}
	lock, err := c.lockData()
	if err != nil {
		return err
	}
	defer lock.Close()
	demo := town.Make(townSeed)
	if c.Database == "" {
		if err := makeTownFile(ctx, c, &demo); err != nil {
			return err
		}
		// Losing the last moment of a demo in a power cut is all right; waiting for the
		// disk at every write is not.
		c.Database = c.databaseURL() + "?synchronous=normal"
	} else if err := settleEmpty(ctx, c, &demo); err != nil {
		return err
	}
	a, err := wire(ctx, c, c.logger(), time.Now)
	if err != nil {
		return err
	}
	defer a.close()
	var painting sync.WaitGroup
	ctx, stop := context.WithCancel(ctx)
	defer painting.Wait()
	defer stop()
	return a.run(ctx, func(address string) {
		a.welcome(ctx, os.Stdout, address, &demo)
		// Nobody should wait for pictures: they come while one reads.
		painting.Go(func() {
			if err := a.hangPhotos(ctx, &demo); err != nil && ctx.Err() == nil {
				a.log.Warn("paint the town's shopfronts", "error", err)
			}
		})
	})
}

// hangPhotos gives the town's best known places a photo, where they have none.
func (a *app) hangPhotos(ctx context.Context, demo *town.Town) error {
	began, places := time.Now(), map[string]catalog.PlaceID{}
	const page = 1_000
	for after := catalog.PlaceID(""); ; {
		listings, err := a.projector.Source.Live(ctx, after, page)
		if err != nil {
			return err
		}
		for i := range listings {
			after = listings[i].Place
			places[listings[i].Source] = after
		}
		if len(listings) < page {
			break
		}
	}
	hung, err := demo.Hang(ctx, town.Gallery{Album: a.album, Places: places, OwnerOf: a.personOf(time.Now)})
	if hung > 0 {
		a.log.Info("painted the town's shopfronts", "photos", hung, "took", time.Since(began).Round(time.Millisecond))
	}
	return err
}

// personOf signs the person with a phone up, without a code, or finds them with the
// roles of this moment.
func (a *app) personOf(now func() time.Time) func(ctx context.Context, phone string) (identity.Actor, error) {
	return func(ctx context.Context, phone string) (identity.Actor, error) {
		u, err := a.accounts.Store.Enter(ctx, identity.User{ID: identity.UserID(uid.New("usr", now())), Phone: phone, CreatedAt: now()})
		if err != nil {
			return identity.Actor{}, err
		}
		roles, err := a.accounts.Store.Roles(ctx, u.ID)
		return identity.Actor{User: u.ID, Roles: roles}, err
	}
}

// makeTownFile makes the town in a file of its own that takes its name when it is
// complete: a demo that was interrupted begins anew.
func makeTownFile(ctx context.Context, c *Config, demo *town.Town) error {
	path := filepath.Join(c.Data, "corner.db")
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	building := path + ".building"
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(building + suffix); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	draft := *c
	draft.Database = sqliteURL(building) + "?synchronous=off"
	if err := settle(ctx, &draft, demo); err != nil {
		return err
	}
	return os.Rename(building, path)
}

// settleEmpty makes the town in a database that has no places yet.
func settleEmpty(ctx context.Context, c *Config, demo *town.Town) error {
	a, err := wire(ctx, c, c.logger(), time.Now)
	if err != nil {
		return err
	}
	n, err := a.projector.Source.CountLive(ctx)
	if err = errors.Join(err, a.close()); err != nil || n > 0 {
		return err
	}
	return settle(ctx, c, demo)
}

// settle fills a database with the town, through the same façades that apps use.
func settle(ctx context.Context, c *Config, demo *town.Town) (err error) {
	clock := &town.Clock{Real: time.Now}
	quiet := *c
	quiet.LogLevel = 4 // the steps of the schema are no news here
	// A few people are the whole town.
	quiet.Quotas = quotasConfig{OpenBookings: maxCap, OverlappingBookings: maxCap, HoldRenewals: maxCap}
	a, err := wire(ctx, &quiet, quiet.logger(), clock.Now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.close()) }()
	if a.embeddedIndex() {
		a.db.Routes = nil // the index is built from the database when the server starts
	}
	bar := newBar("making the town")
	defer bar.Finish() //nolint:errcheck // it only draws
	return demo.Settle(ctx, town.Parts{
		Clock: clock, Catalog: a.catalog, Desk: a.desk, Visits: a.visits, Board: a.board,
		Enrol: func(ctx context.Context, phone string) (identity.Actor, error) {
			now := clock.Now()
			u, err := a.accounts.Store.Enter(ctx, identity.User{ID: identity.UserID(uid.New("usr", now)), Phone: phone, CreatedAt: now})
			return identity.Actor{User: u.ID}, err
		},
		ActorOf: func(ctx context.Context, user identity.UserID) (identity.Actor, error) {
			roles, err := a.accounts.Store.Roles(ctx, user)
			return identity.Actor{User: user, Roles: roles}, err
		},
	}, func(done, total int) {
		bar.ChangeMax(total)
		_ = bar.Set(done)
	})
}
