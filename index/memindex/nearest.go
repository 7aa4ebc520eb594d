package memindex

import (
	"math"

	"corner/discovery"
	"corner/geo"
)

// node is one of a tree, waiting.
type node struct {
	near2 float64 // bounds.nearest2 of the center
	index uint32
	level uint8
}

// nearest tries the docs of a tree from near to far, and ends where no other can be among
// the best: in the middle of a city, after some dozens of its thousands. The nodes wait
// in a heap with the nearest on top.
func (s *search) nearest(t *tree) {
	s.queue = s.queue[:0]
	top := len(t.levels) - 1
	s.wait(t, top, 0)
	for len(s.queue) > 0 {
		n := s.pop()
		if s.beyond(n.near2) {
			return
		}
		if n.level == 0 {
			s.each(span{n.index * leafDocs, min((n.index+1)*leafDocs, uint32(s.on.len()))})
			continue
		}
		below := t.levels[n.level-1]
		for child := n.index * fanOut; child < min((n.index+1)*fanOut, uint32(len(below))); child++ {
			s.wait(t, int(n.level)-1, child)
		}
	}
}

// wait puts a node into the queue, unless nothing in it can be a hit.
func (s *search) wait(t *tree, level int, index uint32) {
	b := &t.levels[level][index]
	near2 := b.nearest2(&s.region.center)
	if s.beyond(near2) || s.Box != nil && s.region.place(b) == outside {
		return
	}
	s.queue = append(s.queue, node{near2, index, uint8(level)})
	q, i := s.queue, len(s.queue)-1
	for i > 0 && q[i].near2 < q[(i-1)/2].near2 {
		q[i], q[(i-1)/2] = q[(i-1)/2], q[i]
		i = (i - 1) / 2
	}
}

func (s *search) pop() node {
	q := s.queue
	first, last := q[0], len(q)-1
	q[0] = q[last]
	q = q[:last]
	for i := 0; ; {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < last; child++ {
			if q[child].near2 < q[least].near2 {
				least = child
			}
		}
		if least == i {
			break
		}
		q[i], q[least] = q[least], q[i]
		i = least
	}
	s.queue = q
	return first
}

// beyond reports whether nothing as far as that, or farther, can be a hit that is wanted.
func (s *search) beyond(near2 float64) bool {
	if near2 > float64(s.region.radius)*float64(s.region.radius) {
		return true
	}
	if !s.best.full() {
		return false
	}
	last := s.best.last()
	if s.Sort == discovery.ByDistance && s.Band == 0 {
		return near2 > float64(last.distance)*float64(last.distance)
	}
	near := geo.Metres(math.Sqrt(near2))
	if s.Sort == discovery.ByDistance {
		return int64(near/s.Band) > last.first
	}
	// No place is better than the best of all.
	best := discovery.Weigh(false, 0, discovery.Nearness(near), discovery.QualityOf(int(s.on.bestScore)))
	return discovery.RelevanceKey(best) > last.first
}

// matches tries the docs that match the text. Where the nearest are wanted of many, those of the
// nearest leaves come first, and the others are not looked at if they are not needed: reading
// where a doc is waits for memory, and the bounds of its leaf have just been read.
func (s *search) matches(t *tree, all []match) {
	if s.Sort != discovery.ByDistance || s.Band > 0 || s.Facets || s.Box != nil || len(all) < 2*s.best.limit {
		for _, m := range all {
			s.try(m.doc, m.score)
		}
		return
	}
	s.near2 = s.near2[:0]
	for _, m := range all {
		s.near2 = append(s.near2, t.levels[0][m.doc/leafDocs].nearest2(&s.region.center))
	}
	most := float64(s.region.radius) * float64(s.region.radius)
	from, to := -1.0, most*2*float64(s.best.limit)/float64(len(all)) // enough, if they are spread evenly
	for {
		if to > most/2 {
			to = most
		}
		for i, near2 := range s.near2 {
			if from < near2 && near2 <= to {
				s.try(all[i].doc, all[i].score)
			}
		}
		if to == most || s.beyond(to) {
			return
		}
		from, to = to, to*4
	}
}
