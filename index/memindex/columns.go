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
	cell   geo.Cell
	number uint32 // among the listings as they came
}

func (l located) compare(o located) int {
	if l.cell != o.cell {
		return cmp.Compare(l.cell, o.cell)
	}
	return cmp.Compare(l.Place, o.Place)
}

// manyListings are worth the work of all processors.
const manyListings = 10_000

// freeze makes a segment of listings. It reads them once, in the order in which they lie in
// memory, and puts what it needs of them in order: the other way round each column
// would wait for memory a million times.
func freeze(listings []*discovery.Listing, tree *catalog.Tree) *segment {
	n := len(listings)
	f := freezer{rows: make([]row, n), sorted: make([]located, n), collector: newCollector(n, tree)}
	var wg sync.WaitGroup
	share := func() {
		f.share(listings)
		for _, l := range listings {
			f.add(l)
		}
	}
	if n > manyListings {
		wg.Go(share)
	} else {
		share()
	}
	for i, l := range listings {
		f.sorted[i] = located{l, cellOf(l), uint32(i)}
		f.rows[i].own(l, tree)
	}
	f.sorted = inOrder(f.sorted)
	wg.Wait()
	return f.segment()
}

// freezer makes a segment.
type freezer struct {
	*collector
	rows   []row // as the listings came
	shared shared
	sorted []located
}

// row is what a segment keeps of a listing in columns.
type row struct {
	at       geo.Vector
	coarse   degrees
	score    int16
	merchant uint16
	category uint8
	tenths   uint8
	able     abilities
	schedule uint32
	features uint32
	brand    uint32
}

// own writes what needs nothing but the listing.
func (r *row) own(l *discovery.Listing, tree *catalog.Tree) {
	r.at = l.Point.Vector()
	r.coarse = degreesOf(l.Point)
	r.category = categoryIndex(tree, l.Category)
	r.score = int16(l.Rating.Score())
	r.tenths = uint8(l.Rating.Tenths())
	r.merchant = merchantHash(l.Merchant)
	for i := range l.Services {
		r.able |= hasServices
		if l.Services[i].AtHome > 0 {
			r.able |= comesHome
		}
	}
}

// shared is values that many listings have in common, to be told by their numbers.
type shared struct {
	schedules   []schedule
	featureSets []features
	brands      []string
}

// features is what a listing has and is like: bits by catalog.AttributeNumber and by
// catalog.TraitNumber.
type features struct{ attributes, traits uint64 }

// share writes the rows' numbers of what they have in common.
func (f *freezer) share(listings []*discovery.Listing) {
	f.shared = shared{[]schedule{{}}, []features{{}}, []string{""}}
	scheduleOf, setOf, brandOf := map[string]uint32{}, map[features]uint32{{}: 0}, map[string]uint32{"": 0}
	var key []byte
	for i, l := range listings {
		if l.Hours.Known() {
			key = appendHours(append(key[:0], l.Zone...), &l.Hours)
			n, ok := scheduleOf[string(key)]
			if !ok {
				n = uint32(len(f.shared.schedules))
				loc, err := walltime.Zone(l.Zone)
				if err != nil {
					loc = nil
				}
				f.shared.schedules, scheduleOf[string(key)] = append(f.shared.schedules, schedule{loc, &l.Hours}), n
			}
			f.rows[i].schedule = n
		}
		if set := (features{attributeSet(l.Attributes), uint64(l.Traits)}); set != (features{}) {
			n, ok := setOf[set]
			if !ok {
				n = uint32(len(f.shared.featureSets))
				f.shared.featureSets, setOf[set] = append(f.shared.featureSets, set), n
			}
			f.rows[i].features = n
		}
		if l.Brand != "" {
			n, ok := brandOf[l.Brand]
			if !ok {
				n = uint32(len(f.shared.brands))
				f.shared.brands, brandOf[l.Brand] = append(f.shared.brands, l.Brand), n
			}
			f.rows[i].brand = n
		}
	}
}

// segment puts everything in order.
func (f *freezer) segment() *segment {
	s := newSegment(len(f.sorted))
	s.shared = f.shared
	var wg sync.WaitGroup
	columns := func() {
		s.fill(f.rows, f.sorted)
		s.tree = newTree(s.at)
	}
	if s.len() > manyListings {
		wg.Go(columns)
	} else {
		columns()
	}
	numbers := make([]uint32, len(f.sorted))
	for doc := range f.sorted {
		numbers[doc] = f.sorted[doc].number
	}
	s.terms = f.dictionary(numbers)
	wg.Wait()
	return s
}

func newSegment(n int) *segment {
	return &segment{
		at:       make([]geo.Vector, n),
		coarse:   make([]degrees, n),
		category: make([]uint8, n),
		score:    make([]int16, n),
		tenths:   make([]uint8, n),
		able:     make([]abilities, n),
		merchant: make([]uint16, n),
		schedule: make([]uint32, n),
		features: make([]uint32, n),
		brand:    make([]uint32, n),
		sums:     make([]sum, 0, (n+leafDocs-1)/leafDocs+1),
		listings: make([]*discovery.Listing, n),
	}
}

// fill writes the columns.
func (s *segment) fill(rows []row, sorted []located) {
	var all sum
	for doc, l := range sorted {
		if n := len(s.cells); n == 0 || s.cells[n-1] != l.cell {
			s.cells, s.start = append(s.cells, l.cell), append(s.start, uint32(doc))
		}
		r := &rows[l.number]
		s.at[doc], s.coarse[doc] = r.at, r.coarse
		s.category[doc], s.score[doc], s.tenths[doc], s.able[doc] = r.category, r.score, r.tenths, r.able
		s.merchant[doc], s.schedule[doc], s.features[doc], s.brand[doc] = r.merchant, r.schedule, r.features, r.brand
		s.listings[doc] = l.Listing
		s.bestScore = max(s.bestScore, r.score)
		s.perCategory[r.category]++
		if doc%leafDocs == 0 {
			s.sums = append(s.sums, all)
		}
		all.lat += int64(r.coarse.lat)
		all.lng += int64(r.coarse.lng)
	}
	s.sums = append(s.sums, all)
	s.start = append(s.start, uint32(len(sorted)))
	s.cells, s.start = slices.Clone(s.cells), slices.Clone(s.start) // without the room they grew in
}

// inOrder sorts, on two processors if there is much.
func inOrder(all []located) []located {
	if len(all) < manyListings {
		slices.SortFunc(all, located.compare)
		return all
	}
	half := len(all) / 2
	var wg sync.WaitGroup
	wg.Go(func() { slices.SortFunc(all[:half], located.compare) })
	slices.SortFunc(all[half:], located.compare)
	wg.Wait()
	a, b := all[:half], all[half:]
	both := make([]located, 0, len(all))
	for len(a) > 0 && len(b) > 0 {
		if a[0].compare(b[0]) < 0 {
			both, a = append(both, a[0]), a[1:]
		} else {
			both, b = append(both, b[0]), b[1:]
		}
	}
	return append(append(both, a...), b...)
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
	b = binary.LittleEndian.AppendUint32(b, uint32(h.Closure.From))
	b = binary.LittleEndian.AppendUint32(b, uint32(h.Closure.Until))
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
