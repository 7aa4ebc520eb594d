package discovery

import (
	"time"

	"corner/catalog"
	"corner/geo"
	"corner/money"
	"corner/reviews"
)

// Listing is one place as a consumer finds it.
type Listing struct {
	Place   catalog.PlaceID
	Version int64 // the number of this reading; 1 and up
	// Live is false once the place is not to be found any more; the index keeps the
	// version, so that an older reading cannot bring it back.
	Live bool

	Source      string // where it was imported from, "osm:node/1"; "" if registered here
	Names       catalog.Names
	Category    string // a key of catalog.Categories
	Point       geo.Point
	Approximate bool // the spot was measured worse than 50 m
	Address     string
	Phone       string
	Hours       catalog.Hours
	Zone        string // IANA
	Claimed     bool   // a merchant owns it
	Rating      reviews.Rating
	Services    []Offering // the first MaxOfferings by time of making
}

// MaxOfferings bounds the services carried in a listing.
const MaxOfferings = 50

// Offering is a service as a listing shows it.
type Offering struct {
	ID       catalog.ServiceID
	Name     string
	Price    money.Amount
	Duration time.Duration
	Bookable bool
}
