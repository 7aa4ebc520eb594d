package catalog

import (
	"time"

	"corner/geo"
	"corner/identity"
)

// PlaceID names a place: "plc_…".
type PlaceID string

// Place is one spot of a merchant that a consumer can find.
type Place struct {
	ID       PlaceID
	Merchant identity.MerchantID // "" for an imported listing that nobody has claimed
	Names    Names
	Category string // a key of Categories
	Location Location
	Address  string
	Phone    string // E.164, "" if not told
	Hours    Hours
	Zone     string // IANA time zone
	State    State
	Source   string // where it was imported from, "osm:node/1"; "" if registered here
	Version  int64  // grows with every change; the ETag

	CreatedAt, UpdatedAt time.Time
}

// Names is what a place is called. Main is as the merchant writes it; Zh and En
// are given where Main is not that language, or is both.
type Names struct{ Main, Zh, En string }

// Location is where a place is, and how we know.
type Location struct {
	Point    geo.Point  // WGS-84, degrees: what everything computes with
	Sent     geo.Point  // as it was sent, in System
	System   geo.System // the coordinate system it was sent in
	Accuracy geo.Metres // horizontal, one standard deviation as phones report it; 0 if not told
}

// measureAgainFrom is the accuracy from which a spot is only approximate and the
// merchant is asked to measure again.
const measureAgainFrom geo.Metres = 50

// Approximate reports whether the spot was measured too coarsely to stand in
// front of the right door.
func (l Location) Approximate() bool { return l.Accuracy > measureAgainFrom }

// State says whether consumers can find a place.
type State string

// The states of a place.
const (
	Drafted   State = "draft"
	Published State = "published"
)

// Missing names, as JSON pointers, what a place needs before it can be published.
// Everything else can wait: the milk-tea stall has no price list.
func (p *Place) Missing() []string {
	var missing []string
	if p.Names.Main == "" {
		missing = append(missing, "/name")
	}
	if p.Category == "" {
		missing = append(missing, "/category")
	}
	if p.Location.System == "" {
		missing = append(missing, "/location")
	}
	if !p.Hours.Known() {
		missing = append(missing, "/hours")
	}
	return missing
}
