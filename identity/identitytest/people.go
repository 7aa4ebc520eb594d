package identitytest

import (
	"strings"
	"time"

	"corner/idempotency"
	"corner/identity"
	"corner/internal/expect"
	"corner/uid"
)

func (s *suite) enter() {
	fresh := identity.User{ID: identity.UserID(uid.New("usr", s.now)), Phone: "+8613800138000", Version: 1, CreatedAt: s.now, SeenAt: s.now}
	s.Same("a new phone", fresh, expect.OK(s.Store.Enter(s.Context(), fresh))(s))
	again := identity.User{ID: identity.UserID(uid.New("usr", s.now)), Phone: fresh.Phone, CreatedAt: s.now.Add(time.Hour)}
	s.Same("a known phone", fresh, expect.OK(s.Store.Enter(s.Context(), again))(s))
	s.Same("User", fresh, expect.OK(s.Store.User(s.Context(), fresh.ID))(s))
	_, err := s.Store.User(s.Context(), "usr_0")
	s.Refused("an unknown user", err, identity.ErrUserNotFound)
	if other := s.user(); other.ID == fresh.ID {
		s.Errorf("another phone: got the same user %s", other.ID)
	}
	s.Same("roles of a newcomer", map[identity.MerchantID]identity.Role(nil), expect.OK(s.Store.Roles(s.Context(), fresh.ID))(s))
	s.Same("roles of nobody", map[identity.MerchantID]identity.Role(nil), expect.OK(s.Store.Roles(s.Context(), "usr_0"))(s))
}

// enterRivals: of many that enter with one phone, all are the same user.
func (s *suite) enterRivals() {
	const n = 50
	var got [n]identity.User
	if failed := expect.Rivals(n, func(i int) (err error) {
		got[i], err = s.Store.Enter(s.Context(), identity.User{
			ID: identity.UserID(uid.New("usr", s.now)), Phone: "+8613800138000", CreatedAt: s.now.Add(time.Duration(i) * time.Second),
		})
		return err
	}); len(failed) > 0 {
		s.Fatalf("%d of %d failed, want none: %v", len(failed), n, failed[0])
	}
	for i := range got {
		if got[i] != got[0] {
			s.Fatalf("rival %d is %+v, want %+v as the first", i, got[i], got[0])
		}
	}
}

// updateUser: a change has the next version, what is the same keeps it, a refusal stores nothing, and
// of rivals none is lost.
func (s *suite) updateUser() {
	u := s.user()
	rename := func(name string) (identity.User, error) {
		return s.Store.UpdateUser(s.Context(), u.ID, func(u *identity.User) error {
			u.Profile = identity.Profile{Name: name, Language: identity.Chinese}
			return nil
		})
	}
	first := expect.OK(rename("王小明"))(s)
	s.Same("the version", u.Version+1, first.Version)
	s.Same("User", first, expect.OK(s.Store.User(s.Context(), u.ID))(s))
	s.Same("the same again", first, expect.OK(rename("王小明"))(s))
	s.Same("Enter", first, expect.OK(s.Store.Enter(s.Context(), identity.User{ID: u.ID, Phone: u.Phone, CreatedAt: s.now}))(s))
	_, err := s.Store.UpdateUser(s.Context(), u.ID, func(u *identity.User) error {
		u.Name = "nobody"
		return identity.ErrUserStale
	})
	s.Refused("a refusal", err, identity.ErrUserStale)
	s.Same("after a refusal", first, expect.OK(s.Store.User(s.Context(), u.ID))(s))
	_, err = s.Store.UpdateUser(s.Context(), "usr_0", func(*identity.User) error { return nil })
	s.Refused("an unknown user", err, identity.ErrUserNotFound)

	const n = 20
	if failed := expect.Rivals(n, func(int) error {
		_, err := s.Store.UpdateUser(s.Context(), u.ID, func(u *identity.User) error {
			u.Name += "x"
			return nil
		})
		return err
	}); len(failed) > 0 {
		s.Fatalf("%d of %d rivals failed: %v", len(failed), n, failed[0])
	}
	last := expect.OK(s.Store.User(s.Context(), u.ID))(s)
	s.Same("the version after rivals", first.Version+n, last.Version)
	s.Same("the name after rivals", first.Name+strings.Repeat("x", n), last.Name)
}

