// Package expect is how the contract suites say what they expect, so that all of
// them fail in the same words: what it was, what was wanted, what came.
package expect

import (
	"errors"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Test is a test that expects things. A suite embeds it.
type Test struct{ *testing.T }

// OK is v; an error ends the test. It is called in two steps, so that it can be put
// around a call that returns a value and an error: expect.OK(store.Place(ctx, id))(t).
func OK[V any](v V, err error) func(testing.TB) V {
	return func(t testing.TB) V {
		t.Helper()
		if err != nil {
			t.Fatalf("got %v, want no error", err)
		}
		return v
	}
}

// Refused fails the test unless err matches want; nil wants no error.
func (t Test) Refused(what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: got %v, want %v", what, err, want)
	}
}

// Same fails the test unless got is want.
func (t Test) Same(what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// Rivals runs f n times at one moment, waits, and returns the errors.
func Rivals(n int, f func(i int) error) (failed []error) {
	gate, errs := make(chan struct{}), make([]error, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			<-gate
			errs[i] = f(i)
		})
	}
	close(gate)
	wg.Wait()
	return slices.DeleteFunc(errs, func(err error) bool { return err == nil })
}
