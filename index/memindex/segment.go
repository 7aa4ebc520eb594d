package memindex

import (
	"cmp"
	"slices"

	"corner/catalog"
	"corner/discovery"
	"corner/geo"
)

// segment is live listings in the order of their cells and, in a cell, of their
// ids; a listing's place in that order is its doc. Nothing in it ever changes.
type segment struct {
	cells []geo.Cell // that hold listings, ascending, at geo.FinestRes
	start []uint32   // where each cell's listings begin, and the end

	at       []geo.Vector
	category []uint8 // in catalog.Categories, or noCategory
	score    []int32
	zone     []uint16 // in zones
	hours    []uint32 // in weeks; 0 where nobody has told
	listings []*discovery.Listing

	perCategory [256]uint32

	zones []zone
	weeks []week

	grams   dictionary
	words   dictionary
	wordsOf lists // of a doc, the words, ascending
}

// week is opening hours, once for all listings that have the same.
type week struct {
	text  string // as Hours.MarshalText writes it
	hours catalog.Hours
}

const noCategory = 255

func (s *segment) len() int { return len(s.listings) }

// cellOf is the cell a listing is ordered by.
func cellOf(l *discovery.Listing) geo.Cell { return geo.CellAt(l.Point, geo.FinestRes) }

// find is the doc of exactly this reading of a listing.
func (s *segment) find(cell geo.Cell, l *discovery.Listing) (doc uint32, found bool) {
	c, found := slices.BinarySearch(s.cells, cell)
	if !found {
		return 0, false
	}
	lo, hi := s.start[c], s.start[c+1]
	i, _ := slices.BinarySearchFunc(s.listings[lo:hi], l.Place, func(a *discovery.Listing, id catalog.PlaceID) int {
		return cmp.Compare(a.Place, id)
	})
	doc = lo + uint32(i)
	return doc, doc < hi && s.listings[doc] == l
}

// ofKind is how many listings are of one of the kinds.
func (s *segment) ofKind(k *kinds) (n int) {
	for c, is := range k {
		if is {
			n += int(s.perCategory[c])
		}
	}
	return n
}

// columns collects a segment's columns, listing by listing in the segment's order.
type columns struct {
	segment
	zoneOf map[string]uint16
	weekOf map[string]uint32
}

func newColumns(n int) *columns {
	c := &columns{zoneOf: map[string]uint16{}, weekOf: map[string]uint32{"": 0}}
	c.at = make([]geo.Vector, 0, n)
	c.category = make([]uint8, 0, n)
	c.score = make([]int32, 0, n)
	c.zone = make([]uint16, 0, n)
	c.hours = make([]uint32, 0, n)
	c.listings = make([]*discovery.Listing, 0, n)
	c.weeks = []week{{}}
	return c
}

// located is a listing with its cell, for sorting.
type located struct {
	*discovery.Listing
	cell geo.Cell
}

func (l located) compare(o located) int {
	return cmp.Or(cmp.Compare(l.cell, o.cell), cmp.Compare(l.Place, o.Place))
}

func (c *columns) add(l located, at geo.Vector, category uint8, z zone, w week) {
	doc := uint32(len(c.listings))
	if n := len(c.cells); n == 0 || c.cells[n-1] != l.cell {
		c.cells, c.start = append(c.cells, l.cell), append(c.start, doc)
	}
	zi, ok := c.zoneOf[z.name]
	if !ok {
		zi = uint16(len(c.zones))
		c.zones, c.zoneOf[z.name] = append(c.zones, z), zi
	}
	wi, ok := c.weekOf[w.text]
	if !ok {
		wi = uint32(len(c.weeks))
		c.weeks, c.weekOf[w.text] = append(c.weeks, w), wi
	}
	c.at = append(c.at, at)
	c.category = append(c.category, category)
	c.perCategory[category]++
	c.score = append(c.score, int32(l.Rating.Score()))
	c.zone = append(c.zone, zi)
	c.hours = append(c.hours, wi)
	c.listings = append(c.listings, l.Listing)
}

// seal ends the columns with their terms.
func (c *columns) seal(grams, words dictionary) *segment {
	s := c.segment
	s.start = append(s.start, uint32(len(s.listings)))
	s.grams, s.words = grams, words
	s.wordsOf = words.docs.transposed(len(s.listings))
	return &s
}

// freeze makes a segment of listings.
func (ix *Index) freeze(listings []*discovery.Listing) *segment {
	sorted := make([]located, len(listings))
	for i, l := range listings {
		sorted[i] = located{l, cellOf(l)}
	}
	slices.SortFunc(sorted, located.compare)
	c := newColumns(len(sorted))
	grams, words := newCollector(), newCollector()
	for _, l := range sorted {
		text, _ := l.Hours.MarshalText() // never fails
		c.add(l, l.Point.Vector(), categoryIndex(l.Category), zoneOf(l.Zone), week{string(text), l.Hours})
		terms := discovery.TermsOf(l.Listing)
		grams.add(terms.Grams)
		words.add(terms.Words)
	}
	return c.seal(grams.dictionary(), words.dictionary())
}
