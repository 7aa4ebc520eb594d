package identitytest

import (
	"errors"
	"slices"
	"time"

	"corner/idempotency"
	"corner/identity"
	"corner/internal/expect"
	"corner/uid"
)

// invitation is a fresh one, not stored yet.
func (s *suite) invitation(m identity.MerchantID, phone string, by identity.UserID) identity.Invitation {
	return identity.Invitation{
		ID: identity.InvitationID(uid.New("inv", s.now)), Merchant: m, Phone: phone, Role: identity.Manager, State: identity.InvitationOpen,
		By: by, ExpiresAt: s.now.Add(identity.InvitationFor), CreatedAt: s.now,
	}
}

func (s *suite) accepting(user identity.UserID) func(*identity.Invitation) error {
	return func(v *identity.Invitation) error {
		v.State, v.User, v.SettledAt = identity.InvitationAccepted, user, s.now
		return nil
	}
}

func withdrawing(v *identity.Invitation) error {
	v.State = identity.InvitationWithdrawn
	return nil
}

func (s *suite) invited(id identity.InvitationID) identity.Invitation {
	s.Helper()
	return expect.OK(s.Invitations.UpdateInvitation(s.Context(), id, func(*identity.Invitation) error { return nil }, identity.KeepsOwner))(s)
}

func (s *suite) invite() {
	owner := s.user().ID
	m := s.Merchant(s.T, owner)
	v := s.invitation(m, "+8613700137000", owner)
	got := expect.OK(s.Invitations.Invite(s.Context(), v, idempotency.Key{}, admitted))(s)
	if got.MerchantName == "" {
		s.Error("the invitation does not tell the merchant's name")
	}
	v.MerchantName = got.MerchantName
	s.Same("Invite", v, got)
	s.Same("what is stored", v, s.invited(v.ID))
	v.ToldAt = s.now.Add(time.Second)
	_ = expect.OK(s.Invitations.UpdateInvitation(s.Context(), v.ID, func(w *identity.Invitation) error {
		w.ToldAt = v.ToldAt
		return nil
	}, identity.KeepsOwner))(s)
	s.Same("once it is told", v, s.invited(v.ID))
	no := errors.New("no")
	_, err := s.Invitations.UpdateInvitation(s.Context(), v.ID, func(w *identity.Invitation) error {
		w.State = identity.InvitationDeclined
		return no
	}, identity.KeepsOwner)
	s.Refused("change fails", err, no)
	s.Same("after change failed", v, s.invited(v.ID))
	_, err = s.Invitations.UpdateInvitation(s.Context(), "inv_0", func(*identity.Invitation) error { return nil }, identity.KeepsOwner)
	s.Refused("an unknown one", err, identity.ErrInvitationNotFound)
	_, err = s.Invitations.Invite(s.Context(), s.invitation("mer_0", v.Phone, owner), idempotency.Key{}, admitted)
	s.Refused("by an unknown merchant", err, identity.ErrMerchantNotFound)
}

func (s *suite) inviteKeys() {
	owner := s.user().ID
	m := s.Merchant(s.T, owner)
	key := s.key(string(owner), "k", 1)
	const n = 12
	var got [n]identity.Invitation
	if failed := expect.Rivals(n, func(i int) (err error) {
		got[i], err = s.Invitations.Invite(s.Context(), s.invitation(m, "+8613700137000", owner), key, admitted)
		return err
	}); len(failed) > 0 {
		s.Fatalf("%d of %d calls with one key failed, want none: %v", len(failed), n, failed[0])
	}
	for i := range got {
		s.Same("a call with the key", got[0], got[i])
	}
	s.Same("all of the merchant's", 1, len(expect.OK(s.Invitations.InvitationsOf(s.Context(), m, "", 20))(s)))
	_ = expect.OK(s.Invitations.UpdateInvitation(s.Context(), got[0].ID, withdrawing, identity.KeepsOwner))(s)
	again := expect.OK(s.Invitations.Invite(s.Context(), s.invitation(m, "+8613700137000", owner), key, admitted))(s)
	s.Same("a repeat tells it as it is now", identity.InvitationWithdrawn, again.State)
	_, err := s.Invitations.Invite(s.Context(), s.invitation(m, "+8613700137000", owner), s.key(string(owner), "k", 2), admitted)
	s.Refused("other input under the key", err, idempotency.ErrReused)
}

