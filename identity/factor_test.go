package identity_test

import (
	"encoding/base32"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"corner/idempotency"
	"corner/identity"
	"corner/internal/expect"
)

// TestTOTP has the vectors of RFC 6238, Appendix B, to six digits.
func TestTOTP(t *testing.T) {
	t.Parallel()
	for unix, want := range map[int64]string{
		59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130",
	} {
		if got := identity.TOTPCode([]byte("12345678901234567890"), unix/30); got != want {
			t.Errorf("at %d: %s, want %s", unix, got, want)
		}
	}
}

// app is an authenticator.
type app struct {
	seed     []byte
	recovery []string
}

// code is what the app shows so many steps after now.
func (p *app) code(h accounts, steps int64) string {
	return identity.TOTPCode(p.seed, h.now().Unix()/30+steps)
}

func enrolled(t *testing.T, e identity.Enrolment) *app {
	t.Helper()
	seed, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(e.Secret)
	if err != nil || len(seed) != 20 {
		t.Fatalf("the secret is %q: %v, want 20 bytes in base32", e.Secret, err)
	}
	return &app{seed: seed}
}

// factor sets a second factor up for somebody, and lets its first code pass.
func (h accounts) factor(t *testing.T, actor identity.Actor) *app {
	t.Helper()
	e, err := h.BeginFactor(t.Context(), actor)
	if err != nil {
		t.Fatal(err)
	}
	p := enrolled(t, e)
	if p.recovery, err = h.ConfirmFactor(t.Context(), actor, p.code(h, 0)); err != nil {
		t.Fatal(err)
	}
	h.pass(identity.StepUpFor)
	return p
}

// again is the actor as the next call of the session has it, refreshed or not.
func (h accounts) again(t *testing.T, tokens identity.Tokens) identity.Actor {
	t.Helper()
	return h.actorKnown(t, identity.Actor{Session: tokens.Session})
}

