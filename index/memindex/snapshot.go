package memindex

import (
	"math/bits"

	"corner/discovery"
)

// snapshot is what a search sees.
type snapshot struct{ parts []part }

// part is a segment without those of its listings that have been replaced.
type part struct {
	*segment
	dead marks
}

// alive is how many listings the part shows.
func (p part) alive() int { return p.len() - p.dead.n }

// kill marks l, which is shown by one of parts, as replaced. It writes to the
// slice, which must be the caller's own, and not to the marks.
func kill(parts []part, l *discovery.Listing) {
	cell := cellOf(l)
	for i := range parts {
		if doc, found := parts[i].find(cell, l); found && !parts[i].dead.has(doc) {
			parts[i].dead = parts[i].dead.with(doc)
			return
		}
	}
}

// Segments are joined when the older is at most growth times as large as all the
// newer ones together, or so small that joining costs less than having it.
const (
	growth = 2
	crumb  = 32
)

// mergeable says from which part on all parts should become one.
func mergeable(parts []part) (from int, ok bool) {
	from = len(parts) - 1
	if from < 0 {
		return 0, false
	}
	sum := parts[from].alive()
	for from > 0 && parts[from-1].alive() <= max(growth*sum, crumb) {
		from--
		sum += parts[from].alive()
	}
	// A segment that is mostly dead is worth rewriting, and those after it with it.
	for i := range from {
		if p := parts[i]; p.dead.n > p.alive() {
			return i, true
		}
	}
	last := parts[len(parts)-1]
	return from, from < len(parts)-1 || last.dead.n > last.alive()
}

// marks is a set of listings of a segment. It is a value: with returns another and
// shares all but one chunk with it, for a Put marks few among many.
type marks struct {
	n      int
	chunks []*[chunkBits / 64]uint64 // nil: none of the chunk
}

const chunkBits = 4096

func (m marks) has(doc uint32) bool {
	c := doc / chunkBits
	if int(c) >= len(m.chunks) || m.chunks[c] == nil {
		return false
	}
	return m.chunks[c][doc%chunkBits/64]&(1<<(doc%64)) != 0
}

// each yields those of a span.
func (m marks) each(s span, yield func(doc uint32)) {
	for doc := s.begin; m.n > 0 && doc < s.end; {
		c := doc / chunkBits
		if int(c) >= len(m.chunks) {
			return
		}
		if m.chunks[c] == nil {
			doc = (c + 1) * chunkBits
			continue
		}
		word := m.chunks[c][doc%chunkBits/64] >> (doc % 64)
		if word == 0 {
			doc = (doc/64 + 1) * 64
			continue
		}
		if doc += uint32(bits.TrailingZeros64(word)); doc < s.end {
			yield(doc)
		}
		doc++
	}
}

func (m marks) with(doc uint32) marks {
	c := int(doc / chunkBits)
	chunks := make([]*[chunkBits / 64]uint64, max(len(m.chunks), c+1))
	copy(chunks, m.chunks)
	var chunk [chunkBits / 64]uint64
	if chunks[c] != nil {
		chunk = *chunks[c]
	}
	chunk[doc%chunkBits/64] |= 1 << (doc % 64)
	chunks[c] = &chunk
	return marks{m.n + 1, chunks}
}