// inviteAgain: a newer invitation takes the place of an open one for the same phone
// with the same merchant.
func (s *suite) inviteAgain() {
	owner := s.user().ID
	m, m2 := s.Merchant(s.T, owner), s.Merchant(s.T, owner)
	const phone = "+8613700137000"
	ask := func(m identity.MerchantID, phone string) identity.Invitation {
		s.Helper()
		return expect.OK(s.Invitations.Invite(s.Context(), s.invitation(m, phone, owner), idempotency.Key{}, admitted))(s)
	}
	old, elsewhere, another := ask(m, phone), ask(m2, phone), ask(m, "+8613700137001")
	fresh := ask(m, phone)
	for id, want := range map[identity.InvitationID]identity.InvitationState{
		old.ID: identity.InvitationWithdrawn, elsewhere.ID: identity.InvitationOpen,
		another.ID: identity.InvitationOpen, fresh.ID: identity.InvitationOpen,
	} {
		s.Same("state", want, s.invited(id).State)
	}
	s.Same("when the old one ended", s.now, s.invited(old.ID).SettledAt)
}

func (s *suite) inviteStaff() {
	owner, other := s.user(), s.user()
	m := s.Merchant(s.T, owner.ID)
	s.Refused("a role", s.set(m, other.ID, identity.Counter), nil)
	for _, phone := range []string{owner.Phone, other.Phone} {
		_, err := s.Invitations.Invite(s.Context(), s.invitation(m, phone, owner.ID), s.key("o", phone, 1), admitted)
		s.Refused("who works here", err, identity.ErrAlreadyStaff)
	}
	s.Refused("dismissed", s.set(m, other.ID, 0), nil)
	got := expect.OK(s.Invitations.Invite(s.Context(), s.invitation(m, other.Phone, owner.ID), s.key("o", other.Phone, 1), admitted))(s)
	s.Same("with the key of a call that failed", identity.InvitationOpen, got.State)
}

func admitted(sent identity.Sent) error {
	if sent.Employed {
		return identity.ErrAlreadyStaff
	}
	return nil
}

// inviteCounts: admit is shown what was sent in the day before, withdrawn ones too, and
// when it refuses nothing is stored.
func (s *suite) inviteCounts() {
	owner, other := s.user().ID, s.user().ID
	m, m2 := s.Merchant(s.T, owner), s.Merchant(s.T, owner)
	const phone = "+8613700137000"
	for i, v := range []struct {
		m     identity.MerchantID
		phone string
		by    identity.UserID
		age   time.Duration
	}{
		{m, phone, owner, identity.Day},
		{m, phone, owner, identity.Day - time.Microsecond},
		{m, phone, owner, time.Hour},
		{m2, phone, owner, time.Minute},
		{m, "+8613700137001", other, time.Second},
	} {
		w := s.invitation(v.m, v.phone, v.by)
		w.CreatedAt = s.now.Add(-v.age)
		if _, err := s.Invitations.Invite(s.Context(), w, idempotency.Key{}, admitted); err != nil {
			s.Fatalf("invitation %d: %v", i, err)
		}
	}
	no, key := errors.New("no"), s.key(string(owner), "k", 1)
	old := s.now.Add(time.Microsecond - identity.Day)
	fresh := s.invitation(m, phone, owner)
	_, err := s.Invitations.Invite(s.Context(), fresh, key, func(sent identity.Sent) error {
		s.Same("what was sent", identity.Sent{
			Merchant: identity.Count{N: 3, Oldest: old}, Inviter: identity.Count{N: 3, Oldest: old}, Phone: identity.Count{N: 3, Oldest: old},
		}, sent)
		return no
	})
	s.Refused("admit refuses", err, no)
	s.Same("open ones for the phone", 2, len(expect.OK(s.Invitations.InvitationsTo(s.Context(), phone, s.now, "", 10))(s)))
	_ = expect.OK(s.Invitations.Invite(s.Context(), fresh, key, admitted))(s)
	again := expect.OK(s.Invitations.Invite(s.Context(), s.invitation(m, phone, owner), key, func(identity.Sent) error {
		s.Error("admit was asked for a repeat")
		return nil
	}))(s)
	s.Same("the repeat", fresh.ID, again.ID)
	s.Same(
		"for who sent none",
		identity.InvitationOpen,
		expect.OK(
			s.Invitations.Invite(
				s.Context(),
				s.invitation(s.Merchant(s.T, other), "+8613700137002", s.user().ID),
				idempotency.Key{},
				func(sent identity.Sent) error {
					s.Same("nothing was sent", identity.Sent{}, sent)
					return nil
				},
			),
		)(
			s,
		).State,
	)
}

