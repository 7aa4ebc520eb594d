package bookingtest

import (
	"sync/atomic"
	"testing"
	"time"

	"corner/booking"
	"corner/catalog"
	"corner/event"
	"corner/geo"
	"corner/idempotency"
	"corner/identity"
	"corner/money"
	"corner/taking"
	"corner/uid"
)

// World is the stores of one database: a booking's row needs those of its consumer,
// place and service.
type World struct {
	Identity identity.Store
	Catalog  catalog.Store
	Bookings booking.Store
	Outbox   event.Outbox // routed by Routes
}

// Watcher is who is told of every event in a World.
const Watcher event.Consumer = "bookingtest"

// Routes is how the database of a World must be routed.
func Routes() event.Routes {
	routes := event.Routes{}
	for _, kind := range []event.Kind{
		booking.HeldEvent, booking.ConfirmedEvent, booking.LapsedEvent, booking.CancelledEvent, booking.ConsumedEvent,
	} {
		routes[kind] = []event.Consumer{Watcher}
	}
	return routes
}

// Monday is when the stories of this package begin: a moment that is not a whole
// millisecond, some hours before Opening.
var Monday = time.Date(2026, 3, 2, 7, 30, 0, 123_457_000, time.UTC)

// Opening is a whole hour some time after Monday, for slots to start at.
var Opening = time.Date(2026, 3, 2, 18, 0, 0, 0, time.UTC)

// HoldFor is how long the desks of this package keep a hold.
const HoldFor = 2 * time.Minute

// Shop is a merchant with one place, open day and night, and one service.
type Shop struct {
	World

	Owner   identity.UserID
	Place   catalog.Place
	Service catalog.Service
}

// Shop opens a shop that serves capacity people at a time, an hour each, with a
// start every quarter of an hour, for 28.00 CNY a head.
func (w World) Shop(t testing.TB, capacity int) *Shop {
	t.Helper()
	s := &Shop{World: w, Owner: w.User(t)}
	merchant := catalog.Merchant{ID: identity.MerchantID(uid.New("mer", Monday)), Name: "老王", CreatedAt: Monday}
	must(t, "add the merchant", second(w.Catalog.AddMerchant(t.Context(), merchant, s.Owner, idempotency.Key{}, nil, aside())))
	s.Place = catalog.Place{
		ID: catalog.PlaceID(uid.New("plc", Monday)), Merchant: merchant.ID, Names: catalog.Names{Main: "老王面馆"}, Category: "noodles",
		Location: catalog.Location{Point: geo.Point{Lat: 31.3, Lng: 120.6}, Sent: geo.Point{Lat: 31.3, Lng: 120.6}, System: geo.WGS84},
		Zone:     "Asia/Shanghai", State: catalog.Published, Version: 1, CreatedAt: Monday, UpdatedAt: Monday,
	}
	for day := range s.Place.Hours.Weekly {
		s.Place.Hours.Weekly[day] = []catalog.Interval{{Opens: 0, Closes: 1440}}
	}
	must(t, "add the place", second(w.Catalog.Register(t.Context(), catalog.Registration{Place: s.Place, Event: aside()}, idempotency.Key{})))
	s.Service = s.AddService(t, capacity)
	return s
}

// AddService puts another service on the shop's list.
func (s *Shop) AddService(t testing.TB, capacity int) catalog.Service {
	t.Helper()
	v := catalog.Service{
		ID: catalog.ServiceID(uid.New("svc", Monday)), Place: s.Place.ID, Name: "牛肉面", Duration: time.Hour, Step: 15 * time.Minute,
		Price: money.Of(2800, "CNY"), Bookable: true, Capacity: capacity, CreatedAt: Monday,
		Payment:      catalog.Payment{Kind: catalog.PayDeposit, Deposit: money.Of(500, "CNY")},
		Cancellation: catalog.Cancellation{Free: 2 * time.Hour, Fee: 5_000},
	}
	must(t, "add the service", second(s.Catalog.AddService(t.Context(), v, idempotency.Key{}, aside(), catalog.FitsMenu)))
	return v
}

// aside is an event that no Watcher is told of.
func aside() event.Event { return event.New("bookingtest.aside", "", "", "", Monday) }

