package catalog

import (
	"context"
	"time"

	"corner/event"
	"corner/idempotency"
	"corner/identity"
)

// Store keeps the catalogue.
type Store interface {
	Merchants
	Places
	Services
	Additions
	Marks
	Claims
	Brandings
}

// Claims keeps who says that a place is theirs.
type Claims interface {
	// Rework loads a place with its claims, lets change change both and its services, and saves what
	// has changed: the place and services with their next versions and the Revisions of the first
	// event, and the events, unless change fails or nothing has changed. Rivals go one after the other.
	// If counted is not "", the unsettled claims of that person are counted, rivals or not. change may
	// run again. ErrPlaceNotFound if there is no such place.
	Rework(ctx context.Context, id PlaceID, counted identity.UserID, change func(*Dossier) ([]event.Event, error)) (Place, error)
	// Claim is one claim; ErrClaimNotFound if there is none.
	Claim(ctx context.Context, id ClaimID) (Claim, error)
	// ClaimsWaiting is the open claims made before the given time, the earliest first, at most limit.
	ClaimsWaiting(ctx context.Context, before time.Time, limit int) ([]Claim, error)
}

// Merchants keeps businesses.
type Merchants interface {
	// Employments is the merchants that a user works for, by id; at most limit after the given one.
	Employments(ctx context.Context, user identity.UserID, after identity.MerchantID, limit int) ([]Employment, error)
	// AddMerchant stores m, owned by owner from the first moment, if admit, unless it is nil, agrees
	// to how many merchants the owner has already, rivals or not; a repeat of key returns what the
	// first call stored, and asks nobody.
	AddMerchant(
		ctx context.Context, m Merchant, owner identity.UserID, key idempotency.Key, admit func(owned int) error, e event.Event,
	) (Merchant, error)
	// Suspend suspends a merchant or lifts that, and moves its places that are in the state From to To, all or none, with
	// the event of the merchant and each place's; as it is already it stays, and nothing is told.
	// identity.ErrMerchantNotFound if there is none.
	Suspend(ctx context.Context, s Suspension, told event.Event, each func(PlaceID) event.Event) error
	// Merchant is one business; identity.ErrMerchantNotFound if there is none.
	Merchant(ctx context.Context, id identity.MerchantID) (Merchant, error)
	// UpdateMerchant loads a business, lets change change it, and saves it with its next
	// version and the events, unless change fails or tells of no event: then nothing is
	// saved. change may run again.
	UpdateMerchant(ctx context.Context, id identity.MerchantID, change func(*Merchant) ([]event.Event, error)) (Merchant, error)
}

// Places keeps spots, and the history of each.
type Places interface {
	// Register stores a place with its first services; a repeat of key returns the place
	// that the first call stored, as it is now.
	Register(ctx context.Context, r Registration, key idempotency.Key) (Place, error)
	// Place is one spot; ErrPlaceNotFound if there is none.
	Place(ctx context.Context, id PlaceID) (Place, error)
	// PlacesOf is a merchant's places by id, at most limit after the given one; only some, and only the
	// published ones, if so asked.
	PlacesOf(
		ctx context.Context, m identity.MerchantID, at identity.Branches, published bool, after PlaceID, limit int,
	) ([]Place, error)
	// UpdatePlace loads a place, lets change change it, and saves it with its next
	// version, the events and the Revision of the first of them, unless change fails or
	// tells of no event: then nothing is saved. change may run again.
	UpdatePlace(ctx context.Context, id PlaceID, change func(*Place) ([]event.Event, error)) (Place, error)
	// UpdatePlaceAmong is UpdatePlace for a change that depends on what is around.
	UpdatePlaceAmong(ctx context.Context, id PlaceID, change func(*Place, Around) ([]event.Event, error)) (Place, error)
	// DeletePlace removes a place with its services, its history and whatever else is kept of it, and
	// writes the events that decide returns, unless decide fails. published says whether consumers
	// could find it, now or ever. decide may run again.
	DeletePlace(ctx context.Context, id PlaceID, decide func(p *Place, published bool) ([]event.Event, error)) error
	// Import stores entries in one transaction: new ones by their Place.Source, and of
	// those whose source is there what decide calls Updated, rivals or not. The outcomes
	// are in the entries' order; of two entries of one source the first counts, and the
	// other is Unchanged.
	Import(ctx context.Context, entries []Entry, decide func(Stored) Outcome) ([]Outcome, error)
	// History is a place's revisions, the latest first, at most limit before the given
	// number; 0: from the latest.
	History(ctx context.Context, id PlaceID, before int64, limit int) ([]Revision, error)
}

