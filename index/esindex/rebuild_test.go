package esindex_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"corner/catalog"

	diff "github.com/google/go-cmp/cmp"

	"corner/discovery"
	"corner/index/esindex"
)

// found is what x finds, nearest first.
func found(t *testing.T, x *esindex.Index) []string {
	t.Helper()
	page, err := x.Search(t.Context(), anything)
	if err != nil {
		t.Fatal(err)
	}
	return ids(page)
}

func finds(t *testing.T, x *esindex.Index, want ...string) {
	t.Helper()
	if d := diff.Diff(want, found(t, x)); d != "" {
		t.Errorf("found (-want +got):\n%s", d)
	}
}

// refresh makes what was put visible, so that what is not there by now never will be.
func refresh(t *testing.T, address, name string) {
	t.Helper()
	rest(t, http.MethodPost, address+"/"+name+"/_refresh", nil, nil)
}

// eventually gives the engine time to show what was put. The port allows it a second, which a
// busy machine may not keep: TestFresh tells how long it takes.
func eventually(t *testing.T, x *esindex.Index, want ...string) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if diff.Equal(want, found(t, x)) {
			return
		}
	}
	finds(t, x, want...)
}

func TestWiped(t *testing.T) {
	t.Parallel()
	address := server(t)
	name := alias(t, address)
	x := built(t, esindex.Options{Alias: name}, shop("a", 1))
	finds(t, x, "plc_a")
	wipe(t, address, name)
	missing := func(when string, x *esindex.Index) {
		for method, call := range methods(x) {
			if method == "Rebuild" {
				continue
			}
			if err := call(t.Context()); !errors.Is(err, discovery.ErrIndexMissing) {
				t.Errorf("%s %s: got %v, want ErrIndexMissing", method, when, err)
			}
		}
	}
	missing("after the wipe", x)
	missing("in a new process", open(t, address, esindex.Options{Alias: name}))
	if got := indices(t, address, name); len(got) != 0 {
		t.Errorf("got indices %v made by a write, want none", got)
	}
	if err := x.Rebuild(t.Context(), filler([]discovery.Listing{shop("b", 1)})); err != nil {
		t.Fatal(err)
	}
	finds(t, x, "plc_b")
}

// TestOtherSchema is an upgrade: the index is there, but was built by another version.
func TestOtherSchema(t *testing.T) {
	t.Parallel()
	address := server(t)
	name := alias(t, address)
	rest(t, http.MethodPut, address+"/"+name+"-20200101000000-00000000", map[string]any{
		"mappings": map[string]any{"_meta": map[string]any{"schema": -1}, "dynamic": false},
		"aliases":  map[string]any{name: map[string]any{"is_write_index": true}},
	}, nil)
	x := open(t, address, esindex.Options{Alias: name})
	for method, call := range methods(x) {
		if method == "Rebuild" {
			continue
		}
		if err := call(t.Context()); !errors.Is(err, discovery.ErrIndexMissing) {
			t.Errorf("%s: got %v, want ErrIndexMissing", method, err)
		}
	}
	if err := x.Rebuild(t.Context(), filler([]discovery.Listing{shop("a", 1)})); err != nil {
		t.Fatal(err)
	}
	finds(t, x, "plc_a")
	if got := indices(t, address, name); len(got) != 1 {
		t.Errorf("got indices %v, want only the new one", got)
	}
}

