package moderation

import (
	"slices"
	"time"

	"corner/catalog"
	"corner/event"
	"corner/identity"
)

// CaseID names a case: "cas_…".
type CaseID string

// ReportID names a report: "rpt_…".
type ReportID string

// Kind says why there is a case.
type Kind string

// The kinds of cases.
const (
	Reported    Kind = "report"      // somebody said that something is wrong
	Claimed     Kind = "claim"       // evidence was shown for a claim
	Contested   Kind = "duplicate"   // a place looks like a claimed one, and says that it is another
	Transformed Kind = "transformed" // a place may not be the shop any more that its stars were given to
	Burst       Kind = "burst"       // somebody registers very many places
	Branded     Kind = "brand"       // a place is named as a brand that its merchant does not hold
)

// SubjectKind says what a case is about.
type SubjectKind string

// The kinds of subjects.
const (
	Place    SubjectKind = "place"
	Photo    SubjectKind = "photo"
	Review   SubjectKind = "review"
	Claim    SubjectKind = "claim"
	Merchant SubjectKind = "merchant"
	User     SubjectKind = "user"
)

// State says whether a case waits.
type State string

// The states of a case.
const (
	Open    State = "open"
	Decided State = "decided"
)

// Case is one thing to look at.
type Case struct {
	ID        CaseID
	Kind      Kind
	State     State
	Subject   SubjectKind
	SubjectID string
	Place     catalog.PlaceID     // it concerns, "" for none
	Merchant  identity.MerchantID // it concerns, "" for none
	User      identity.UserID     // it concerns: the author of a review, who claimed; "" for none
	Reports   int
	Event     event.ID // that opened it, "" for a report
	Last      Decision // zero while nobody has decided
	OpenedAt  time.Time
}

// Report is what somebody says is wrong.
type Report struct {
	ID        ReportID
	Case      CaseID
	By        identity.UserID // "" once the account is deleted
	Reason    string
	CreatedAt time.Time
}

// Action is what an operator does.
type Action string

// The actions.
const (
	Dismiss    Action = "dismiss"     // nothing is wrong, or nothing is to be done
	Hide       Action = "hide"        // a place, a review: nobody sees it
	Restore    Action = "restore"     // what was hidden
	Remove     Action = "remove"      // a photo
	Suspend    Action = "suspend"     // the user or the merchant may do nothing
	Lift       Action = "lift"        // the suspension
	Verify     Action = "verify"      // a claim
	Refuse     Action = "refuse"      // a claim, with all that was changed since
	Clear      Action = "clear"       // a place in review: it is on the map
	SendBack   Action = "send_back"   // a place in review: it is a draft again
	CarryStars Action = "carry_stars" // it is still the same shop
	DropStars  Action = "drop_stars"  // it is another shop: the reviews of before are hidden
	TakeBack   Action = "take_back"   // what was changed of a place since a moment
	Merge      Action = "merge"       // a place into another one, whose alias it is then
	Unmerge    Action = "unmerge"     // drop the alias
	GrantBrand Action = "grant_brand" // a place: it is the brand's
	GiveBrand  Action = "give_brand"  // a merchant: all its places of that name are the brand's, now and later
	DropBrand  Action = "drop_brand"  // a place: it is not the brand's after all
)

// onPlace are the actions for a place, whatever the case was opened for.
var onPlace = []Action{Hide, Restore, TakeBack, Merge, Unmerge, Clear, SendBack, CarryStars, DropStars}

// Actions is what can be done about a case, Dismiss first. Whoever a case concerns can be suspended.
func (c *Case) Actions() []Action {
	list := []Action{Dismiss}
	switch c.Subject {
	case Claim:
		list = append(list, Verify, Refuse)
	case Photo:
		list = append(list, Remove)
	case Review:
		list = append(list, Hide, Restore)
	case Place:
		list = append(list, onPlace...)
	}
	if c.Kind == Branded {
		list = append(list, GrantBrand, GiveBrand, DropBrand)
	}
	if c.User != "" || c.Merchant != "" {
		list = append(list, Suspend, Lift)
	}
	return list
}

func (c *Case) takes(a Action) bool { return slices.Contains(c.Actions(), a) }

// Suspended is whom a case's suspension is of: the person, or else the merchant. It is the merchant
// that the case of a place or of a photo concerns.
func (c *Case) suspended() (identity.UserID, identity.MerchantID) {
	switch c.Subject {
	case Place, Photo, Merchant:
		return "", c.Merchant
	}
	return c.User, ""
}

// DecisionID names a decision: "dec_…".
type DecisionID string

// Decision is what an operator did about a case.
type Decision struct {
	ID     DecisionID
	Action Action
	Reason string
	Into   catalog.PlaceID // for Merge
	Since  time.Time       // for TakeBack
	Brand  string          // for GrantBrand and GiveBrand: its key. Kept in the place's history
	By     identity.UserID
	At     time.Time
}

// MaxReason is in characters.
const MaxReason = 1_000

// The events of moderation, about the merchant and the person concerned.
const (
	ReportedEvent event.Kind = "moderation.reported"
	DecidedEvent  event.Kind = "moderation.decided"
)

// Consumer is the name of the deliveries that open cases.
const Consumer event.Consumer = "moderation"

// opens is the kind of case that an event opens.
var opens = map[event.Kind]Kind{
	catalog.ClaimShownEvent: Claimed, catalog.PlaceContested: Contested, catalog.PlaceTransformed: Transformed, catalog.ListingBurst: Burst,
	catalog.PlaceBrandClaimed: Branded,
}