// acceptance gives the role in the same step, once.
func (s *suite) acceptance() {
	owner, other := s.user(), s.user()
	m := s.Merchant(s.T, owner.ID)
	v := expect.OK(s.Invitations.Invite(s.Context(), s.invitation(m, other.Phone, owner.ID), idempotency.Key{}, admitted))(s)
	if _, err := s.Invitations.UpdateInvitation(s.Context(), v.ID, s.accepting("usr_0"), identity.KeepsOwner); err == nil {
		s.Error("nobody accepted, want an error")
	}
	s.Same("after that", v, s.invited(v.ID))
	got := expect.OK(s.Invitations.UpdateInvitation(s.Context(), v.ID, s.accepting(other.ID), identity.KeepsOwner))(s)
	s.Same("what is stored", got, s.invited(v.ID))
	s.Same("roles", map[identity.MerchantID]identity.Role{m: identity.Manager}, expect.OK(s.Store.Roles(s.Context(), other.ID))(s))
	all := expect.OK(s.Roster.Staff(s.Context(), m, "", 10))(s)
	i := slices.IndexFunc(all, func(v identity.Staff) bool { return v.User == other.ID })
	if i < 0 {
		s.Fatalf("Staff = %+v, want %s in it", all, other.ID)
	}
	s.Same("since", got.SettledAt, all[i].Since)
	s.Refused("dismissed", s.set(m, other.ID, 0), nil)
	_ = expect.OK(s.Invitations.UpdateInvitation(s.Context(), v.ID, s.accepting(other.ID), identity.KeepsOwner))(s)
	s.Same("accepted again after the dismissal: roles", 0, len(expect.OK(s.Store.Roles(s.Context(), other.ID))(s)))
}

// answerRivals: an acceptance and a withdrawal at one time see each other, and the role
// is there if and only if the acceptance came first.
func (s *suite) answerRivals() {
	owner := s.user().ID
	for range 6 {
		other := s.user()
		m := s.Merchant(s.T, owner)
		v := expect.OK(s.Invitations.Invite(s.Context(), s.invitation(m, other.Phone, owner), idempotency.Key{}, admitted))(s)
		late := errors.New("it is settled")
		failed := expect.Rivals(8, func(i int) error {
			change := s.accepting(other.ID)
			if i%2 == 1 {
				change = withdrawing
			}
			_, err := s.Invitations.UpdateInvitation(s.Context(), v.ID, func(w *identity.Invitation) error {
				if w.State != identity.InvitationOpen {
					return late
				}
				return change(w)
			}, identity.KeepsOwner)
			return err
		})
		for _, err := range failed {
			s.Refused("a rival", err, late)
		}
		s.Same("rivals that came late", 7, len(failed))
		works := len(expect.OK(s.Store.Roles(s.Context(), other.ID))(s)) == 1
		s.Same("has the role", s.invited(v.ID).State == identity.InvitationAccepted, works)
	}
}

