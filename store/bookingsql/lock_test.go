package bookingsql_test

import (
	"testing"
	"time"

	"corner/booking/bookingtest"
	"corner/store"
	"corner/store/bookingsql"
	"corner/store/storetest"
)

// TestLockInBeginsAgain: who holds a booking that somebody else is changing holds it as it
// is after the change. On PostgreSQL alone: on SQLite the two transactions never overlap.
func TestLockInBeginsAgain(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, "postgres")
	w := world(db)
	b := w.Shop(t, 2).Confirmed(t, w.User(t), bookingtest.Opening, 1, bookingtest.Monday)

	changed, mayEnd, ended := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		ended <- db.Write(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Exec(t.Context(), `UPDATE bookings SET version = version + 1 WHERE id = $1`, string(b.ID))
			close(changed)
			<-mayEnd
			return err
		})
	}()
	<-changed
	go func() {
		defer close(mayEnd)
		for waiting := 0; waiting == 0 && t.Context().Err() == nil; time.Sleep(5 * time.Millisecond) {
			row := db.Row(t.Context(), `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`)
			if err := row.Scan(&waiting); err != nil {
				t.Errorf("look who waits: %v", err)
				return
			}
		}
	}()
	runs := 0
	err := db.Write(t.Context(), func(tx *store.Tx) error {
		runs++
		return bookingsql.Store{DB: db}.LockIn(t.Context(), tx, b.ID)
	})
	if err != nil || runs != 2 {
		t.Errorf("held after %d runs, error %v; want 2 runs and no error", runs, err)
	}
	if err := <-ended; err != nil {
		t.Errorf("the change: %v", err)
	}
}
