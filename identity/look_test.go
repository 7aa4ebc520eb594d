package identity_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"corner/fault"
	"corner/idempotency"
	"corner/identity"
)

// kept is the looks that were written down; with full, none can be.
type kept struct {
	identity.Looks
	looks []identity.Look
	full  bool
}

func (k *kept) AddLooks(_ context.Context, looks []identity.Look) error {
	if k.full {
		return errors.New("disk full")
	}
	k.looks = append(k.looks, looks...)
	return nil
}

// TestJournal: who is looked at is written down once, for whom the actor works there or as an operator; oneself and nobody are not.
func TestJournal(t *testing.T) {
	t.Parallel()
	k := &kept{}
	j := identity.Journal{Looks: k, Now: time.Now}
	staff := identity.Actor{User: "usr_s", Roles: map[identity.MerchantID]identity.Role{"mer_1": identity.Counter}, Operator: true}
	for _, m := range []identity.MerchantID{"mer_1", "mer_2", ""} {
		if err := j.Look(t.Context(), staff, m, identity.SeenBookings, "plc_1", "usr_a", "", "usr_s", "usr_b", "usr_a"); err != nil {
			t.Fatal(err)
		}
	}
	if err := j.Look(t.Context(), staff, "mer_1", identity.SeenBookings, "plc_1", "usr_s", ""); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range k.looks {
		got = append(got, string(l.At)+" by "+string(l.By)+" of "+string(l.Merchant))
	}
	want := []string{
		"usr_a by usr_s of mer_1",
		"usr_b by usr_s of mer_1",
		"usr_a by usr_s of ",
		"usr_b by usr_s of ",
		"usr_a by usr_s of ",
		"usr_b by usr_s of ",
	}
	if !slices.Equal(got, want) {
		t.Errorf("looks are %q, want %q", got, want)
	}
}

// TestUnwrittenLook: numbers of others are not shown when that cannot be written down.
func TestUnwrittenLook(t *testing.T) {
	t.Parallel()
	h := open(t)
	owner := h.actor(t, wang)
	m := h.merchant(t, owner.User)
	owner = h.actor(t, wang)
	h.employ(t, owner, m, other, identity.Counter)
	h.Journal = &identity.Journal{Looks: &kept{full: true}, Now: time.Now}
	if list, err := h.Staff(t.Context(), owner, m, "", 10); fault.KindOf(err) != fault.Unavailable || len(list) > 0 {
		t.Errorf("Staff: %d people and %v, want none and a part that is away", len(list), err)
	}
	if list, err := h.MerchantInvitations(t.Context(), owner, m, "", 10); fault.KindOf(err) != fault.Unavailable || len(list) > 0 {
		t.Errorf("MerchantInvitations: %d and %v, want none and a part that is away", len(list), err)
	}
	if _, err := h.Invite(
		t.Context(),
		owner,
		m,
		"+8613700137000",
		identity.Counter,
		identity.Branches{},
		identity.Chinese,
		idempotency.Key{},
	); err != nil {
		t.Errorf("whom nobody knows can be invited, and got %v", err)
	}
}
