package memindex

import (
	"slices"

	"corner/discovery"
)

// candidate is a hit with its sort key.
type candidate struct {
	mark discovery.Mark
	hit  discovery.Hit
}

// best keeps the first few candidates of the order: a heap with the last on top.
type best struct {
	limit int
	heap  []candidate
	more  bool // some were left out
}

func (b *best) begin(limit int) { b.limit, b.heap, b.more = limit, b.heap[:0], false }

func (b *best) offer(c candidate) {
	if len(b.heap) < b.limit {
		b.heap = append(b.heap, c)
		b.up()
		return
	}
	b.more = true
	if b.limit > 0 && c.mark.Before(b.heap[0].mark) {
		b.heap[0] = c
		b.down()
	}
}

func (b *best) up() {
	h, i := b.heap, len(b.heap)-1
	for i > 0 && h[(i-1)/2].mark.Before(h[i].mark) {
		h[i], h[(i-1)/2] = h[(i-1)/2], h[i]
		i = (i - 1) / 2
	}
}

func (b *best) down() {
	h, i := b.heap, 0
	for {
		last := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(h); child++ {
			if h[last].mark.Before(h[child].mark) {
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
func (b *best) ordered() []discovery.Hit {
	slices.SortFunc(b.heap, func(x, y candidate) int {
		if x.mark.Before(y.mark) {
			return -1
		}
		return 1
	})
	hits := make([]discovery.Hit, len(b.heap))
	for i, c := range b.heap {
		hits[i] = c.hit
	}
	return hits
}
