package memindex

import "corner/geo"

// fewDocs are not worth finding out which of them are near: the distance tells.
const fewDocs = 64

// locate finds the ranges of docs in the cells of the area, ascending, and how many
// docs they hold.
func (s *search) locate() (near int) {
	s.ranges = s.ranges[:0]
	all := uint32(s.on.len())
	if s.area.Cells == nil || all <= fewDocs {
		s.ranges = append(s.ranges, span{0, all})
		return int(all)
	}
	cells, start := s.on.cells, s.on.start
	at := 0 // in cells
	for _, c := range s.area.Cells {
		first, last := geo.ChildRange(c, geo.FinestRes)
		at += seekCell(cells[at:], first)
		from := at
		at += seekCell(cells[at:], last+1)
		if from == at {
			continue
		}
		r := span{start[from], start[at]}
		near += int(r.end - r.begin)
		if n := len(s.ranges); n > 0 && s.ranges[n-1].end == r.begin {
			s.ranges[n-1].end = r.end
			continue
		}
		s.ranges = append(s.ranges, r)
	}
	return near
}

// seekCell is seek for cells.
func seekCell(cells []geo.Cell, least geo.Cell) int {
	hi := 1
	for hi <= len(cells) && cells[hi-1] < least {
		hi *= 2
	}
	lo, hi := hi/2, min(hi, len(cells))
	for lo < hi {
		if mid := int(uint(lo+hi) >> 1); cells[mid] < least {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}
