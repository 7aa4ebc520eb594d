package catalog

import (
	"time"

	"corner/money"
)

// ServiceID names a service: "svc_…".
type ServiceID string

// Service is what a place sells: a haircut, a table, a car wash.
type Service struct {
	ID       ServiceID
	Place    PlaceID
	Name     string
	Duration time.Duration // whole minutes, at most MaxDuration
	Price    money.Amount  // for one person of the party
	Bookable bool
	Capacity int           // people that can be served at one moment
	Step     time.Duration // between two start times; whole minutes

	CreatedAt time.Time
}

// Bounds of a service.
const (
	MaxDuration = 24 * time.Hour
	MaxCapacity = 10_000
	MaxServices = 500 // of one place
)
