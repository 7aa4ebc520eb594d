package cloudblob_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"corner/identity"
	"corner/media/cloudblob"
)

// TestErasures: what is put on the list is on it once, in all its kinds, and photos are not.
func TestErasures(t *testing.T) {
	t.Parallel()
	for name, url := range map[string]string{"folder": "file://" + t.TempDir(), "memory": "mem:"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := open(t, url)
			list := cloudblob.Erasures{Bucket: b}
			all := func() (ids []identity.UserID) {
				t.Helper()
				if err := list.Each(t.Context(), func(part []identity.UserID) error { ids = append(ids, part...); return nil }); err != nil {
					t.Fatal(err)
				}
				slices.Sort(ids)
				return ids
			}
			if got := all(); len(got) != 0 {
				t.Errorf("at first: %v", got)
			}
			if err := b.Put(t.Context(), "aa00000000000000000000000000000000000000000000000000000000000000", []byte("photo")); err != nil {
				t.Fatal(err)
			}
			var want []identity.UserID
			for i := range 450 {
				id := identity.UserID(fmt.Sprintf("usr_%026d", i))
				want = append(want, id)
				for range 2 {
					if err := list.Add(t.Context(), id); err != nil {
						t.Fatal(err)
					}
				}
			}
			if got := all(); !slices.Equal(got, want) {
				t.Errorf("%d on the list, want %d", len(got), len(want))
			}
			stop := errors.New("stop")
			if err := list.Each(t.Context(), func([]identity.UserID) error { return stop }); !errors.Is(err, stop) {
				t.Errorf("broken off: %v", err)
			}
		})
	}
}
