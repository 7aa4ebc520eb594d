package identity_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corner/fault"
	"corner/idempotency"
	"corner/identity"
	"corner/store/identitysql"
)

// owned is a house with a merchant and its owner.
func owned(t *testing.T) (accounts, identity.MerchantID, identity.Actor) {
	t.Helper()
	h := open(t)
	m := h.merchant(t, h.actor(t, wang).User)
	return h, m, h.actor(t, wang)
}

func (h accounts) invite(t *testing.T, owner identity.Actor, m identity.MerchantID, phone string) identity.Invitation {
	t.Helper()
	v, err := h.Invite(t.Context(), owner, m, phone, identity.Manager, identity.Branches{}, identity.English, idempotency.Key{})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestInvitation(t *testing.T) {
	t.Parallel()
	h, m, owner := owned(t)
	_, err := h.Invite(t.Context(), owner, m, "12", 9, identity.Branches{}, identity.English, idempotency.Key{})
	if diff := cmp.Diff([]string{"phone bad_format", "role unknown"}, faults(err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	v := h.invite(t, owner, m, "+86 139-0013-9000") // as people write it; who has never signed in
	if v.Phone != other || v.State != identity.InvitationOpen || v.ToldAt.IsZero() || v.ExpiresAt.Sub(v.CreatedAt) != 7*24*time.Hour {
		t.Errorf("Invite = %+v, want an open one for %s, told, for seven days", v, other)
	}
	her := h.actor(t, other)
	if len(her.Roles) != 0 {
		t.Errorf("before she accepts: roles %v, want none", her.Roles)
	}
	mine, err := h.MyInvitations(t.Context(), her, "", 10)
	if diff := cmp.Diff([]identity.Invitation{v}, mine); diff != "" || err != nil {
		t.Errorf("MyInvitations: %v (-want +got):\n%s", err, diff)
	}
	got, err := h.Accept(t.Context(), her, v.ID)
	if err != nil || got.State != identity.InvitationAccepted || got.User != her.User {
		t.Fatalf("Accept = %+v, %v", got, err)
	}
	if a := h.actor(t, other); a.Roles[m] != identity.Manager {
		t.Errorf("after that: roles %v, want manager", a.Roles)
	}
	again, err := h.Accept(t.Context(), her, v.ID)
	if diff := cmp.Diff(got, again); diff != "" || err != nil {
		t.Errorf("Accept again: %v (-want +got):\n%s", err, diff)
	}
	refused(t, "declining it then", h.Decline(t.Context(), her, v.ID), identity.ErrInvitationAccepted)
	refused(t, "withdrawing it then", h.Withdraw(t.Context(), owner, m, v.ID), identity.ErrInvitationAccepted)
	refused(t, "Dismiss", h.Dismiss(t.Context(), owner, m, her.User), nil)
	if _, err := h.Accept(t.Context(), her, v.ID); err != nil {
		t.Errorf("Accept after the dismissal: %v", err)
	}
	if a := h.actor(t, other); len(a.Roles) != 0 {
		t.Errorf("accepted again after the dismissal: roles %v, want none", a.Roles)
	}
	if mine, err := h.MyInvitations(t.Context(), her, "", 10); err != nil || len(mine) != 0 {
		t.Errorf("MyInvitations then: %+v, %v; want none", mine, err)
	}
}

// TestInvitationEnds: what each end of an invitation answers to what comes after it.
func TestInvitationEnds(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		end                       func(h accounts, m identity.MerchantID, owner, her identity.Actor, id identity.InvitationID) error
		accept, decline, withdraw error
		state                     identity.InvitationState
	}{
		"declined": {func(h accounts, _ identity.MerchantID, _, her identity.Actor, id identity.InvitationID) error {
			return h.Decline(t.Context(), her, id)
		}, identity.ErrInvitationDeclined, nil, nil, identity.InvitationDeclined},
		"withdrawn": {func(h accounts, m identity.MerchantID, owner, _ identity.Actor, id identity.InvitationID) error {
			return h.Withdraw(t.Context(), owner, m, id)
		}, identity.ErrInvitationWithdrawn, nil, nil, identity.InvitationWithdrawn},
		"run out": {func(h accounts, _ identity.MerchantID, _, _ identity.Actor, _ identity.InvitationID) error {
			h.pass(identity.InvitationFor)
			return nil
		}, identity.ErrInvitationExpired, nil, nil, identity.InvitationExpired},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, m, owner := owned(t)
			v, her := h.invite(t, owner, m, other), h.actor(t, other)
			refused(t, "the end", c.end(h, m, owner, her, v.ID), nil)
			all, err := h.MerchantInvitations(t.Context(), owner, m, "", 10)
			if err != nil || len(all) != 1 || all[0].Standing(h.now()) != c.state {
				t.Errorf("MerchantInvitations = %+v, %v; want one that is %s", all, err, c.state)
			}
			if mine, err := h.MyInvitations(t.Context(), her, "", 10); err != nil || len(mine) != 0 {
				t.Errorf("MyInvitations = %+v, %v; want none", mine, err)
			}
			_, err = h.Accept(t.Context(), her, v.ID)
			refused(t, "Accept", err, c.accept)
			refused(t, "Decline", h.Decline(t.Context(), her, v.ID), c.decline)
			refused(t, "Withdraw", h.Withdraw(t.Context(), owner, m, v.ID), c.withdraw)
			_, err = h.Accept(t.Context(), her, v.ID)
			if !errors.Is(err, c.accept) && !errors.Is(err, identity.ErrInvitationDeclined) {
				t.Errorf("Accept after all that: %v, want a refusal", err)
			}
			if a := h.actor(t, other); len(a.Roles) != 0 {
				t.Errorf("roles %v, want none", a.Roles)
			}
		})
	}
}

