package store

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"corner/event"
)

// never is the due_at of a dead delivery, so that no relay finds it, nor the program
// before this one, which knows nothing of the dead.
const never = math.MaxInt64

// longestError bounds what is kept of why a delivery failed, in bytes.
const longestError = 500

// retryRows is how many retries one statement writes.
const retryRows = 200

// Retry implements event.Outbox.
func (o Outbox) Retry(ctx context.Context, c event.Consumer, retries []event.Retry) error {
	return o.reset(ctx, c, retries, time.Time{})
}

// Bury implements event.Outbox.
func (o Outbox) Bury(ctx context.Context, c event.Consumer, dead []event.Retry, now time.Time) error {
	return o.reset(ctx, c, dead, now)
}

// reset writes when deliveries are due again; with a time of death, never.
func (o Outbox) reset(ctx context.Context, c event.Consumer, retries []event.Retry, dead time.Time) error {
	if len(retries) == 0 {
		return nil
	}
	return o.DB.Write(ctx, func(t *Tx) error {
		for part := range slices.Chunk(retries, retryRows) {
			var rows []string
			args := []any{string(c), Micros(dead)}
			for _, r := range part {
				due := Micros(r.At)
				if !dead.IsZero() {
					due = never
				}
				n := len(args)
				rows = append(rows, fmt.Sprintf("(CAST($%d AS TEXT), CAST($%d AS BIGINT), CAST($%d AS BIGINT), CAST($%d AS TEXT))", n+1, n+2, n+3, n+4))
				args = append(args, string(r.ID), due, r.Attempt, shortened(r.Error))
			}
			_, err := t.Exec(ctx, `UPDATE deliveries SET due_at = v.column2, attempt = v.column3, error = v.column4, dead_at = $2
				FROM (VALUES `+strings.Join(rows, ", ")+`) AS v WHERE deliveries.consumer = $1 AND deliveries.event_id = v.column1`, args...)
			if err != nil {
				return fmt.Errorf("put back %d deliveries: %w", len(part), err)
			}
		}
		return nil
	})
}

// shortened is the beginning of a text, as valid UTF-8 that either database takes.
func shortened(s string) string {
	if len(s) > longestError {
		s = s[:longestError]
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\x00", "")
}

// Dead implements event.Outbox.
func (o Outbox) Dead(ctx context.Context, limit int) ([]event.Dead, error) {
	rows, err := o.DB.Rows(
		ctx,
		`SELECT d.consumer, d.attempt, d.dead_at, d.error, `+eventColumns+` FROM deliveries d JOIN events e ON e.id = d.event_id
		WHERE d.dead_at > 0 ORDER BY d.event_id, d.consumer LIMIT $1`,
		limit,
	)
	return Collect(rows, err, func(r Scanner) (d event.Dead, err error) {
		return d, r.Scan(append([]any{&d.Consumer, &d.Attempt, Instant(&d.Since), &d.Error}, eventTargets(&d.Event)...)...)
	})
}

// Revive implements event.Outbox.
func (o Outbox) Revive(ctx context.Context, ids []event.ID, now time.Time) (int, error) {
	query, args := `UPDATE deliveries SET due_at = $1, attempt = 0, error = '', dead_at = 0 WHERE dead_at > 0`, []any{Micros(now)}
	if len(ids) > 0 {
		query += ` AND event_id IN (` + List(2, len(ids)) + `)`
		for _, id := range ids {
			args = append(args, string(id))
		}
	}
	var n int64
	err := o.DB.Write(ctx, func(t *Tx) (err error) {
		n, err = t.Exec(ctx, query, args...)
		return err
	})
	return int(n), err
}

// Backlog implements event.Outbox. What the program before this one wrote has no run_at:
// it was to run when it happened.
func (o Outbox) Backlog(ctx context.Context, c event.Consumer, now time.Time) (b event.Backlog, err error) {
	err = o.DB.Row(ctx, `SELECT
			COALESCE(SUM(CASE WHEN d.dead_at = 0 AND d.run_at <= $2 THEN 1 ELSE 0 END), 0),
			COALESCE(SUM(CASE WHEN d.dead_at = 0 AND d.run_at > $2 THEN 1 ELSE 0 END), 0),
			COALESCE(SUM(CASE WHEN d.dead_at > 0 THEN 1 ELSE 0 END), 0),
			COALESCE(MIN(CASE WHEN d.dead_at = 0 AND d.run_at <= $2 THEN CASE WHEN d.run_at > 0 THEN d.run_at ELSE e.at END END), 0)
		FROM deliveries d JOIN events e ON e.id = d.event_id WHERE d.consumer = $1`, string(c), Micros(now)).
		Scan(&b.Waiting, &b.Scheduled, &b.Dead, Instant(&b.Oldest))
	return b, Unreachable(err)
}

// Enroll implements event.Outbox.
func (o Outbox) Enroll(ctx context.Context, c event.Consumer, now, until time.Time) (built, mine bool, err error) {
	err = o.DB.Write(ctx, func(t *Tx) error {
		n, err := t.Exec(ctx, `INSERT INTO consumers (name, built_at, claimed_until) VALUES ($1, 0, $2)
			ON CONFLICT (name) DO UPDATE SET claimed_until = excluded.claimed_until
			WHERE consumers.built_at = 0 AND consumers.claimed_until <= $3`, string(c), Micros(until), Micros(now))
		if mine = n == 1; err != nil || mine {
			return err
		}
		return t.Row(ctx, `SELECT built_at > 0 FROM consumers WHERE name = $1`, string(c)).Scan(&built)
	})
	return built, mine, err
}

// Enrolled implements event.Outbox.
func (o Outbox) Enrolled(ctx context.Context, c event.Consumer, now time.Time) error {
	return o.DB.Write(ctx, func(t *Tx) error {
		_, err := t.Exec(ctx, `UPDATE consumers SET built_at = $2 WHERE name = $1`, string(c), Micros(now))
		return err
	})
}
