package catalog

import (
	"time"

	"corner/geo"
	"corner/money"
	"corner/walltime"
)

// ServiceID names a service: "svc_…".
type ServiceID string

// Service is what a place sells: a haircut, a table, a car wash, a dish.
type Service struct {
	ID          ServiceID
	Place       PlaceID
	Name        string
	Description string
	Section     string        // the heading it stands under on the menu
	Position    int           // services are listed by it, and then by id
	Duration    time.Duration // whole minutes, at most MaxDuration; 0 only if not bookable
	Price       money.Amount  // for one person of the party, or the least of a range
	PriceTo     money.Amount  // the most of a range; zero: Price is all
	Bookable    bool
	Capacity    int           // people that can be served at one moment
	Step        time.Duration // between two start times; whole minutes
	PerPerson   int           // open bookings that one person may have of it; 0: as many as there are seats

	Rules        Rules // how its time may be taken
	AtHome       AtHome
	Payment      Payment
	Cancellation Cancellation
	Attributes   []string // keys of the list Attributes, sorted

	Batch     string // the call that made it together with others, "" for one alone
	Version   int64  // grows with every change; the ETag
	RetiredAt time.Time
	// SoldOutUntil is the first day of the place's on which it is sold again; 0 unless it is sold out.
	SoldOutUntil walltime.Day

	CreatedAt, UpdatedAt time.Time
}

// AtHome is how far from the place a service is brought to the customer. Zero: it is
// had at the place.
type AtHome struct {
	Radius geo.Metres    // of the area served around the place
	Travel time.Duration // whole minutes, one way, at the most
}

// PaymentKind says when a service is paid for.
type PaymentKind string

// The kinds of payment.
const (
	PayAtShop  PaymentKind = "at_shop"
	PayPrepaid PaymentKind = "prepay"
	PayDeposit PaymentKind = "deposit" // a part of it when it is booked
)

// Payment is when a service is paid for.
type Payment struct {
	Kind    PaymentKind
	Deposit money.Amount // for PayDeposit, for one person; zero for the others
}

// Cancellation is what it costs a consumer to call off: nothing until Free before the
// start, and Fee of the price after that. The zero Cancellation is always free.
type Cancellation struct {
	Free time.Duration // whole hours
	Fee  money.BasisPoints
}

// Retired reports whether it is not sold any more. Bookings of it stand.
func (s *Service) Retired() bool { return !s.RetiredAt.IsZero() }

// Bounds of a service.
const (
	MaxDuration    = 24 * time.Hour
	MaxCapacity    = 10_000
	MaxPerPerson   = 1_000
	MaxServices    = 500 // on sale at one place
	MaxDescription = 2_000
	MaxSection     = 60
	MaxPosition    = 100_000

	minHomeRadius geo.Metres = 100
	maxHomeRadius geo.Metres = 100_000
	maxTravel                = 6 * time.Hour
	maxFree                  = 30 * 24 * time.Hour
)