// User is a person who has signed in.
func (w World) User(t testing.TB) identity.UserID {
	t.Helper()
	id := uid.New("usr", Monday)
	u, err := w.Identity.Enter(t.Context(), identity.User{ID: identity.UserID(id), Phone: "+" + id, CreatedAt: Monday})
	must(t, "enter a user", err)
	return u.ID
}

// Users is n people.
func (w World) Users(t testing.TB, n int) []identity.UserID {
	t.Helper()
	all := make([]identity.UserID, n)
	for i := range all {
		all[i] = w.User(t)
	}
	return all
}

// Desk is one at which it is now; several desks on one World are several servers,
// whose clocks may disagree.
func (w World) Desk(now time.Time) *booking.Desk { return w.DeskBy(func() time.Time { return now }) }

// DeskBy is a desk with a clock that moves.
func (w World) DeskBy(now func() time.Time) *booking.Desk {
	return &booking.Desk{
		Store: w.Bookings, Catalog: &catalog.Catalog{Store: w.Catalog, Now: now},
		CodeKeys: [][]byte{[]byte("bookingtest: thirty-two bytes or more")}, HoldFor: HoldFor, Now: now,
		Quotas: booking.Quotas{Overlapping: 1_000, Renewals: 1_000}, // a few people do what a town would
	}
}

// Draft is a hold as a desk makes one at now, not yet stored.
func (s *Shop) Draft(user identity.UserID, start time.Time, party int, now time.Time) booking.Booking {
	id := booking.ID(uid.New("bkg", now))
	return booking.Booking{
		ID: id, User: user, Merchant: s.Place.Merchant, Place: s.Place.ID, Service: s.Service.ID, State: booking.Held,
		Slot: taking.Slot{Start: start, End: start.Add(s.Service.Duration)}, Zone: s.Place.Zone, Party: party,
		Terms: taking.Terms{Price: money.Of(2800*int64(party), "CNY"), Payment: s.Service.Payment, Cancellation: s.Service.Cancellation},
		Takes: []taking.Taking{{Ref: taking.SeatsOf(s.Service.ID), N: party}},
		Ref:   ref(), Expires: now.Add(HoldFor), Version: 1, CreatedAt: now, UpdatedAt: now,
	}
}

// Held is a hold of Draft, stored whatever else is taken.
func (s *Shop) Held(t testing.TB, user identity.UserID, start time.Time, party int, now time.Time) booking.Booking {
	t.Helper()
	b := s.Draft(user, start, party, now)
	_, err := s.Bookings.Hold(t.Context(), b, taking.Rules{}, idempotency.Key{}, heldEvent(b, now))
	must(t, "hold", err)
	return b
}

// Confirmed is a hold made firm at the moment of holding.
func (s *Shop) Confirmed(t testing.TB, user identity.UserID, start time.Time, party int, now time.Time) booking.Booking {
	t.Helper()
	b, err := s.Bookings.Update(t.Context(), s.Held(t, user, start, party, now).ID, idempotency.Key{}, confirm(now))
	must(t, "confirm", err)
	return b
}

// heldEvent is the event of a hold.
func heldEvent(b booking.Booking, now time.Time) event.Event {
	return event.New(booking.HeldEvent, string(b.ID), "", string(b.User), now)
}

// confirm is a change for Store.Update.
func confirm(now time.Time) func(*booking.Booking) ([]event.Event, error) {
	return func(b *booking.Booking) ([]event.Event, error) { return b.Confirm(now) }
}

var refs atomic.Int64

// ref names a booking in its codes, and no other in this process.
func ref() string {
	const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	n, b := refs.Add(1), []byte("TEST000")
	for i := len(b) - 1; n > 0; i-- {
		b[i] = letters[n&31]
		n >>= 5
	}
	return string(b)
}

// As is somebody without any role.
func As(user identity.UserID) identity.Actor { return identity.Actor{User: user} }

// Staff is somebody with a role at the shop.
func (s *Shop) Staff(user identity.UserID, role identity.Role) identity.Actor {
	return identity.Actor{User: user, Roles: map[identity.MerchantID]identity.Role{s.Place.Merchant: role}}
}
