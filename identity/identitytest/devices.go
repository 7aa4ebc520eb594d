package identitytest

import (
	"slices"
	"time"

	"corner/idempotency"
	"corner/identity"
	"corner/internal/expect"
)

// on is a stored session of the user's on a device.
func (s *suite) on(user identity.UserID, device string) identity.Session {
	s.Helper()
	v := s.session(user)
	v.Device = identity.Device{ID: device, Name: "小王的 " + device}
	return expect.OK(s.open(v, idempotency.Key{}))(s)
}

// devices: a new session on a device ends the user's before it, and nothing else.
func (s *suite) devices() {
	user, other := s.user().ID, s.user().ID
	first, elsewhere, theirs, unnamed := s.on(user, "phone"), s.on(user, "tablet"), s.on(other, "phone"), s.on(user, "")
	s.Same("what is stored", first, s.stored(first.ID))
	v := s.session(user)
	v.Device, v.CreatedAt = first.Device, s.now.Add(time.Hour)
	key := s.key("o", "k", 1)
	second := expect.OK(s.open(v, key))(s)
	ended := first
	ended.EndedAt = v.CreatedAt
	s.Same("the session before on the device", ended, s.stored(first.ID))
	for _, w := range []identity.Session{elsewhere, theirs, unnamed, second} {
		s.Same("another session", w, s.stored(w.ID))
	}
	third := s.on(user, "phone")
	s.Same("a repeat of the second", second.ID, expect.OK(s.open(v, key))(s).ID)
	s.Same("the third after it", third, s.stored(third.ID))
	s.Same("without a device", s.on(user, "").EndedAt, s.stored(unnamed.ID).EndedAt)
}

// deviceRivals: of many new sessions on a device at one time, one lives.
func (s *suite) deviceRivals() {
	user := s.user().ID
	if failed := expect.Rivals(12, func(int) error {
		v := s.session(user)
		v.Device.ID = "phone"
		_, err := s.open(v, idempotency.Key{})
		return err
	}); len(failed) > 0 {
		s.Fatalf("%d failed, want none: %v", len(failed), failed[0])
	}
	s.Same("sessions that live", 1, len(expect.OK(s.Store.Live(s.Context(), user, s.now, "", 20))(s)))
}

func (s *suite) live() {
	user := s.user().ID
	var want []identity.Session
	for _, d := range []string{"a", "b", "c", "", ""} {
		want = append(want, s.on(user, d))
	}
	gone, out := s.on(user, "gone"), s.session(user)
	_ = expect.OK(s.Store.UpdateSession(s.Context(), gone.ID, func(v *identity.Session) error {
		v.EndedAt = s.now
		return nil
	}))(s)
	out.ExpiresAt = s.now.Add(time.Second)
	out = expect.OK(s.open(out, idempotency.Key{}))(s)
	s.on(s.user().ID, "theirs")
	slices.SortFunc(want, func(a, b identity.Session) int { return -compare(a.ID, b.ID) })
	var got []identity.Session
	for before := identity.SessionID(""); ; {
		part := expect.OK(s.Store.Live(s.Context(), user, out.ExpiresAt, before, 2))(s)
		got = append(got, part...)
		if len(part) < 2 {
			break
		}
		before = part[1].ID
	}
	s.Same("all pages of 2", want, got)
	s.Same("with one that has not run out yet", 6, len(expect.OK(s.Store.Live(s.Context(), user, s.now, "", 10))(s)))
}

func compare[T ~string](a, b T) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func (s *suite) endSessions() {
	user := s.user().ID
	here, there, theirs := s.on(user, "here"), s.on(user, "there"), s.on(s.user().ID, "here")
	early, late := s.now.Add(time.Second), s.now.Add(time.Minute)
	s.Refused("end the others", s.Store.EndSessions(s.Context(), user, here.ID, early), nil)
	s.Same("the spared one", here, s.stored(here.ID))
	s.Same("another's", theirs, s.stored(theirs.ID))
	s.Refused("end all", s.Store.EndSessions(s.Context(), user, "", late), nil)
	s.Same("when they ended", []time.Time{late, early}, []time.Time{s.stored(here.ID).EndedAt, s.stored(there.ID).EndedAt})
	s.Refused("end all of nobody", s.Store.EndSessions(s.Context(), "usr_0", "", late), nil)
}

// speaker: one reading tells who it is, all roles, and whether the session lives.
func (s *suite) speaker() {
	user := s.user().ID
	v := s.on(user, "phone")
	speaks := func() identity.Actor { s.Helper(); return expect.OK(s.Store.ActorOf(s.Context(), v.ID))(s) }
	s.Same("a newcomer", identity.Actor{User: user, Session: v.ID}, speaks())
	m, m2 := s.Merchant(s.T, user), s.Merchant(s.T, s.user().ID)
	s.Refused("a second role", s.set(m2, user, identity.Counter), nil)
	s.Refused("an operator", s.Operators.SetOperator(s.Context(), user, true, s.now), nil)
	s.Same("with roles", identity.Actor{
		User: user, Session: v.ID, Operator: true, Roles: map[identity.MerchantID]identity.Role{m: identity.Owner, m2: identity.Counter},
	}, speaks())
	s.Refused("no operator", s.Operators.SetOperator(s.Context(), user, false, s.now), nil)
	s.Same("operator", false, speaks().Operator)
	s.Refused("end all", s.Store.EndSessions(s.Context(), user, "", s.now), nil)
	for _, id := range []identity.SessionID{v.ID, "ses_0", ""} {
		_, err := s.Store.ActorOf(s.Context(), id)
		s.Refused("an ended or unknown session", err, identity.ErrTokenInvalid)
	}
}

func (s *suite) operators() {
	var want []identity.Operator
	for range 3 {
		u := s.user()
		s.Refused("add", s.Operators.SetOperator(s.Context(), u.ID, true, s.now), nil)
		s.Refused("add again", s.Operators.SetOperator(s.Context(), u.ID, true, s.now.Add(time.Hour)), nil)
		want = append(want, identity.Operator{User: u.ID, Phone: u.Phone, Since: s.now})
	}
	slices.SortFunc(want, func(a, b identity.Operator) int { return compare(a.Phone, b.Phone) })
	s.Same("all", want, expect.OK(s.Operators.Operators(s.Context()))(s))
	s.Refused("remove", s.Operators.SetOperator(s.Context(), want[1].User, false, s.now), nil)
	s.Refused("remove again", s.Operators.SetOperator(s.Context(), want[1].User, false, s.now), identity.ErrOperatorNotFound)
	s.Same("the others", []identity.Operator{want[0], want[2]}, expect.OK(s.Operators.Operators(s.Context()))(s))
}
