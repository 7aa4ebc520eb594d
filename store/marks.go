package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Mark implements catalog.Marks.
func (s Catalog) Mark(ctx context.Context, file string) (text string, err error) {
	err = s.DB.row(ctx, `SELECT progress FROM import_marks WHERE file = $1`, file).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return text, told(err)
}

// SetMark implements catalog.Marks.
func (s Catalog) SetMark(ctx context.Context, file, text string, now time.Time) error {
	err := s.DB.write(ctx, func(t *tx) error {
		if text == "" {
			_, err := t.exec(ctx, `DELETE FROM import_marks WHERE file = $1`, file)
			return err
		}
		_, err := t.exec(ctx, `INSERT INTO import_marks (file, progress, updated_at) VALUES ($1, $2, $3)
			ON CONFLICT (file) DO UPDATE SET progress = excluded.progress, updated_at = excluded.updated_at`, file, text, micros(now))
		return err
	})
	if err != nil {
		return fmt.Errorf("keep the mark of an import: %w", err)
	}
	return nil
}
