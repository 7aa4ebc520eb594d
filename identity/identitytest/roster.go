package identitytest

import (
	"errors"
	"slices"
	"sync/atomic"
	"time"

	"corner/idempotency"
	"corner/identity"
	"corner/internal/expect"
)

// set gives user a role with the merchant, by an invitation if he has none yet, or
// takes it away with role 0.
func (s *suite) set(m identity.MerchantID, user identity.UserID, role identity.Role) error {
	err := s.Roster.ChangeRole(s.Context(), change(m, user, role, s.now), identity.KeepsOwner)
	if role != 0 && errors.Is(err, identity.ErrStaffNotFound) {
		return s.employ(m, user, role)
	}
	return err
}

func (s *suite) employ(m identity.MerchantID, user identity.UserID, role identity.Role) error {
	u, err := s.Store.User(s.Context(), user)
	if err != nil {
		return err
	}
	v := s.invitation(m, u.Phone, user)
	v.Role = role
	if v, err = s.Invitations.Invite(s.Context(), v, idempotency.Key{}, admitted); err != nil {
		return err
	}
	_, err = s.Invitations.UpdateInvitation(s.Context(), v.ID, s.accepting(user), identity.KeepsOwner)
	return err
}

func (s *suite) roles() {
	owner, other := s.user(), s.user()
	m, m2 := s.Merchant(s.T, owner.ID), s.Merchant(s.T, owner.ID)
	s.Same(
		"roles of the owner",
		map[identity.MerchantID]identity.Role{m: identity.Owner, m2: identity.Owner},
		expect.OK(s.Store.Roles(s.Context(), owner.ID))(s),
	)
	for _, role := range []identity.Role{
		identity.Counter, identity.Owner, identity.Finance, identity.Marketing, identity.Manager, identity.Manager,
	} {
		s.Refused("role "+role.String(), s.set(m, other.ID, role), nil)
		s.Same("roles", map[identity.MerchantID]identity.Role{m: role}, expect.OK(s.Store.Roles(s.Context(), other.ID))(s))
	}
	s.Refused("role 0", s.set(m, other.ID, 0), nil)
	s.Same(
		"roles after the last is taken away",
		map[identity.MerchantID]identity.Role(nil),
		expect.OK(s.Store.Roles(s.Context(), other.ID))(s),
	)
	s.Refused("role 0 again", s.set(m, other.ID, 0), identity.ErrStaffNotFound)
	s.Refused("a role with an unknown merchant", s.set("mer_0", other.ID, identity.Counter), identity.ErrMerchantNotFound)
	s.Refused(
		"a role for nobody",
		s.Roster.ChangeRole(s.Context(), change(m, "usr_0", identity.Counter, s.now), identity.KeepsOwner),
		identity.ErrStaffNotFound,
	)
	s.Refused(
		"a role for who has none",
		s.Roster.ChangeRole(s.Context(), change(m, other.ID, identity.Counter, s.now), identity.KeepsOwner),
		identity.ErrStaffNotFound,
	)
}

func (s *suite) staff() {
	owner := s.user()
	m := s.Merchant(s.T, owner.ID)
	stranger := s.Merchant(s.T, s.user().ID)
	since := expect.OK(s.Roster.Staff(s.Context(), m, "", 10))(s)[0].Since
	want := []identity.Staff{{User: owner.ID, Phone: owner.Phone, Role: identity.Owner, Since: since}}
	for i := range 8 {
		u, role := s.user(), identity.Role(1+i%5)
		s.Refused("role", s.set(m, u.ID, role), nil)
		want = append(want, identity.Staff{User: u.ID, Phone: u.Phone, Role: role, Since: s.now})
	}
	slices.SortFunc(want, func(a, b identity.Staff) int {
		if a.User < b.User {
			return -1
		}
		return 1
	})
	// A new role is not a new beginning.
	if err := s.Roster.ChangeRole(
		s.Context(),
		change(m, want[3].User, identity.Owner, s.now.Add(time.Hour)),
		identity.KeepsOwner,
	); err != nil {
		s.Fatal(err)
	}
	want[3].Role = identity.Owner
	var got []identity.Staff
	for after := identity.UserID(""); ; {
		part := expect.OK(s.Roster.Staff(s.Context(), m, after, 4))(s)
		got = append(got, part...)
		if len(part) < 4 {
			break
		}
		after = part[3].User
		s.Refused("a change between pages", s.set(m, want[0].User, want[0].Role), nil)
	}
	s.Same("all pages of 4", want, got)
	s.Same("staff of another", 1, len(expect.OK(s.Roster.Staff(s.Context(), stranger, "", 10))(s)))
	s.Same("staff of nobody", 0, len(expect.OK(s.Roster.Staff(s.Context(), "mer_0", "", 10))(s)))
}

func (s *suite) lastOwner() {
	owner, other := s.user().ID, s.user().ID
	m := s.Merchant(s.T, owner)
	for _, role := range []identity.Role{0, identity.Counter, identity.Manager} {
		s.Refused("the only owner to "+role.String(), s.set(m, owner, role), identity.ErrLastOwner)
		s.Same("its role stays", identity.Owner, expect.OK(s.Store.Roles(s.Context(), owner))(s)[m])
	}
	s.Refused("the only owner to owner", s.set(m, owner, identity.Owner), nil)
	s.Refused("a second owner", s.set(m, other, identity.Owner), nil)
	s.Refused("the first one leaves", s.set(m, owner, 0), nil)
	s.Refused("the second one leaves", s.set(m, other, 0), identity.ErrLastOwner)

	// What admit refuses leaves nothing behind, be its reason what it may.
	no := errors.New("no")
	third := s.user().ID
	s.Refused("a third one", s.set(m, third, identity.Owner), nil)
	told := -1
	err := s.Roster.ChangeRole(s.Context(), change(m, third, 0, s.now), func(owners int) error { told = owners; return no })
	s.Refused("what is not admitted", err, no)
	s.Same("the owners that would have been left", 1, told)
	s.Same("its role stays", identity.Owner, expect.OK(s.Store.Roles(s.Context(), third))(s)[m])
}

// change is a change of a role as the room makes it.
func change(m identity.MerchantID, user identity.UserID, role identity.Role, at time.Time) identity.RoleChange {
	return identity.RoleChange{Merchant: m, User: user, Role: role, Withdraw: role != identity.Owner, At: at}
}

// ownerRivals dismiss each other at one moment: one of them is left.
func (s *suite) ownerRivals() {
	const owners = 5
	for round := range 6 {
		all := []identity.UserID{s.user().ID}
		m := s.Merchant(s.T, all[0])
		for range owners - 1 {
			all = append(all, s.user().ID)
			s.Refused("one more owner", s.set(m, all[len(all)-1], identity.Owner), nil)
		}
		role := identity.Role(round % 2) // dismissed, or made counter
		var refused atomic.Int64
		for _, err := range expect.Rivals(owners, func(i int) error {
			err := s.set(m, all[(i+1)%owners], role)
			if err != nil {
				refused.Add(1)
			}
			return err
		}) {
			s.Refused("a rival", err, identity.ErrLastOwner)
		}
		left := 0
		for _, v := range expect.OK(s.Roster.Staff(s.Context(), m, "", 10))(s) {
			if v.Role == identity.Owner {
				left++
			}
		}
		if left != 1 || refused.Load() != 1 {
			s.Errorf("round %d: %d owners are left and %d rivals were refused, want 1 and 1", round, left, refused.Load())
		}
	}
}
