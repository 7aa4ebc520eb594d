package identity_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corner/catalog/catalogtest"
	"corner/identity"
	"corner/once"
	"corner/store"
)

// merchant registers a business as the catalogue does.
func (h house) merchant(t *testing.T, owner identity.UserID) identity.MerchantID {
	t.Helper()
	return catalogtest.Merchant(t, store.Catalog{DB: h.db}, owner)
}

// actor is who a fresh session of the phone speaks for.
func (h house) actor(t *testing.T, phone string) identity.Actor {
	t.Helper()
	h.pass(time.Minute) // for the limit of codes
	a, err := h.Actor(t.Context(), h.signIn(t, phone).Access)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestRights is the table of who may do what: each method by each kind of person.
func TestRights(t *testing.T) {
	t.Parallel()
	h := open(t)
	const counter, manager, stranger, elsewhere = "+8613700137001", "+8613700137002", "+8613700137003", "+8613700137004"
	m := h.merchant(t, h.actor(t, wang).User)
	h.merchant(t, h.actor(t, elsewhere).User)
	owner := h.actor(t, wang)
	for phone, role := range map[string]identity.Role{counter: identity.Counter, manager: identity.Manager} {
		if _, err := h.Grant(t.Context(), owner, m, phone, role, once.Key{}); err != nil {
			t.Fatal(err)
		}
	}
	calls := map[string]func(a identity.Actor) error{
		"Grant": func(a identity.Actor) error {
			_, err := h.Grant(t.Context(), a, m, other, identity.Manager, once.Key{})
			return err
		},
		"Dismiss": func(a identity.Actor) error {
			err := h.Dismiss(t.Context(), a, m, "usr_0")
			if errors.Is(err, identity.ErrStaffNotFound) {
				return nil // so far one gets with the right
			}
			return err
		},
		"Staff": func(a identity.Actor) error {
			_, err := h.Staff(t.Context(), a, m, "", 10)
			return err
		},
	}
	for who, c := range map[string]struct {
		actor identity.Actor
		want  error
	}{
		"nobody":               {identity.Actor{}, identity.ErrUnauthenticated},
		"a stranger":           {h.actor(t, stranger), identity.ErrMerchantNotFound},
		"the counter":          {h.actor(t, counter), identity.ErrMerchantNotFound},
		"a manager":            {h.actor(t, manager), identity.ErrMerchantNotFound},
		"the owner":            {owner, nil},
		"the owner of another": {h.actor(t, elsewhere), identity.ErrMerchantNotFound},
	} {
		for name, call := range calls {
			refused(t, name+" by "+who, call(c.actor), c.want)
		}
	}
}

func TestGrant(t *testing.T) {
	t.Parallel()
	h := open(t)
	m := h.merchant(t, h.actor(t, wang).User)
	owner := h.actor(t, wang)
	_, err := h.Grant(t.Context(), owner, m, "12", 9, once.Key{})
	if diff := cmp.Diff([]string{"/phone bad_format", "/role unknown"}, faults(err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	granted, err := h.Grant(t.Context(), owner, m, other, identity.Counter, once.Key{}) // who has never signed in
	if err != nil {
		t.Fatal(err)
	}
	if a := h.actor(t, other); a.User != granted.User || a.Roles[m] != identity.Counter {
		t.Errorf("signed in later: %+v, want %s as counter", a, granted.User)
	}
	all, err := h.Staff(t.Context(), owner, m, "", 10)
	if i := slices.IndexFunc(all, func(s identity.Staff) bool { return s.User == granted.User }); err != nil || i < 0 || !cmp.Equal(all[i], granted) {
		t.Errorf("Staff: %+v, %v; want %+v among them", all, err, granted)
	}
	refused(t, "dismissing the last owner", h.Dismiss(t.Context(), owner, m, owner.User), identity.ErrLastOwner)
	_, err = h.Grant(t.Context(), owner, m, wang, identity.Counter, once.Key{})
	refused(t, "the last owner as counter", err, identity.ErrLastOwner)
	refused(t, "Dismiss", h.Dismiss(t.Context(), owner, m, granted.User), nil)
	refused(t, "Dismiss again", h.Dismiss(t.Context(), owner, m, granted.User), identity.ErrStaffNotFound)
	if a := h.actor(t, other); len(a.Roles) != 0 {
		t.Errorf("dismissed: roles %v, want none", a.Roles)
	}
}

func TestRoles(t *testing.T) {
	t.Parallel()
	a := identity.Actor{User: "usr_1", Roles: map[identity.MerchantID]identity.Role{"mer_1": identity.Manager, "": identity.Owner}}
	for _, c := range []struct {
		role identity.Role
		m    identity.MerchantID
		want bool
	}{{identity.Counter, "mer_1", true}, {identity.Manager, "mer_1", true}, {identity.Owner, "mer_1", false}, {identity.Counter, "mer_2", false}, {identity.Counter, "", false}} {
		if got := a.Is(c.role, c.m); got != c.want {
			t.Errorf("a manager of mer_1: Is(%s, %q) = %v, want %v", c.role, c.m, got, c.want)
		}
	}
	for _, r := range []identity.Role{identity.Counter, identity.Manager, identity.Owner} {
		if got, ok := identity.ParseRole(r.String()); !ok || got != r {
			t.Errorf("ParseRole(%q) = %v, %v, want %v", r, got, ok, r)
		}
	}
	for _, name := range []string{"", "Owner", "boss"} {
		if r, ok := identity.ParseRole(name); ok {
			t.Errorf("ParseRole(%q) = %v, want none", name, r)
		}
	}
}
