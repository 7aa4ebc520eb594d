package kvtest

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"corner/kv"
)

func set(t *testing.T, s kv.Store, key, value string, ttl time.Duration) {
	t.Helper()
	if err := s.Set(t.Context(), key, []byte(value), ttl); err != nil {
		t.Fatal(err)
	}
}

func getAnswersWhatSetPut(t *testing.T, s kv.Store) {
	key := newKey()
	wantNone(t, s, key)
	for _, value := range []string{"a", "", "12", "-1", "v", "t9", "\x00\xff\r\n", "两点", strings.Repeat("\x00\xa0", kv.MaxValue/2)} {
		set(t, s, key, value, long)
		wantValue(t, s, key, value)
	}
	if err := s.Set(t.Context(), key, nil, long); err != nil {
		t.Fatal(err)
	}
	if got, ok, err := s.Get(t.Context(), key); !ok || got == nil || len(got) != 0 || err != nil {
		t.Errorf("Get after Set of nil: got %v, %v, %v, want an empty value", got, ok, err)
	}
}

func setReplaces(t *testing.T, s kv.Store) {
	key := newKey()
	set(t, s, key, "first", 50*time.Millisecond)
	set(t, s, key, "second", long)
	time.Sleep(60 * time.Millisecond) // the first ttl must be seen not to count
	wantValue(t, s, key, "second")

	set(t, s, key, "third", 20*time.Millisecond)
	eventually(t, "a shorter ttl counts", func() bool { return gone(t, s, key) })
}

func valuesAreCopies(t *testing.T, s kv.Store) {
	key, value := newKey(), []byte("value")
	if err := s.Set(t.Context(), key, value, long); err != nil {
		t.Fatal(err)
	}
	copy(value, "XXXXX")
	wantValue(t, s, key, "value")
	got, _, err := s.Get(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	copy(got, "YYYYY")
	wantValue(t, s, key, "value")
}

func anyBytesAreAKey(t *testing.T, s kv.Store) {
	base := newKey()
	keys := []string{
		base, base + " ", base + "\x00", base + "\x00\x00", base + "\r\n*1", base + "\xff\xfe", base + "{a}", base + "*?[a]",
		base + "%s", base + "é", base + "e\u0301", base + "É", strings.ToUpper(base), base + "🀄",
		base + strings.Repeat("k", kv.MaxKey-len(base)),
	}
	for i, key := range keys {
		set(t, s, key, strings.Repeat("i", i), long)
	}
	for i, key := range keys {
		wantValue(t, s, key, strings.Repeat("i", i))
		if existed := must[bool](t)(s.Delete(t.Context(), key)); !existed {
			t.Errorf("Delete(%q): not there", key)
		}
	}
}

func gone(t *testing.T, s kv.Store, key string) bool {
	t.Helper()
	_, ok, err := s.Get(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	return !ok
}

func valueExpires(t *testing.T, s kv.Store) {
	const ttl = 80 * time.Millisecond
	key := newKey()
	before := time.Now()
	set(t, s, key, "a", ttl)
	end := eventually(t, "expiry", func() bool { return gone(t, s, key) })
	if lived := end.Sub(before); lived < ttl-slack {
		t.Errorf("lived %v, want at least %v", lived, ttl)
	}
	if existed := must[bool](t)(s.Delete(t.Context(), key)); existed {
		t.Error("Delete of an expired key: got true, want false")
	}
	set(t, s, key, "b", long)
	wantValue(t, s, key, "b")
}

func shortestTTL(t *testing.T, s kv.Store) {
	key := newKey()
	set(t, s, key, "a", 1)
	eventually(t, "expiry of a value", func() bool { return gone(t, s, key) })
	must[int64](t)(s.Add(t.Context(), key, 5, time.Microsecond))
	eventually(t, "expiry of a counter", func() bool {
		return must[int64](t)(s.Add(t.Context(), key, 0, time.Microsecond)) == 0
	})
	key = newKey()
	set(t, s, key, "a", kv.MaxTTL)
	wantValue(t, s, key, "a")
}

func deleteTells(t *testing.T, s kv.Store) {
	ctx := t.Context()
	for name, bear := range map[string]func(key string) error{
		"value":   func(key string) error { return s.Set(ctx, key, nil, long) },
		"counter": func(key string) error { _, err := s.Add(ctx, key, 0, long); return err },
		"limit":   func(key string) error { _, err := s.Allow(ctx, key, hourly); return err },
	} {
		key := newKey()
		for _, want := range []bool{false, true, false} {
			if want {
				if err := bear(key); err != nil {
					t.Fatal(err)
				}
			}
			if got := must[bool](t)(s.Delete(ctx, key)); got != want {
				t.Errorf("Delete of a %s: got %v, want %v", name, got, want)
			}
		}
		wantNone(t, s, key)
	}
}

func oneRivalDeletes(t *testing.T, s kv.Store) {
	for range 10 {
		key := newKey()
		set(t, s, key, "code", long)
		var won atomic.Int64
		race(rivals, func(int) {
			existed, err := s.Delete(t.Context(), key)
			if err != nil {
				t.Error(err)
			}
			if existed {
				won.Add(1)
			}
		})
		if got := won.Load(); got != 1 {
			t.Fatalf("%d of %d rivals saw true, want 1", got, rivals)
		}
	}
}
