package identitytest

import (
	"sync"
	"time"

	"corner/idempotency"
	"corner/identity"
	"corner/internal/expect"
	"corner/uid"
)

// look is by somebody, for a merchant, at somebody, at a moment.
func (s *suite) look(by, at identity.UserID, m identity.MerchantID, when time.Time) identity.Look {
	return identity.Look{
		ID: identity.LookID(uid.New("lok", when)), At: at, By: by, Merchant: m, What: identity.SeenBookings, Subject: "plc_1", When: when,
	}
}

func (s *suite) looksAt(user identity.UserID, before identity.LookID, limit int) []identity.Look {
	s.Helper()
	return expect.OK(s.Looks.LooksAt(s.Context(), user, before, limit))(s)
}

// looks: a look is shown to whom it was at, with the name of the business; the same one is stored once an hour.
func (s *suite) looks() {
	staff, guest, other := s.user().ID, s.user().ID, s.user().ID
	m := s.Merchant(s.T, staff)
	now := s.now.Truncate(time.Hour).Add(time.Minute)
	add := func(looks ...identity.Look) {
		s.Helper()
		if err := s.Looks.AddLooks(s.Context(), looks); err != nil {
			s.Fatal(err)
		}
	}
	first := s.look(staff, guest, m, now)
	add(first, s.look(staff, other, m, now))
	add(s.look(staff, guest, m, now.Add(time.Minute)), s.look(staff, other, m, now.Add(time.Minute)))
	got := s.looksAt(guest, "", 10)
	if len(got) != 1 || got[0].MerchantName == "" {
		s.Fatalf("looked at twice in an hour: %+v", got)
	}
	first.MerchantName = got[0].MerchantName
	if got[0] != first {
		s.Errorf("got %+v, want %+v", got[0], first)
	}
	// Of a list, what is new is added to what was there.
	third := s.user().ID
	add(s.look(staff, guest, m, now.Add(2*time.Minute)), s.look(staff, third, m, now.Add(2*time.Minute)))
	if a, b := len(s.looksAt(guest, "", 10)), len(s.looksAt(third, "", 10)); a != 1 || b != 1 {
		s.Errorf("%d and %d looks after a list with somebody new, want 1 and 1", a, b)
	}
	// Whatever differs is another look: the hour, what, of which, by whom, for whom.
	later, visit, elsewhere := s.look(staff, guest, m, now.Add(time.Hour)), s.look(staff, guest, m, now), s.look(staff, guest, m, now)
	visit.What, elsewhere.Subject = identity.SeenVisit, "plc_2"
	operator := s.look(staff, guest, "", now)
	for _, l := range []identity.Look{later, visit, elsewhere, operator, s.look(third, guest, m, now)} {
		add(l)
	}
	all := s.looksAt(guest, "", 10)
	if len(all) != 6 || all[0].ID != later.ID {
		s.Fatalf("%d looks, want 6 with the newest first: %+v", len(all), all)
	}
	for _, l := range all {
		if (l.Merchant == "") != (l.MerchantName == "") {
			s.Errorf("a look of %q is of %q", l.Merchant, l.MerchantName)
		}
	}
	page := s.looksAt(guest, "", 4)
	if rest := s.looksAt(guest, page[3].ID, 10); len(page) != 4 || len(rest) != 2 || rest[1] != all[5] {
		s.Errorf("pages of %d and %d looks", len(page), len(rest))
	}
	add()
}

// invitationHolders: a merchant's list says whose the number is that was asked, if it is somebody's.
func (s *suite) invitationHolders() {
	owner, asked := s.user(), s.user()
	m := s.Merchant(s.T, owner.ID)
	for _, phone := range []string{asked.Phone, "+8613900000001"} {
		if _, err := s.Invitations.Invite(s.Context(), identity.Invitation{
			ID: identity.InvitationID(uid.New("inv", s.now)), Merchant: m, Phone: phone, Role: identity.Counter, State: identity.InvitationOpen,
			By: owner.ID, ExpiresAt: s.now.Add(time.Hour), CreatedAt: s.now,
		}, idempotency.Key{}, func(identity.Sent) error { return nil }); err != nil {
			s.Fatal(err)
		}
	}
	for _, v := range expect.OK(s.Invitations.InvitationsOf(s.Context(), m, "", 10))(s) {
		want := identity.UserID("")
		if v.Phone == asked.Phone {
			want = asked.ID
		}
		if v.Holder != want {
			s.Errorf("%s is said to be the number of %q, want %q", v.Phone, v.Holder, want)
		}
	}
}

// lookRivals: of many who write the same look at once, all succeed and one is kept.
func (s *suite) lookRivals() {
	staff, guest := s.user().ID, s.user().ID
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if err := s.Looks.AddLooks(s.Context(), []identity.Look{s.look(staff, guest, "", s.now)}); err != nil {
				s.Error(err)
			}
		})
	}
	all.Wait()
	if got := s.looksAt(guest, "", 10); len(got) != 1 {
		s.Errorf("%d looks, want 1", len(got))
	}
}
