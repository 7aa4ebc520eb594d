package memkv

import (
	"context"
	"fmt"
	"hash/maphash"
	"math"
	"slices"
	"strings"
	"time"

	"corner/kv"
)

// Store is a kv.Store in memory. Make it with New; it is safe for use by many goroutines.
type Store struct {
	// Now is time.Now unless a test sets it, before the first use.
	Now func() time.Time

	// born is where time begins for the store. Instants are kept as the distance from it, which is monotonic:
	// a wall clock that is set back or on moves no expiry.
	born   time.Time
	seed   maphash.Seed
	shards []shard
}

var _ kv.Store = (*Store)(nil)

// Bounds are the most a Store holds. They are divided among its shards, so a large store that fills up begins
// to make room a few per cent early.
type Bounds struct {
	Keys  int   // DefaultKeys if 0
	Bytes int64 // of keys and values with what it costs to keep them; DefaultBytes if 0
}

// The defaults hold a limit for each of half a million callers, which take about 70 MB.
const (
	DefaultKeys  = 500_000
	DefaultBytes = 128 << 20
)

// entryCost is about what an entry takes besides its key and value: itself, its slots in map and heap. TestCost
// holds it against the truth.
const entryCost = 160

const (
	manyShards = 16
	// Shards are worth it only where each holds many keys; smaller stores have one and exact bounds.
	leastKeys  = 1024
	leastBytes = 1 << 20
)

// New makes a Store. Negative bounds panic; bounds too small for one key of any size are raised to it.
func New(b Bounds) *Store {
	if b.Keys < 0 || b.Bytes < 0 {
		panic(fmt.Sprintf("memkv: negative bounds %+v", b))
	}
	if b.Keys == 0 {
		b.Keys = DefaultKeys
	}
	if b.Bytes == 0 {
		b.Bytes = DefaultBytes
	}
	n := 1
	if b.Keys >= manyShards*leastKeys && b.Bytes >= manyShards*leastBytes {
		n = manyShards
	}
	s := &Store{Now: time.Now, born: time.Now(), seed: maphash.MakeSeed(), shards: make([]shard, n)}
	for i := range s.shards {
		s.shards[i].keys = make(map[string]*entry)
		s.shards[i].maxKeys = b.Keys / n
		s.shards[i].maxBytes = max(b.Bytes/int64(n), kv.MaxKey+kv.MaxValue+entryCost)
	}
	return s
}

// Len is how many keys are held, expired ones not yet dropped among them.
func (s *Store) Len() int {
	n := 0
	for i := range s.shards {
		sh := &s.shards[i]
		sh.mu.Lock()
		n += len(sh.keys)
		sh.mu.Unlock()
	}
	return n
}

// Get is kv.Store's.
func (s *Store) Get(ctx context.Context, key string) ([]byte, bool, error) {
	sh, err := s.shard(ctx, key)
	if err != nil {
		return nil, false, err
	}
	sh.mu.Lock()
	defer sh.mu.Unlock()
	e := sh.find(key, s.now())
	switch {
	case e == nil:
		return nil, false, nil
	case e.kind != value:
		return nil, false, kv.ErrKind
	}
	return append([]byte{}, e.value...), true, nil
}

// Set is kv.Store's.
func (s *Store) Set(ctx context.Context, key string, val []byte, ttl time.Duration) error {
	sh, err := s.shard(ctx, key)
	if err != nil {
		return err
	}
	if err := kv.CheckValue(val); err != nil {
		return err
	}
	if ttl, err = kv.CheckTTL(ttl); err != nil {
		return err
	}
	val = slices.Clone(val) // before the lock: up to 64 KiB
	sh.mu.Lock()
	defer sh.mu.Unlock()
	now := s.now()
	// Out and in again, rather than changed in place: room is made before the new size counts, and never by
	// dropping the newcomer itself.
	if e := sh.keys[key]; e != nil {
		sh.drop(e)
	}
	sh.put(&entry{key: strings.Clone(key), kind: value, value: val, until: now + ttl}, now)
	return nil
}

// Delete is kv.Store's.
func (s *Store) Delete(ctx context.Context, key string) (bool, error) {
	sh, err := s.shard(ctx, key)
	if err != nil {
		return false, err
	}
	sh.mu.Lock()
	defer sh.mu.Unlock()
	e := sh.find(key, s.now())
	if e == nil {
		return false, nil
	}
	sh.drop(e)
	return true, nil
}

// Add is kv.Store's.
func (s *Store) Add(ctx context.Context, key string, n int64, ttl time.Duration) (int64, error) {
	sh, err := s.shard(ctx, key)
	if err != nil {
		return 0, err
	}
	if ttl, err = kv.CheckTTL(ttl); err != nil {
		return 0, err
	}
	sh.mu.Lock()
	defer sh.mu.Unlock()
	now := s.now()
	e := sh.find(key, now)
	if e == nil {
		sh.put(&entry{key: strings.Clone(key), kind: counter, n: n, until: now + ttl}, now)
		return n, nil
	}
	switch {
	case e.kind != counter:
		return 0, kv.ErrKind
	case n > 0 && e.n > math.MaxInt64-n, n < 0 && e.n < math.MinInt64-n:
		return 0, fmt.Errorf("%w: the counter would overflow", kv.ErrInvalid)
	}
	e.n += n
	return e.n, nil
}

// Allow is kv.Store's. A limit that is known costs no allocation.
func (s *Store) Allow(ctx context.Context, key string, l kv.Limit) (kv.Decision, error) {
	sh, err := s.shard(ctx, key)
	if err != nil {
		return kv.Decision{}, err
	}
	if err := l.Check(); err != nil {
		return kv.Decision{}, err
	}
	sh.mu.Lock()
	defer sh.mu.Unlock()
	now := s.now()
	e := sh.find(key, now)
	if e == nil {
		debt, d := l.Take(0)
		sh.put(&entry{key: strings.Clone(key), kind: limit, until: now + debt}, now)
		return d, nil
	}
	if e.kind != limit {
		return kv.Decision{}, kv.ErrKind
	}
	// A limit is worth keeping until its bucket is full again: its expiry is its state.
	debt, d := l.Take(e.until - now)
	sh.move(e, now+debt)
	return d, nil
}

func (s *Store) now() time.Duration { return s.Now().Sub(s.born) }

func (s *Store) shard(ctx context.Context, key string) (*shard, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := kv.CheckKey(key); err != nil {
		return nil, err
	}
	if len(s.shards) == 1 {
		return &s.shards[0], nil
	}
	return &s.shards[maphash.String(s.seed, key)%manyShards], nil
}
