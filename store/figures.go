package store

import (
	"database/sql"
)

// Pools are the connections, by what they are for.
func (db *DB) Pools() map[string]*sql.DB {
	if db.w == db.r {
		return map[string]*sql.DB{"all": db.w}
	}
	return map[string]*sql.DB{"write": db.w, "read": db.r}
}
