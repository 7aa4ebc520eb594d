package discovery

import (
	"math"
	"time"

	"corner/catalog"
	"corner/geo"
	"corner/identity"
	"corner/money"
)

// Sort is the order of hits.
type Sort string

// The orders. Ties go by distance and then by the place's id, so an order is total.
const (
	ByDistance  Sort = "distance"  // nearest first; with Query.Band, best Rating.Score first among those of one band
	ByRelevance Sort = "relevance" // highest Relevance first
	ByRating    Sort = "rating"    // best Rating.Score first
	ByPrice     Sort = "price"     // lowest price in Filter.Price.Currency first, those without one last
)

// Query is what is asked of an Index: places around a point or in a box, whose text
// matches, that pass a filter.
type Query struct {
	Center   geo.Point     // distances are from here
	Radius   geo.Metres    // 0 < Radius ≤ MaxRadius; with a Box, of no meaning
	Box      *geo.Box      // not nil: places in it, however far from Center
	Text     Text          // zero: any
	Category string        // a key of the Tree, found under it and below; "": any
	Tree     *catalog.Tree // the categories that there are; nil: catalog.BuiltIn
	Filter   Filter
	Sort     Sort
	Band     geo.Metres // ByDistance: distances in one band count as equal; 0: none do
	Limit    int        // 1 … MaxLimit
	After    *Mark      // nil: from the first
	Facets   bool       // count, too
	Pin      string     // Page.Pin of the page before; "": none
	Single   bool       // nobody will ask for a page after this one: no state need be kept
}

// Filter is what a place must be like. The zero Filter lets everything pass.
type Filter struct {
	// OpenFrom, if not zero, is when the place must be open; and, if OpenTill is not
	// zero, all the time until then (catalog.Hours.OpenDuring). Unknown hours do not pass.
	OpenFrom, OpenTill time.Time
	Price              PriceRange
	Tenths             int      // Rating.Tenths at least; 0: any, and none too
	AtHome             bool     // has a service that is brought to Query.Center
	Attributes         []string // keys of catalog.Attributes; has all of them
	Traits             []string // words of catalog.Traits; of each trait that is named, has one of its values
	Brand              string   // "": any
	Merchant           identity.MerchantID
	Except             catalog.PlaceID // a place not wanted
}

// PriceRange asks for a service whose price, or some price of its range, is from Min to
// Max minor units. Without a Currency it asks nothing.
type PriceRange struct {
	Currency money.Currency
	Min, Max int64
}

// Overlaps reports whether an offering's price is in the range.
func (r PriceRange) Overlaps(o *Offering) bool {
	return r.Currency == o.Price.Currency && o.Price.Minor <= r.Max && max(o.Price.Minor, o.PriceTo.Minor) >= r.Min
}

// Bounds of a query.
const (
	MaxRadius geo.Metres = 50_000
	MaxLimit  int        = 100
)

// Area is the cells to look in.
func (q *Query) Area() geo.Area {
	if q.Box != nil {
		return geo.CoverBox(*q.Box)
	}
	return geo.Cover(q.Center, q.Radius)
}

// Mark is the sort key of a hit: where the next page goes on. Marks compare by their
// fields in order, the smaller first.
type Mark struct {
	First, Second int64
	Distance      geo.Metres
	Place         catalog.PlaceID
}

// Before reports whether m comes before o in the order.
func (m Mark) Before(o Mark) bool {
	switch {
	case m.First != o.First:
		return m.First < o.First
	case m.Second != o.Second:
		return m.Second < o.Second
	case m.Distance != o.Distance:
		return m.Distance < o.Distance
	}
	return m.Place < o.Place
}

// Mark is the hit's sort key under the query's order.
func (q *Query) Mark(h *Hit) Mark {
	m := Mark{Distance: h.Distance, Place: h.Listing.Place}
	switch {
	case q.Sort == ByDistance && q.Band > 0:
		m.First, m.Second = int64(h.Distance/q.Band), -int64(h.Listing.Rating.Score())
	case q.Sort == ByRating:
		m.First = -int64(h.Listing.Rating.Score())
	case q.Sort == ByPrice:
		m.First = h.Listing.LeastPrice(q.Filter.Price.Currency)
	case q.Sort == ByRelevance:
		m.First = RelevanceKey(h.Relevance)
	}
	return m
}

// NoPrice is the LeastPrice of a listing without one.
const NoPrice int64 = math.MaxInt64

// LeastPrice is the lowest price of the listing's services in a currency, in minor
// units; NoPrice without one.
func (l *Listing) LeastPrice(c money.Currency) int64 {
	least := NoPrice
	for i := range l.Services {
		if p := l.Services[i].Price; p.Currency == c {
			least = min(least, p.Minor)
		}
	}
	return least
}

// RelevanceKey is a Relevance as a Mark's First: in millionths, the highest first.
func RelevanceKey(relevance float64) int64 { return -int64(math.Round(relevance * 1e6)) }

// Hit is a listing that was found. It may be the index's own: it must not be changed.
type Hit struct {
	Listing   *Listing
	Distance  geo.Metres // from Query.Center, geo.Distance
	Relevance float64    // of ByRelevance alone, else 0
}

// Page is some hits, in order.
type Page struct {
	Hits   []Hit
	More   bool    // there are hits after the last one
	Facets *Facets // if they were asked for
	// Pin, if not "", is what the index wants to be told with the query for the next page,
	// to answer it from the state in which it answered this one. It may have forgotten by
	// then, and answers from the present state.
	Pin string
}

// Facets counts everything that a query finds, on all pages together. Lists are the
// highest counts first, then by key, without zeros, at most MaxFacet long.
type Facets struct {
	Total      int
	Categories []Count // each category and all above it
	Attributes []Count
	Traits     []Count // by their words
	Brands     []Count
	Tenths     []Count // for "30", "35", "40" and "45": rated so or better
}

// MaxFacet bounds the lists of Facets.
const MaxFacet = 50

// TenthsSteps are the ratings, in tenths of a star, that Facets count.
var TenthsSteps = [...]int{30, 35, 40, 45}

// Count is how many places have what the key names.
type Count struct {
	Key string
	N   int
}

// MapQuery asks what to draw on a map.
type MapQuery struct {
	Box      geo.Box
	Center   geo.Point // for Filter.AtHome
	Res      int       // of the cells, 0 … geo.FinestRes
	Text     Text
	Category string
	Tree     *catalog.Tree // as a Query's
	Filter   Filter
	Limit    int // 1 … MaxClusters; the largest clusters are kept
}

// MaxClusters bounds the clusters of an answer.
const MaxClusters = 2_000

// Cluster is the places of one cell that a MapQuery finds.
type Cluster struct {
	Cell geo.Cell
	N    int
	// Point is the mean of their latitudes and longitudes (counted from the cell's centre, for
	// the antimeridian's sake), exact to 10 m.
	Point geo.Point
	Only  *Listing // if N is 1
}
