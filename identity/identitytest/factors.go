package identitytest

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"corner/idempotency"
	"corner/identity"
	"corner/internal/expect"
)

func (s *suite) factor(user identity.UserID) identity.Factor {
	return identity.Factor{User: user, Sealed: "sealed", SealedBy: "key", Recovery: []string{}, CreatedAt: s.now}
}

func (s *suite) kept(user identity.UserID) identity.Factor {
	s.Helper()
	return expect.OK(s.Factors.UpdateFactor(s.Context(), user, func(*identity.Factor) error { return nil }))(s)
}

// factors: one that is begun is replaced, one that is on is not; changed, read as it was, removed.
func (s *suite) factors() {
	user, other := s.user().ID, s.user().ID
	no := errors.New("no")
	nothing := func(*identity.Factor) error { return nil }
	_, err := s.Factors.UpdateFactor(s.Context(), user, nothing)
	s.Refused("none", err, identity.ErrFactorNotFound)
	if err := s.Factors.BeginFactor(s.Context(), s.factor("usr_0")); err == nil {
		s.Error("nobody began one, want an error")
	}
	s.Refused("begin", s.Factors.BeginFactor(s.Context(), s.factor(user)), nil)
	f := s.factor(user)
	f.Sealed, f.SealedBy, f.Step, f.Recovery, f.CreatedAt = "another", "key2", 7, []string{"a", "b"}, s.now.Add(time.Second)
	s.Refused("begin again", s.Factors.BeginFactor(s.Context(), f), nil)
	s.Same("what is stored", f, s.kept(user))
	s.Same("on before it is confirmed", false, expect.OK(s.Store.User(s.Context(), user))(s).Factor)
	_, err = s.Factors.UpdateFactor(s.Context(), user, func(f *identity.Factor) error { f.Step = 99; return no })
	s.Refused("change fails", err, no)
	s.Same("after it failed", f, s.kept(user))

	want := f
	want.Step, want.Recovery, want.ConfirmedAt, want.Sealed, want.SealedBy = 8, []string{"b"}, s.now, "anew", "key3"
	got := expect.OK(s.Factors.UpdateFactor(s.Context(), user, func(f *identity.Factor) error { *f = want; return nil }))(s)
	s.Same("UpdateFactor", want, got)
	s.Same("what is stored after it", want, s.kept(user))
	s.Refused("begin one beside it", s.Factors.BeginFactor(s.Context(), f), identity.ErrFactorOn)
	s.Same("on", true, expect.OK(s.Store.User(s.Context(), user))(s).Factor)
	s.Same("another's", false, expect.OK(s.Store.User(s.Context(), other))(s).Factor)
	session := s.session(user)
	session.FactorAt = s.now.Add(time.Minute)
	session = expect.OK(s.open(session, idempotency.Key{}))(s)
	s.Same("the session", session, s.stored(session.ID))
	speaks := expect.OK(s.Store.ActorOf(s.Context(), session.ID))(s)
	s.Same("who speaks", identity.Actor{User: user, Session: session.ID, Factor: true, FactorAt: session.FactorAt}, speaks)
	session.FactorAt = s.now.Add(time.Hour)
	_ = expect.OK(
		s.Store.UpdateSession(s.Context(), session.ID, func(v *identity.Session) error { v.FactorAt = session.FactorAt; return nil }),
	)(
		s,
	)
	s.Same("the session that showed it", session, s.stored(session.ID))

	_ = expect.OK(s.Factors.UpdateFactor(s.Context(), user, func(f *identity.Factor) error { f.Gone = true; return nil }))(s)
	_, err = s.Factors.UpdateFactor(s.Context(), user, nothing)
	s.Refused("removed", err, identity.ErrFactorNotFound)
	s.Same("on after it was removed", false, expect.OK(s.Store.ActorOf(s.Context(), session.ID))(s).Factor)
}

// factorRivals see each other's result: a code is taken once.
func (s *suite) factorRivals() {
	user := s.user().ID
	f := s.factor(user)
	f.Recovery, f.ConfirmedAt = []string{"once", "left"}, s.now
	s.Refused("begin", s.Factors.BeginFactor(s.Context(), f), nil)
	used := errors.New("used")
	const n = 20
	failed := expect.Rivals(n, func(int) error {
		_, err := s.Factors.UpdateFactor(s.Context(), user, func(f *identity.Factor) error {
			i := slices.Index(f.Recovery, "once")
			if i < 0 {
				return used
			}
			f.Recovery = slices.Delete(f.Recovery, i, i+1)
			return nil
		})
		return err
	})
	for _, err := range failed {
		s.Refused("a rival", err, used)
	}
	s.Same("rivals that were late", n-1, len(failed))
	s.Same("what is left", []string{"left"}, s.kept(user).Recovery)
}

func (s *suite) sealedOtherwise() {
	var want []identity.UserID
	for i := range 5 {
		f := s.factor(s.user().ID)
		f.SealedBy = fmt.Sprint("key", i%2)
		s.Refused("begin", s.Factors.BeginFactor(s.Context(), f), nil)
		if i%2 == 1 {
			continue
		}
		want = append(want, f.User)
	}
	slices.Sort(want)
	got := expect.OK(s.Factors.SealedOtherwise(s.Context(), "key1", "", 2))(s)
	got = append(got, expect.OK(s.Factors.SealedOtherwise(s.Context(), "key1", got[1], 2))(s)...)
	s.Same("not under key1", want, got)
}
