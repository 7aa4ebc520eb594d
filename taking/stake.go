package taking

import (
	"time"

	"corner/catalog"
	"corner/identity"
	"corner/money"
)

// Slot is a stretch of time that can be taken, End not included.
type Slot struct{ Start, End time.Time }

// Overlaps reports whether the two share a moment.
func (s Slot) Overlaps(o Slot) bool { return s.Start.Before(o.End) && o.Start.Before(s.End) }

// Around is the slot with its buffers.
func (s Slot) Around(b catalog.Buffers) Slot { return Slot{s.Start.Add(-b.Before), s.End.Add(b.After)} }

// Terms is what was agreed when a stake was held. A service that is edited later
// changes nothing about it.
type Terms struct {
	Price        money.Amount // of the whole party
	Payment      catalog.Payment
	Cancellation catalog.Cancellation
	Buffers      catalog.Buffers // of what is taken of time, around the slot
}

// Stake is what a visit will stand on: what a booking or a purchase has agreed to, and what
// it takes.
type Stake struct {
	ID      string // of the booking or purchase
	User    identity.UserID
	Service catalog.ServiceID
	Slot    Slot
	Terms   Terms
	Takes   []Taking  // sorted by ref
	Until   time.Time // when a hold gives back what it took; zero once it is firm
}

// Occupies is the time that the stake takes of what it takes: its slot, and its buffers around it.
func (s *Stake) Occupies() Slot { return s.Slot.Around(s.Terms.Buffers) }

// Outcome is how a stake ended; "" while it has not.
type Outcome string

// The outcomes.
const (
	Used      Outcome = "used"      // somebody came, and had it
	Lapsed    Outcome = "lapsed"    // the hold ran out
	Cancelled Outcome = "cancelled" // by either side, under the stake's terms
	NoShow    Outcome = "no_show"   // nobody came
)

// Frees reports whether a stake that ended so gives back its time. Time that was used,
// or kept for somebody who did not come, is gone.
func (o Outcome) Frees() bool { return o == Lapsed || o == Cancelled }
