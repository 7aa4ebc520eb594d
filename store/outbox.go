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
		args := make([]any, 0, 6*len(part))
		var due []any
		for _, e := range part {
			args = append(args, string(e.ID), string(e.Kind), e.Subject, e.Place, e.Actor, Micros(e.At))
			for _, c := range t.db.Routes[e.Kind] {
				due = append(due, string(c), string(e.ID), Micros(e.At), 0)
			}
		}
		if _, err := t.Exec(ctx, `INSERT INTO events (id, kind, subject, place_id, actor_id, at) VALUES `+Values(1, len(part), 6), args...); err != nil {
			return fmt.Errorf("write %d events: %w", len(part), err)
		}
		if len(due) == 0 {
			continue
		}
		if _, err := t.Exec(ctx, `INSERT INTO deliveries (consumer, event_id, due_at, attempt) VALUES `+Values(1, len(due)/4, 4), due...); err != nil {
			return fmt.Errorf("write %d deliveries: %w", len(due)/4, err)
		}
		t.wrote = true
	}
	return nil
}

// Written implements event.Outbox.
func (o Outbox) Written() <-chan struct{} { return o.DB.written }

// Lease implements event.Outbox. The outer due_at is asked again by PostgreSQL when
// another relay has just leased the row, so a delivery is leased once.
func (o Outbox) Lease(ctx context.Context, c event.Consumer, now time.Time, n int, hold time.Duration) ([]event.Delivery, error) {
	// Looking first costs little; a writing transaction at every look would not.
	var some bool
	err := o.DB.Row(ctx, `SELECT EXISTS (SELECT 1 FROM deliveries WHERE consumer = $1 AND due_at <= $2)`, string(c), Micros(now)).Scan(&some)
	if err != nil || !some {
		return nil, err
	}
	var leased []event.Delivery
	err = o.DB.Write(ctx, func(t *Tx) error {
		attempts := map[event.ID]int{}
		rows, err := t.Rows(ctx, `UPDATE deliveries SET due_at = $3, attempt = attempt + 1
			WHERE consumer = $1 AND due_at <= $2 AND event_id IN
				(SELECT event_id FROM deliveries WHERE consumer = $1 AND due_at <= $2 ORDER BY due_at, event_id LIMIT $4)
			RETURNING event_id, attempt`, string(c), Micros(now), Micros(now.Add(hold)), n)
		ids, err := Collect(rows, err, func(r Scanner) (any, error) {
			var id event.ID
			var attempt int
			err := r.Scan(&id, &attempt)
			attempts[id] = attempt
			return string(id), err
		})
		if err != nil || len(ids) == 0 {
			leased = nil
			return err
		}
		rows, err = t.Rows(ctx, `SELECT id, kind, subject, place_id, actor_id, at FROM events WHERE id IN (`+List(1, len(ids))+`) ORDER BY id`, ids...)
		leased, err = Collect(rows, err, func(r Scanner) (d event.Delivery, err error) {
			err = r.Scan(&d.ID, &d.Kind, &d.Subject, &d.Place, &d.Actor, Instant(&d.At))
			d.Consumer, d.Attempt = c, attempts[d.ID]
			return d, err
		})
		return err
	})
	return leased, err
}

// Done implements event.Outbox.
func (o Outbox) Done(ctx context.Context, c event.Consumer, ids []event.ID) error {
	return o.settle(ctx, c, ids, `DELETE FROM deliveries WHERE consumer = $1 AND event_id IN (`+List(2, len(ids))+`)`)
}

// Retry implements event.Outbox.
func (o Outbox) Retry(ctx context.Context, c event.Consumer, ids []event.ID, at time.Time) error {
	return o.settle(ctx, c, ids, `UPDATE deliveries SET due_at = $`+fmt.Sprint(len(ids)+2)+` WHERE consumer = $1 AND event_id IN (`+List(2, len(ids))+`)`, Micros(at))
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

// Waiting implements event.Outbox.
func (o Outbox) Waiting(ctx context.Context, c event.Consumer) (n int, err error) {
	err = o.DB.Row(ctx, `SELECT count(*) FROM deliveries WHERE consumer = $1`, string(c)).Scan(&n)
	return n, err
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
