package kvtest

import (
	"crypto/rand"
	"errors"
	"sync"
	"testing"
	"time"

	"corner/kv"
)

// Store tests one implementation. open is called once for each part of the contract, and closes what it opened
// with t.Cleanup.
func Store(t *testing.T, open func(t *testing.T) kv.Store) {
	t.Helper()
	parts := map[string]func(t *testing.T, s kv.Store){
		"get answers what set put":          getAnswersWhatSetPut,
		"set replaces value and ttl":        setReplaces,
		"values are copies":                 valuesAreCopies,
		"any bytes are a key":               anyBytesAreAKey,
		"a value expires, and not early":    valueExpires,
		"a part of a millisecond is enough": shortestTTL,
		"delete tells whether it was there": deleteTells,
		"one rival deletes":                 oneRivalDeletes,
		"add sums and rivals lose nothing":  addSums,
		"add keeps the first ttl":           addKeepsFirstTTL,
		"add does not overflow":             addDoesNotOverflow,
		"allow lets the burst through":      allowBurst,
		"rivals get the burst and no more":  allowRivals,
		"a refusal takes nothing":           refusalTakesNothing,
		"tokens come back at the rate":      allowRefills,
		"changed rules lock nobody out":     allowChangedRules,
		"a key has one kind":                oneKind,
		"bounds":                            bounds,
		"a ctx that is done":                doneContext,
	}
	for name, part := range parts {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			part(t, open(t))
		})
	}
}

const (
	rivals = 100
	long   = time.Minute          // a ttl that does not pass during a test
	soon   = 10 * time.Second     // what must happen, happens by then, on the slowest machine
	slack  = 5 * time.Millisecond // of a server's clock, which may tick in coarse steps
)

// newKey makes up a key nobody else uses.
func newKey() string { return "kvtest:" + rand.Text() }

// race starts n goroutines at one instant and waits for all.
func race(n int, run func(i int)) {
	var ready, done sync.WaitGroup
	gate := make(chan struct{})
	for i := range n {
		ready.Add(1)
		done.Go(func() {
			ready.Done()
			<-gate
			run(i)
		})
	}
	ready.Wait()
	close(gate)
	done.Wait()
}

// eventually asks again and again until ok, and tells when that was.
func eventually(t *testing.T, what string, ok func() bool) time.Time {
	t.Helper()
	for end := time.Now().Add(soon); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if ok() {
			return time.Now()
		}
	}
	t.Fatalf("%s: not within %v", what, soon)
	return time.Time{}
}

// timely runs a test that holds only if its steps take less than unit, with ever longer units until they did:
// a machine that stalls must not fail the test, and a fast one need not wait. Run answers what went wrong, which
// counts only if it was in time.
func timely(t *testing.T, unit time.Duration, run func(unit time.Duration) (wrong string, steps time.Duration)) {
	t.Helper()
	for range 6 {
		wrong, steps := run(unit)
		if steps < unit {
			if wrong != "" {
				t.Error(wrong)
			}
			return
		}
		unit *= 3
	}
	t.Fatalf("no run took less than %v", unit/3)
}

func must[T any](t *testing.T) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func wantErr(t *testing.T, what string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("%s: got error %v, want %v", what, got, want)
	}
}

func wantValue(t *testing.T, s kv.Store, key, want string) {
	t.Helper()
	got, ok, err := s.Get(t.Context(), key)
	if err != nil || !ok || string(got) != want {
		t.Errorf("Get: got %d bytes %.40q, %v, %v, want %d bytes %.40q", len(got), got, ok, err, len(want), want)
	}
}

func wantNone(t *testing.T, s kv.Store, key string) {
	t.Helper()
	if got, ok, err := s.Get(t.Context(), key); ok || got != nil || err != nil {
		t.Errorf("Get: got %.40q, %v, %v, want nothing", got, ok, err)
	}
}
