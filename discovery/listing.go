package discovery

import (
	"time"

	"corner/catalog"
	"corner/geo"
	"corner/identity"
	"corner/money"
	"corner/reviews"
)

// Listing is one place as a consumer finds it.
type Listing struct {
	Place   catalog.PlaceID
	Version int64 // the number of this reading; 1 and up
	// Live is false once the place is not to be found any more; the index keeps the
	// version, so that an older reading cannot bring it back. It stands beside the other
	// truths: apart, they would cost a million listings 64 MB.
	Live        bool
	Approximate bool // the spot was measured worse than 50 m
	Claimed     bool // a merchant owns it

	Source     string // where it was imported from, "osm:node/1"; "" if registered here
	Names      catalog.Names
	Category   string // a key of the catalog.Tree
	Point      geo.Point
	Address    string
	Phone      string
	Hours      catalog.Hours
	Zone       string              // IANA
	Merchant   identity.MerchantID // who owns it, "" for nobody; places of one are a chain
	Brand      string              // a key of the catalogue's brands, "" for none
	Attributes []string            // keys of catalog.Attributes, sorted
	Traits     catalog.TraitSet
	Entrance   geo.Point // apart from Point; zero: not told
	Photo      string    // the cover's id, "" for none
	Rating     reviews.Rating
	Services   []Offering // the first MaxOfferings by time of making
}

// MaxOfferings bounds the services carried in a listing.
const MaxOfferings = 50

// Offering is a service as a listing shows it.
type Offering struct {
	ID       catalog.ServiceID
	Name     string
	Price    money.Amount // or the least of a range
	PriceTo  money.Amount // the most of a range; zero: Price is all
	Duration time.Duration
	Bookable bool
	AtHome   geo.Metres // how far from the place it is brought to the customer; 0: at the place only
}
