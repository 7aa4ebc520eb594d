package memkv

import (
	"sync"
	"time"
)

type kind uint8

const (
	value kind = iota
	counter
	limit
)

// entry is one key. Instants are distances from Store.born.
type entry struct {
	key   string
	value []byte
	n     int64         // of a counter
	until time.Duration // expired from then on; of a limit also its state

	// place orders the heap and is never after until. It lags behind for limits, whose until moves on with every
	// call: that is put right only when the entry comes to the top, so that Allow costs no sifting.
	place time.Duration
	index int // in the heap
	kind  kind
}

func (e *entry) cost() int64 { return int64(len(e.key)+len(e.value)) + entryCost }

// shard is a part of the keys under one lock: a map to find them and a heap to find the one that expires next.
// With the expiry as order, "drop the expired first, then the soonest to expire" is one rule: drop the top.
type shard struct {
	mu       sync.Mutex
	keys     map[string]*entry
	heap     []*entry
	bytes    int64
	maxKeys  int
	maxBytes int64
	_        [64]byte // keeps the locks of neighbours off one cache line
}

// find answers the entry under key, or nil; one whose time has passed is dropped on the way.
func (s *shard) find(key string, now time.Duration) *entry {
	e := s.keys[key]
	if e != nil && e.until <= now {
		s.drop(e)
		return nil
	}
	return e
}

// put adds e, which must not be there, after making room for it.
func (s *shard) put(e *entry, now time.Duration) {
	// Two for one that comes: so the expired shrink to none even while new keys arrive at full rate.
	for range 2 {
		top := s.top()
		if top == nil || top.until > now {
			break
		}
		s.drop(top)
	}
	for len(s.heap) > 0 && (len(s.heap) >= s.maxKeys || s.bytes+e.cost() > s.maxBytes) {
		s.drop(s.top())
	}
	e.place, e.index = e.until, len(s.heap)
	s.keys[e.key] = e
	s.heap = append(s.heap, e)
	s.bytes += e.cost()
	s.up(e.index)
}

// move gives e another expiry.
func (s *shard) move(e *entry, until time.Duration) {
	e.until = until
	if until < e.place {
		e.place = until
		s.up(e.index)
	}
}

func (s *shard) drop(e *entry) {
	delete(s.keys, e.key)
	s.bytes -= e.cost()
	last := len(s.heap) - 1
	moved := s.heap[last]
	s.heap[last] = nil
	s.heap = s.heap[:last]
	if moved == e {
		return
	}
	s.set(e.index, moved)
	s.up(moved.index)
	s.down(moved.index)
}

// top is the entry that expires next, or nil.
func (s *shard) top() *entry {
	for len(s.heap) > 0 {
		e := s.heap[0]
		if e.place == e.until {
			return e
		}
		e.place = e.until
		s.down(0)
	}
	return nil
}

func (s *shard) set(i int, e *entry) { s.heap[i], e.index = e, i }

func (s *shard) up(i int) {
	e := s.heap[i]
	for i > 0 {
		parent := (i - 1) / 2
		if s.heap[parent].place <= e.place {
			break
		}
		s.set(i, s.heap[parent])
		i = parent
	}
	s.set(i, e)
}

func (s *shard) down(i int) {
	e := s.heap[i]
	for {
		child := 2*i + 1
		if child >= len(s.heap) {
			break
		}
		if right := child + 1; right < len(s.heap) && s.heap[right].place < s.heap[child].place {
			child = right
		}
		if e.place <= s.heap[child].place {
			break
		}
		s.set(i, s.heap[child])
		i = child
	}
	s.set(i, e)
}
