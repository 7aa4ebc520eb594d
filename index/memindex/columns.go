package memindex

import (
	"cmp"
	"encoding/binary"
	"slices"
	"sync"

	"corner/catalog"
	"corner/discovery"
	"corner/geo"
	"corner/walltime"
)

// located is a listing with its cell, for sorting.
type located struct {
	*discovery.Listing
	cell geo.Cell
}

func (l located) compare(o located) int {
	if l.cell != o.cell {
		return cmp.Compare(l.cell, o.cell)
	}
	return cmp.Compare(l.Place, o.Place)
}

// freeze makes a segment of listings.
func freeze(listings []*discovery.Listing) *segment {
	sorted := make([]located, len(listings))
	parallel(len(listings), func(lo, hi int) {
		for i, l := range listings[lo:hi] {
			sorted[lo+i] = located{l, cellOf(l)}
		}
	})
	return freezeSorted(inOrder(sorted))
}

// inOrder sorts, on two processors if there is much.
func inOrder(all []located) []located {
	if len(all) < 10_000 {
		slices.SortFunc(all, located.compare)
		return all
	}
	half := len(all) / 2
	var wg sync.WaitGroup
	wg.Go(func() { slices.SortFunc(all[:half], located.compare) })
	slices.SortFunc(all[half:], located.compare)
	wg.Wait()
	return merged(all[:half], all[half:])
}

func merged(a, b []located) []located {
	both := make([]located, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0].compare(b[0]) < 0 {
			both, a = append(both, a[0]), a[1:]
		} else {
			both, b = append(both, b[0]), b[1:]
		}
	}
	return append(append(both, a...), b...)
}

// freezeSorted makes a segment of listings that are in order.
func freezeSorted(sorted []located) *segment {
	s := newSegment(len(sorted))
	var wg sync.WaitGroup
	work := func() {
		s.fill(sorted)
		s.tree = newTree(s.at)
		s.share()
	}
	if len(sorted) >= 10_000 {
		wg.Go(work)
	} else {
		work()
	}
	s.terms = collect(sorted)
	wg.Wait()
	return s
}

func newSegment(n int) *segment {
	return &segment{
		at: make([]geo.Vector, n), coarse: make([]degrees, n), category: make([]uint8, n), score: make([]int16, n), tenths: make([]uint8, n),
		traits: make([]traits, n), merchant: make([]uint16, n), schedule: make([]uint32, n), attributes: make([]uint32, n), brand: make([]uint32, n),
		sums: make([]sum, 0, (n+leafDocs-1)/leafDocs+1), listings: make([]*discovery.Listing, n),
	}
}

// fill writes the columns that need nothing but the listing.
func (s *segment) fill(sorted []located) {
	var all sum
	for doc, l := range sorted {
		if n := len(s.cells); n == 0 || s.cells[n-1] != l.cell {
			s.cells, s.start = append(s.cells, l.cell), append(s.start, uint32(doc))
		}
		s.at[doc] = l.Point.Vector()
		s.coarse[doc] = degreesOf(l.Point)
		if doc%leafDocs == 0 {
			s.sums = append(s.sums, all)
		}
		all.lat += int64(s.coarse[doc].lat)
		all.lng += int64(s.coarse[doc].lng)
		s.category[doc] = categoryIndex(l.Category)
		s.score[doc] = int16(l.Rating.Score())
		s.bestScore = max(s.bestScore, s.score[doc])
		s.tenths[doc] = uint8(l.Rating.Tenths())
		s.merchant[doc] = merchantHash(l.Merchant)
		for i := range l.Services {
			s.traits[doc] |= hasServices
			if l.Services[i].AtHome > 0 {
				s.traits[doc] |= comesHome
			}
		}
		s.listings[doc] = l.Listing
	}
	s.sums = append(s.sums, all)
	s.start = append(s.start, uint32(len(sorted)))
	s.cells, s.start = slices.Clone(s.cells), slices.Clone(s.start) // without the room they grew in
}

// share writes the columns whose values many listings have in common, as numbers.
func (s *segment) share() {
	s.schedules, s.attributeSets, s.brands = []schedule{{}}, []uint64{0}, []string{""}
	scheduleOf, setOf, brandOf := map[string]uint32{}, map[uint64]uint32{0: 0}, map[string]uint32{"": 0}
	var key []byte
	for doc, l := range s.listings {
		if l.Hours.Known() {
			key = appendHours(append(key[:0], l.Zone...), &l.Hours)
			n, ok := scheduleOf[string(key)]
			if !ok {
				n = uint32(len(s.schedules))
				loc, err := walltime.Zone(l.Zone)
				if err != nil {
					loc = nil
				}
				s.schedules, scheduleOf[string(key)] = append(s.schedules, schedule{loc, &l.Hours}), n
			}
			s.schedule[doc] = n
		}
		set := attributeSet(l.Attributes)
		n, ok := setOf[set]
		if !ok {
			n = uint32(len(s.attributeSets))
			s.attributeSets, setOf[set] = append(s.attributeSets, set), n
		}
		s.attributes[doc] = n
		if n, ok = brandOf[l.Brand]; !ok {
			n = uint32(len(s.brands))
			s.brands, brandOf[l.Brand] = append(s.brands, l.Brand), n
		}
		s.brand[doc] = n
	}
}

// appendHours writes hours so that equal ones are equal, and no others.
func appendHours(b []byte, h *catalog.Hours) []byte {
	day := func(intervals []catalog.Interval) {
		b = append(b, byte(len(intervals)))
		for _, i := range intervals {
			b = binary.LittleEndian.AppendUint16(b, uint16(i.Opens))
			b = binary.LittleEndian.AppendUint16(b, uint16(i.Closes))
		}
	}
	b = append(b, 0) // ends the zone's name
	for _, intervals := range h.Weekly {
		day(intervals)
	}
	for _, e := range h.Exceptions {
		b = binary.LittleEndian.AppendUint64(b, uint64(e.Day))
		day(e.Intervals)
	}
	return b
}

// attributeSet is attributes as a set, one that the catalogue does not know left out.
func attributeSet(keys []string) (set uint64) {
	for _, key := range keys {
		if n, ok := catalog.AttributeNumber(key); ok {
			set |= 1 << n
		}
	}
	return set
}
