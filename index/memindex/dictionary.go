package memindex

import (
	"encoding/binary"
	"slices"
	"strings"
)

// dictionary is terms in order, each with the docs that have it. Terms stand end to end in one
// piece of memory, their postings in another: 8 bytes and the term itself for each, where
// strings and slices would take 60.
type dictionary struct {
	text   string
	starts []uint32 // of each term in text, and the end
	signs  []uint64 // the first bytes of every signEvery-th term: most of a look-up stays in the cache

	lists []byte   // postings
	at    []uint32 // where each term's begin
}

const signEvery = 32

func (d *dictionary) len() int { return len(d.at) }

func (d *dictionary) term(i int) string { return d.text[d.starts[i]:d.starts[i+1]] }

func (d *dictionary) postings(i int) postings {
	return readPostings(d.lists[d.at[i]:])
}

// sign is the first eight bytes of a term as a number, which orders as terms do but for ties.
func sign(term string) uint64 {
	var b [8]byte
	copy(b[:], term)
	return binary.BigEndian.Uint64(b[:])
}

// setTerms puts the terms, which are in order.
func (d *dictionary) setTerms(terms []string) {
	size := 0
	for _, t := range terms {
		size += len(t)
	}
	var text strings.Builder
	text.Grow(size)
	d.starts = make([]uint32, 0, len(terms)+1)
	for i, t := range terms {
		if i%signEvery == 0 {
			d.signs = append(d.signs, sign(t))
		}
		d.starts = append(d.starts, uint32(text.Len()))
		text.WriteString(t)
	}
	d.starts = append(d.starts, uint32(text.Len()))
	d.text, d.at = text.String(), make([]uint32, len(terms))
}

// seek is the place of the first term that is not less than the given one.
func (d *dictionary) seek(term string) int {
	s := sign(term)
	// Terms before the last sign that is less are less; those from the first sign on that is
	// greater, greater.
	block, _ := slices.BinarySearch(d.signs, s)
	lo := max(0, (block-1)*signEvery)
	hi := d.len()
	for last := block; last < len(d.signs); last++ {
		if d.signs[last] > s {
			hi = last * signEvery
			break
		}
	}
	for lo < hi {
		if mid := int(uint(lo+hi) >> 1); d.term(mid) < term {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// find is the place of a term.
func (d *dictionary) find(term string) (i int, found bool) {
	i = d.seek(term)
	return i, i < d.len() && d.term(i) == term
}

// beginning is the range of terms that begin with prefix.
func (d *dictionary) beginning(prefix string) (lo, hi int) {
	lo = d.seek(prefix)
	after := []byte(prefix) // the least string that is greater than all that begin with prefix
	for len(after) > 0 && after[len(after)-1] == 0xff {
		after = after[:len(after)-1]
	}
	if len(after) == 0 {
		return lo, d.len()
	}
	after[len(after)-1]++
	return lo, d.seek(string(after))
}
