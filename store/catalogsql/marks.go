package catalogsql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"corner/store"
)

// Mark implements catalog.Marks.
func (s Store) Mark(ctx context.Context, file string) (text string, err error) {
	err = s.DB.Row(ctx, `SELECT progress FROM import_marks WHERE file = $1`, file).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return text, store.Unreachable(err)
}

// SetMark implements catalog.Marks.
func (s Store) SetMark(ctx context.Context, file, text string, now time.Time) error {
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		if text == "" {
			_, err := t.Exec(ctx, `DELETE FROM import_marks WHERE file = $1`, file)
			return err
		}
		_, err := t.Exec(ctx, `INSERT INTO import_marks (file, progress, updated_at) VALUES ($1, $2, $3)
			ON CONFLICT (file) DO UPDATE SET progress = excluded.progress, updated_at = excluded.updated_at`, file, text, store.Micros(now))
		return err
	})
	if err != nil {
		return fmt.Errorf("keep the mark of an import: %w", err)
	}
	return nil
}