func TestFailedRebuildKeepsTheOld(t *testing.T) {
	t.Parallel()
	address := server(t)
	name := alias(t, address)
	x := built(t, esindex.Options{Alias: name}, shop("a", 1))
	before := indices(t, address, name)
	errFill := errors.New("the database went away")
	for when, fill := range map[string]func(func([]discovery.Listing) error) error{
		"at once": func(func([]discovery.Listing) error) error { return errFill },
		"half-way": func(put func([]discovery.Listing) error) error {
			return errors.Join(put([]discovery.Listing{shop("b", 1)}), errFill)
		},
	} {
		if err := x.Rebuild(t.Context(), fill); !errors.Is(err, errFill) {
			t.Errorf("%s: got %v, want fill's error", when, err)
		}
		finds(t, x, "plc_a")
		if d := diff.Diff(before, indices(t, address, name)); d != "" {
			t.Errorf("%s: indices (-want +got):\n%s", when, d)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	err := x.Rebuild(ctx, func(put func([]discovery.Listing) error) error {
		cancel()
		return put([]discovery.Listing{shop("b", 1)})
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v, want context.Canceled", err)
	}
	finds(t, x, "plc_a")
	if d := diff.Diff(before, indices(t, address, name)); d != "" {
		t.Errorf("cancelled: indices (-want +got):\n%s", d)
	}
}

// TestPutWhileRebuilding holds that nothing is lost that any process puts while another
// fills, also when fill has read it before it changed.
func TestPutWhileRebuilding(t *testing.T) {
	t.Parallel()
	address := server(t)
	name := alias(t, address)
	x := built(t, esindex.Options{Alias: name}, shop("old", 1))
	other := open(t, address, esindex.Options{Alias: name})
	gone := shop("gone", 2)
	gone.Live = false
	err := x.Rebuild(t.Context(), func(put func([]discovery.Listing) error) error {
		return errors.Join(
			put([]discovery.Listing{shop("a", 1), shop("gone", 1)}),
			other.Put(t.Context(), []discovery.Listing{shop("a", 2), shop("new", 1), gone}),
			put([]discovery.Listing{shop("b", 1)}),
		)
	})
	if err != nil {
		t.Fatal(err)
	}
	finds(t, x, "plc_a", "plc_b", "plc_new")
	page, err := x.Search(t.Context(), anything)
	if err != nil {
		t.Fatal(err)
	}
	if got := page.Hits[0].Listing.Version; got != 2 {
		t.Errorf("a: got version %d, want 2", got)
	}
	if err := other.Put(t.Context(), []discovery.Listing{shop("gone", 1)}); err != nil {
		t.Fatal(err)
	}
	refresh(t, address, name)
	finds(t, other, "plc_a", "plc_b", "plc_new")
}

// TestPutsUnderRebuilds reads and writes without pause while the index is rebuilt again
// and again from a truth that lags behind: no call may notice, and every write that was
// acknowledged must be there.
func TestPutsUnderRebuilds(t *testing.T) {
	t.Parallel()
	address := server(t)
	name := alias(t, address)
	x := built(t, esindex.Options{Alias: name})
	var (
		mu    sync.Mutex
		truth []discovery.Listing
		wg    sync.WaitGroup
	)
	done := make(chan struct{})
	for w := range 2 {
		writer := open(t, address, esindex.Options{Alias: name})
		wg.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-done:
					return
				default:
				}
				l := shop(fmt.Sprintf("%d_%05d", w, n), 1)
				mu.Lock()
				truth = append(truth, l) // first the database, then the index
				mu.Unlock()
				if err := writer.Put(t.Context(), []discovery.Listing{l}); err != nil {
					t.Errorf("Put: %v", err)
					return
				}
			}
		})
	}
	for range 2 {
		reader := open(t, address, esindex.Options{Alias: name})
		wg.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				if _, err := reader.Search(t.Context(), anything); err != nil {
					t.Errorf("Search: %v", err)
					return
				}
			}
		})
	}
	for range 3 {
		err := x.Rebuild(t.Context(), func(put func([]discovery.Listing) error) error {
			mu.Lock()
			read := truth[:len(truth):len(truth)]
			mu.Unlock()
			time.Sleep(100 * time.Millisecond)
			return put(read)
		})
		if err != nil {
			t.Error(err)
		}
	}
	close(done)
	wg.Wait()
	refresh(t, address, name)
	var answer struct{ Count int }
	rest(t, http.MethodGet, address+"/"+name+"/_count", nil, &answer)
	if answer.Count != len(truth) {
		t.Errorf("got %d listings, want %d", answer.Count, len(truth))
	}
}

