package identitytest

import (
	"strings"
	"time"

	"corner/identity"
	"corner/internal/expect"
	"corner/uid"
)

func (s *suite) enter() {
	fresh := identity.User{ID: identity.UserID(uid.New("usr", s.now)), Phone: "+8613800138000", Version: 1, CreatedAt: s.now}
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
