package memindex

import (
	"slices"

	"corner/discovery"
	"corner/geo"
)

// candidate is a listing that may become a hit, with its sort key: discovery.Mark but
// for the place, which is read where all else ties.
type candidate struct {
	first, second int64
	distance      geo.Metres
	relevance     float64
	listing       *discovery.Listing
}

func (c *candidate) mark() discovery.Mark {
	return discovery.Mark{First: c.first, Second: c.second, Distance: c.distance, Place: c.listing.Place}
}

func (c *candidate) before(o *candidate) bool {
	switch {
	case c.first != o.first:
		return c.first < o.first
	case c.second != o.second:
		return c.second < o.second
	case c.distance != o.distance:
		return c.distance < o.distance
	}
	return c.listing.Place < o.listing.Place
}

// best keeps the first few candidates of the order: a heap with the last on top. It is
// asked for one more than a page has, to know whether there is one.
type best struct {
	limit int
	heap  []candidate
}

func (b *best) begin(limit int) { b.limit, b.heap = limit, b.heap[:0] }

// full reports whether there are as many as are wanted, so that others must be better than
// the last of them.
func (b *best) full() bool { return len(b.heap) == b.limit }

func (b *best) last() *candidate { return &b.heap[0] }

func (b *best) offer(c candidate) {
	if !b.full() {
		b.heap = append(b.heap, c)
		b.up()
		return
	}
	if c.before(&b.heap[0]) {
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

// page is the best, in order, without the one that was asked for in addition. It ends the
// heap.
func (b *best) page() discovery.Page {
	slices.SortFunc(b.heap, func(x, y candidate) int {
		if x.before(&y) {
			return -1
		}
		return 1
	})
	n := min(len(b.heap), b.limit-1)
	page := discovery.Page{More: n < len(b.heap), Hits: make([]discovery.Hit, n)}
	for i, c := range b.heap[:n] {
		page.Hits[i] = discovery.Hit{Listing: c.listing, Distance: c.distance, Relevance: c.relevance}
	}
	return page
}
