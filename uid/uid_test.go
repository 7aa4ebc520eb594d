package uid_test

import (
	"testing"
	"time"

	"corner/uid"
)

func TestNewSortsByTimeAndIsValid(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 22, 7, 0, 0, 0, time.UTC)
	last := ""
	for i := range 2000 {
		id := uid.New("plc", at.Add(time.Duration(i)*time.Millisecond))
		if id <= last {
			t.Fatalf("id %d: %q does not sort after %q", i, id, last)
		}
		if !uid.Valid("plc", id) {
			t.Fatalf("Valid(plc, %q) = false, want true", id)
		}
		last = id
	}
}

func TestNewKeepsMilliseconds(t *testing.T) {
	t.Parallel()
	// The ULID specification's own example of a time part.
	if got, want := uid.New("x", time.UnixMilli(1469918176385))[2:12], "01aryz6s41"; got != want {
		t.Errorf("time part = %q, want %q", got, want)
	}
}

func TestValidRefuses(t *testing.T) {
	t.Parallel()
	good := uid.New("plc", time.Now())
	for _, s := range []string{"", "plc", "plc_", good + "0", good[:len(good)-1], "svc" + good[3:], good[:len(good)-1] + "u", good[:10] + "'" + good[11:]} {
		if uid.Valid("plc", s) {
			t.Errorf("Valid(plc, %q) = true, want false", s)
		}
	}
}

func BenchmarkNew(b *testing.B) {
	now := time.Now()
	for b.Loop() {
		_ = uid.New("plc", now)
	}
}
