package catalogsql

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"time"

	"corner/catalog"
	"corner/event"
	"corner/identity"
	"corner/store"
)

const (
	claimColumns = `id, place_id, merchant_id, user_id, state, phone, evidence, seq, reason, settled_by, settled_at, created_at`
	claimWidth   = 12
	selectClaims = `SELECT ` + claimColumns + ` FROM claims `
)

func scanClaim(r store.Scanner) (c catalog.Claim, err error) {
	var evidence string
	if err := r.Scan(&c.ID, &c.Place, &c.Merchant, &c.By, &c.State, &c.Phone, &evidence, &c.Seq, &c.Reason, &c.SettledBy,
		store.Instant(&c.SettledAt), store.Instant(&c.CreatedAt)); err != nil || evidence == "" {
		return c, err
	}
	return c, json.Unmarshal([]byte(evidence), &c.Evidence)
}

// Claim implements catalog.Claims.
func (s Store) Claim(ctx context.Context, id catalog.ClaimID) (catalog.Claim, error) {
	return store.One(s.DB.Row(ctx, selectClaims+`WHERE id = $1`, string(id)), scanClaim, catalog.ErrClaimNotFound)
}

// ClaimsWaiting implements catalog.Claims.
func (s Store) ClaimsWaiting(ctx context.Context, before time.Time, limit int) ([]catalog.Claim, error) {
	rows, err := s.DB.Rows(
		ctx,
		selectClaims+`WHERE state = 'open' AND created_at < $1 ORDER BY created_at LIMIT $2`,
		store.Micros(before),
		limit,
	)
	return store.Collect(rows, err, scanClaim)
}

// Rework implements catalog.Claims.
func (s Store) Rework(
	ctx context.Context, id catalog.PlaceID, counted identity.UserID, change func(*catalog.Dossier) ([]event.Event, error),
) (catalog.Place, error) {
	var p catalog.Place
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		w := rework{t: t}
		if err := w.open(ctx, id, counted); err != nil {
			return err
		}
		events, err := change(&w.Dossier)
		p = w.Place
		if err != nil {
			return err
		}
		if err := w.save(ctx, events); err != nil {
			return err
		}
		p = w.Place
		return t.Emit(ctx, events...)
	})
	if err != nil {
		return catalog.Place{}, fmt.Errorf("rework a place: %w", err)
	}
	return p, nil
}

// rework is a dossier under way, and how it was when it was opened.
type rework struct {
	catalog.Dossier

	t        *store.Tx
	place    catalog.Place
	claims   []catalog.Claim
	services []catalog.Service
}

// open reads the dossier, holding the place's row.
func (w *rework) open(ctx context.Context, id catalog.PlaceID, counted identity.UserID) (err error) {
	t := w.t
	if counted != "" {
		if err := t.Lock(ctx, store.UserLock(counted)); err != nil {
			return err
		}
		if err := t.Row(ctx, `SELECT count(*) FROM claims WHERE user_id = $1 AND settled_at = 0`, string(counted)).
			Scan(&w.Unsettled); err != nil {
			return err
		}
	}
	if err := HoldPlace(ctx, t, id); err != nil {
		return err
	}
	if w.Place, err = store.One(t.Row(ctx, selectPlace, string(id)), scanPlace, catalog.ErrPlaceNotFound); err != nil {
		return err
	}
	rows, err := t.Rows(ctx, selectClaims+`WHERE place_id = $1 ORDER BY id DESC`, string(id))
	if w.Claims, err = store.Collect(rows, err, scanClaim); err != nil {
		return err
	}
	if err := t.Row(ctx, `SELECT coalesce(max(seq), 0) FROM place_history WHERE place_id = $1`, string(id)).Scan(&w.Seq); err != nil {
		return err
	}
	w.place, w.claims = w.Place, slices.Clone(w.Claims)
	w.Around = around(ctx, t, id)
	w.Since = func(seq int64) ([]catalog.Revision, error) {
		rows, err := t.Rows(ctx, `SELECT `+historyColumns+` FROM place_history WHERE place_id = $1 AND seq > $2 ORDER BY seq`, string(id), seq)
		return store.Collect(rows, err, scanRevision)
	}
	w.Load = func() error {
		rows, err := t.Rows(ctx, `SELECT `+ServiceColumns+` FROM services WHERE place_id = $1 ORDER BY id`, string(id))
		w.Services, err = store.Collect(rows, err, ScanService)
		w.services = slices.Clone(w.Services)
		return err
	}
	return nil
}

// save writes what differs from what was opened.
func (w *rework) save(ctx context.Context, events []event.Event) error {
	if err := w.saveClaims(ctx); err != nil {
		return err
	}
	var e event.Event
	if len(events) > 0 {
		e = events[0]
	}
	var revisions []catalog.Revision
	if !reflect.DeepEqual(w.place, w.Place) {
		w.Place.Version++
		row, err := placeValues(&w.Place)
		if err != nil {
			return err
		}
		if _, err := w.t.Exec(
			ctx,
			updatePlace,
			append(row, cellOf(w.Place.Location), store.Micros(w.Place.EndsAt()), w.place.Version)...); err != nil {
			return fmt.Errorf("save the place: %w", err)
		}
		revisions = append(revisions, catalog.PlaceRevision(&w.place, &w.Place, e))
	}
	for i := range w.services { // only what taking back touched: a few rows, once
		if reflect.DeepEqual(w.services[i], w.Services[i]) {
			continue
		}
		v := &w.Services[i]
		v.Version++
		if _, err := w.t.Exec(ctx, updateService, append(serviceValues(v), w.services[i].Version)...); err != nil {
			return fmt.Errorf("save a service: %w", err)
		}
		revisions = append(revisions, catalog.ServiceRevision(&w.services[i], v, e))
	}
	switch {
	case len(revisions) == 0:
		return nil
	case len(events) == 0:
		return errUntold
	}
	return record(ctx, w.t, w.Place.ID, revisions...)
}

// errUntold is a mistake of ours: the history would not say who did it.
var errUntold = errors.New("a place was changed, and no event tells of it")

func (w *rework) saveClaims(ctx context.Context) error {
	var args []any
	n := 0
	for i := range w.Claims {
		c := &w.Claims[i]
		if slices.ContainsFunc(w.claims, func(was catalog.Claim) bool { return reflect.DeepEqual(was, *c) }) {
			continue
		}
		evidence := ""
		if c.Evidence.Given() {
			raw, err := json.Marshal(c.Evidence)
			if err != nil {
				return fmt.Errorf("write evidence: %w", err)
			}
			evidence = string(raw)
		}
		n++
		args = append(args, string(c.ID), string(c.Place), string(c.Merchant), string(c.By), string(c.State), c.Phone, evidence, c.Seq, c.Reason,
			string(c.SettledBy), store.Micros(c.SettledAt), store.Micros(c.CreatedAt))
	}
	if n == 0 {
		return nil
	}
	if _, err := w.t.Exec(ctx, `INSERT INTO claims (`+claimColumns+`) VALUES `+store.Values(1, n, claimWidth)+` ON CONFLICT (id) DO UPDATE SET
		state = excluded.state, evidence = excluded.evidence, reason = excluded.reason, settled_by = excluded.settled_by,
		settled_at = excluded.settled_at`, args...); err != nil {
		return fmt.Errorf("save %d claims: %w", n, err)
	}
	return nil
}
