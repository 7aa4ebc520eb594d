package identitytest

import (
	"slices"
	"time"

	"corner/idempotency"
	"corner/identity"
	"corner/internal/expect"
)

// limited changes a role to one that holds at some places.
func (s *suite) limited(m identity.MerchantID, user identity.UserID, role identity.Role, at identity.Branches) {
	s.Helper()
	c := change(m, user, role, s.now)
	c.Branches = at
	s.Refused("a limited role", s.Roster.ChangeRole(s.Context(), c, identity.KeepsOwner), nil)
}

// staffed is one person as the merchant's staff shows him.
func (s *suite) staffed(m identity.MerchantID, user identity.UserID) identity.Staff {
	s.Helper()
	all := expect.OK(s.Roster.Staff(s.Context(), m, "", 10))(s)
	i := slices.IndexFunc(all, func(v identity.Staff) bool { return v.User == user })
	if i < 0 {
		s.Fatalf("Staff = %+v, want %s in it", all, user)
	}
	return all[i]
}

// branches: a role holds where the last change says, and nowhere when the last place has left.
func (s *suite) branches() {
	owner, other := s.user().ID, s.user().ID
	m, m2 := s.Merchant(s.T, owner), s.Merchant(s.T, owner)
	here, there, elsewhere := s.Place(s.T, m), s.Place(s.T, m), s.Place(s.T, m2)
	among := func(m identity.MerchantID, ids ...identity.PlaceID) []identity.PlaceID {
		s.Helper()
		return expect.OK(s.Roster.PlacesAmong(s.Context(), m, ids))(s)
	}
	s.Same("PlacesAmong", identity.Only(here, there).Places, among(m, elsewhere, there, "", "plc_0", here))
	s.Same("PlacesAmong none", 0, len(among(m)))
	s.Same("PlacesAmong of no merchant", 0, len(among("", here)))

	v := s.on(other, "phone")
	speaks := func() identity.Actor { s.Helper(); return expect.OK(s.Store.ActorOf(s.Context(), v.ID))(s) }
	s.Refused("a role", s.set(m, other, identity.Manager), nil)
	s.Refused("another, elsewhere", s.set(m2, other, identity.Counter), nil)
	s.Same("not limited", 0, len(speaks().Limits))
	for _, role := range []identity.Role{identity.Counter, identity.Manager, identity.Finance, identity.Marketing} {
		s.limited(m, other, role, identity.Only(here, there))
		s.Same("roles of "+role.String(), map[identity.MerchantID]identity.Role{m: role, m2: identity.Counter}, speaks().Roles)
		s.Same("the same by Roles", speaks().Roles, expect.OK(s.Store.Roles(s.Context(), other))(s))
		s.Same("limits", map[identity.MerchantID]identity.Branches{m: identity.Only(here, there)}, speaks().Limits)
		s.Same("what Staff shows", identity.Only(here, there), s.staffed(m, other).Branches)
		s.Same("of which role", role, s.staffed(m, other).Role)
	}
	s.Same("others' are none", identity.Branches{}, s.staffed(m, owner).Branches)
	s.limited(m, other, identity.Counter, identity.Only(there))
	s.Same("fewer", map[identity.MerchantID]identity.Branches{m: identity.Only(there)}, speaks().Limits)
	s.Leave(s.T, there)
	s.Same("the role stays limited when the place has left", false, speaks().May(identity.SellOut, m, here))
	s.Same("and Staff shows none", identity.Only().Limited, s.staffed(m, other).Branches.Limited)
	s.Same("of the places", 0, len(s.staffed(m, other).Branches.Places))
	s.Refused("everywhere", s.set(m, other, identity.Counter), nil)
	s.Same("no limits", 0, len(speaks().Limits))
	s.limited(m, other, identity.Counter, identity.Only(here))
	s.Refused("gone", s.set(m, other, 0), nil)
	s.Refused("back, everywhere", s.set(m, other, identity.Counter), nil)
	s.Same("no limits from before", identity.Branches{}, s.staffed(m, other).Branches)
	s.Same("nor here", true, speaks().MayAll(identity.SellOut, m))
}

// invitedToBranches: who accepts has the role where the invitation says.
func (s *suite) invitedToBranches() {
	owner, other := s.user().ID, s.user()
	m := s.Merchant(s.T, owner)
	here, there := s.Place(s.T, m), s.Place(s.T, m)
	v := s.invitation(m, other.Phone, owner)
	v.Role, v.Branches = identity.Marketing, identity.Only(here, there)
	got := expect.OK(s.Invitations.Invite(s.Context(), v, idempotency.Key{}, admitted))(s)
	v.MerchantName = got.MerchantName
	s.Same("Invite", v, got)
	s.Same("what is stored", v, s.invited(v.ID))
	s.Same("to the phone", []identity.Invitation{v}, expect.OK(s.Invitations.InvitationsTo(s.Context(), other.Phone, s.now, "", 10))(s))
	v.Holder = other.ID // told to the merchant alone
	s.Same("of the merchant", []identity.Invitation{v}, expect.OK(s.Invitations.InvitationsOf(s.Context(), m, "", 10))(s))
	s.now = s.now.Add(time.Second)
	_ = expect.OK(s.Invitations.UpdateInvitation(s.Context(), v.ID, s.accepting(other.ID), identity.KeepsOwner))(s)
	s.Same("accepted", identity.Staff{
		User: other.ID, Phone: other.Phone, Role: identity.Marketing, Branches: identity.Only(here, there), Since: s.now,
	}, s.staffed(m, other.ID))
}
