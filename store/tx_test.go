package store_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	ev "corner/event"
	"corner/store"
	"corner/store/storetest"
)

const consumer ev.Consumer = "test"

// ledgerOf gives db a throw-away table, and a consumer for the event of these tests.
func ledgerOf(t *testing.T, db *store.DB) {
	t.Helper()
	db.Routes = ev.Routes{"test.happened": {consumer}}
	err := db.Write(t.Context(), func(tx *store.Tx) error {
		return errors.Join(
			do(t, tx, `CREATE TABLE test_parents (id TEXT PRIMARY KEY)`),
			do(t, tx, `CREATE TABLE test_children (id TEXT PRIMARY KEY, n BIGINT NOT NULL,
				parent TEXT REFERENCES test_parents (id) DEFERRABLE INITIALLY DEFERRED)`))
	})
	if err != nil {
		t.Fatal(err)
	}
}

// do runs a statement whose count of rows does not matter.
func do(t *testing.T, tx *store.Tx, query string, args ...any) error {
	t.Helper()
	_, err := tx.Exec(t.Context(), query, args...)
	return err
}

func insert(t *testing.T, tx *store.Tx, id string, parent any) error {
	return errors.Join(
		do(t, tx, `INSERT INTO test_children (id, n, parent) VALUES ($1, 0, $2)`, id, parent),
		tx.Emit(t.Context(), event(time.Now())))
}

// wantStored checks how many rows and deliveries are there.
func wantStored(t *testing.T, db *store.DB, want int) {
	t.Helper()
	var rows int
	if err := db.Row(t.Context(), `SELECT count(*) FROM test_children`).Scan(&rows); err != nil {
		t.Fatal(err)
	}
	backlog, err := store.Outbox{DB: db}.Backlog(t.Context(), consumer, time.Now().Add(time.Hour))
	waiting := backlog.Waiting
	if err != nil {
		t.Fatal(err)
	}
	if rows != want || waiting != want {
		t.Errorf("stored: got %d rows and %d deliveries, want %d of each", rows, waiting, want)
	}
}

// wantWritten checks whether the relay was told that there is something.
func wantWritten(t *testing.T, db *store.DB, want bool) {
	t.Helper()
	got := false
	select {
	case <-(store.Outbox{DB: db}).Written():
		got = true
	default:
	}
	if got != want {
		t.Errorf("Written tells: got %v, want %v", got, want)
	}
}

func TestCommitThatFailsIsAnError(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ledgerOf(t, db)
		for range 3 { // and the connection is good for more
			err := db.Write(t.Context(), func(tx *store.Tx) error { return insert(t, tx, "orphan", "nobody") })
			if err == nil || !strings.HasPrefix(err.Error(), "commit: ") {
				t.Fatalf("commit a child without its parent: got %v, want an error of the commit", err)
			}
			wantStored(t, db, 0)
			wantWritten(t, db, false)
		}
		err := db.Write(t.Context(), func(tx *store.Tx) error { return insert(t, tx, "free", nil) })
		if err != nil {
			t.Fatalf("write after commits that failed: %v", err)
		}
		wantStored(t, db, 1)
		wantWritten(t, db, true)
	})
}

func TestEventsShowAfterTheCommit(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ledgerOf(t, db)
		stop := errors.New("stop")
		for _, end := range []error{stop, nil} {
			err := db.Write(t.Context(), func(tx *store.Tx) error {
				if err := insert(t, tx, "child", nil); err != nil {
					return err
				}
				wantStored(t, db, 0) // as others see it
				wantWritten(t, db, false)
				return end
			})
			if !errors.Is(err, end) || (err == nil) != (end == nil) {
				t.Fatalf("write: got %v, want %v", err, end)
			}
		}
		wantStored(t, db, 1)
		wantWritten(t, db, true)
	})
}

func TestWriteRunsAgain(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ledgerOf(t, db)
		runs := 0
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			runs++
			if err := insert(t, tx, "child", nil); err != nil {
				return err // the run before left its row
			}
			if runs < 4 {
				return fmt.Errorf("wrapped: %w", store.ErrAgain)
			}
			return nil
		})
		if err != nil || runs != 4 {
			t.Fatalf("three version conflicts: got %v after %d runs, want none after 4", err, runs)
		}
		wantStored(t, db, 1)

		runs = 0
		other := errors.New("other")
		err = db.Write(t.Context(), func(*store.Tx) error { runs++; return other })
		if !errors.Is(err, other) || runs != 1 {
			t.Errorf("any other error: got %v after %d runs, want it after 1", err, runs)
		}

		runs = 0
		err = db.Write(t.Context(), func(*store.Tx) error { runs++; return store.ErrAgain })
		if !errors.Is(err, store.ErrAgain) || runs != store.MaxAttempts {
			t.Errorf("a conflict that stays: got %v after %d runs, want it after %d", err, runs, store.MaxAttempts)
		}

		ctx, cancel := context.WithCancel(t.Context())
		err = db.Write(ctx, func(*store.Tx) error { cancel(); return store.ErrAgain })
		if !errors.Is(err, context.Canceled) {
			t.Errorf("a conflict when the caller has left: got %v, want %v", err, context.Canceled)
		}
	})
}

