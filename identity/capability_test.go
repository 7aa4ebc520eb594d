package identity_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corner/catalog/catalogtest"
	"corner/idempotency"
	"corner/identity"
	"corner/store/catalogsql"
)

// TestCapabilities is the table of docs/security.md: what each role may.
func TestCapabilities(t *testing.T) {
	t.Parallel()
	all := []identity.Role{identity.Counter, identity.Manager, identity.Owner, identity.Finance, identity.Marketing}
	for c, want := range map[identity.Capability]string{
		identity.ReadPlaces:     "counter manager owner finance marketing",
		identity.ReadHistory:    "counter manager owner finance",
		identity.ReadBookings:   "counter manager owner finance",
		identity.ConfirmVisits:  "counter manager owner",
		identity.SellOut:        "counter manager owner",
		identity.ManageBookings: "manager owner",
		identity.EditTexts:      "manager owner marketing",
		identity.EditPlaces:     "manager owner",
		identity.EditServices:   "manager owner",
		identity.EditPhotos:     "manager owner marketing",
		identity.ManageStaff:    "owner",
		identity.ManageMerchant: "owner",
		0:                       "",
		1 << 40:                 "",
	} {
		var may []string
		for _, r := range all {
			if r.May(c) {
				may = append(may, r.String())
			}
		}
		if got := strings.Join(may, " "); got != want {
			t.Errorf("capability %b: %q, want %q", c, got, want)
		}
		if identity.Role(0).May(c) || identity.Role(99).May(c) {
			t.Errorf("capability %b: no role has it", c)
		}
	}
	for _, r := range all {
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

func TestMay(t *testing.T) {
	t.Parallel()
	const m, here, there = "mer_1", identity.PlaceID("plc_1"), identity.PlaceID("plc_2")
	whole := identity.Actor{User: "usr_1", Roles: map[identity.MerchantID]identity.Role{m: identity.Manager, "": identity.Owner}}
	limited := identity.Actor{
		User: "usr_1", Roles: map[identity.MerchantID]identity.Role{m: identity.Manager},
		Limits: map[identity.MerchantID]identity.Branches{m: identity.Only(here)},
	}
	nowhere := limited
	nowhere.Limits = map[identity.MerchantID]identity.Branches{m: identity.Only()}
	const edit, staff = identity.EditPlaces, identity.ManageStaff
	for name, c := range map[string]struct{ got, want bool }{
		"a manager":                                {whole.May(edit, m, here), true},
		"of the whole":                             {whole.MayAll(edit, m), true},
		"for what owners may":                      {whole.May(staff, m, here), false},
		"of the whole, for what owners may":        {whole.MayAll(staff, m), false},
		"of another merchant":                      {whole.May(edit, "mer_2", here), false},
		"of no merchant":                           {whole.May(edit, "", here), false},
		"of the whole of no merchant":              {whole.MayAll(edit, ""), false},
		"works for no merchant":                    {whole.WorksFor(""), false},
		"limited to here, here":                    {limited.May(edit, m, here), true},
		"limited to here, there":                   {limited.May(edit, m, there), false},
		"limited to here, of the whole":            {limited.MayAll(edit, m), false},
		"limited to here, sees there":              {limited.Sees(identity.ReadPlaces, m, there), false},
		"limited to here, here at the new owner's": {limited.May(edit, "mer_2", here), false},
		"limited to here, works there":             {limited.WorksFor(m) && limited.SeesMerchant(m), true},
		"limited to nothing":                       {nowhere.May(edit, m, here) || nowhere.MayAll(edit, m), false},
	} {
		if c.got != c.want {
			t.Errorf("%s: %v, want %v", name, c.got, c.want)
		}
	}
}

// TestKept: a role comes back from its number, and the program before this one, in which the greater number may more,
// takes no role for more than it is.
func TestKept(t *testing.T) {
	t.Parallel()
	seen := map[int]string{}
	for _, r := range []identity.Role{identity.Counter, identity.Manager, identity.Owner, identity.Finance, identity.Marketing} {
		for _, limited := range []bool{false, true} {
			n, name := r.Kept(limited), fmt.Sprintf("%s, limited %v", r, limited)
			if seen[n] != "" {
				t.Errorf("%s and %s are kept as %d", name, seen[n], n)
			}
			seen[n] = name
			role, at := identity.RoleKept(n, "plc_2,plc_1")
			want := identity.Branches{}
			if limited {
				want = identity.Only("plc_1", "plc_2")
			}
			if diff := cmp.Diff(want, at); diff != "" || role != r {
				t.Errorf("%s comes back as %s (-want +got):\n%s", name, role, diff)
			}
			if known := r <= identity.Owner && !limited; known != (n == int(r)) || !known && n > 0 {
				t.Errorf("%s is kept as %d, which the program before takes for role %d", name, n, n)
			}
		}
	}
	if r, at := identity.RoleKept(identity.Counter.Kept(true), ""); r != identity.Counter || !at.Limited || at.Has("plc_1") {
		t.Errorf("a limited role without places holds at %+v, want nowhere", at)
	}
}

// TestBranches: where a role is to hold is checked, and every faulty place named.
func TestBranches(t *testing.T) {
	t.Parallel()
	h := open(t)
	db := catalogsql.Store{DB: h.db}
	m := catalogtest.Merchant(t, db, h.actor(t, wang).User)
	theirs := catalogtest.Place(t, db, catalogtest.Merchant(t, db, h.actor(t, "+8613700137009").User))
	owner := h.actor(t, wang)
	here, there := catalogtest.Place(t, db, m), catalogtest.Place(t, db, m)
	h.employ(t, owner, m, other, identity.Counter)
	clerk := h.actor(t, other)
	many := make([]identity.PlaceID, identity.MaxBranches+1)
	for name, c := range map[string]struct {
		role identity.Role
		at   identity.Branches
		want []string
	}{
		"nowhere":               {identity.Counter, identity.Branches{Limited: true}, []string{"place_ids required"}},
		"an owner":              {identity.Owner, identity.Only(here), []string{"place_ids not_for_owners"}},
		"too many":              {identity.Counter, identity.Branches{Limited: true, Places: many}, []string{"place_ids too_many_items"}},
		"another's and nothing": {9, identity.Branches{Limited: true, Places: []identity.PlaceID{theirs, here, "plc_0", "", there}}, []string{"place_ids.0 unknown", "place_ids.2 unknown", "place_ids.3 unknown", "role unknown"}},
	} {
		for how, err := range map[string]error{
			"ChangeRole": h.ChangeRole(t.Context(), owner, m, clerk.User, c.role, c.at),
			"Invite": func() error {
				_, err := h.Invite(t.Context(), owner, m, "+8613700137001", c.role, c.at, identity.English, idempotency.Key{})
				return err
			}(),
		} {
			if diff := cmp.Diff(c.want, slices.Sorted(slices.Values(faults(err)))); diff != "" {
				t.Errorf("%s, %s (-want +got):\n%s", how, name, diff)
			}
		}
	}
	refused(t, "two places, one twice", h.ChangeRole(t.Context(), owner, m, clerk.User, identity.Manager,
		identity.Branches{Limited: true, Places: []identity.PlaceID{there, here, there}}), nil)
	clerk = h.actor(t, other)
	if diff := cmp.Diff(map[identity.MerchantID]identity.Branches{m: identity.Only(here, there)}, clerk.Limits); diff != "" {
		t.Errorf("the limits (-want +got):\n%s", diff)
	}
	_, err := h.Staff(t.Context(), clerk, m, "", 10)
	refused(t, "Staff by who is limited", err, identity.ErrMerchantNotFound)
	refused(t, "one place", h.ChangeRole(t.Context(), owner, m, clerk.User, identity.Marketing, identity.Only(there)), nil)
	refused(t, "leaving", h.Dismiss(t.Context(), h.actor(t, other), m, clerk.User), nil)
}
