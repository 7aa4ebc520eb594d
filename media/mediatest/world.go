package mediatest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"corner/catalog"
	"corner/catalog/catalogtest"
	"corner/event"
	"corner/geo"
	"corner/idempotency"
	"corner/identity"
	"corner/internal/expect"
	"corner/media"
	"corner/uid"
)

// World is the stores of one fresh, empty database.
type World struct {
	People  identity.Store
	Catalog catalog.Store
	Media   media.Store
	Outbox  event.Outbox // with Routes, to see which events were written
}

// Routes are what the outbox must be opened with.
var Routes = event.Routes{media.PhotoAdded: {consumer}, media.PhotoChanged: {consumer}, media.PhotoRemoved: {consumer}}

const consumer event.Consumer = "mediatest"

// Shop is a merchant with a published place.
type Shop struct {
	Owner    identity.UserID
	Merchant identity.MerchantID
	Place    catalog.Place
}

// Shop opens a shop at a moment, with its place in that state.
func (w World) Shop(t *testing.T, now time.Time, state catalog.State) Shop {
	t.Helper()
	now = now.UTC().Truncate(time.Microsecond)
	id := uid.New("usr", now)
	owner := expect.OK(w.People.Enter(t.Context(), identity.User{ID: identity.UserID(id), Phone: "+" + id, CreatedAt: now}))(t)
	s := Shop{Owner: owner.ID, Merchant: catalogtest.Merchant(t, w.Catalog, owner.ID)}
	spot := geo.Point{Lat: 31.3, Lng: 120.6}
	s.Place = expect.OK(w.Catalog.Register(t.Context(), catalog.Registration{Place: catalog.Place{
		ID: catalog.PlaceID(uid.New("plc", now)), Merchant: s.Merchant, Names: catalog.Names{Main: "老王面馆"}, Category: "noodles",
		Location: catalog.Location{Point: spot, Sent: spot, System: geo.WGS84}, Zone: "Asia/Shanghai", State: state, Version: 1,
		CreatedAt: now, UpdatedAt: now,
	}, Event: event.New("mediatest.aside", "", "", "", now)}, idempotency.Key{}))(t)
	return s
}

// Staff is somebody with a role at the shop.
func (s Shop) Staff(user identity.UserID, role identity.Role) identity.Actor {
	return identity.Actor{User: user, Roles: map[identity.MerchantID]identity.Role{s.Merchant: role}}
}

// Hire gives somebody a role at the shop.
func (w World) Hire(t *testing.T, s Shop, user identity.UserID, role identity.Role, now time.Time) {
	t.Helper()
	people, ok := w.People.(identity.Invitations)
	if !ok {
		t.Fatal("nobody can be hired here")
	}
	v := expect.OK(people.Invite(t.Context(), identity.Invitation{
		ID: identity.InvitationID(uid.New("inv", now)), Merchant: s.Merchant, Phone: "+" + string(user), Role: role,
		State: identity.InvitationOpen, By: s.Owner, ExpiresAt: now.Add(time.Hour), CreatedAt: now,
	}, idempotency.Key{}, func(identity.Sent) error { return nil }))(t)
	expect.OK(people.UpdateInvitation(t.Context(), v.ID, func(v *identity.Invitation) error {
		v.State, v.User, v.SettledAt = identity.InvitationAccepted, user, now
		return nil
	}, func(int) error { return nil }))(t)
}

// Photo is one with a value in every field, not yet stored.
func (s Shop) Photo(now time.Time) media.Photo {
	id := uid.New("pht", now)
	p := media.Photo{
		ID: media.ID(id), Place: s.Place.ID, Service: "svc_00000000000000000000000000", Kind: media.Interior, Caption: "靠窗的位子 'by the window' 🍜",
		Width: 1600, Height: 1200, Digest: media.DigestOf([]byte(id)), Version: 1, CreatedAt: now.UTC().Truncate(time.Microsecond),
	}
	for i, size := range media.Sizes {
		p.Variants = append(p.Variants, media.Variant{
			Size: size, Width: 1600 >> (2 - i), Height: 1200 >> (2 - i), Bytes: 1_000 - i, Digest: media.DigestOf(fmt.Append(nil, id, i)),
		})
	}
	return p
}

// Hang adds a photo, whatever is there.
func (w World) Hang(t *testing.T, p media.Photo) media.Photo {
	t.Helper()
	return expect.OK(w.Media.Add(t.Context(), p, "", idempotency.Key{}, func(media.Standing) (event.Event, error) {
		return event.New(media.PhotoAdded, string(p.ID), string(p.Place), "", p.CreatedAt), nil
	}))(t)
}

// happened is the kinds and subjects of the events written since the last call.
func (w World) happened(s expect.Test) []string {
	s.Helper()
	var list []string
	for _, d := range expect.OK(w.Outbox.Lease(s.Context(), consumer, time.Now().Add(time.Hour), 500, time.Minute))(s) {
		list = append(list, string(d.Kind)+" "+d.Subject)
		if err := w.Outbox.Done(s.Context(), consumer, []event.ID{d.ID}); err != nil {
			s.Fatalf("Done: %v", err)
		}
	}
	slices.Sort(list)
	return list
}
