package catalog

import (
	"cmp"
	"context"
	"time"

	"corner/event"
	"corner/fault"
	"corner/idempotency"
	"corner/identity"
	"corner/uid"
)

// Merchant is a business.
type Merchant struct {
	ID      identity.MerchantID
	Name    string
	Version int64 // grows with every change; the ETag

	ClosedAt             time.Time // when it closed for good; zero while it goes on
	CreatedAt, UpdatedAt time.Time
	SuspendedAt          time.Time // by the operators; zero while it is not
}

// Closed reports whether it has closed for good.
func (m *Merchant) Closed() bool { return !m.ClosedAt.IsZero() }

// The catalogue's events. Those that name a place make discovery look at it again.
const (
	MerchantCreated event.Kind = "merchant.created"
	MerchantChanged event.Kind = "merchant.changed"
	MerchantClosed  event.Kind = "merchant.closed"
	PlaceCreated    event.Kind = "place.created"
	PlaceChanged    event.Kind = "place.changed"
	PlacePublished  event.Kind = "place.published"
	PlaceClaimed    event.Kind = "place.claimed"
	PlaceReleased   event.Kind = "place.released"

	PlaceUnpublished event.Kind = "place.unpublished"
	PlaceDeleted     event.Kind = "place.deleted"  // a draft that nobody else ever saw
	PlaceClosed      event.Kind = "place.closed"   // it has another closure, which may lie ahead
	PlaceReopened    event.Kind = "place.reopened" // it has none any more
	PlaceEnded       event.Kind = "place.ended"    // told when the time has come for which it was closed for good

	PlaceImported  event.Kind = "place.imported"
	ServiceCreated event.Kind = "service.created"
	ServiceChanged event.Kind = "service.changed"
	ServiceRetired event.Kind = "service.retired"
	MenuCreated    event.Kind = "menu.created" // services of a place, many at once
)

// Catalog is what merchants register, and the rules of it.
type Catalog struct {
	Store Store
	Now   func() time.Time
	Trees Trees // the categories, as RefreshTree read them last
	// MaxMerchants is how many merchants one person may own and register another; 0 is DefaultMerchants.
	MaxMerchants int
	Quotas       Quotas // of claims and listings
	People       People // who acts; nil: nobody can be asked, and claims are proved by evidence only
	Journal      *identity.Journal
}

// CreateMerchant registers a business. The person who registers it becomes its owner.
func (c *Catalog) CreateMerchant(ctx context.Context, actor identity.Actor, name string, key idempotency.Key) (Merchant, error) {
	if err := actor.Require(); err != nil {
		return Merchant{}, err
	}
	var in fault.Input
	now := c.now()
	m := Merchant{
		ID:      identity.MerchantID(uid.New("mer", now)),
		Name:    written(&in, "name", name, MaxName, true),
		Version: 1, CreatedAt: now, UpdatedAt: now,
	}
	if err := in.Err(); err != nil {
		return Merchant{}, err
	}
	e := event.New(MerchantCreated, string(m.ID), "", string(actor.User), now).About(string(m.ID), "")
	return c.Store.AddMerchant(ctx, m, actor.User, key, c.admitMerchant, e)
}

// DefaultMerchants is how many businesses one person may own; a chain has its branches as places.
const DefaultMerchants = 3

// admitMerchant is whether somebody who owns so many businesses may register one more.
func (c *Catalog) admitMerchant(owned int) error {
	if owned >= cmp.Or(c.MaxMerchants, DefaultMerchants) {
		return ErrTooManyMerchants
	}
	return nil
}

// Merchant is a business, for the people who work for it and for operators.
func (c *Catalog) Merchant(ctx context.Context, actor identity.Actor, id identity.MerchantID) (Merchant, error) {
	if err := actor.Require(); err != nil {
		return Merchant{}, err
	}
	if !actor.SeesMerchant(id) {
		return Merchant{}, identity.ErrMerchantNotFound
	}
	return c.Store.Merchant(ctx, id)
}

// RenameMerchant renames the given version of a business. Only its owners may do it.
func (c *Catalog) RenameMerchant(
	ctx context.Context,
	actor identity.Actor,
	id identity.MerchantID,
	version int64,
	name string,
) (Merchant, error) {
	if err := actor.Require(); err != nil {
		return Merchant{}, err
	}
	if !actor.MayAll(identity.ManageMerchant, id) {
		return Merchant{}, identity.ErrMerchantNotFound
	}
	var in fault.Input
	name = written(&in, "name", name, MaxName, true)
	return c.Store.UpdateMerchant(ctx, id, func(m *Merchant) ([]event.Event, error) {
		if m.Version != version {
			return nil, ErrMerchantStale.WithData(fault.CurrentVersion(m.Version))
		}
		if err := in.Err(); err != nil {
			return nil, err
		}
		m.Name, m.UpdatedAt = name, c.now()
		return []event.Event{event.New(MerchantChanged, string(id), "", string(actor.User), m.UpdatedAt).About(string(id), "")}, nil
	})
}

// now is the present, as fine as the databases keep it.
func (c *Catalog) now() time.Time { return c.Now().UTC().Truncate(time.Microsecond) }
