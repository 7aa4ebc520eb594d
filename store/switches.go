package store

import (
	"context"
	"time"
)

// Switch is something that the people who run the server have stopped by hand.
type Switch struct {
	Name    string
	Stopped time.Time
	Reason  string // as they gave it
}

// Stop stops what the switch names, until Resume. What is stopped stays so since then, for the newer reason.
func (db *DB) Stop(ctx context.Context, s Switch) error {
	return db.Write(ctx, func(t *Tx) error {
		_, err := t.Exec(ctx, `INSERT INTO switches (name, stopped_at, reason) VALUES ($1, $2, $3) ON CONFLICT (name) DO UPDATE SET
			stopped_at = CASE WHEN switches.stopped_at = 0 THEN excluded.stopped_at ELSE switches.stopped_at END, reason = excluded.reason`,
			s.Name, Micros(s.Stopped), s.Reason)
		return err
	})
}

// Resume lets what the switch names go on.
func (db *DB) Resume(ctx context.Context, name string) error {
	return db.Write(ctx, func(t *Tx) error {
		_, err := t.Exec(ctx, `UPDATE switches SET stopped_at = 0, reason = '' WHERE name = $1`, name)
		return err
	})
}

// Stopped is what is stopped at present, by name.
func (db *DB) Stopped(ctx context.Context) (map[string]Switch, error) {
	stopped := map[string]Switch{}
	rows, err := db.Rows(ctx, `SELECT name, stopped_at, reason FROM switches WHERE stopped_at > 0`)
	err = Each(rows, err, func(r Scanner) error {
		var s Switch
		err := r.Scan(&s.Name, Instant(&s.Stopped), &s.Reason)
		stopped[s.Name] = s
		return err
	})
	return stopped, err
}
