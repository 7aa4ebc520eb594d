package catalog

import (
	"context"
	"time"

	"corner/event"
	"corner/identity"
	"corner/once"
)

// Store keeps the catalogue.
type Store interface {
	Merchants
	Places
	Services
	Marks
}

// Merchants keeps businesses.
type Merchants interface {
	// AddMerchant stores m, owned by owner from the first moment; a repeat of key
	// returns what the first call stored.
	AddMerchant(ctx context.Context, m Merchant, owner identity.UserID, key once.Key, e event.Event) (Merchant, error)
	// Merchant is one business; identity.ErrMerchantNotFound if there is none.
	Merchant(ctx context.Context, id identity.MerchantID) (Merchant, error)
}

// Places keeps spots.
type Places interface {
	// AddPlace stores p; a repeat of key returns what the first call stored.
	AddPlace(ctx context.Context, p Place, key once.Key, e event.Event) (Place, error)
	// Place is one spot; ErrPlaceNotFound if there is none.
	Place(ctx context.Context, id PlaceID) (Place, error)
	// PlacesOf is a merchant's places by id, at most limit after the given one.
	PlacesOf(ctx context.Context, m identity.MerchantID, after PlaceID, limit int) ([]Place, error)
	// UpdatePlace loads a place, lets change change it, and saves it with its next
	// version and the events, unless change fails or tells of no event: then nothing
	// is saved. change may run again.
	UpdatePlace(ctx context.Context, id PlaceID, change func(*Place) ([]event.Event, error)) (Place, error)
	// Import stores entries in one transaction: new ones by their Place.Source, and
	// changed ones that nobody has claimed; those that somebody has are Claimed. The
	// outcomes are in the entries' order; of two entries of one source the first counts.
	Import(ctx context.Context, entries []Entry) ([]Outcome, error)
}

// Services keeps what is sold.
type Services interface {
	// AddService stores s unless its place has MaxServices (ErrTooManyServices); a
	// repeat of key returns what the first call stored.
	AddService(ctx context.Context, s Service, key once.Key, e event.Event) (Service, error)
	// Service is one service; ErrServiceNotFound if there is none.
	Service(ctx context.Context, id ServiceID) (Service, error)
	// ServicesOf is a place's services by id, at most limit after the given one.
	ServicesOf(ctx context.Context, p PlaceID, after ServiceID, limit int) ([]Service, error)
}

// Marks remember how far the import of a file has come, so that one that was broken off
// can go on.
type Marks interface {
	// Mark is what SetMark kept for a file, a name of at most MaxName bytes; "" if nothing.
	Mark(ctx context.Context, file string) (string, error)
	// SetMark keeps text for a file in place of what was kept; "" forgets it.
	SetMark(ctx context.Context, file, text string, now time.Time) error
}