// named is the port, with a merchant of that name.
type named struct {
	identity.Invitations
	name string
}

func (n named) UpdateInvitation(
	ctx context.Context,
	id identity.InvitationID,
	change func(*identity.Invitation) error,
	admit func(owners int) error,
) (identity.Invitation, error) {
	v, err := n.Invitations.UpdateInvitation(ctx, id, change, admit)
	v.MerchantName = n.name
	return v, err
}

// TestInvitationTexts: in the inviter's language, and no merchant's name carries a link
// or a number to call to strangers.
func TestInvitationTexts(t *testing.T) {
	t.Parallel()
	h, m, owner := owned(t)
	for i, v := range []struct {
		name string
		l    identity.Language
		want string
	}{
		{"老王面馆", identity.Chinese, "“老王面馆”邀请您担任店长。请在 Corner 中用本手机号登录，7 天内接受或拒绝。"},
		{"Joe’s Café & Bar 88", identity.English, "“Joe’s Café & Bar 88” invites you to be manager there. Sign in to Corner with this number within 7 days to accept or decline."},
		{"WIN http://evil.example/x?y=1 call +1 212 555 0123", identity.English, "“WIN http evil example x…”"},
		{"加微信 1234567890 www.evil.cn", identity.Chinese, "“加微信 123 www evil cn”"},
	} {
		h.Invitations = named{identitysql.Store{DB: h.db}, v.name}
		phone := fmt.Sprintf("+861370013700%d", i)
		if _, err := h.Invite(t.Context(), owner, m, phone, identity.Manager, identity.Branches{}, v.l, idempotency.Key{}); err != nil {
			t.Fatal(err)
		}
		if got := h.phones.texts[len(h.phones.texts)-1]; !strings.HasPrefix(got, phone+" "+v.want) {
			t.Errorf("text %q, want %q", got, v.want)
		}
	}
}

// TestInvitationRepeated: calls with one key make one invitation and send one message;
// where the gateway was away, a repeat sends it.
func TestInvitationRepeated(t *testing.T) {
	t.Parallel()
	h, m, owner := owned(t)
	key, err := idempotency.New(string(owner.User), "k", "invitations.create", other)
	if err != nil {
		t.Fatal(err)
	}
	invite := func() (identity.Invitation, error) {
		return h.Invite(t.Context(), owner, m, other, identity.Counter, identity.Branches{}, identity.English, key)
	}
	h.phones.fail = errors.New("no route")
	first, err := invite()
	if err != nil || !first.ToldAt.IsZero() {
		t.Fatalf("without the gateway: %+v, %v; want one that is not told", first, err)
	}
	h.phones.fail = nil
	const n = 8
	got, errs, wg := make([]identity.Invitation, n), make([]error, n), sync.WaitGroup{}
	for i := range n {
		wg.Go(func() { got[i], errs[i] = invite() })
	}
	wg.Wait()
	for i := range n {
		if errs[i] != nil || got[i].ID != first.ID || got[i].ToldAt.IsZero() {
			t.Errorf("repeat %d: %+v, %v; want %s, told", i, got[i], errs[i], first.ID)
		}
	}
	if len(h.phones.texts) != 1 {
		t.Errorf("%d messages were sent, want 1", len(h.phones.texts))
	}
}

