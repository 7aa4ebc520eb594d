package kvtest

import (
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"corner/kv"
)

// Bench measures one implementation.
func Bench(b *testing.B, open func(b *testing.B) kv.Store) {
	b.Helper()
	limit := kv.Limit{Rate: 10, Per: time.Second, Burst: 30}

	b.Run("Allow one key", func(b *testing.B) {
		s, key := open(b), newKey()
		b.ReportAllocs()
		for b.Loop() {
			if _, err := s.Allow(b.Context(), key, limit); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Allow of 10k callers in parallel", func(b *testing.B) {
		s, keys := open(b), manyKeys(10_000)
		var turn atomic.Int64
		b.ReportAllocs()
		b.RunParallel(func(pb *testing.PB) {
			for i := int(turn.Add(7919)); pb.Next(); i++ {
				if _, err := s.Allow(b.Context(), keys[i%len(keys)], limit); err != nil {
					b.Error(err)
					return
				}
			}
		})
	})
	b.Run("Add", func(b *testing.B) {
		s, key := open(b), newKey()
		b.ReportAllocs()
		for b.Loop() {
			if _, err := s.Add(b.Context(), key, 1, time.Minute); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Set 100 bytes", func(b *testing.B) {
		s, keys, value := open(b), manyKeys(10_000), make([]byte, 100)
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			if err := s.Set(b.Context(), keys[i%len(keys)], value, time.Minute); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Get 100 bytes", func(b *testing.B) {
		s, key := open(b), newKey()
		if err := s.Set(b.Context(), key, make([]byte, 100), time.Hour); err != nil {
			b.Fatal(err)
		}
		b.ReportAllocs()
		for b.Loop() {
			if _, ok, err := s.Get(b.Context(), key); !ok || err != nil {
				b.Fatal(ok, err)
			}
		}
	})
}

func manyKeys(n int) []string {
	base, keys := newKey(), make([]string, n)
	for i := range keys {
		keys[i] = base + strconv.Itoa(i)
	}
	return keys
}
