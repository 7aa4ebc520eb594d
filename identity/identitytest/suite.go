package identitytest

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corner/identity"
	"corner/once"
	"corner/uid"
)

// Ports are one fresh, empty database.
type Ports struct {
	Store  identity.Store
	Roster identity.Roster
	// Merchant registers a business of the owner's, as the catalogue does.
	Merchant func(t *testing.T, owner identity.UserID) identity.MerchantID
}

// Store tests that what open gives keeps the contracts of identity.Store and
// identity.Roster. Each call of open gives an empty database of its own. The subtests
// run in parallel.
func Store(t *testing.T, open func(t *testing.T) Ports) {
	t.Helper()
	for name, test := range map[string]func(*suite){
		"Enter":         (*suite).enter,
		"EnterRivals":   (*suite).enterRivals,
		"Sessions":      (*suite).sessions,
		"SessionKeys":   (*suite).sessionKeys,
		"SessionUpdate": (*suite).sessionUpdate,
		"SessionRivals": (*suite).sessionRivals,
		"EndRivals":     (*suite).endRivals,
		"Roles":         (*suite).roles,
		"KeyedRoles":    (*suite).keyedRoles,
		"Staff":         (*suite).staff,
		"LastOwner":     (*suite).lastOwner,
		"OwnerRivals":   (*suite).ownerRivals,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(&suite{T: t, Ports: open(t), now: time.Now().UTC().Truncate(time.Microsecond)})
		})
	}
}

type suite struct {
	*testing.T
	Ports
	now time.Time
}

// ok is v; an error ends the test.
func ok[V any](v V, err error) func(*suite) V {
	return func(s *suite) V {
		s.Helper()
		if err != nil {
			s.Fatalf("got %v, want no error", err)
		}
		return v
	}
}

func (s *suite) refused(what string, err, want error) {
	s.Helper()
	if !errors.Is(err, want) {
		s.Errorf("%s: got %v, want %v", what, err, want)
	}
}

func (s *suite) same(what string, want, got any) {
	s.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		s.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// rivals runs f n times at one moment, and waits.
func (s *suite) rivals(n int, f func(i int) error) (failed []error) {
	s.Helper()
	gate, errs := make(chan struct{}), make([]error, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			<-gate
			errs[i] = f(i)
		})
	}
	close(gate)
	wg.Wait()
	return slices.DeleteFunc(errs, func(err error) bool { return err == nil })
}

// user enters somebody new.
func (s *suite) user() identity.User {
	s.Helper()
	id := uid.New("usr", s.now)
	return ok(s.Store.Enter(s.Context(), identity.User{ID: identity.UserID(id), Phone: "+" + id, CreatedAt: s.now}))(s)
}

// session is a fresh one of the user's, not stored yet.
func (s *suite) session(user identity.UserID) identity.Session {
	return identity.Session{
		ID: identity.SessionID(uid.New("ses", s.now)), User: user, Generation: 1,
		RotatedAt: s.now.Add(time.Microsecond), ExpiresAt: s.now.Add(time.Hour), CreatedAt: s.now,
	}
}

func (s *suite) open(v identity.Session, key once.Key) (identity.Session, error) {
	return s.Store.OpenSession(s.Context(), v, key)
}

// stored is the session as it is in the database.
func (s *suite) stored(id identity.SessionID) identity.Session {
	s.Helper()
	return ok(s.Store.UpdateSession(s.Context(), id, func(*identity.Session) error { return nil }))(s)
}

func (s *suite) key(owner, token string, input any) once.Key {
	s.Helper()
	return ok(once.New(owner, token, "tokens.create", input))(s)
}
