package store_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"corner/fault"
	"corner/store"
	"corner/store/storetest"
)

// TestFullDisk: what finds no room is refused as away, Ping says so, and both are over once there is
// room. The bound of a database's pages stands for the disk's.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, "sqlite")
	bound := func(pages int) {
		t.Helper()
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			var n int
			return tx.Row(t.Context(), fmt.Sprintf(`PRAGMA max_page_count = %d`, pages)).Scan(&n)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	fill := func() error {
		return db.Write(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Exec(t.Context(), `INSERT INTO timers (name, next_at) VALUES ($1, 0)`, strings.Repeat("x", 1<<20))
			return err
		})
	}
	bound(1) // SQLite makes it as many as there are
	if err := fill(); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("writing to a full disk: %v, want it away", err)
	}
	if err := db.Ping(t.Context()); !errors.Is(err, store.ErrFull) {
		t.Errorf("Ping: %v, want %v", err, store.ErrFull)
	}
	bound(1 << 20)
	if err := fill(); err != nil {
		t.Errorf("once there is room: %v", err)
	}
	if err := db.Ping(t.Context()); err != nil {
		t.Errorf("Ping once there is room: %v", err)
	}
}