// TestWriteThatPanics holds that SQLite's one writer comes back, though nobody ends
// the context of who panicked.
func TestWriteThatPanics(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ledgerOf(t, db)
		func() {
			defer func() { _ = recover() }()
			_ = db.Write(t.Context(), func(tx *store.Tx) error {
				_ = insert(t, tx, "child", nil)
				panic("a mistake in a closure")
			})
		}()
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		if err := db.Write(ctx, func(tx *store.Tx) error { return insert(t, tx, "next", nil) }); err != nil {
			t.Fatalf("write after a panic: %v", err)
		}
		wantStored(t, db, 1)
	})
}

func TestWriteOfWhoHasLeft(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ledgerOf(t, db)
		ctx, cancel := context.WithCancel(t.Context())
		err := db.Write(ctx, func(tx *store.Tx) error {
			defer cancel()
			return insert(t, tx, "child", nil)
		})
		if err == nil {
			t.Error("the caller left before the commit: got no error, want one")
		}
		wantStored(t, db, 0)
		if err := db.Write(t.Context(), func(tx *store.Tx) error { return insert(t, tx, "next", nil) }); err != nil {
			t.Fatalf("the next write: %v", err)
		}
	})
}

// TestTwoServers has two programs write to one database, each reading before it
// writes.
func TestTwoServers(t *testing.T) {
	t.Parallel()
	const writers, rounds = 8, 5
	for _, kind := range storetest.Kinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			url := storetest.URL(t, kind)
			var servers [2]*store.DB
			for i := range servers {
				db, err := store.Open(t.Context(), url)
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { _ = db.Close() })
				if _, err := db.Migrate(t.Context(), time.Now()); err != nil {
					t.Fatal(err)
				}
				servers[i] = db
			}
			ledgerOf(t, servers[0])
			if err := servers[0].Write(t.Context(), func(tx *store.Tx) error { return insert(t, tx, "sum", nil) }); err != nil {
				t.Fatal(err)
			}
			var all sync.WaitGroup
			for i := range writers {
				all.Go(func() {
					for range rounds {
						if err := addOne(t, servers[i%2]); err != nil {
							t.Errorf("writer %d: %v", i, err)
						}
					}
				})
			}
			all.Wait()
			var got int
			if err := servers[1].Row(t.Context(), `SELECT n FROM test_children WHERE id = 'sum'`).Scan(&got); err != nil {
				t.Fatal(err)
			}
			if want := writers * rounds; got != want {
				t.Errorf("sum of two servers: got %d, want %d", got, want)
			}
		})
	}
}

// addOne loads, changes and saves, guarded by what it loaded, as the ports do.
func addOne(t *testing.T, db *store.DB) error {
	return db.Write(t.Context(), func(tx *store.Tx) error {
		var n int
		if err := tx.Row(t.Context(), `SELECT n FROM test_children WHERE id = 'sum'`).Scan(&n); err != nil {
			return err
		}
		res, err := tx.ExecContext(
			t.Context(),
			store.Numbered(fmt.Sprintf(`UPDATE test_children SET n = %d WHERE id = 'sum' AND n = %d`, n+1, n)),
		)
		if err != nil {
			return err
		}
		if rows, _ := res.RowsAffected(); rows == 0 {
			return store.ErrAgain
		}
		return nil
	})
}

// TestDeadlockIsTriedAgain is about PostgreSQL alone: SQLite has one writer.
func TestDeadlockIsTriedAgain(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, "postgres")
	ledgerOf(t, db)
	for _, id := range []string{"a", "b"} {
		if err := db.Write(t.Context(), func(tx *store.Tx) error { return insert(t, tx, id, nil) }); err != nil {
			t.Fatal(err)
		}
	}
	var runs [2]int
	var both, all sync.WaitGroup
	both.Add(2)
	for i, order := range [][]string{{"a", "b"}, {"b", "a"}} {
		all.Go(func() {
			err := db.Write(t.Context(), func(tx *store.Tx) error {
				runs[i]++
				for k, id := range order {
					if err := do(t, tx, `UPDATE test_children SET n = n + 1 WHERE id = $1`, id); err != nil {
						return err
					}
					if k == 0 && runs[i] == 1 {
						both.Done()
						both.Wait() // each has one of the rows, and wants the other
					}
				}
				return nil
			})
			if err != nil {
				t.Errorf("writer %d: %v", i, err)
			}
		})
	}
	all.Wait()
	if runs[0]+runs[1] < 3 {
		t.Errorf("runs: got %v, want a third after the deadlock", runs)
	}
	var sum int
	if err := db.Row(t.Context(), `SELECT SUM(n) FROM test_children`).Scan(&sum); err != nil || sum != 4 {
		t.Errorf("sum = %d, %v; want 4", sum, err)
	}
}
