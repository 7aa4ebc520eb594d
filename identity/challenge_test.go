package identity_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"corner/fault"
	"corner/identity"
)

func TestCodeWorksOnce(t *testing.T) {
	t.Parallel()
	h := open(t)
	code := h.code(t, wang)
	if len(code) != 6 || strings.Trim(code, "0123456789") != "" {
		t.Errorf("code %q, want six digits", code)
	}
	tokens, err := h.SignIn(t.Context(), "+86 138-0013-8000", code, identity.Device{}, "") // as people write it
	if err != nil || tokens.ExpiresIn != identity.AccessFor || tokens.User == "" || tokens.Session == "" {
		t.Fatalf("SignIn: %+v, %v; want tokens", tokens, err)
	}
	_, err = h.SignIn(t.Context(), wang, code, identity.Device{}, "")
	refused(t, "the code again", err, identity.ErrCodeInvalid)
	if again := h.signIn(t, wang); again.User != tokens.User || again.Session == tokens.Session {
		t.Errorf("a second sign-in: %s in %s, want %s in another session than %s", again.User, again.Session, tokens.User, tokens.Session)
	}
	if someone := h.signIn(t, other); someone.User == tokens.User {
		t.Error("another phone is the same user")
	}
}

func TestCodeTries(t *testing.T) {
	t.Parallel()
	h := open(t)
	code := h.code(t, wang)
	_, err := h.SignIn(t.Context(), other, code, identity.Device{}, "")
	refused(t, "the code of another phone", err, identity.ErrCodeInvalid)
	for range 4 {
		_, err := h.SignIn(t.Context(), wang, wrong(code), identity.Device{}, "")
		refused(t, "a wrong code", err, identity.ErrCodeInvalid)
	}
	if _, err := h.SignIn(t.Context(), wang, code, identity.Device{}, ""); err != nil {
		t.Errorf("the right code at the fifth try: %v", err)
	}
	code = h.code(t, wang)
	for range 5 {
		_, err = h.SignIn(t.Context(), wang, wrong(code), identity.Device{}, "")
	}
	refused(t, "the fifth wrong try", err, identity.ErrCodeInvalid)
	_, err = h.SignIn(t.Context(), wang, code, identity.Device{}, "")
	refused(t, "the right code at the sixth try", err, identity.ErrTooManyTries)
	_ = h.signIn(t, wang) // a new code has its own tries
}

func TestCodeLivesFiveMinutes(t *testing.T) {
	t.Parallel()
	h := open(t)
	code := h.code(t, wang)
	h.pass(5*time.Minute - time.Second)
	if _, err := h.SignIn(t.Context(), wang, code, identity.Device{}, ""); err != nil {
		t.Errorf("a second before the end: %v", err)
	}
	code = h.code(t, wang)
	h.pass(5 * time.Minute)
	_, err := h.SignIn(t.Context(), wang, code, identity.Device{}, "")
	refused(t, "after five minutes", err, identity.ErrCodeInvalid)
	old, fresh := h.code(t, wang), h.code(t, wang)
	if _, err = h.SignIn(t.Context(), wang, old, identity.Device{}, ""); err != nil {
		t.Errorf("an older code, after a newer one was sent: %v", err)
	}
	if _, err := h.SignIn(t.Context(), wang, fresh, identity.Device{}, ""); err != nil {
		t.Errorf("the newest code: %v", err)
	}
}

// TestCodeRivals: of many with the right code at one time, one passes.
func TestCodeRivals(t *testing.T) {
	t.Parallel()
	h := open(t)
	code := h.code(t, wang)
	const n = 5
	errs, wg := make([]error, n), sync.WaitGroup{}
	for i := range n {
		wg.Go(func() { _, errs[i] = h.SignIn(t.Context(), wang, code, identity.Device{}, "") })
	}
	wg.Wait()
	passed := 0
	for _, err := range errs {
		if err == nil {
			passed++
		} else {
			refused(t, "a rival", err, identity.ErrCodeInvalid)
		}
	}
	if passed != 1 {
		t.Errorf("%d of %d rivals passed, want 1", passed, n)
	}
}

func TestCodeLimits(t *testing.T) {
	t.Parallel()
	h := open(t)
	for range 5 {
		_ = h.code(t, wang)
	}
	err := h.SendCode(t.Context(), wang, from, "")
	refused(t, "a sixth code", err, identity.ErrTooManyCodes)
	if e, _ := errors.AsType[*fault.Error](err); e.RetryAfter <= 0 || e.RetryAfter > 30*time.Second {
		t.Errorf("RetryAfter = %v, want up to 30 s", e.RetryAfter)
	}
	_ = h.code(t, other) // others are not in its way
	h.pass(31 * time.Second)
	_ = h.code(t, wang)
	for i := 0; err == nil || !errors.Is(err, identity.ErrTooManyCodes) || i < 10; i++ {
		if err = h.SendCode(t.Context(), fmt.Sprintf("+86138001%05d", i), from, ""); i > 1000 {
			t.Fatal("a thousand codes from one address, want a limit")
		}
	}
	if err := h.SendCode(t.Context(), "+8613700137000", "198.51.100.1", ""); err != nil {
		t.Errorf("from another address: %v", err)
	}
}

