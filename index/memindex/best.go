package memindex

import (
	"slices"

	"corner/discovery"
	"corner/geo"
)

// candidate is a listing that may become a hit.
type candidate struct {
	distance geo.Metres
	score    int32 // 0 unless the order is by rating
	listing  *discovery.Listing
}

func (c *candidate) mark() discovery.Mark {
	return discovery.Mark{Score: int(c.score), Distance: c.distance, Place: c.listing.Place}
}

// before is Sort.Before of two marks, without reading the listings while it can.
// Where no rating is asked for all scores are 0, and one order serves both.
func (c *candidate) before(o *candidate) bool {
	if c.score != o.score {
		return c.score > o.score
	}
	if c.distance != o.distance {
		return c.distance < o.distance
	}
	return c.listing.Place < o.listing.Place
}

// best keeps the first few candidates of the order: a heap with the last on top.
type best struct {
	limit int
	heap  []candidate
	more  bool // some were left out
}

func (b *best) begin(limit int) { b.limit, b.heap, b.more = limit, b.heap[:0], false }

// surpass reports whether all of the best, as many as are wanted, are surely better
// than c, whose listing need not be known yet.
func (b *best) surpass(c *candidate) bool {
	if len(b.heap) < b.limit || b.limit == 0 {
		return false
	}
	last := &b.heap[0]
	return c.score < last.score || c.score == last.score && c.distance > last.distance
}

func (b *best) offer(c candidate) {
	if len(b.heap) < b.limit {
		b.heap = append(b.heap, c)
		b.up()
		return
	}
	b.more = true
	if b.limit > 0 && c.before(&b.heap[0]) {
		b.heap[0] = c
		b.down()
	}
}

func (b *best) up() {
	h, i := b.heap, len(b.heap)-1
	for i > 0 && h[(i-1)/2].before(&h[i]) {
		h[i], h[(i-1)/2] = h[(i-1)/2], h[i]
		i = (i - 1) / 2
	}
}

func (b *best) down() {
	h, i := b.heap, 0
	for {
		last := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(h); child++ {
			if h[last].before(&h[child]) {
				last = child
			}
		}
		if last == i {
			return
		}
		h[i], h[last] = h[last], h[i]
		i = last
	}
}

// ordered is the best, the first first. It ends the heap.
func (b *best) ordered() []candidate {
	slices.SortFunc(b.heap, func(x, y candidate) int {
		if x.before(&y) {
			return -1
		}
		return 1
	})
	return b.heap
}
