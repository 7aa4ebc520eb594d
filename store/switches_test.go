package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corner/store"
	"corner/store/storetest"
)

// TestSwitches: what is stopped is so since the first call and for the last reason, until it goes on.
func TestSwitches(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, now := t.Context(), time.Date(2031, 5, 5, 9, 0, 0, 0, time.UTC)
		want := func(list ...store.Switch) {
			t.Helper()
			stopped := map[string]store.Switch{}
			for _, s := range list {
				stopped[s.Name] = s
			}
			got, err := db.Stopped(ctx)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(stopped, got); d != "" {
				t.Errorf("stopped (-want +got):\n%s", d)
			}
		}
		ok := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		want()
		ok(db.Resume(ctx, "a"))
		want()
		ok(db.Stop(ctx, store.Switch{Name: "a", Stopped: now, Reason: "one"}))
		ok(db.Stop(ctx, store.Switch{Name: "b", Stopped: now}))
		ok(db.Stop(ctx, store.Switch{Name: "a", Stopped: now.Add(time.Hour), Reason: "two"}))
		want(store.Switch{Name: "a", Stopped: now, Reason: "two"}, store.Switch{Name: "b", Stopped: now})
		ok(db.Resume(ctx, "a"))
		want(store.Switch{Name: "b", Stopped: now})
		ok(db.Stop(ctx, store.Switch{Name: "a", Stopped: now.Add(time.Hour), Reason: "three"}))
		want(store.Switch{Name: "a", Stopped: now.Add(time.Hour), Reason: "three"}, store.Switch{Name: "b", Stopped: now})
	})
}