func TestTwoRebuilds(t *testing.T) {
	t.Parallel()
	address := server(t)
	name := alias(t, address)
	for _, first := range []bool{true, false} { // nothing there yet, and something to replace
		var wg sync.WaitGroup
		for _, id := range []string{"a", "b", "c"} {
			x := open(t, address, esindex.Options{Alias: name})
			wg.Go(func() {
				err := x.Rebuild(t.Context(), func(put func([]discovery.Listing) error) error {
					time.Sleep(50 * time.Millisecond)
					return put([]discovery.Listing{shop(id, 1), shop(id+"2", 1)})
				})
				if err != nil {
					t.Errorf("first %v, rebuild %s: %v", first, id, err)
				}
			})
		}
		wg.Wait()
		x := open(t, address, esindex.Options{Alias: name})
		if err := x.Ready(t.Context()); err != nil {
			t.Error(err)
		}
		got := found(t, x)
		if len(got) != 2 || got[1] != got[0]+"2" {
			t.Errorf("first %v: found %v, want the two of one rebuild", first, got)
		}
		if left := indices(t, address, name); len(left) != 1 {
			t.Errorf("first %v: indices %v, want one", first, left)
		}
		if err := x.Put(t.Context(), []discovery.Listing{shop("z", 1)}); err != nil {
			t.Error(err)
		}
		eventually(t, x, append(got, "plc_z")...)
	}
}

// counting is a Source of one place, slow to read; it counts the readings.
type counting struct {
	discovery.Source

	read *atomic.Int64
}

func (c counting) CountLive(context.Context) (int, error) { return 1, nil }

func (c counting) Live(_ context.Context, after catalog.PlaceID, _ int) ([]discovery.Listing, error) {
	if after != "" {
		return nil, nil
	}
	c.read.Add(1)
	time.Sleep(50 * time.Millisecond)
	return []discovery.Listing{shop("a", 1)}, nil
}

func (c counting) ChangedSince(context.Context, time.Time, catalog.PlaceID, int) ([]catalog.PlaceID, error) {
	return nil, nil
}

// TestRestoreOnce: of three instances that find the index missing at one moment, one
// rebuilds it; who is told to reindex does, whatever there is.
func TestRestoreOnce(t *testing.T) {
	t.Parallel()
	address := server(t)
	name := alias(t, address)
	source := counting{read: new(atomic.Int64)}
	var wg sync.WaitGroup
	projector := func() *discovery.Projector {
		return &discovery.Projector{Index: open(t, address, esindex.Options{Alias: name}), Source: source, Now: time.Now}
	}
	for range 3 {
		p := projector()
		wg.Go(func() {
			if err := p.Restore(t.Context(), nil); err != nil {
				t.Errorf("Restore: %v", err)
			}
		})
	}
	wg.Wait()
	if n := source.read.Load(); n != 1 {
		t.Errorf("the places were read %d times, want once", n)
	}
	if got := found(t, open(t, address, esindex.Options{Alias: name})); len(got) != 1 {
		t.Errorf("found %v, want the one place", got)
	}
	if left := indices(t, address, name); len(left) != 1 {
		t.Errorf("indices %v, want one", left)
	}
	if err := projector().Reindex(t.Context(), nil); err != nil || source.read.Load() != 2 {
		t.Errorf("Reindex: %v after %d readings, want a second one", err, source.read.Load())
	}
}

// TestDeadRebuild finds the index of a rebuild that was killed, and one without any alias.
func TestDeadRebuild(t *testing.T) {
	t.Parallel()
	address := server(t)
	name := alias(t, address)
	built(t, esindex.Options{Alias: name}, shop("a", 1))
	rest(t, http.MethodPut, address+"/"+name+"-20200101000000-00000001", map[string]any{
		"aliases": map[string]any{name + "-next": map[string]any{"is_write_index": true}},
	}, nil)
	rest(t, http.MethodPut, address+"/"+name+"-20200101000000-00000002", nil, nil)
	foreign := name + "-other-20200101000000-00000003" // another alias's, which begins like ours
	rest(t, http.MethodPut, address+"/"+foreign, nil, nil)

	x := open(t, address, esindex.Options{Alias: name, Patience: 300 * time.Millisecond})
	if err := x.Rebuild(t.Context(), filler([]discovery.Listing{shop("b", 1)})); err != nil {
		t.Fatal(err)
	}
	finds(t, x, "plc_b")
	left := indices(t, address, name)
	if len(left) != 2 || !strings.Contains(strings.Join(left, " "), foreign) {
		t.Errorf("got indices %v, want the new one and %s", left, foreign)
	}
}