// TestFactor: begun, nothing is asked; confirmed, each code is good once, and so is each recovery code.
func TestFactor(t *testing.T) {
	t.Parallel()
	h := open(t)
	ctx := t.Context()
	tokens := h.signIn(t, wang)
	me := h.again(t, tokens)
	refused(t, "a check without a factor", h.CheckFactor(ctx, me, "123456"), identity.ErrFactorNotFound)
	first, err := h.BeginFactor(ctx, me)
	if err != nil {
		t.Fatal(err)
	}
	e, err := h.BeginFactor(ctx, me)
	if err != nil {
		t.Fatal(err)
	}
	if u, err := url.Parse(e.URI); err != nil || u.Scheme != "otpauth" || u.Host != "totp" || u.Path != "/Corner:"+wang ||
		u.Query().Get("secret") != e.Secret || u.Query().Get("issuer") != "Corner" {
		t.Errorf("the URI is %q: %v", e.URI, err)
	}
	p := enrolled(t, e)
	refused(t, "a check of one that is not on", h.CheckFactor(ctx, me, p.code(h, 0)), identity.ErrFactorNotFound)
	_, err = h.ConfirmFactor(ctx, me, enrolled(t, first).code(h, 0))
	refused(t, "the code of one that was begun before", err, identity.ErrFactorInvalid)
	h.signIn(t, wang)
	if me = h.again(t, tokens); me.Factor {
		t.Error("a factor that is not on is asked for")
	}
	if p.recovery, err = h.ConfirmFactor(ctx, me, p.code(h, 0)); err != nil || len(p.recovery) != 10 {
		t.Fatalf("ConfirmFactor: %v, %v; want ten recovery codes", p.recovery, err)
	}
	if me = h.again(t, tokens); !me.Factor {
		t.Error("it is not on")
	}
	if u, err := h.Me(ctx, me); err != nil || !u.Factor {
		t.Errorf("Me: %+v, %v", u, err)
	}
	_, err = h.BeginFactor(ctx, me)
	refused(t, "another one beside it", err, identity.ErrFactorOn)
	_, err = h.ConfirmFactor(ctx, me, p.code(h, 1))
	refused(t, "confirming again", err, identity.ErrFactorOn)

	refused(t, "the code that confirmed it", h.CheckFactor(ctx, me, p.code(h, 0)), identity.ErrFactorInvalid)
	refused(t, "two steps ahead", h.CheckFactor(ctx, me, p.code(h, 2)), identity.ErrFactorInvalid)
	refused(t, "a step ahead", h.CheckFactor(ctx, me, " "+p.code(h, 1)[:3]+" "+p.code(h, 1)[3:]), nil)
	refused(t, "the same again", h.CheckFactor(ctx, me, p.code(h, 1)), identity.ErrFactorInvalid)
	h.pass(2 * time.Minute)
	refused(t, "two steps late", h.CheckFactor(ctx, me, p.code(h, -2)), identity.ErrFactorInvalid)
	refused(t, "a step late", h.CheckFactor(ctx, me, p.code(h, -1)), nil)
	refused(t, "now", h.CheckFactor(ctx, me, p.code(h, 0)), nil)
	refused(t, "the one before after it", h.CheckFactor(ctx, me, p.code(h, -1)), identity.ErrFactorInvalid)

	refused(t, "a recovery code", h.CheckFactor(ctx, me, strings.ToUpper(p.recovery[3])), nil)
	refused(t, "the same again", h.CheckFactor(ctx, me, p.recovery[3]), identity.ErrFactorInvalid)
	fresh, err := h.RenewRecovery(ctx, me, p.recovery[4])
	if err != nil || len(fresh) != 10 {
		t.Fatalf("RenewRecovery: %v, %v", fresh, err)
	}
	h.pass(time.Hour)
	refused(t, "one of those before", h.CheckFactor(ctx, me, p.recovery[5]), identity.ErrFactorInvalid)
	refused(t, "removing it without a code", h.RemoveFactor(ctx, me, ""), identity.ErrFactorInvalid)
	refused(t, "removing it", h.RemoveFactor(ctx, me, fresh[9]), nil)
	h.pass(time.Hour)
	if me = h.again(t, h.signIn(t, wang)); me.Factor {
		t.Error("it is on after it was removed")
	}
	refused(t, "removing it again", h.RemoveFactor(ctx, me, "x"), identity.ErrFactorNotFound)
	_ = expect.OK(h.BeginFactor(ctx, me))(expect.Test{T: t})
	refused(t, "removing one that is not on", h.RemoveFactor(ctx, me, ""), nil)
}

// TestFactorAtSignIn: a device that is not known is asked once the code is right, and the code stays good; a device
// that is known is not.
func TestFactorAtSignIn(t *testing.T) {
	t.Parallel()
	h := open(t)
	home := h.signIn(t, wang)
	p := h.factor(t, h.again(t, home))
	r := identity.SignInRequest{Phone: wang, Code: h.code(t, wang), Address: from, Token: "k"}
	r.Challenge = h.challenge(wang, r.Code)
	enter := func(code, factor, device string) (identity.Tokens, error) {
		r := r
		r.Code, r.Factor, r.DeviceToken = code, factor, device
		return h.Accounts.SignIn(t.Context(), r)
	}
	_, err := enter(wrong(r.Code), p.code(h, 0), "")
	refused(t, "a wrong code beside the factor", err, identity.ErrCodeInvalid)
	for range 10 {
		_, err = enter(r.Code, "", "")
		refused(t, "without the factor", err, identity.ErrFactorRequired)
	}
	_, err = enter(r.Code, p.code(h, 5), "")
	refused(t, "with a wrong one", err, identity.ErrFactorInvalid)
	in, err := enter(r.Code, p.code(h, 0), "")
	if err != nil {
		t.Fatalf("with the factor: %v", err)
	}
	if me := h.again(t, in); !me.Factor || !me.FactorAt.Equal(h.now().Truncate(time.Microsecond)) || me.User != home.User {
		t.Errorf("the session is %+v, want it to have shown the factor now", me)
	}
	same, err := enter(r.Code, p.code(h, 0), "")
	if err != nil || same.Session != in.Session {
		t.Errorf("a repeat: %+v, %v; want the same session", same, err)
	}
	r.Token = ""
	r.Code = h.code(t, wang)
	r.Challenge = h.challenge(wang, r.Code)
	if _, err := enter(r.Code, "", home.Device); err != nil {
		t.Errorf("on a known device: %v", err)
	}
	r.Code = h.code(t, wang)
	r.Challenge = h.challenge(wang, r.Code)
	if _, err := enter(r.Code, p.recovery[0], h.signIn(t, other).Device); err != nil {
		t.Errorf("with a recovery code, where somebody else is known: %v", err)
	}
}