// enterAnew: whether the number's user loses it is for anew to say; it loses sessions and an operator's right with it, and
// nothing else.
func (s *suite) enterAnew() {
	const phone = "+8613800138000"
	ctx := s.Context()
	fresh := func() identity.User {
		return identity.User{ID: identity.UserID(uid.New("usr", s.now)), Phone: phone, Version: 1, CreatedAt: s.now, SeenAt: s.now}
	}
	nobody := func(*identity.User) (bool, error) { s.Error("anew was asked about nobody"); return false, nil }
	first := fresh()
	s.Same("a new phone", first, expect.OK(s.Store.EnterAnew(ctx, first, nobody))(s))
	same := func(u *identity.User) (bool, error) { s.Same("whom anew is asked about", first, *u); return false, nil }
	s.Same("a known phone", first, expect.OK(s.Store.EnterAnew(ctx, fresh(), same))(s))
	_, err := s.Store.EnterAnew(ctx, fresh(), func(*identity.User) (bool, error) { return true, identity.ErrFactorRequired })
	s.Refused("a refusal", err, identity.ErrFactorRequired)
	s.Same("after a refusal", first, expect.OK(s.Store.UserWith(ctx, phone))(s))

	session := s.session(first.ID)
	session = expect.OK(s.Store.OpenSession(ctx, session, phone, idempotency.Key{}, opened(session)))(s)
	s.Refused("an operator", s.Operators.SetOperator(ctx, first.ID, true, s.now), nil)
	m := s.Merchant(s.T, first.ID)
	second := fresh()
	s.Same("anew", second, expect.OK(s.Store.EnterAnew(ctx, second, func(*identity.User) (bool, error) { return true, nil }))(s))
	s.Same("who has the number", second, expect.OK(s.Store.UserWith(ctx, phone))(s))
	first.Phone = ""
	s.Same("the one before", first, expect.OK(s.Store.User(ctx, first.ID))(s))
	s.Same("its session's end", s.now, s.stored(session.ID).EndedAt)
	s.Same("operators", 0, len(expect.OK(s.Operators.Operators(ctx))(s)))
	staff := expect.OK(s.Roster.Staff(ctx, m, "", 10))(s)
	if len(staff) != 1 || staff[0].User != first.ID || staff[0].Phone != "" {
		s.Errorf("the staff is %+v, want the one before without a number", staff)
	}
	late := s.session(first.ID)
	_, err = s.Store.OpenSession(ctx, late, phone, idempotency.Key{}, opened(late))
	s.Refused("a session of who lost the number", err, identity.ErrCodeInvalid)
}

// enterAnewRivals: of many that take a number at one moment one is asked, and all are that one's successor.
func (s *suite) enterAnewRivals() {
	u := s.user()
	const n = 20
	var got [n]identity.User
	if failed := expect.Rivals(n, func(i int) (err error) {
		got[i], err = s.Store.EnterAnew(s.Context(), identity.User{
			ID: identity.UserID(uid.New("usr", s.now)), Phone: u.Phone, CreatedAt: s.now,
		}, func(v *identity.User) (bool, error) { return v.ID == u.ID, nil })
		return err
	}); len(failed) > 0 {
		s.Fatalf("%d of %d failed, want none: %v", len(failed), n, failed[0])
	}
	for i := range got {
		if got[i] != got[0] || got[i].ID == u.ID {
			s.Fatalf("rival %d is %+v, want %+v as the first", i, got[i], got[0])
		}
	}
}

// seen: a sign-in and a refresh show that somebody is there, to a day.
func (s *suite) seen() {
	u := s.user()
	seen := func() time.Duration {
		s.Helper()
		return expect.OK(s.Store.User(s.Context(), u.ID))(s).SeenAt.Sub(s.now)
	}
	v := s.session(u.ID)
	at := func(d time.Duration) {
		v := s.session(u.ID)
		v.CreatedAt = s.now.Add(d)
		_ = expect.OK(s.open(v, idempotency.Key{}))(s)
	}
	v = expect.OK(s.open(v, idempotency.Key{}))(s)
	refresh := func(d time.Duration) {
		_ = expect.OK(s.Store.UpdateSession(s.Context(), v.ID, func(v *identity.Session) error { v.RotatedAt = s.now.Add(d); return nil }))(s)
	}
	at(identity.Day - time.Second)
	s.Same("a sign-in within a day", time.Duration(0), seen())
	at(identity.Day)
	s.Same("a sign-in after a day", identity.Day, seen())
	refresh(2*identity.Day - time.Second)
	s.Same("a refresh within a day", identity.Day, seen())
	refresh(3 * identity.Day)
	s.Same("a refresh after days", 3*identity.Day, seen())
	_ = expect.OK(
		s.Store.UpdateSession(s.Context(), v.ID, func(v *identity.Session) error { v.EndedAt = s.now.Add(9 * identity.Day); return nil }),
	)(
		s,
	)
	s.Same("an end", 3*identity.Day, seen())
}

