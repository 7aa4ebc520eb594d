package memindex

import (
	"cmp"
	"hash/maphash"
	"math"
	"slices"
	"time"

	"corner/catalog"
	"corner/discovery"
	"corner/geo"
	"corner/identity"
)

// segment is live listings in the order of their cells and, in a cell, of their
// ids; a listing's place in that order is its doc. Nothing in it ever changes.
//
// Its columns make 59 bytes a place. The vectors are 24 of them, and worth it: they
// measure exactly without trigonometry and without reading the listing, at 6 ns instead
// of 200.
type segment struct {
	cells []geo.Cell // that hold listings, ascending, at geo.FinestRes
	start []uint32   // where each cell's listings begin, and the end

	at       []geo.Vector
	coarse   []degrees
	category []uint8 // see categoryIndex
	score    []int16 // Rating.Score
	tenths   []uint8 // Rating.Tenths
	able     []abilities
	merchant []uint16 // a hash of it
	schedule []uint32 // in schedules; 0 where nobody has told
	features []uint32 // in featureSets; 0: none
	brand    []uint32 // in brands; 0: none
	listings []*discovery.Listing

	sums        []sum // of coarse, before each leafDocs-th doc, and of all
	bestScore   int16
	perCategory [256]uint32 // how many there are

	shared
	tree  tree
	terms dictionary
}

// degrees is a point to within 5 mm, in parts of 360/2³² of a degree: so differences of
// longitude come out right across the antimeridian.
type degrees struct{ lat, lng int32 }

// sum is latitudes and longitudes added up.
type sum struct{ lat, lng int64 }

const degree = (1 << 32) / 360.0

func degreesOf(p geo.Point) degrees {
	return degrees{int32(math.Round(p.Lat * degree)), int32(int64(math.Round(p.Lng * degree)))}
}

// abilities are what a listing's services come to, by a bit each.
type abilities uint8

const (
	hasServices abilities = 1 << iota
	comesHome             // has a service that is brought to the customer
)

// schedule is opening hours in a zone, once for all listings that have the same. loc is nil
// where the zone is unknown, and no place there is found by opening hours.
type schedule struct {
	loc   *time.Location
	hours *catalog.Hours
}

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

// merchantSeed makes hashes of merchants, the same in all segments.
var merchantSeed = maphash.MakeSeed()

func merchantHash(m identity.MerchantID) uint16 {
	if m == "" {
		return 0
	}
	return uint16(maphash.String(merchantSeed, string(m)))
}
