package visits

import "corner/booking"

// SourceKind says what sort of thing a visit came from. Part of the stored format.
type SourceKind string

// The kinds of sources.
const (
	Booking   SourceKind = "booking"
	Purchase  SourceKind = "purchase"
	AtCounter SourceKind = "counter" // nothing before it: somebody walked in
)

// Source is what a visit came from.
type Source struct {
	Kind SourceKind
	ID   string // of the booking or the purchase; "" for the counter
}

// OfBooking is the source of a visit that consumes a booking.
func OfBooking(id booking.ID) Source { return Source{Booking, string(id)} }

// WalkIn is the source of a visit that the counter records by itself.
func WalkIn() Source { return Source{Kind: AtCounter} }

// Booking is the booking that the visit consumed, "" if it came from something else.
func (s Source) Booking() booking.ID {
	if s.Kind != Booking {
		return ""
	}
	return booking.ID(s.ID)
}