// changePhone: the number changes if the person agrees, and who has it agrees to lose it.
func (s *suite) changePhone() {
	ctx := s.Context()
	u, had := s.user(), s.user()
	const phone = "+8613800138000"
	agree, keep := func(*identity.User) error { return nil }, func(*identity.User) bool { return false }
	asked := func(*identity.User) bool { s.Error("free was asked about nobody"); return false }
	_, err := s.Store.ChangePhone(ctx, "usr_0", phone, s.now, agree, asked)
	s.Refused("nobody", err, identity.ErrUserNotFound)
	planned := identity.Move{Phone: phone, At: s.now.Add(time.Hour)}
	u.Version, u.Move = u.Version+1, planned
	s.Same("PlanPhone", u, expect.OK(s.Store.PlanPhone(ctx, u.ID, planned))(s))
	s.Same("PlanPhone again", u, expect.OK(s.Store.PlanPhone(ctx, u.ID, planned))(s))
	s.Same("due before its time", 0, len(expect.OK(s.Store.DuePhones(ctx, s.now, 10))(s)))
	s.Same("due", []identity.User{u}, expect.OK(s.Store.DuePhones(ctx, planned.At, 10))(s))
	_, err = s.Store.ChangePhone(ctx, u.ID, phone, s.now, func(v *identity.User) error {
		s.Same("whom own is asked about", u, *v)
		return identity.ErrUserStale
	}, asked)
	s.Refused("own refuses", err, identity.ErrUserStale)
	_, err = s.Store.ChangePhone(ctx, u.ID, had.Phone, s.now, agree, func(v *identity.User) bool {
		s.Same("whom free is asked about", had, *v)
		return false
	})
	s.Refused("who has it keeps it", err, identity.ErrPhoneTaken)
	s.Same("after refusals", u, expect.OK(s.Store.User(ctx, u.ID))(s))
	u.Phone, u.Version, u.Move = phone, u.Version+1, identity.Move{}
	s.Same("ChangePhone", u, expect.OK(s.Store.ChangePhone(ctx, u.ID, phone, s.now, agree, asked))(s))
	s.Same("who has the number", u, expect.OK(s.Store.UserWith(ctx, phone))(s))
	s.Same("due after it", 0, len(expect.OK(s.Store.DuePhones(ctx, planned.At, 10))(s)))
	session := expect.OK(s.open(s.session(had.ID), idempotency.Key{}))(s)
	u.Phone, u.Version = had.Phone, u.Version+1
	s.Same(
		"who has it loses it",
		u,
		expect.OK(s.Store.ChangePhone(ctx, u.ID, had.Phone, s.now, agree, func(*identity.User) bool { return true }))(s),
	)
	s.Same("the number of who had it", "", expect.OK(s.Store.User(ctx, had.ID))(s).Phone)
	s.Same("its session's end", s.now, s.stored(session.ID).EndedAt)
	u.Version++
	s.Same("to the same number", u, expect.OK(s.Store.ChangePhone(ctx, u.ID, u.Phone, s.now, agree, keep))(s))
}

// changePhoneRivals: of many that move to one number at one moment one gets it.
func (s *suite) changePhoneRivals() {
	const n, phone = 12, "+8613800138000"
	var people [n]identity.User
	for i := range people {
		people[i] = s.user()
	}
	failed := expect.Rivals(n, func(i int) error {
		_, err := s.Store.ChangePhone(s.Context(), people[i].ID, phone, s.now,
			func(*identity.User) error { return nil }, func(*identity.User) bool { return false })
		return err
	})
	for _, err := range failed {
		s.Refused("a rival", err, identity.ErrPhoneTaken)
	}
	s.Same("rivals that were late", n-1, len(failed))
}
