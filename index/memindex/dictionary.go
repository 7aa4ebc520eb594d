package memindex

import (
	"slices"
	"strings"
)

// lists is many ascending lists of numbers, end to end.
type lists struct {
	start []uint32 // of each list, and the end
	all   []uint32
}

func (l lists) len() int               { return len(l.start) - 1 }
func (l lists) list(i uint32) []uint32 { return l.all[l.start[i]:l.start[i+1]] }

// transposed lists, for each number below n, the lists it is in.
func (l lists) transposed(n int) lists {
	t := lists{make([]uint32, n+1), make([]uint32, len(l.all))}
	for _, v := range l.all {
		t.start[v+1]++
	}
	for i := range n {
		t.start[i+1] += t.start[i]
	}
	next := slices.Clone(t.start[:n])
	for i := range l.len() {
		for _, v := range l.list(uint32(i)) {
			t.all[next[v]] = uint32(i)
			next[v]++
		}
	}
	return t
}

// dictionary is terms in order, each with the docs that have it.
type dictionary struct {
	terms []string
	docs  lists
}

// of is the docs that have the term.
func (d *dictionary) of(term string) []uint32 {
	i, found := slices.BinarySearch(d.terms, term)
	if !found {
		return nil
	}
	return d.docs.list(uint32(i))
}

// beginning is the range of terms that begin with prefix.
func (d *dictionary) beginning(prefix string) span {
	lo, _ := slices.BinarySearch(d.terms, prefix)
	// All that begin with it stand together, and what follows them is greater than
	// each string that begins with it.
	n, _ := slices.BinarySearchFunc(d.terms[lo:], prefix, func(term, prefix string) int {
		if strings.HasPrefix(term, prefix) {
			return -1
		}
		return 1
	})
	return span{uint32(lo), uint32(lo + n)}
}

// sizeOf is how many docs a range of terms has, those with several counted so often.
func (d *dictionary) sizeOf(s span) int { return int(d.docs.start[s.end] - d.docs.start[s.begin]) }

// span is numbers from begin on, end not included.
type span struct{ begin, end uint32 }

// collector makes a dictionary from the terms of one doc after the other.
type collector struct {
	numbers map[string]uint32 // by coming
	count   []uint32          // of docs, by number
	start   []uint32          // of each doc in given
	given   []uint32
}

func newCollector() *collector { return &collector{numbers: map[string]uint32{}} }

func (c *collector) add(terms []string) {
	c.start = append(c.start, uint32(len(c.given)))
	for _, term := range terms {
		n, ok := c.numbers[term]
		if !ok {
			n = uint32(len(c.count))
			c.numbers[strings.Clone(term)] = n // term may be a little part of much text
			c.count = append(c.count, 0)
		}
		c.count[n]++
		c.given = append(c.given, n)
	}
}

func (c *collector) dictionary() dictionary {
	d := dictionary{terms: make([]string, 0, len(c.numbers))}
	for term := range c.numbers {
		d.terms = append(d.terms, term)
	}
	slices.Sort(d.terms)
	d.docs = lists{make([]uint32, len(d.terms)+1), make([]uint32, len(c.given))}
	next := make([]uint32, len(d.terms)) // by number of coming
	for i, term := range d.terms {
		n := c.numbers[term]
		next[n] = d.docs.start[i]
		d.docs.start[i+1] = d.docs.start[i] + c.count[n]
	}
	for doc, from := range c.start {
		to := uint32(len(c.given))
		if doc+1 < len(c.start) {
			to = c.start[doc+1]
		}
		for _, n := range c.given[from:to] {
			d.docs.all[next[n]] = uint32(doc)
			next[n]++
		}
	}
	return d
}
