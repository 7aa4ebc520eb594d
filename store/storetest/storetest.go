// Package storetest gives tests a fresh database of each kind: SQLite always, and
// PostgreSQL when CORNER_TEST_POSTGRES names a server. With CORNER_TEST_REQUIRE=all
// a server that is not named is a failure, so that CI cannot pass without it.
//
// On PostgreSQL the tables are made once, in a template database that is copied for
// each test.
package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"corner/store"
	"corner/uid"
)

// Each runs test on a fresh, migrated database of each kind.
func Each(t *testing.T, test func(t *testing.T, db *store.DB)) {
	t.Helper()
	for _, kind := range []string{"sqlite", "postgres"} {
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

var (
	templates sync.Mutex // PostgreSQL copies a template for one at a time
	made      string
)

// template is the name of the migrated database that this process copies from.
func template(server string) (string, error) {
	templates.Lock()
	defer templates.Unlock()
	if made != "" {
		return made, nil
	}
	// One a process, and no other process looks at it: nothing to agree on.
	name := strings.ToLower(uid.New("corner_template", time.Now()))
	if err := onServer(server, "CREATE DATABASE "+name); err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	db, err := store.Open(ctx, withName(server, name))
	if err != nil {
		return "", err
	}
	defer db.Close()
	if _, err := db.Migrate(ctx, time.Now()); err != nil {
		return "", err
	}
	made = name
	return made, nil
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
