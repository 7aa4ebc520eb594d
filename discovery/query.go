package discovery

import (
	"time"

	"corner/catalog"
	"corner/geo"
)

// Sort is the order of hits.
type Sort string

// The orders. Ties are broken by the place's id, so an order is total.
const (
	ByDistance Sort = "distance" // nearest first
	ByRating   Sort = "rating"   // best Rating.Score first, then nearest
)

// Query is what is asked of an Index: places within Radius of Center, of a
// category, whose text matches, open at a moment.
type Query struct {
	Center   geo.Point
	Radius   geo.Metres // 0 < Radius ≤ MaxRadius
	Text     Text       // zero: any
	Category string     // a key of catalog.Categories, found under it and below; "": any
	OpenAt   time.Time  // zero: at any time, and with unknown hours too
	Sort     Sort
	Limit    int   // 1 … MaxLimit
	After    *Mark // nil: from the first
}

// Bounds of a query.
const (
	MaxRadius geo.Metres = 50_000
	MaxLimit  int        = 100
)

// Mark is the sort key of a hit: where the next page goes on.
type Mark struct {
	Score    int // Rating.Score, 0 unless ByRating
	Distance geo.Metres
	Place    catalog.PlaceID
}

// Before reports whether m comes before o in the order.
func (s Sort) Before(m, o Mark) bool {
	if s == ByRating && m.Score != o.Score {
		return m.Score > o.Score
	}
	if m.Distance != o.Distance {
		return m.Distance < o.Distance
	}
	return m.Place < o.Place
}

// Hit is a listing that was found. It may be the index's own: it must not be changed.
type Hit struct {
	Listing  *Listing
	Distance geo.Metres // from Query.Center, geo.Distance
}

// Mark is the hit's sort key under s.
func (h *Hit) Mark(s Sort) Mark {
	m := Mark{Distance: h.Distance, Place: h.Listing.Place}
	if s == ByRating {
		m.Score = h.Listing.Rating.Score()
	}
	return m
}

// Page is some hits, in order.
type Page struct {
	Hits []Hit
	More bool // there are hits after the last one
}
