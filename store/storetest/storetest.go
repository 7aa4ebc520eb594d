// Package storetest gives tests a fresh database of each kind: SQLite always, and
// PostgreSQL when CORNER_TEST_POSTGRES names a server. With CORNER_TEST_REQUIRE=all
// a server that is not named is a failure, so that CI cannot pass without it.
//
// On PostgreSQL the tables are made once, in a template database that is copied for
// each test and stays on the server.
package storetest

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"corner/store"
	"corner/uid"
)

// Kinds are the kinds of database, each of which every store works on.
var Kinds = []string{"sqlite", "postgres"}

// Each runs test on a fresh, migrated database of each kind.
func Each(t *testing.T, test func(t *testing.T, db *store.DB)) {
	t.Helper()
	for _, kind := range Kinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			test(t, Open(t, kind))
		})
	}
}

// Open is a fresh, migrated database of a kind, closed and removed with the test.
func Open(t testing.TB, kind string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), URL(t, kind))
	if err != nil {
		t.Fatalf("open %s: %v", kind, err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if _, err := db.Migrate(t.Context(), time.Now()); err != nil {
		t.Fatalf("migrate %s: %v", kind, err)
	}
	return db
}

// URL is that of a fresh database of a kind, removed with the test. On PostgreSQL it
// has its tables already.
func URL(t testing.TB, kind string) string {
	t.Helper()
	if kind == "sqlite" {
		// Tests that kill the program want what a user has; the others need no disk.
		return "sqlite://" + filepath.Join(t.TempDir(), "corner.db") + "?synchronous=normal"
	}
	server := os.Getenv("CORNER_TEST_POSTGRES")
	if server == "" {
		if os.Getenv("CORNER_TEST_REQUIRE") == "all" {
			t.Fatal("CORNER_TEST_REQUIRE=all, but CORNER_TEST_POSTGRES names no server")
		}
		t.Skip("not run on PostgreSQL: CORNER_TEST_POSTGRES names no server")
	}
	from, err := template(server)
	if err != nil {
		t.Fatalf("make the template database: %v", err)
	}
	name := strings.ToLower(uid.New("corner_test", time.Now()))
	if err := onServer(server, "CREATE DATABASE "+name+" TEMPLATE "+from); err != nil {
		t.Fatalf("create a database: %v", err)
	}
	t.Cleanup(func() { _ = onServer(server, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)") })
	return withName(server, name)
}

// template is the name of the database that tests copy, made by the first process
// that wants it. Its name is that of its tables, so it may stay for the next run.
var template = func() func(server string) (string, error) {
	var once sync.Once
	var name string
	var failed error
	return func(server string) (string, error) {
		once.Do(func() { name, failed = makeTemplate(server) })
		return name, failed
	}
}()

// advisoryLock is PostgreSQL's number for "a template is being made", any constant.
const advisoryLock = 7_262_432

func makeTemplate(server string) (string, error) {
	tables, err := fingerprint()
	if err != nil {
		return "", err
	}
	name, building := "corner_template_"+tables, "corner_building_"+tables
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	admin, err := sql.Open("pgx", server)
	if err != nil {
		return "", err
	}
	defer admin.Close()
	// The lock is the connection's, and gone with it.
	conn, err := admin.Conn(ctx)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", advisoryLock); err != nil {
		return "", err
	}
	var there bool
	if err := conn.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)", name).
		Scan(&there); err != nil ||
		there {
		return name, err
	}
	for _, statement := range []string{"DROP DATABASE IF EXISTS " + building, "CREATE DATABASE " + building} {
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			return "", err
		}
	}
	if err := migrate(ctx, withName(server, building)); err != nil {
		return "", err
	}
	_, err = conn.ExecContext(ctx, "ALTER DATABASE "+building+" RENAME TO "+name)
	return name, err
}

func migrate(ctx context.Context, url string) error {
	db, err := store.Open(ctx, url)
	if err != nil {
		return err
	}
	_, err = db.Migrate(ctx, time.Now())
	return errors.Join(err, db.Close())
}

// fingerprint is a name for the tables: a hash of the migrations.
func fingerprint() (string, error) {
	_, here, _, _ := runtime.Caller(0)
	files, err := filepath.Glob(filepath.Join(filepath.Dir(here), "..", "migrations", "*.sql"))
	if err != nil || len(files) == 0 {
		return "", fmt.Errorf("find the migrations: %d files, %w", len(files), err)
	}
	h := sha256.New()
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			return "", err
		}
		h.Write(text)
	}
	return hex.EncodeToString(h.Sum(nil)[:8]), nil
}

func onServer(server, statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	db, err := sql.Open("pgx", server)
	if err != nil {
		return err
	}
	defer db.Close()
	for attempt := 0; ; attempt++ {
		_, err = db.ExecContext(ctx, statement)
		// A copy of the template is under way for another test.
		if err == nil || attempt == 100 || !strings.Contains(err.Error(), "being accessed by other users") {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}

func withName(server, name string) string {
	u, err := url.Parse(server)
	if err != nil {
		return server
	}
	u.Path = "/" + name
	return u.String()
}
