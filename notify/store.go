package notify

import (
	"context"
	"time"

	"corner/catalog"
	"corner/identity"
)

// Store keeps notices.
type Store interface {
	// Add stores notices; those that a person was told of the same event already are left out.
	Add(ctx context.Context, list []Notice) error
	// Notices is a person's, the newest first, at most limit before the given one ("": from the newest).
	Notices(ctx context.Context, user identity.UserID, before ID, limit int) ([]Notice, error)
	// Unread is how many of a person's are unread.
	Unread(ctx context.Context, user identity.UserID) (int, error)
	// Read marks a person's notices up to the given one as read at now; those that are stay so.
	Read(ctx context.Context, user identity.UserID, upTo ID, now time.Time) error
}

// Source reads what events are about, many at once.
type Source interface {
	// SignIns are sign-ins by their session's id.
	SignIns(ctx context.Context, sessions []string, now time.Time) (map[string]SignIn, error)
	// Bookings are bookings by their id.
	Bookings(ctx context.Context, ids []string) (map[string]Booking, error)
	// Claims are claims by their id.
	Claims(ctx context.Context, ids []string) (map[string]Claim, error)
	// Decisions are operators' decisions by their id.
	Decisions(ctx context.Context, ids []string) (map[string]Decision, error)
}

// SignIn is a session as a notice of it wants it.
type SignIn struct {
	User   identity.UserID
	Device string // its name
	Others int    // devices that the person is signed in on besides
}

// Booking is a booking as a notice of it wants it.
type Booking struct {
	User       identity.UserID
	Place      catalog.PlaceID
	PlaceName  string
	Start      time.Time
	Zone       string
	ByMerchant bool // it was cancelled by the shop
}

// Claim is a claim as a notice of it wants it.
type Claim struct {
	By        identity.UserID
	Place     catalog.PlaceID
	PlaceName string
	Reason    string
}

// Decision is what an operator decided, and whom it concerns.
type Decision struct {
	Action    string
	Reason    string
	Subject   string // the kind
	SubjectID string
	Place     catalog.PlaceID
	PlaceName string
	Concerned []identity.UserID // the person, and who owns or manages the merchant
	Reporters []identity.UserID
}
