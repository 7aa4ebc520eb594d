package memindex

import "slices"

// unionCost is how many times as long it takes to collect and sort a doc of several
// lists as to look at one in the ranges; seekCost, to find a range in a list.
const (
	unionCost = 3
	seekCost  = 2
)

// unionSize is about the work of docsOf.
func (s *search) unionSize(w span, near int) int {
	all := s.on.words.sizeOf(w)
	within := all * near / s.on.len()
	return min(all, within+seekCost*len(s.ranges)*int(w.end-w.begin))
}

// docsOf is the docs that have a word of a span, ascending: all those in the
// ranges, and perhaps some more.
func (s *search) docsOf(w span) []uint32 {
	s.union = s.union[:0]
	for word := w.begin; word < w.end; word++ {
		docs := s.on.words.docs.list(word)
		if len(docs) <= seekCost*len(s.ranges) {
			s.union = append(s.union, docs...)
			continue
		}
		for _, r := range s.ranges {
			docs = docs[seek(docs, r.begin):]
			n := seek(docs, r.end)
			s.union = append(s.union, docs[:n]...)
			docs = docs[n:]
		}
	}
	if w.end-w.begin > 1 {
		slices.Sort(s.union)
		s.union = slices.Compact(s.union)
	}
	return s.union
}

// anyWithin reports whether any of ascending numbers is in the span.
func anyWithin(ascending []uint32, s span) bool {
	i, _ := slices.BinarySearch(ascending, s.begin)
	return i < len(ascending) && ascending[i] < s.end
}

// seek is the first place of an ascending list with a number not less than least.
// It looks near the beginning first.
func seek(list []uint32, least uint32) int {
	hi := 1
	for hi <= len(list) && list[hi-1] < least {
		hi *= 2
	}
	lo := hi / 2
	i, _ := slices.BinarySearch(list[lo:min(hi, len(list))], least)
	return lo + i
}
