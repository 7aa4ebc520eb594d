package store_test

import (
	"testing"
	"time"

	"corner/booking/bookingtest"
	"corner/idempotency"
	"corner/store"
	"corner/store/storetest"
	"corner/visits"
	"corner/visits/visitstest"
)

// TestKeysAge by the clock of the room that was called, also those of calls that only
// change something.
func TestKeysAge(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := everything(db)
		s, user := w.Shop(t, 10), w.User(t)
		key := func(token string) idempotency.Key {
			k, err := idempotency.New(string(user), token, "keys", token)
			if err != nil {
				t.Fatal(err)
			}
			return k
		}
		forgotten := func(before time.Time) int {
			t.Helper()
			n, err := db.ForgetKeys(t.Context(), before, 10)
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		now := bookingtest.Monday
		held := s.Held(t, user, bookingtest.Opening, 1, now)
		forgotten(now.AddDate(100, 0, 0)) // what made the shop
		if _, err := w.Desk(now).Confirm(t.Context(), bookingtest.As(user), held.ID, key("confirm")); err != nil {
			t.Fatal(err)
		}
		if n, m := forgotten(now), forgotten(now.Add(time.Microsecond)); n != 0 || m != 1 {
			t.Errorf("the key of a confirmation: %d of before it, %d up to it; want 0 and 1", n, m)
		}
		if _, err := w.Visits.Confirm(
			t.Context(),
			visits.OfBooking(held.ID),
			key("visit").At(now),
			visitstest.Confirming(s.Staff(s.Owner, 3)),
		); err != nil {
			t.Fatal(err)
		}
		if n, m := forgotten(now), forgotten(now.Add(time.Microsecond)); n != 0 || m != 1 {
			t.Errorf("the key of a visit: %d of before it, %d up to it; want 0 and 1", n, m)
		}
	})
}