// TestInvitationLimits: nobody is bombed with messages, by one merchant or by many.
func TestInvitationLimits(t *testing.T) {
	t.Parallel()
	h, m, owner := owned(t)
	to := func(m identity.MerchantID, a identity.Actor, phone string) error {
		_, err := h.Invite(t.Context(), a, m, phone, identity.Counter, identity.Branches{}, identity.English, idempotency.Key{})
		return err
	}
	for i := range 5 {
		if err := to(m, owner, other); err != nil {
			t.Fatalf("invitation %d of one phone: %v", i+1, err)
		}
	}
	rival := h.actor(t, "+8613700137999")
	theirs := h.merchant(t, rival.User)
	rival = h.actor(t, "+8613700137999")
	err := to(theirs, rival, other)
	refused(t, "a sixth one, by another merchant", err, identity.ErrTooManyInvitations)
	if e, _ := errors.AsType[*fault.Error](
		err,
	); e == nil || e.RetryAfter <= 23*time.Hour || e.RetryAfter > 24*time.Hour ||
		limitOf(e) != 5 {
		t.Errorf("it tells %+v, want to try again tomorrow, and the limit 5", e)
	}
	for i := range 45 {
		if err := to(m, owner, fmt.Sprintf("+86137002%05d", i)); err != nil {
			t.Fatalf("invitation %d of the merchant: %v", i+6, err)
		}
	}
	refused(t, "a fifty-first of the merchant", to(m, owner, "+8613700300000"), identity.ErrTooManyInvitations)
	second := h.merchant(t, owner.User)
	owner = h.actor(t, wang)
	refused(t, "of the same owner for another merchant", to(second, owner, "+8613700300000"), identity.ErrTooManyInvitations)
	if err := to(theirs, rival, "+8613700300000"); err != nil {
		t.Errorf("others are in its way: %v", err)
	}
	h.pass(identity.Day)
	if err := to(m, owner, other); err != nil {
		t.Errorf("a day later: %v", err)
	}
	if n := len(h.phones.texts); n != 52 {
		t.Errorf("%d messages were sent, want 52", n)
	}
}

func TestOperators(t *testing.T) {
	t.Parallel()
	h, m, _ := owned(t)
	op, err := h.AppointOperator(t.Context(), "+86 139-0013-9000") // who has never signed in
	if err != nil || op.Phone != other {
		t.Fatalf("AppointOperator = %+v, %v; want %s", op, err, other)
	}
	a := h.actor(t, other)
	if !a.Operator || a.User != op.User || !a.SeesMerchant(m) || !a.Sees(identity.ReadHistory, m, "plc_1") || a.WorksFor(m) {
		t.Errorf("signed in: %+v, want an operator who sees %s and has no role there", a, m)
	}
	all, err := h.Operators.Operators(t.Context())
	if diff := cmp.Diff([]identity.Operator{op}, all); diff != "" || err != nil {
		t.Errorf("Operators: %v (-want +got):\n%s", err, diff)
	}
	token := h.signIn(t, other).Access
	if _, err := h.DismissOperator(t.Context(), other); err != nil {
		t.Fatal(err)
	}
	if a, err := h.Actor(t.Context(), token); err != nil || a.Operator {
		t.Errorf("dismissed, with a token from before: %+v, %v; want no operator", a, err)
	}
	_, err = h.DismissOperator(t.Context(), other)
	refused(t, "DismissOperator again", err, identity.ErrOperatorNotFound)
	if _, err := h.AppointOperator(t.Context(), "138"); len(faults(err)) != 1 {
		t.Errorf("AppointOperator of no phone: %v, want /phone bad_format", err)
	}
}
