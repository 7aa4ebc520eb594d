package identity_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corner/catalog/catalogtest"
	"corner/idempotency"
	"corner/identity"
	"corner/store/catalogsql"
)

// merchant registers a business as the catalogue does.
func (h accounts) merchant(t *testing.T, owner identity.UserID) identity.MerchantID {
	t.Helper()
	return catalogtest.Merchant(t, catalogsql.Store{DB: h.db}, owner)
}

// actor is who a fresh session of the phone speaks for.
func (h accounts) actor(t *testing.T, phone string) identity.Actor {
	t.Helper()
	h.pass(time.Minute) // for the limit of codes
	a, err := h.Actor(t.Context(), h.signIn(t, phone).Access)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// employ makes whoever has the phone staff of the merchant, as people become it.
func (h accounts) employ(t *testing.T, owner identity.Actor, m identity.MerchantID, phone string, role identity.Role) {
	t.Helper()
	v, err := h.Invite(t.Context(), owner, m, phone, role, identity.Branches{}, identity.Chinese, idempotency.Key{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Accept(t.Context(), h.actor(t, phone), v.ID); err != nil {
		t.Fatal(err)
	}
}

// onlyRight is nil for an error that one gets only with the right to do it.
func onlyRight(err error, after ...error) error {
	for _, e := range after {
		if errors.Is(err, e) {
			return nil
		}
	}
	return err
}

// TestRights is the table of who may do what: each method by each kind of person.
func TestRights(t *testing.T) {
	t.Parallel()
	h := open(t)
	const counter, manager, stranger, elsewhere, boss = "+8613700137001", "+8613700137002", "+8613700137003", "+8613700137004", "+8613700137005"
	m := h.merchant(t, h.actor(t, wang).User)
	h.merchant(t, h.actor(t, elsewhere).User)
	owner := h.actor(t, wang)
	h.employ(t, owner, m, counter, identity.Counter)
	h.employ(t, owner, m, manager, identity.Manager)
	if _, err := h.AppointOperator(t.Context(), boss); err != nil {
		t.Fatal(err)
	}
	invited, err := h.Invite(t.Context(), owner, m, other, identity.Counter, identity.Branches{}, identity.English, idempotency.Key{})
	if err != nil {
		t.Fatal(err)
	}
	session := h.signIn(t, "+8613700137009").Session
	everybody := []identity.Actor{
		{},
		h.actor(t, stranger),
		h.actor(t, counter),
		h.actor(t, manager),
		owner,
		h.actor(t, elsewhere),
		h.actor(t, boss),
	}
	names := []string{"nobody", "a stranger", "the counter", "a manager", "the owner", "the owner of another", "an operator"}

	in, noMerchant := identity.ErrUnauthenticated, identity.ErrMerchantNotFound
	noInvitation, noDevice := identity.ErrInvitationNotFound, identity.ErrDeviceNotFound
	noOperator := identity.ErrOperatorsOnly
	var ok error
	owners := []error{in, noMerchant, noMerchant, noMerchant, ok, noMerchant, noMerchant}
	own := []error{in, ok, ok, ok, ok, ok, ok}
	ctx := t.Context()
	for name, c := range map[string]struct {
		call func(a identity.Actor) error
		want []error // in the order of names
	}{
		"Invite": {func(a identity.Actor) error {
			_, err := h.Invite(ctx, a, m, wang, identity.Manager, identity.Branches{}, identity.English, idempotency.Key{})
			return onlyRight(err, identity.ErrAlreadyStaff)
		}, owners},
		"MerchantInvitations": {func(a identity.Actor) error {
			_, err := h.MerchantInvitations(ctx, a, m, "", 10)
			return err
		}, owners},
		"Withdraw": {func(a identity.Actor) error {
			return onlyRight(h.Withdraw(ctx, a, m, "inv_0"), noInvitation)
		}, owners},
		"Staff": {func(a identity.Actor) error {
			_, err := h.Staff(ctx, a, m, "", 10)
			return err
		}, owners},
		"ChangeRole": {func(a identity.Actor) error {
			return onlyRight(h.ChangeRole(ctx, a, m, "usr_0", identity.Manager, identity.Branches{}), identity.ErrStaffNotFound)
		}, owners},
		"Dismiss": {func(a identity.Actor) error {
			return onlyRight(h.Dismiss(ctx, a, m, "usr_0"), identity.ErrStaffNotFound)
		}, owners},
		"Accept another's":  {func(a identity.Actor) error { _, err := h.Accept(ctx, a, invited.ID); return err }, []error{in, noInvitation, noInvitation, noInvitation, noInvitation, noInvitation, noInvitation}},
		"Decline another's": {func(a identity.Actor) error { return h.Decline(ctx, a, invited.ID) }, []error{in, noInvitation, noInvitation, noInvitation, noInvitation, noInvitation, noInvitation}},
		"MyInvitations": {func(a identity.Actor) error {
			list, err := h.MyInvitations(ctx, a, "", 10)
			if len(list) > 0 {
				t.Errorf("an invitation for another phone is shown: %+v", list)
			}
			return err
		}, own},
		"Devices": {func(a identity.Actor) error {
			list, err := h.Devices(ctx, a, "", 10)
			for _, s := range list {
				if s.User != a.User {
					t.Errorf("a device of %s is shown to %s", s.User, a.User)
				}
			}
			return err
		}, own},
		"SignOut another's": {func(a identity.Actor) error { return h.SignOut(ctx, a, session) }, []error{in, noDevice, noDevice, noDevice, noDevice, noDevice, noDevice}},
		"BeginFactor":       {func(a identity.Actor) error { _, err := h.BeginFactor(ctx, a); return err }, own},
		"CheckFactor": {func(a identity.Actor) error {
			return onlyRight(h.CheckFactor(ctx, a, ""), identity.ErrFactorNotFound)
		}, own},
		"ChangePhone": {func(a identity.Actor) error {
			_, err := h.ChangePhone(ctx, a, identity.PhoneChange{})
			if len(faults(err)) > 0 {
				return nil
			}
			return err
		}, own},
		"WithdrawPhone":   {func(a identity.Actor) error { return h.WithdrawPhone(ctx, a) }, own},
		"SignOutOthers":   {func(a identity.Actor) error { return h.SignOutOthers(ctx, a, false) }, own},
		"RequireOperator": {func(a identity.Actor) error { return a.RequireOperator() }, []error{in, noOperator, noOperator, noOperator, noOperator, noOperator, ok}},
	} {
		for i, a := range everybody {
			refused(t, name+" by "+names[i], c.call(a), c.want[i])
		}
	}
	for i, want := range []bool{false, false, true, true, true, false, true} {
		if got := everybody[i].SeesMerchant(m); got != want {
			t.Errorf("SeesMerchant by %s = %v, want %v", names[i], got, want)
		}
	}
}

func TestStaff(t *testing.T) {
	t.Parallel()
	h := open(t)
	m := h.merchant(t, h.actor(t, wang).User)
	owner := h.actor(t, wang)
	h.employ(t, owner, m, other, identity.Counter)
	clerk := h.actor(t, other)
	if got := faults(h.ChangeRole(t.Context(), owner, m, clerk.User, 9, identity.Branches{})); !cmp.Equal(got, []string{"role unknown"}) {
		t.Errorf("an unknown role: %v, want /role unknown", got)
	}
	refused(t, "ChangeRole", h.ChangeRole(t.Context(), owner, m, clerk.User, identity.Manager, identity.Branches{}), nil)
	all, err := h.Staff(t.Context(), owner, m, "", 10)
	if i := slices.IndexFunc(
		all,
		func(s identity.Staff) bool { return s.User == clerk.User },
	); err != nil || i < 0 || all[i].Role != identity.Manager ||
		all[i].Phone != other {
		t.Errorf("Staff: %+v, %v; want %s as manager among them", all, err, clerk.User)
	}
	refused(t, "dismissing the last owner", h.Dismiss(t.Context(), owner, m, owner.User), identity.ErrLastOwner)
	refused(
		t,
		"the last owner as counter",
		h.ChangeRole(t.Context(), owner, m, owner.User, identity.Counter, identity.Branches{}),
		identity.ErrLastOwner,
	)
	refused(t, "leaving", h.Dismiss(t.Context(), h.actor(t, other), m, clerk.User), nil)
	refused(t, "Dismiss after that", h.Dismiss(t.Context(), owner, m, clerk.User), identity.ErrStaffNotFound)
	if a := h.actor(t, other); len(a.Roles) != 0 {
		t.Errorf("after leaving: roles %v, want none", a.Roles)
	}
}
