package identitytest

import (
	"corner/event"
	"corner/idempotency"
	"corner/identity"
	"corner/internal/expect"
)

// suspension: who is suspended has a session and no rights, until it is lifted.
func (s *suite) suspension() {
	u := s.user()
	m := s.Merchant(s.T, u.ID)
	session := s.session(u.ID)
	expect.OK(s.open(session, idempotency.Key{}))(s)
	suspend := func(id identity.UserID, on bool) error {
		return s.Store.SuspendUser(s.Context(), id, on, event.New(identity.UserSuspended, string(id), "", "", s.now))
	}
	as := func() identity.Actor { return expect.OK(s.Store.ActorOf(s.Context(), session.ID))(s) }
	free := identity.Actor{User: u.ID, Session: session.ID, Roles: map[identity.MerchantID]identity.Role{m: identity.Owner}}
	s.Same("before", free, as())
	for range 2 { // again changes nothing
		s.Refused("suspend", suspend(u.ID, true), nil)
		s.Same("suspended", identity.Actor{User: u.ID, Session: session.ID, Suspended: true}, as())
	}
	for range 2 {
		s.Refused("lift", suspend(u.ID, false), nil)
		s.Same("lifted", free, as())
	}
	s.Refused("nobody", suspend("usr_0", true), identity.ErrUserNotFound)
	if err := s.Operators.SetOperator(s.Context(), u.ID, true, s.now); err != nil {
		s.Fatal(err)
	}
	s.Refused("an operator", suspend(u.ID, true), identity.ErrSuspendsOperator)
}