// TestFactorRivals: of many who show one code at one moment, one passes.
func TestFactorRivals(t *testing.T) {
	t.Parallel()
	h := open(t)
	me := h.actor(t, wang)
	p := h.factor(t, me)
	for name, code := range map[string]string{"of the app": p.code(h, 0), "for recovery": p.recovery[0]} {
		h.pass(2 * time.Hour)
		if name == "of the app" {
			code = p.code(h, 0)
		}
		var passed atomic.Int64
		for _, err := range expect.Rivals(8, func(int) error {
			err := h.CheckFactor(t.Context(), me, code)
			if err == nil {
				passed.Add(1)
			}
			return err
		}) {
			refused(t, "a rival", err, identity.ErrFactorInvalid)
		}
		if n := passed.Load(); n != 1 {
			t.Errorf("a code %s passed %d times, want once", name, n)
		}
	}
}

// TestStepUp: roles change only for a session that has shown the factor within ten minutes, or shows it now.
func TestStepUp(t *testing.T) {
	t.Parallel()
	h := open(t)
	ctx := t.Context()
	tokens := h.signIn(t, wang)
	m := h.merchant(t, h.again(t, tokens).User)
	h.employ(t, h.again(t, tokens), m, other, identity.Counter)
	clerk := h.actor(t, other)
	p := h.factor(t, h.again(t, tokens))
	calls := map[string]func(identity.Actor) error{
		"Invite": func(a identity.Actor) error {
			_, err := h.Invite(ctx, a, m, "+8613700137001", identity.Counter, identity.Branches{}, identity.English, idempotency.Key{})
			return err
		},
		"ChangeRole": func(a identity.Actor) error {
			return h.ChangeRole(ctx, a, m, clerk.User, identity.Manager, identity.Branches{})
		},
		"Dismiss": func(a identity.Actor) error {
			return onlyRight(h.Dismiss(ctx, a, m, "usr_0"), identity.ErrStaffNotFound)
		},
	}
	for name, call := range calls {
		owner := h.again(t, tokens)
		refused(t, name+" without the factor", call(owner), identity.ErrFactorNeeded)
		_, err := h.StepUp(ctx, owner, p.code(h, 7))
		refused(t, name+" with a wrong one", err, identity.ErrFactorInvalid)
		stepped, err := h.StepUp(ctx, owner, p.code(h, 0))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		refused(t, name+" with the factor", call(stepped), nil)
		h.pass(identity.StepUpFor - time.Second)
		later := h.again(t, tokens)
		refused(t, name+" within ten minutes", call(later), nil)
		if _, err := h.StepUp(ctx, later, "used"); err != nil {
			t.Errorf("%s repeated with its code: %v", name, err)
		}
		h.pass(time.Second)
		refused(t, name+" after ten minutes", call(h.again(t, tokens)), identity.ErrFactorNeeded)
	}
	other := h.again(t, tokens)
	other.Roles = nil
	refused(
		t,
		"a stranger with a factor",
		h.ChangeRole(ctx, other, m, clerk.User, identity.Manager, identity.Branches{}),
		identity.ErrMerchantNotFound,
	)
	h.factor(t, clerk)
	clerk = h.actorKnown(t, clerk)
	refused(t, "leaving", h.Dismiss(ctx, clerk, m, clerk.User), nil)
}

