package store

import (
	"context"
	"time"
)

// Due claims the next turn of a timer that all processes share. It returns true for one of
// those that ask, at most once in every. A process that dies after claiming has used the
// turn up; the next one is open to all again.
func (db *DB) Due(ctx context.Context, timer string, now time.Time, every time.Duration) (mine bool, err error) {
	// Looking first costs little; of all that ask, one writes.
	var next int64
	err = db.Row(ctx, `SELECT COALESCE(MAX(next_at), 0) FROM timers WHERE name = $1`, timer).Scan(&next)
	if err != nil || next > Micros(now) {
		return false, Unreachable(err)
	}
	err = db.Write(ctx, func(t *Tx) error {
		n, err := t.Exec(ctx, `INSERT INTO timers (name, next_at) VALUES ($1, $2)
			ON CONFLICT (name) DO UPDATE SET next_at = excluded.next_at WHERE timers.next_at <= $3`, timer, Micros(now.Add(every)), Micros(now))
		mine = n == 1
		return err
	})
	return mine, err
}
