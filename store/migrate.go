package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migration is one step of the schema: a file, "0001_begin.sql".
type migration struct {
	name string // without .sql
	text string
}

// migrations of a dialect, in order. Where dialects must differ there are two
// files, "0007_x.postgres.sql" and "0007_x.sqlite.sql".
func migrations(d dialect) ([]migration, error) {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	var all []migration
	for _, n := range names {
		base := strings.TrimSuffix(strings.TrimPrefix(n, "migrations/"), ".sql")
		name, only, limited := strings.Cut(base, ".")
		if limited && only != d.name {
			continue
		}
		text, err := migrationFiles.ReadFile(n)
		if err != nil {
			return nil, err
		}
		all = append(all, migration{name, d.ddl.Replace(string(text))})
	}
	return all, nil
}

// advisoryLock is PostgreSQL's number for "Corner is migrating", any constant.
const advisoryLock = 7_262_431

// Migrate brings the tables up to date, each step in a transaction, and returns the
// names of the steps it took. Several processes may start at once: one migrates,
// the others wait.
func (db *DB) Migrate(ctx context.Context, now time.Time) ([]string, error) {
	all, err := migrations(db.dialect)
	if err != nil {
		return nil, err
	}
	var done []string
	err = db.Write(ctx, func(t *Tx) error {
		done = nil
		if db.dialect.name == postgres.name {
			if _, err := t.Exec(ctx, `SELECT pg_advisory_xact_lock($1)`, advisoryLock); err != nil {
				return err
			}
		}
		if _, err := t.Exec(ctx, `CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT PRIMARY KEY, applied_at BIGINT NOT NULL)`); err != nil {
			return err
		}
		applied, err := CollectStrings(t.Rows(ctx, `SELECT name FROM schema_migrations`))
		if err != nil {
			return err
		}
		for _, m := range all {
			if slices.Contains(applied, m.name) {
				continue
			}
			if _, err := t.ExecContext(ctx, m.text); err != nil {
				return fmt.Errorf("migration %s: %w", m.name, err)
			}
			if then := afterwards[m.name]; then != nil {
				if err := then(ctx, t); err != nil {
					return fmt.Errorf("migration %s: %w", m.name, err)
				}
			}
			if _, err := t.Exec(ctx, `INSERT INTO schema_migrations (name, applied_at) VALUES ($1, $2)`, m.name, Micros(now)); err != nil {
				return err
			}
			done = append(done, m.name)
		}
		return nil
	})
	return done, err
}

// Pending is the names of the steps that Migrate would take.
func (db *DB) Pending(ctx context.Context) ([]string, error) {
	all, err := migrations(db.dialect)
	if err != nil {
		return nil, err
	}
	// A database that nobody has migrated yet has no table to ask.
	applied, err := CollectStrings(db.Rows(ctx, `SELECT name FROM schema_migrations`))
	if err != nil && !strings.Contains(err.Error(), "schema_migrations") {
		return nil, err
	}
	var pending []string
	for _, m := range all {
		if !slices.Contains(applied, m.name) {
			pending = append(pending, m.name)
		}
	}
	return pending, nil
}