func TestPhones(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, phone := range []string{"", "13800138000", "+", "+1", "+86138", "+861380013800013800", "+86000000000", "x", strings.Repeat("+8", 40)} {
		err := h.SendCode(t.Context(), phone, from, "")
		if got := faults(err); len(got) != 1 || got[0] != "phone bad_format" {
			t.Errorf("SendCode(%q): got %v, want /phone bad_format", phone, err)
		}
		if _, err := h.SignIn(t.Context(), phone, "123456", identity.Device{}, ""); len(faults(err)) != 1 {
			t.Errorf("SignIn(%q): got %v, want /phone bad_format", phone, err)
		}
	}
	for phone, want := range map[string]string{"+86 138 0013 8000": wang, "+49 30 901820": "+4930901820", "+1 (212) 555-0123": "+12125550123"} {
		if got, ok := identity.ParsePhone(phone); !ok || got != want {
			t.Errorf("ParsePhone(%q) = %q, %v, want %q", phone, got, ok, want)
		}
	}
}

// TestSignInAway: without the cache or the gateway, signing in says so.
func TestSignInAway(t *testing.T) {
	t.Parallel()
	h := open(t)
	code := h.code(t, wang)
	h.kv.away.Store(true)
	err := h.SendCode(t.Context(), wang, from, "")
	refused(t, "SendCode without the cache", err, identity.ErrSignInAway)
	if fault.KindOf(err) != fault.Unavailable {
		t.Errorf("its kind is %d, want Unavailable", fault.KindOf(err))
	}
	_, err = h.SignIn(t.Context(), wang, code, identity.Device{}, "k")
	refused(t, "SignIn without the cache", err, identity.ErrSignInAway)
	h.kv.away.Store(false)
	if _, err := h.SignIn(t.Context(), wang, code, identity.Device{}, "k"); err != nil {
		t.Errorf("once it is back: %v", err)
	}
	h.phones.fail = errors.New("no route")
	refused(t, "SendCode without the gateway", h.SendCode(t.Context(), wang, from, ""), identity.ErrSignInAway)
	h.Gateway = nil
	refused(t, "SendCode with no gateway at all", h.SendCode(t.Context(), wang, from, ""), identity.ErrNoGateway)
}

// TestMessagesStopped: nothing is sent nor counted while messages are stopped, and who has a code signs in.
func TestMessagesStopped(t *testing.T) {
	t.Parallel()
	h := open(t)
	var off atomic.Bool
	h.Gateway = identity.Stoppable{Gateway: h.phones, Stopped: off.Load}
	code := h.code(t, wang)
	off.Store(true)
	for range 50 { // more than any cap
		refused(t, "SendCode", h.SendCode(t.Context(), wang, from, ""), identity.ErrMessagesStopped)
	}
	refused(t, "SendCode of the gateway", h.Gateway.SendCode(t.Context(), wang, "123456"), identity.ErrMessagesStopped)
	refused(t, "SendText of the gateway", h.Gateway.SendText(t.Context(), wang, "hello"), identity.ErrMessagesStopped)
	if _, err := h.SignIn(t.Context(), wang, code, identity.Device{}, "k"); err != nil {
		t.Errorf("with a code from before: %v", err)
	}
	off.Store(false)
	h.code(t, wang)
}

// TestNothingSecretIsTold: neither the cache nor an error knows a phone, a code or a token.
func TestNothingSecretIsTold(t *testing.T) {
	t.Parallel()
	h := open(t)
	secrets, told := []string{wang, wang[1:], wang[3:]}, new(strings.Builder)
	tell := func(err error) { fmt.Fprintln(told, err) }
	code := h.code(t, wang)
	secrets = append(secrets, code)
	for range 6 {
		_, err := h.SignIn(t.Context(), wang, wrong(code), identity.Device{}, "idem")
		tell(err)
	}
	code = h.code(t, wang)
	tokens, err := h.SignIn(t.Context(), wang, code, identity.Device{}, "idem")
	if err != nil {
		t.Fatal(err)
	}
	secrets = append(secrets, code, tokens.Access, tokens.Refresh, strings.Split(tokens.Access, ".")[2])
	_, err = h.Actor(t.Context(), tokens.Access+"x")
	tell(err)
	_, err = h.Refresh(t.Context(), tokens.Refresh[:40])
	tell(err)
	h.kv.away.Store(true)
	tell(h.SendCode(t.Context(), wang, from, ""))
	_, err = h.SignIn(t.Context(), wang, code, identity.Device{}, "")
	tell(err)
	tell(h.SendCode(t.Context(), wang+"0000000000", from, ""))
	for _, s := range secrets {
		if strings.Contains(told.String(), s) {
			t.Errorf("errors tell %q:\n%s", s, told)
		}
	}
	// A six-digit code may stand in a salt or MAC by chance: hex and base 32 have both
	// digits and letters, so it would not stand alone.
	for _, s := range []string{wang, wang[1:], wang[3:], "=" + code + "\n", ":" + code} {
		if strings.Contains(h.kv.told.String(), s) {
			t.Errorf("the cache was told %q", s)
		}
	}
}