// Suspension is a merchant being suspended, or not any more.
type Suspension struct {
	Merchant identity.MerchantID
	On       bool
	From, To State // of its places
	By       identity.UserID
	At       time.Time
}

// Registration is a new place on its way into the store.
type Registration struct {
	Place    Place
	Services []Service
	Event    event.Event
	// Admit, if not nil, decides in the transaction whether the place may be stored; its
	// error is returned. It may run again.
	Admit func(Around) error
	// Brand, if not nil, is asked after Admit for the brand that the place has.
	Brand func(Around) (string, error)
	// Also, if not nil, is asked after Admit for events beside Event.
	Also func() []event.Event
}

// Around gives a transaction access to the surroundings of the place that it changes.
type Around struct {
	// Near is the places in the Vicinity of a spot that are published or the given
	// merchant's, the nearest first, at most MaxNear. Until the transaction ends, no
	// other one that asks for the same surroundings goes on.
	Near func(spot Location, m identity.MerchantID) ([]Neighbour, error)
	// MerchantClosed reports whether a business has closed. With hold it does not close until the
	// transaction ends.
	MerchantClosed func(m identity.MerchantID, hold bool) (bool, error)
	// HoldsBrand reports whether a merchant is one of a brand's, which stays so until the transaction ends. It is asked before Near.
	HoldsBrand func(m identity.MerchantID, brand string) (bool, error)
	// TakesBookings reports whether the place sells something bookable.
	TakesBookings func() (bool, error)
	// Rated reports whether the place has reviews, and what has changed of it since the first of them, or
	// since an operator agreed last that it is still the place that they are of.
	Rated func() (rated bool, since []Revision, err error)
	// Registered is how many places somebody has registered since a moment, rivals or not. It is asked
	// before Near.
	Registered func(by identity.UserID, since time.Time) (int, error)
}

// Seller is the place of a service as a transaction sees it. It stays so until the transaction ends.
type Seller struct {
	Place  Place
	Closed bool // its merchant has closed for good
	OnSale int  // with what is being added; where nothing is, 0
}

// Services keeps what is sold.
type Services interface {
	// AddService stores s if admit agrees to its place and to how many services that has on sale with
	// it, rivals or not; a repeat of key returns what the first call stored, and asks nobody.
	AddService(ctx context.Context, s Service, key idempotency.Key, e event.Event, admit func(Seller) error) (Service, error)
	// AddServices is the same for services of one place and one Batch, all or none; a
	// repeat of key returns what the first call stored, as it is now.
	AddServices(ctx context.Context, list []Service, key idempotency.Key, e event.Event, admit func(Seller) error) ([]Service, error)
	// Service is one service, retired or not; ErrServiceNotFound if there is none.
	Service(ctx context.Context, id ServiceID) (Service, error)
	// ServicesOf is what a place sells by Position and id, without what is retired, at
	// most limit after the given one.
	ServicesOf(ctx context.Context, p PlaceID, after ServiceID, limit int) ([]Service, error)
	// UpdateService loads a service and its place, lets change change the service, and saves it with its next
	// version, the events and the Revision of the first of them, unless change fails or
	// tells of no event: then nothing is saved. change may run again.
	UpdateService(ctx context.Context, id ServiceID, change func(*Service, Seller) ([]event.Event, error)) (Service, error)
}

// Additions are the categories that operators added to the tree.
type Additions interface {
	// AddCategory stores a after those that are there, unless one has its key
	// (ErrCategoryTaken); a repeat of key returns what the first call stored, as it is now.
	AddCategory(ctx context.Context, a AddedCategory, key idempotency.Key, e event.Event) (AddedCategory, error)
	// Category is an added category; ErrCategoryNotFound if there is none.
	Category(ctx context.Context, key string) (AddedCategory, error)
	// AddedCategories is all of them, in the order in which they were added.
	AddedCategories(ctx context.Context) ([]AddedCategory, error)
	// UpdateCategory loads a category, lets change change it, and saves its labels and
	// words with its next version and the events, unless change fails or tells of no
	// event: then nothing is saved. change may run again.
	UpdateCategory(ctx context.Context, key string, change func(*AddedCategory) ([]event.Event, error)) (AddedCategory, error)
}

// Marks remember how far the import of a file has come, so that an import that was broken
// off can continue.
type Marks interface {
	// Mark is what SetMark kept for a file, a name of at most MaxName bytes; "" if nothing.
	Mark(ctx context.Context, file string) (string, error)
	// SetMark keeps text for a file in place of what was kept; "" forgets it.
	SetMark(ctx context.Context, file, text string, now time.Time) error
}
