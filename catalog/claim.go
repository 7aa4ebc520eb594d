package catalog

import (
	"time"

	"corner/geo"
	"corner/identity"
)

// ClaimID names a claim: "clm_…".
type ClaimID string

// ClaimState says how far a claim is.
type ClaimState string

// The states of a claim. While it is open or shown, the place is its merchant's and is shown as
// "claimed, not yet verified".
const (
	ClaimOpen     ClaimState = "open"     // nothing was shown yet
	ClaimShown    ClaimState = "shown"    // evidence waits for an operator
	ClaimVerified ClaimState = "verified" // proved
	ClaimRefused  ClaimState = "refused"  // by an operator; who made it does not get the place again
	ClaimLapsed   ClaimState = "lapsed"   // nothing was shown in ClaimFor
)

// ClaimFor is how long a claim may stay open without anything being shown for it.
const ClaimFor = 14 * 24 * time.Hour

// Claim says that a place is a merchant's.
type Claim struct {
	ID       ClaimID
	Place    PlaceID
	Merchant identity.MerchantID
	By       identity.UserID
	State    ClaimState
	Phone    string   // E.164: the listing's, if a code can be sent there; "" if not
	Evidence Evidence // zero: none was shown
	Seq      int64    // the last revision of the place before it: what came after is taken back with it
	Reason   string   // of who settled it, "" if they gave none

	SettledBy            identity.UserID // "" for the claimer's own proof and for the clock
	SettledAt, CreatedAt time.Time       // SettledAt is zero while it is open or shown
}

// Settled reports whether nothing more is to come of the claim.
func (c *Claim) Settled() bool { return !c.SettledAt.IsZero() }

// Evidence is what is shown for a claim where no code can be sent. It is a stored format.
type Evidence struct {
	Text     string     `json:"text,omitempty"`
	Licence  string     `json:"licence,omitempty"` // the number of the business licence
	Photos   []string   `json:"photos,omitempty"`  // ids of photos of the place
	Spot     *geo.Point `json:"spot,omitempty"`    // where the phone was, WGS-84
	Accuracy geo.Metres `json:"accuracy_m,omitempty"`
	Distance geo.Metres `json:"distance_m,omitempty"` // of Spot from the place
}

// Given reports whether anything is shown.
func (e *Evidence) Given() bool {
	return e.Text != "" || e.Licence != "" || len(e.Photos) > 0 || e.Spot != nil
}

// Bounds of evidence.
const (
	MaxEvidence       = 2_000 // characters of the text
	MaxLicence        = 60    // characters
	MaxEvidencePhotos = 10

	// besides is how far from the place a phone may measure that is to prove it stands there.
	besides geo.Metres = 50
)

// Dossier is a place with what was claimed of it and what happened to it, as one transaction sees
// it. What a change alters of Place, Claims and Services is saved.
type Dossier struct {
	Around

	Place  Place
	Claims []Claim // the latest first; a new one may be put before them
	Seq    int64   // the last revision of the place's history
	// Unsettled is how many claims the counted person has that are not settled.
	Unsettled int
	// Since is the revisions after the given one, the earliest first.
	Since func(seq int64) ([]Revision, error)
	// Load reads Services.
	Load     func() error
	Services []Service // retired ones, too
}

// claim is the claim of that id.
func (d *Dossier) claim(id ClaimID) *Claim {
	for i := range d.Claims {
		if d.Claims[i].ID == id {
			return &d.Claims[i]
		}
	}
	return nil
}
