package visits

import (
	"context"
	"time"

	"corner/booking"
	"corner/catalog"
	"corner/event"
	"corner/fault"
	"corner/idempotency"
	"corner/identity"
	"corner/money"
)

// ID names a visit: "vis_…".
type ID string

// Visit is a confirmed consumption.
type Visit struct {
	ID        ID
	Source    Source          // what it came from
	User      identity.UserID // who came
	Guest     string          // what User is called, as in booking.Booking
	Merchant  identity.MerchantID
	Place     catalog.PlaceID
	Service   catalog.ServiceID
	Party     int
	Price     money.Amount
	Code      string          // the code that was shown, plain
	Staff     identity.UserID // who confirmed
	Confirmed time.Time
	Review    string // the review its author wrote, "" before
}

// GuestFor is what the visit's guest is called, as Booking.GuestFor.
func (v *Visit) GuestFor(actor identity.Actor) string {
	if actor.User == v.User {
		return ""
	}
	return v.Guest
}

// ConfirmedEvent is told when a visit is confirmed.
const ConfirmedEvent event.Kind = "visit.confirmed"

// Store keeps visits.
type Store interface {
	// Confirm makes a visit, all or nothing, with its events. From a booking: it loads
	// it, lets confirm consume it and make the visit, and saves both; the visit that a
	// booking has already is returned without calling confirm. From the counter: confirm
	// gets nil and makes the visit of who walked in. A repeat of key, which is stored
	// with its Made, returns the visit of the first call. confirm may run again.
	Confirm(ctx context.Context, from Source, key idempotency.Key, confirm func(*booking.Booking) (Visit, []event.Event, error)) (Visit, error)
	// Visit is one visit; ErrNotFound if there is none.
	Visit(ctx context.Context, id ID) (Visit, error)
	// VisitsOf is a user's visits, newest first, at most limit of those before the given one ("" for
	// the newest).
	VisitsOf(ctx context.Context, user identity.UserID, before ID, limit int) ([]Visit, error)
	// VisitOf is the visit of a booking; ErrNotFound if there is none.
	VisitOf(ctx context.Context, id booking.ID) (Visit, error)
}

// What can go wrong with a visit.
var (
	ErrNotFound = fault.New(fault.NotFound, "visit.not_found",
		"there is no such visit", "没有该到店记录")
	ErrCodeUnknown = fault.New(fault.NotFound, "visit.code_unknown",
		"no booking of yours has that code", "本店没有与此核销码对应的预订")
	ErrCodeExpired = fault.New(fault.Conflict, "visit.code_expired",
		"the code has changed meanwhile; scan the one on the phone now", "核销码已更新，请扫描手机上的最新核销码")
	ErrTooManyTries = fault.New(fault.TooMany, "visit.too_many_tries",
		"too many codes were tried; wait a little", "尝试次数过多，请稍后再试")
)
