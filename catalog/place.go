package catalog

import (
	"time"

	"corner/identity"
)

// PlaceID names a place: "plc_…". Who acts may be limited to some of them, so identity knows the word.
type PlaceID = identity.PlaceID

// Place is one spot of a merchant that a consumer can find.
type Place struct {
	ID       PlaceID
	Merchant identity.MerchantID // "" for an imported listing that nobody has claimed
	Names    Names
	Branch   string // which one of a chain's, "朝阳店"; "" if nothing tells it apart
	Brand    string // a brand's key, "" for none
	Category string // a key of the Tree, "" while a draft has none
	Location Location
	Address  string
	Phone    string // E.164, "" if not told
	Hours    Hours
	Zone     string // IANA time zone, "" while there is no location
	State    State
	// Attributes are keys of the list Attributes, sorted, each once.
	Attributes []string
	Traits     TraitSet // what it is like, of the list Traits
	// NotDuplicateOf is the places that look like it and are not, as its merchant says.
	NotDuplicateOf []PlaceID
	Source         string  // where it was imported from, "osm:node/1"; "" if registered here
	Claim          ClaimID // by which its merchant holds it, while that is not proved; "" otherwise
	MergedInto     PlaceID // the place that this one is an alias of, "" for none
	// StarsHeld says that it was renamed or moved so that its stars may be another shop's: it shows
	// none until an operator has looked.
	StarsHeld bool
	Version   int64 // grows with every change; the ETag

	CreatedAt, UpdatedAt time.Time
}

// Names is what a place is called. Main is as the merchant writes it; Zh and En
// are given where Main is not that language, or is both.
type Names struct{ Main, Zh, En string }

// State says whether consumers can find a place.
type State string

// The states of a place.
const (
	Drafted   State = "draft"
	Published State = "published"
	InReview  State = "in_review" // was to be published, and waits for an operator
	Hidden    State = "hidden"    // by an operator; its own people see it
	Merged    State = "merged"    // an alias of MergedInto
	Suspended State = "suspended" // was published when its merchant was suspended
)
