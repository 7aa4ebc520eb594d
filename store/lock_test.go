package store_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"corner/idempotency"
	"corner/store"
	"corner/store/storetest"
)

// TestLockOrder: a transaction that would take a lock before one that it holds is
// refused at once, and not on the day when it meets another.
func TestLockOrder(t *testing.T) {
	t.Parallel()
	user, a, b, later := store.UserLock("u"), store.RefLock("seats", "a"), store.RefLock("seats", "b"), store.RefLock("table", "a")
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for _, c := range []struct {
			name  string
			calls [][]store.Lock
			ok    bool
		}{
			{"in order", [][]store.Lock{{user}, {a}, {b, later}}, true},
			{"named in any order", [][]store.Lock{{later, b, user, a}}, true},
			{"again", [][]store.Lock{{user, a}, {a}, {user, a, b}, {a}}, true},
			{"twice in one call", [][]store.Lock{{a, a}}, true},
			{"none", [][]store.Lock{{}}, true},
			{"a user after a ref", [][]store.Lock{{a}, {user}}, false},
			{"by id", [][]store.Lock{{b}, {a}}, false},
			{"by kind", [][]store.Lock{{later}, {b}}, false},
			{"an area before a ref", [][]store.Lock{{store.AreaLock("8")}, {a}}, false},
		} {
			err := db.Write(t.Context(), func(tx *store.Tx) error {
				for _, locks := range c.calls {
					if err := tx.Lock(t.Context(), locks...); err != nil {
						return err
					}
				}
				return nil
			})
			if (err == nil) != c.ok || err != nil && !strings.Contains(err.Error(), "one order") {
				t.Errorf("%s: got %v, want it to be allowed: %v", c.name, err, c.ok)
			}
		}
		key, err := idempotency.New("owner", "token", "op", "in")
		if err != nil {
			t.Fatal(err)
		}
		err = db.Write(t.Context(), func(tx *store.Tx) error {
			if err := tx.Lock(t.Context(), a); err != nil {
				return err
			}
			_, _, err := tx.Claim(t.Context(), key, "x", time.Now())
			return err
		})
		if err == nil {
			t.Error("a key after a lock: got no error, want one")
		}
	})
}

// TestLocksExclude: who holds a lock is alone until the commit, whatever else the others
// hold and however they name it.
func TestLocksExclude(t *testing.T) {
	t.Parallel()
	const rivals, rounds = 8, 20
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ledgerOf(t, db)
		err := db.Write(t.Context(), func(tx *store.Tx) error { return insert(t, tx, "sum", nil) })
		if err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for i := range rivals {
			wg.Go(func() {
				for range rounds {
					locks := []store.Lock{store.RefLock("seats", "shared"), store.UserLock(fmt.Sprint(i % 3)), store.RefLock("table", fmt.Sprint(i%2))}
					if i%2 == 0 {
						slices.Reverse(locks)
					}
					err := db.Write(t.Context(), func(tx *store.Tx) error {
						if err := tx.Lock(t.Context(), locks...); err != nil {
							return err
						}
						var n int
						if err := tx.Row(t.Context(), `SELECT n FROM test_children WHERE id = 'sum'`).Scan(&n); err != nil {
							return err
						}
						return do(t, tx, `UPDATE test_children SET n = $1 WHERE id = 'sum'`, n+1)
					})
					if err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		wg.Wait()
		var n int
		if err := db.Row(t.Context(), `SELECT n FROM test_children WHERE id = 'sum'`).Scan(&n); err != nil || n != rivals*rounds {
			t.Errorf("counted to %d, %v; want %d", n, err, rivals*rounds)
		}
	})
}
