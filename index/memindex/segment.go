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
	cells    []geo.Cell // of each doc
	listings []*discovery.Listing
	terms    [][]string
}

func (s *segment) len() int { return len(s.listings) }

// cellOf is the cell a listing is ordered by.
func cellOf(l *discovery.Listing) geo.Cell { return geo.CellAt(l.Point, geo.FinestRes) }

// find is the doc of exactly this reading of a listing.
func (s *segment) find(cell geo.Cell, l *discovery.Listing) (doc uint32, found bool) {
	lo, _ := slices.BinarySearch(s.cells, cell)
	hi, _ := slices.BinarySearch(s.cells, cell+1)
	i, _ := slices.BinarySearchFunc(s.listings[lo:hi], l.Place, func(a *discovery.Listing, id catalog.PlaceID) int {
		return cmp.Compare(a.Place, id)
	})
	i += lo
	return uint32(i), i < hi && s.listings[i] == l
}

// located is a listing with its cell, for sorting.
type located struct {
	*discovery.Listing
	cell geo.Cell
}

func (l located) compare(o located) int {
	return cmp.Or(cmp.Compare(l.cell, o.cell), cmp.Compare(l.Place, o.Place))
}

// freeze makes a segment of listings.
func freeze(listings []*discovery.Listing) *segment {
	sorted := make([]located, len(listings))
	for i, l := range listings {
		sorted[i] = located{l, cellOf(l)}
	}
	slices.SortFunc(sorted, located.compare)
	s := new(segment)
	for _, l := range sorted {
		s.cells = append(s.cells, l.cell)
		s.listings = append(s.listings, l.Listing)
		s.terms = append(s.terms, discovery.TermsOf(l.Listing))
	}
	return s
}
