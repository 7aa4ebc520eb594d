package memindex

import (
	"math"

	"corner/discovery"
	"corner/geo"
)

// run searches the parts. Where the nearest few are wanted of very many, it tries a
// smaller disc first: when that holds more hits than wanted, no other is nearer.
func (s *search) run(parts []part) {
	whole := s.area
	for r := s.narrower(parts); r < s.Radius/2; r *= 2 {
		area := geo.Cover(s.Center, r)
		s.area, s.reach = &area, r
		s.all(parts)
		if s.best.more {
			return
		}
		s.best.begin(s.Limit)
	}
	s.area, s.reach = whole, s.Radius
	s.all(parts)
}

// plenty is how many times as many hits as wanted the smaller disc should hold, for
// a town is not evenly dense.
const plenty = 4

// narrower is the radius of a disc that should hold plenty of hits; Radius where
// trying one would not pay.
func (s *search) narrower(parts []part) geo.Metres {
	if s.Sort != discovery.ByDistance || !s.Text.Any() {
		return s.Radius // a text is rare enough by itself, as a rule
	}
	hits := 0.0
	for _, p := range parts {
		s.on = p
		hits += float64(s.locate()) * float64(p.ofKind(s.kinds)) / float64(p.len())
	}
	if !s.OpenAt.IsZero() {
		hits /= 2
	}
	part := plenty * float64(s.Limit+1) / (hits + 1)
	if part > 0.25 {
		return s.Radius
	}
	from := geo.Metres(0)
	if s.After != nil {
		from = s.After.Distance
	}
	return geo.Metres(math.Sqrt(float64(from*from + s.Radius*s.Radius*geo.Metres(part))))
}