// actorKnown is the actor read anew.
func (h accounts) actorKnown(t *testing.T, a identity.Actor) identity.Actor {
	t.Helper()
	a, err := h.Store.ActorOf(t.Context(), a.Session)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestFactorBudget: ten wrong codes an hour, at one moment or one after the other, then pauses that double; who
// guesses at the door does not use up what the user's own sessions have.
func TestFactorBudget(t *testing.T) {
	t.Parallel()
	h := open(t)
	me := h.actor(t, wang)
	p := h.factor(t, me)
	code := h.code(t, wang)
	var compared atomic.Int64
	guess := func(i int) error {
		_, err := h.Accounts.SignIn(t.Context(), identity.SignInRequest{
			Challenge: h.challenge(wang, code), Phone: wang, Code: code, Factor: fmt.Sprintf("x%05d", i), Address: stranger,
		})
		if errors.Is(err, identity.ErrFactorInvalid) {
			compared.Add(1)
		}
		return err
	}
	for _, err := range expect.Rivals(40, guess) {
		if !errors.Is(err, identity.ErrFactorInvalid) && !errors.Is(err, identity.ErrTooManyFailures) &&
			!errors.Is(err, identity.ErrTooManyTries) {
			t.Errorf("a guess: %v", err)
		}
	}
	for i := range 40 {
		h.pass(6 * time.Second)
		_ = guess(i)
	}
	// In four minutes pauses of one and of two minutes have passed.
	if n := compared.Load(); n > 13 {
		t.Errorf("%d guesses were compared, want ten and one a pause", n)
	}
	if err := h.CheckFactor(t.Context(), me, p.code(h, 0)); err != nil {
		t.Errorf("the user's own session: %v", err)
	}
	for range 10 {
		refused(t, "a wrong code", h.CheckFactor(t.Context(), me, "nonsense"), identity.ErrFactorInvalid)
	}
	refused(
		t,
		"after a pause began",
		errors.Join(h.CheckFactor(t.Context(), me, "x"), h.CheckFactor(t.Context(), me, p.code(h, 1))),
		identity.ErrTooManyFailures,
	)
}

// TestFactorSecrets: neither seed nor codes are kept in the clear, and a change of the secret keeps both good.
func TestFactorSecrets(t *testing.T) {
	t.Parallel()
	h := open(t)
	ctx := t.Context()
	me := h.actor(t, wang)
	p := h.factor(t, me)
	row, err := h.Factors.UpdateFactor(ctx, me.User, func(*identity.Factor) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	kept := fmt.Sprintf("%+v", row) + h.kv.told.String()
	for _, secret := range append(p.recovery, string(p.seed), base32.StdEncoding.EncodeToString(p.seed)) {
		if strings.Contains(kept, secret) || strings.Contains(kept, strings.ReplaceAll(secret, "-", "")) {
			t.Errorf("%q is kept in the clear", secret)
		}
	}
	moved := row
	moved.User = h.actor(t, other).User
	if err := h.Factors.BeginFactor(ctx, moved); err != nil {
		t.Fatal(err)
	}
	if err := h.CheckFactor(ctx, identity.Actor{User: moved.User}, p.code(h, 0)); err == nil {
		t.Error("a seed opens in the row of somebody else")
	}

	fresh := []byte(strings.Repeat("t", identity.MinSecret))
	h.Keys = keys(t, fresh, secret)
	refused(t, "a code after the secret changed", h.CheckFactor(ctx, me, p.code(h, 0)), nil)
	for _, want := range []int{1, 0} {
		if n, err := h.SealFactors(ctx); err != nil || n != want {
			t.Errorf("SealFactors: %d, %v; want %d", n, err, want)
		}
	}
	h.Keys = keys(t, fresh)
	refused(t, "a code after the old one was dropped", h.CheckFactor(ctx, me, p.code(h, 1)), nil)
	refused(t, "a recovery code", h.CheckFactor(ctx, me, p.recovery[0]), nil)

	user, err := h.DropFactor(ctx, wang)
	if err != nil || user != me.User || slices.Contains([]bool{h.actorKnown(t, me).Factor}, true) {
		t.Errorf("DropFactor: %s, %v", user, err)
	}
	_, err = h.DropFactor(ctx, wang)
	refused(t, "DropFactor again", err, identity.ErrFactorNotFound)
}
