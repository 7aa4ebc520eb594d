package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"corner/event"
)

// Outbox is event.Outbox in the database.
type Outbox struct{ DB *DB }

var _ event.Outbox = Outbox{}

// Emit writes events and their deliveries.
func (t *Tx) Emit(ctx context.Context, events ...event.Event) error {
	const chunk = 500
	for part := range slices.Chunk(events, chunk) {
		args := make([]any, 0, 8*len(part))
		var due []any
		for _, e := range part {
			args = append(args, string(e.ID), string(e.Kind), e.Subject, e.Merchant, e.Place, e.User, e.Actor, Micros(e.At))
			at := e.At
			if !e.RunAt.IsZero() {
				at = e.RunAt
			}
			for _, c := range t.db.Routes[e.Kind] {
				due = append(due, string(c), string(e.ID), Micros(at), 0, Micros(at))
			}
		}
		if _, err := t.Exec(
			ctx,
			`INSERT INTO events (id, kind, subject, merchant_id, place_id, user_id, actor_id, at) VALUES `+Values(1, len(part), 8),
			args...); err != nil {
			return fmt.Errorf("write %d events: %w", len(part), err)
		}
		if len(due) == 0 {
			continue
		}
		if _, err := t.Exec(
			ctx,
			`INSERT INTO deliveries (consumer, event_id, due_at, attempt, run_at) VALUES `+Values(1, len(due)/5, 5),
			due...); err != nil {
			return fmt.Errorf("write %d deliveries: %w", len(due)/5, err)
		}
		t.wrote = true
	}
	return nil
}

// Written implements event.Outbox.
func (o Outbox) Written() <-chan struct{} { return o.DB.written }

const eventColumns = `e.id, e.kind, e.subject, e.merchant_id, e.place_id, e.user_id, e.actor_id, e.at`

func eventTargets(e *event.Event) []any {
	return []any{&e.ID, &e.Kind, &e.Subject, &e.Merchant, &e.Place, &e.User, &e.Actor, Instant(&e.At)}
}

// lease takes what is due. PostgreSQL would otherwise be free to ask the inner question
// more than once, and to take more than its limit.
func lease(skipLocked string) string {
	return `WITH due AS MATERIALIZED
			(SELECT event_id FROM deliveries WHERE consumer = $1 AND due_at <= $2 ORDER BY due_at, event_id LIMIT $4` + skipLocked + `)
		UPDATE deliveries SET due_at = $3, attempt = attempt + 1 WHERE consumer = $1 AND due_at <= $2 AND event_id IN (SELECT event_id FROM due)
		RETURNING event_id, attempt, run_at`
}

// Lease implements event.Outbox.
func (o Outbox) Lease(ctx context.Context, c event.Consumer, now time.Time, n int, hold time.Duration) ([]event.Delivery, error) {
	// Looking first costs little; a writing transaction at every look would not.
	var some bool
	err := o.DB.Row(ctx, `SELECT EXISTS (SELECT 1 FROM deliveries WHERE consumer = $1 AND due_at <= $2)`, string(c), Micros(now)).Scan(&some)
	if err != nil || !some {
		return nil, Unreachable(err)
	}
	var leased []event.Delivery
	err = o.DB.Write(ctx, func(t *Tx) error {
		type taken struct {
			attempt int
			run     time.Time
		}
		leases := map[event.ID]taken{}
		rows, err := t.Rows(ctx, lease(t.db.dialect.skipLocked), string(c), Micros(now), Micros(now.Add(hold)), n)
		ids, err := Collect(rows, err, func(r Scanner) (any, error) {
			var id event.ID
			var l taken
			err := r.Scan(&id, &l.attempt, Instant(&l.run))
			leases[id] = l
			return string(id), err
		})
		if err != nil || len(ids) == 0 {
			leased = nil
			return err
		}
		rows, err = t.Rows(ctx, `SELECT `+eventColumns+` FROM events e WHERE id IN (`+List(1, len(ids))+`) ORDER BY id`, ids...)
		leased, err = Collect(rows, err, func(r Scanner) (d event.Delivery, err error) {
			err = r.Scan(eventTargets(&d.Event)...)
			l := leases[d.ID]
			d.Consumer, d.Attempt = c, l.attempt
			if !l.run.Equal(d.At) {
				d.RunAt = l.run
			}
			return d, err
		})
		return err
	})
	return leased, err
}

// Extend implements event.Outbox.
func (o Outbox) Extend(ctx context.Context, c event.Consumer, ids []event.ID, until time.Time) error {
	return o.settle(ctx, c, ids, `UPDATE deliveries SET due_at = $`+fmt.Sprint(len(ids)+2)+` WHERE consumer = $1 AND dead_at = 0
		AND event_id IN (`+List(2, len(ids))+`)`, Micros(until))
}

// Done implements event.Outbox.
func (o Outbox) Done(ctx context.Context, c event.Consumer, ids []event.ID) error {
	return o.settle(ctx, c, ids, `DELETE FROM deliveries WHERE consumer = $1 AND event_id IN (`+List(2, len(ids))+`)`)
}

func (o Outbox) settle(ctx context.Context, c event.Consumer, ids []event.ID, query string, more ...any) error {
	if len(ids) == 0 {
		return nil
	}
	args := []any{string(c)}
	for _, id := range ids {
		args = append(args, string(id))
	}
	return o.DB.Write(ctx, func(t *Tx) error {
		_, err := t.Exec(ctx, query, append(args, more...)...)
		return err
	})
}

// Purge implements event.Outbox.
func (o Outbox) Purge(ctx context.Context, before time.Time, n int) (int, error) {
	var gone int64
	err := o.DB.Write(ctx, func(t *Tx) (err error) {
		gone, err = t.Exec(ctx, `DELETE FROM events WHERE id IN (SELECT id FROM events WHERE at < $1
			AND NOT EXISTS (SELECT 1 FROM deliveries WHERE event_id = events.id) LIMIT $2)`, Micros(before), n)
		return err
	})
	return int(gone), err
}
