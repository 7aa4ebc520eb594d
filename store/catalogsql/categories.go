package catalogsql

import (
	"context"
	"fmt"
	"strings"

	"corner/catalog"
	"corner/event"
	"corner/idempotency"
	"corner/store"
)

const selectCategories = `SELECT key, parent, en, zh, words, version, added_by, changed_by, created_at, updated_at FROM categories`

func scanCategory(r store.Scanner) (a catalog.AddedCategory, err error) {
	var words string
	err = r.Scan(
		&a.Key,
		&a.Parent,
		&a.En,
		&a.Zh,
		&words,
		&a.Version,
		&a.AddedBy,
		&a.ChangedBy,
		store.Instant(&a.CreatedAt),
		store.Instant(&a.UpdatedAt),
	)
	if words != "" {
		a.Words = strings.Split(words, "\n")
	}
	return a, err
}

// AddCategory implements catalog.Additions.
func (s Store) AddCategory(
	ctx context.Context,
	a catalog.AddedCategory,
	key idempotency.Key,
	e event.Event,
) (catalog.AddedCategory, error) {
	stored := a
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		first, repeated, err := t.Claim(ctx, key, a.Key, a.CreatedAt)
		if err != nil {
			return err
		}
		if repeated {
			stored, err = store.One(t.Row(ctx, selectCategories+` WHERE key = $1`, first), scanCategory, catalog.ErrCategoryNotFound)
			return err
		}
		var there, same int
		if err := t.Row(ctx, `SELECT COUNT(*), COALESCE(SUM(CASE WHEN key = $1 THEN 1 ELSE 0 END), 0) FROM categories`, a.Key).
			Scan(&there, &same); err != nil {
			return err
		}
		if same > 0 {
			return catalog.ErrCategoryTaken
		}
		n, err := t.Exec(ctx, `INSERT INTO categories (key, number, parent, en, zh, words, version, added_by, changed_by, created_at, updated_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`,
			a.Key, there+1, a.Parent, a.En, a.Zh, strings.Join(a.Words, "\n"), a.Version, string(a.AddedBy), string(a.ChangedBy),
			store.Micros(a.CreatedAt), store.Micros(a.UpdatedAt))
		if err != nil {
			return err
		}
		if n == 0 {
			return store.ErrAgain // a rival took the key or the number
		}
		return t.Emit(ctx, e)
	})
	if err != nil {
		return catalog.AddedCategory{}, fmt.Errorf("add a category: %w", err)
	}
	return stored, nil
}

// Category implements catalog.Additions.
func (s Store) Category(ctx context.Context, key string) (catalog.AddedCategory, error) {
	return store.One(s.DB.Row(ctx, selectCategories+` WHERE key = $1`, key), scanCategory, catalog.ErrCategoryNotFound)
}

// AddedCategories implements catalog.Additions.
func (s Store) AddedCategories(ctx context.Context) ([]catalog.AddedCategory, error) {
	rows, err := s.DB.Rows(ctx, selectCategories+` ORDER BY number`)
	return store.Collect(rows, err, scanCategory)
}

// UpdateCategory implements catalog.Additions.
func (s Store) UpdateCategory(
	ctx context.Context,
	key string,
	change func(*catalog.AddedCategory) ([]event.Event, error),
) (catalog.AddedCategory, error) {
	var a catalog.AddedCategory
	err := s.DB.Write(ctx, func(t *store.Tx) (err error) {
		if err := t.Once(ctx, key); err != nil {
			return err
		}
		if a, err = store.One(t.Row(ctx, selectCategories+` WHERE key = $1`, key), scanCategory, catalog.ErrCategoryNotFound); err != nil {
			return err
		}
		was := a.Version
		events, err := change(&a)
		if err != nil || len(events) == 0 {
			return err
		}
		a.Version++
		n, err := t.Exec(
			ctx,
			`UPDATE categories SET en = $1, zh = $2, words = $3, version = $4, changed_by = $5, updated_at = $6 WHERE key = $7 AND version = $8`,
			a.En,
			a.Zh,
			strings.Join(a.Words, "\n"),
			a.Version,
			string(a.ChangedBy),
			store.Micros(a.UpdatedAt),
			key,
			was,
		)
		if err != nil {
			return fmt.Errorf("update a category: %w", err)
		}
		if n == 0 {
			return store.ErrAgain
		}
		return t.Emit(ctx, events...)
	})
	return a, err
}
