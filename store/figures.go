package store

import (
	"context"
	"database/sql"
	"time"

	"corner/event"
)

// Pools are the connections, by what they are for.
func (db *DB) Pools() map[string]*sql.DB {
	if db.w == db.r {
		return map[string]*sql.DB{"all": db.w}
	}
	return map[string]*sql.DB{"write": db.w, "read": db.r}
}

// Oldest is when the oldest event happened that is not delivered to c yet; zero if all
// are.
func (o Outbox) Oldest(ctx context.Context, c event.Consumer) (time.Time, error) {
	var first sql.NullInt64
	err := o.DB.Row(ctx, `SELECT min(e.at) FROM deliveries d JOIN events e ON e.id = d.event_id WHERE d.consumer = $1`, string(c)).Scan(&first)
	if err != nil || !first.Valid {
		return time.Time{}, Unreachable(err)
	}
	return time.UnixMicro(first.Int64).UTC(), nil
}
