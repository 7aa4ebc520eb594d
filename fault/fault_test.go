package fault_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corner/fault"
)

var errTaken = fault.New(fault.Conflict, "test.taken", "taken", "已被占用")

func TestCopiesMatchTheirOrigin(t *testing.T) {
	t.Parallel()
	other := fault.New(fault.Conflict, "test.taken", "taken", "已被占用")
	for name, err := range map[string]error{
		"itself":   errTaken,
		"later":    errTaken.After(time.Second),
		"data":     errTaken.WithData(map[string]any{"version": 3}),
		"both":     errTaken.WithData(nil).After(time.Second),
		"wrapped":  fmt.Errorf("hold seats: %w", errTaken.After(time.Second)),
		"deepened": fmt.Errorf("a: %w", fmt.Errorf("b: %w", errTaken)),
	} {
		if !errors.Is(err, errTaken) {
			t.Errorf("%s: errors.Is(%v, errTaken) = false, want true", name, err)
		}
		if errors.Is(err, other) {
			t.Errorf("%s: matches another value of the same code", name)
		}
		if got := fault.KindOf(err); got != fault.Conflict {
			t.Errorf("%s: KindOf = %d, want Conflict", name, got)
		}
	}
	if got := fault.KindOf(errors.New("driver said no")); got != fault.Internal {
		t.Errorf("KindOf(a stranger) = %d, want Internal", got)
	}
}

func TestInputNamesEveryFault(t *testing.T) {
	t.Parallel()
	var empty fault.Input
	if err := empty.Err(); err != nil {
		t.Fatalf("no faults: Err() = %v, want nil", err)
	}
	var part fault.Input
	part.Add("amount", fault.OutOfRange)
	var in fault.Input
	in.Check(true, "fine", fault.Required)
	in.Check(false, "name", fault.Required)
	if !in.Include("price", part.Err()) {
		t.Error("Include refused an input error")
	}
	if in.Include("x", errTaken) {
		t.Error("Include took an error that is not of input")
	}
	err := in.Err()
	if !errors.Is(err, fault.ErrInvalid) {
		t.Fatalf("Err() = %v, want ErrInvalid", err)
	}
	e, _ := errors.AsType[*fault.Error](err)
	var got []string
	for _, f := range e.Fields {
		got = append(got, f.Name+" "+f.Code)
	}
	if diff := cmp.Diff([]string{"name required", "price.amount out_of_range"}, got); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
}

func TestName(t *testing.T) {
	t.Parallel()
	if got, want := fault.Name("", "services", 3, "name"), "services.3.name"; got != want {
		t.Errorf("Name = %q, want %q", got, want)
	}
}
