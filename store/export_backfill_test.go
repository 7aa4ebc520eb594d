package store

import (
	"context"
	"strings"
)

// RefillCells takes all cells away and fills them as the migration that brought them
// does; it returns how many places have another cell then.
func (db *DB) RefillCells(ctx context.Context) (other int, err error) {
	err = db.Write(ctx, func(t *Tx) error {
		if _, err := t.Exec(ctx, `CREATE TEMPORARY TABLE cells_before AS SELECT id, cell FROM places`); err != nil {
			return err
		}
		if _, err := t.Exec(ctx, `UPDATE places SET cell = 0`); err != nil {
			return err
		}
		if err := t.fillCells(ctx); err != nil {
			return err
		}
		return t.Row(ctx, `SELECT count(*) FROM places p JOIN cells_before b ON b.id = p.id WHERE b.cell <> p.cell`).Scan(&other)
	})
	return other, err
}

// RefillSeen forgets when people were seen, and fills it in as the migration that brought it does.
func (db *DB) RefillSeen(ctx context.Context) error {
	text, err := migrationFiles.ReadFile("migrations/0014_factor.sql")
	if err != nil {
		return err
	}
	_, fill, _ := strings.Cut(string(text), "UPDATE users SET seen_at")
	fill, _, _ = strings.Cut("UPDATE users SET seen_at"+fill, ";")
	return db.Write(ctx, func(t *Tx) error {
		if _, err := t.Exec(ctx, `UPDATE users SET seen_at = 0`); err != nil {
			return err
		}
		_, err := t.Exec(ctx, fill)
		return err
	})
}
