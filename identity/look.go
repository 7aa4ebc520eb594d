package identity

import (
	"context"
	"fmt"
	"slices"
	"time"

	"corner/fault"
	"corner/uid"
)

// LookID names a look: "lok_…".
type LookID string

// Seen says what was looked at. Part of the stored format.
type Seen string

// What can be looked at, and what is named with it.
const (
	SeenBooking     Seen = "booking"       // the booking
	SeenBookings    Seen = "bookings"      // the place whose list it was
	SeenVisit       Seen = "visit"         // the visit
	SeenStaff       Seen = "staff"         // the merchant whose list it was
	SeenInvitations Seen = "invitations"   // the merchant whose list it was
	SeenHistory     Seen = "place_history" // the place
	SeenCase        Seen = "case"          // the case in the operators' queue
	SeenQueue       Seen = "queue"         // nothing: the queue itself
)

// Look is that somebody was shown a person's data.
type Look struct {
	ID           LookID
	At           UserID // whose data it was
	By           UserID
	Merchant     MerchantID // that By worked for, "" for an operator of this server
	MerchantName string     // as it is now
	What         Seen
	Subject      string // its id
	When         time.Time
}

// KeepLooks is how long looks are kept.
const KeepLooks = 180 * Day

// Looks keeps who looked at whose data.
type Looks interface {
	// AddLooks stores looks of one person at one thing, each at somebody else. The same look in the same
	// Look.Hour is stored once, rivals or not.
	AddLooks(ctx context.Context, looks []Look) error
	// LooksAt is the looks at a person's data, the newest first, at most limit before the given one ("": from the newest).
	LooksAt(ctx context.Context, user UserID, before LookID, limit int) ([]Look, error)
}

// Hour is what a look is counted in: the same look is kept once in it.
func (l *Look) Hour() int64 { return l.When.Unix() / int64(time.Hour/time.Second) }

// Journal writes down who looks at whose data. Whoever shows a person's data to somebody else asks it before, and shows nothing
// if it fails. A nil Journal writes nothing, for rooms that are tried without one.
type Journal struct {
	Looks Looks
	Now   func() time.Time
}

// Look writes down that the actor is about to be shown data of some people: as one who works for the merchant, or else as an
// operator. One's own is no look, nor is that of nobody.
func (j *Journal) Look(ctx context.Context, actor Actor, m MerchantID, what Seen, subject string, at ...UserID) error {
	if j == nil {
		return nil
	}
	if !actor.WorksFor(m) {
		m = ""
	}
	now := j.Now().UTC().Truncate(time.Microsecond)
	var looks []Look
	for _, u := range slices.Compact(slices.Sorted(slices.Values(at))) {
		if u != "" && u != actor.User {
			looks = append(looks, Look{
				ID: LookID(uid.New("lok", now)), At: u, By: actor.User, Merchant: m, What: what, Subject: subject, When: now,
			})
		}
	}
	if len(looks) == 0 {
		return nil
	}
	if err := j.Looks.AddLooks(ctx, looks); err != nil {
		return fmt.Errorf("%w: write down a look: %w", fault.ErrAway, err)
	}
	return nil
}

// LooksAtMe lists who looked at the actor's data, the newest first: at most limit before the given one.
func (a *Accounts) LooksAtMe(ctx context.Context, actor Actor, before LookID, limit int) ([]Look, error) {
	if err := actor.Identify(); err != nil {
		return nil, err
	}
	return a.Journal.Looks.LooksAt(ctx, actor.User, before, limit)
}
