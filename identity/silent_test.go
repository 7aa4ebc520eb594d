package identity_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"corner/idempotency"
	"corner/identity"
	"corner/internal/expect"
)

// request is a sign-in with a fresh code, on a device that is not known.
func (h accounts) request(t *testing.T, phone string) identity.SignInRequest {
	t.Helper()
	code := h.code(t, phone)
	return identity.SignInRequest{Challenge: h.challenge(phone, code), Phone: phone, Code: code, Address: from}
}

func (h accounts) enters(t *testing.T, r identity.SignInRequest) identity.Tokens {
	t.Helper()
	return expect.OK(h.Accounts.SignIn(t.Context(), r))(t)
}

// TestSilentNumber: after 180 days without a sign-in or refresh, a device that is not known gets an account of its own.
func TestSilentNumber(t *testing.T) {
	t.Parallel()
	h := open(t)
	first := h.signIn(t, wang)
	h.pass(100 * 24 * time.Hour)
	if same := h.signIn(t, wang); same.User != first.User {
		t.Error("100 days are no silence")
	}
	h.pass(identity.SilentFor - time.Second)
	if same := h.signIn(t, wang); same.User != first.User {
		t.Error("a second less than 180 days is no silence")
	}
	h.pass(identity.SilentFor)
	r := h.request(t, wang)
	r.DeviceToken = first.Device
	if same := h.enters(t, r); same.User != first.User {
		t.Error("the known device lost its account")
	}
	last := h.signIn(t, wang)
	h.pass(50 * 24 * time.Hour)
	refreshed := expect.OK(h.Refresh(t.Context(), last.Refresh))(t)
	h.pass(identity.SilentFor - 24*time.Hour)
	if same := h.signIn(t, wang); same.User != first.User {
		t.Error("a refresh counts for nothing")
	}
	if _, err := h.AppointOperator(t.Context(), wang); err != nil {
		t.Fatal(err)
	}
	m := h.merchant(t, first.User)
	h.pass(identity.SilentFor)
	fresh := h.signIn(t, wang)
	if fresh.User == first.User {
		t.Fatal("the number was silent, and opened the account before")
	}
	if me := h.again(t, fresh); me.Operator || len(me.Roles) != 0 {
		t.Errorf("the fresh account is %+v, want one without rights", me)
	}
	for name, tokens := range map[string]identity.Tokens{"refreshed": refreshed, "first": first} {
		_, err := h.Refresh(t.Context(), tokens.Refresh)
		refused(t, "a session of the one before: "+name, err, identity.ErrTokenInvalid)
	}
	r = h.request(t, wang)
	r.DeviceToken = first.Device
	if again := h.enters(t, r); again.User != fresh.User {
		t.Error("the device of the one before opens that account with a number that is not its any more")
	}
	before, err := h.Store.User(t.Context(), first.User)
	if err != nil || before.Phone != "" {
		t.Errorf("the one before is %+v, %v; want it there without a number", before, err)
	}

	// Its business is recovered by command, and only by it.
	ctx := t.Context()
	v, err := h.RecoverMerchant(ctx, m, other, identity.Chinese)
	if err != nil || v.Role != identity.Owner {
		t.Fatalf("RecoverMerchant: %+v, %v", v, err)
	}
	heir := h.actor(t, other)
	if _, err := h.Accept(ctx, heir, v.ID); err != nil {
		t.Fatal(err)
	}
	heir = h.actorKnown(t, heir)
	_, err = h.RecoverMerchant(ctx, m, "+8613700137001", identity.Chinese)
	refused(t, "a merchant that has an owner", err, identity.ErrOwned)
	_, err = h.RecoverMerchant(ctx, "mer_0", other, identity.Chinese)
	refused(t, "no merchant", err, identity.ErrMerchantNotFound)
	for _, s := range expect.OK(h.Staff(ctx, heir, m, "", 10))(t) {
		if s.User == first.User && s.Phone != "" {
			t.Errorf("the staff shows the number %q of who has none", s.Phone)
		}
	}
	if _, err := h.Invite(ctx, heir, m, wang, identity.Counter, identity.Branches{}, identity.Chinese, idempotency.Key{}); err != nil {
		t.Errorf("who has the number now is taken for who works there: %v", err)
	}
	for _, s := range []string{"gone:" + string(first.User), string(first.User)} {
		if p, ok := identity.ParsePhone(s); ok {
			t.Errorf("ParsePhone(%q) = %q", s, p)
		}
	}
}

// TestSilentFactor: the second factor opens the account before; whoever has none says that the number is new to him.
func TestSilentFactor(t *testing.T) {
	t.Parallel()
	h := open(t)
	first := h.signIn(t, wang)
	p := h.factor(t, h.again(t, first))
	r := h.request(t, wang)
	r.Anew = true
	_, err := h.Accounts.SignIn(t.Context(), r)
	refused(t, "a fresh account for a number that is not silent", err, identity.ErrFactorRequired)
	h.pass(identity.SilentFor)
	r = h.request(t, wang)
	_, err = h.Accounts.SignIn(t.Context(), r)
	refused(t, "without the factor", err, identity.ErrFactorRequired)
	r.Factor = "nonsense"
	_, err = h.Accounts.SignIn(t.Context(), r)
	refused(t, "with a wrong one", err, identity.ErrFactorInvalid)
	r.Factor = p.recovery[0]
	if back := h.enters(t, r); back.User != first.User {
		t.Error("the second factor did not open the account before")
	}
	h.pass(identity.SilentFor)
	r = h.request(t, wang)
	r.Anew = true
	if fresh := h.enters(t, r); fresh.User == first.User {
		t.Error("whoever the number is new to got the account before")
	}
}

// TestSilentRivals: of many who come with a silent number at once all get one fresh account.
func TestSilentRivals(t *testing.T) {
	t.Parallel()
	h := open(t)
	first := h.signIn(t, wang)
	h.pass(identity.SilentFor)
	var requests []identity.SignInRequest
	for range 8 {
		h.pass(time.Minute)
		requests = append(requests, h.request(t, wang))
	}
	var mu sync.Mutex
	users := map[identity.UserID]bool{}
	for _, err := range expect.Rivals(len(requests), func(i int) error {
		tokens, err := h.Accounts.SignIn(t.Context(), requests[i])
		if err == nil {
			mu.Lock()
			defer mu.Unlock()
			users[tokens.User] = true
		}
		return err
	}) {
		// Codes live for five minutes, so the first ones have run out.
		if !errors.Is(err, identity.ErrCodeInvalid) {
			t.Error(err)
		}
	}
	if len(users) != 1 || users[first.User] {
		t.Errorf("the rivals are %v, want one fresh account", users)
	}
}