func (s *suite) invitationLists() {
	owner, other := s.user(), s.user()
	m, m2 := s.Merchant(s.T, owner.ID), s.Merchant(s.T, owner.ID)
	var all, open []identity.InvitationID
	for i := range 5 {
		v := s.invitation(m, "+86137001370"+string(rune('0'+i))+"0", owner.ID)
		all = append(all, expect.OK(s.Invitations.Invite(s.Context(), v, idempotency.Key{}, admitted))(s).ID)
	}
	_ = expect.OK(s.Invitations.UpdateInvitation(s.Context(), all[1], withdrawing, identity.KeepsOwner))(s)
	for range 3 {
		v := s.invitation(s.Merchant(s.T, owner.ID), other.Phone, owner.ID)
		open = append(open, expect.OK(s.Invitations.Invite(s.Context(), v, idempotency.Key{}, admitted))(s).ID)
	}
	short := s.invitation(m2, other.Phone, owner.ID)
	short.ExpiresAt = s.now.Add(time.Second)
	_ = expect.OK(s.Invitations.Invite(s.Context(), short, idempotency.Key{}, admitted))(s)
	s.lists("of the merchant, pages of 2", all, func(before identity.InvitationID) ([]identity.Invitation, error) {
		return s.Invitations.InvitationsOf(s.Context(), m, before, 2)
	})
	s.lists("to the phone, pages of 2", open, func(before identity.InvitationID) ([]identity.Invitation, error) {
		return s.Invitations.InvitationsTo(s.Context(), other.Phone, short.ExpiresAt, before, 2)
	})
	_ = expect.OK(s.Invitations.UpdateInvitation(s.Context(), open[0], withdrawing, identity.KeepsOwner))(s)
	s.Same("open ones, one of them just so", 3, len(expect.OK(s.Invitations.InvitationsTo(s.Context(), other.Phone, s.now, "", 10))(s)))
}

// lists wants the ids from newest to oldest, over pages of two.
func (s *suite) lists(what string, want []identity.InvitationID, page func(before identity.InvitationID) ([]identity.Invitation, error)) {
	s.Helper()
	slices.SortFunc(want, func(a, b identity.InvitationID) int { return -compare(a, b) })
	var got []identity.InvitationID
	for before := identity.InvitationID(""); ; {
		part := expect.OK(page(before))(s)
		for _, v := range part {
			got = append(got, v.ID)
		}
		if len(part) < 2 {
			break
		}
		before = part[1].ID
	}
	s.Same(what, want, got)
}

// inviterLeaves: the open invitations of who is an owner no more are withdrawn, for
// that merchant.
func (s *suite) inviterLeaves() {
	for _, role := range []identity.Role{0, identity.Counter, identity.Manager, identity.Owner} {
		owner, boss := s.user().ID, s.user()
		m, own := s.Merchant(s.T, owner), s.Merchant(s.T, boss.ID)
		s.Refused("a second owner", s.set(m, boss.ID, identity.Owner), nil)
		invite := func(m identity.MerchantID, phone string, by identity.UserID) identity.InvitationID {
			return expect.OK(s.Invitations.Invite(s.Context(), s.invitation(m, phone, by), idempotency.Key{}, admitted))(s).ID
		}
		his, ownersOf, elsewhere := invite(
			m,
			"+8613700137001",
			boss.ID,
		), invite(
			m,
			"+8613700137002",
			owner,
		), invite(
			own,
			"+8613700137003",
			boss.ID,
		)
		s.Refused("another role", s.Roster.ChangeRole(s.Context(), change(m, boss.ID, role, s.now), identity.KeepsOwner), nil)
		want := identity.InvitationWithdrawn
		if role == identity.Owner {
			want = identity.InvitationOpen
		}
		s.Same("his, when he becomes "+role.String(), want, s.invited(his).State)
		s.Same("the other owner's", identity.InvitationOpen, s.invited(ownersOf).State)
		s.Same("his for his own merchant", identity.InvitationOpen, s.invited(elsewhere).State)
	}
}
