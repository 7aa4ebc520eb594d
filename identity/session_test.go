package identity_test

import (
	"encoding/base64"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corner/event"
	"corner/identity"
	"corner/internal/expect"
	"corner/store"
)

// TestSignInRepeated: a phone that lost the answer gets the same session.
func TestSignInRepeated(t *testing.T) {
	t.Parallel()
	h := open(t)
	code, theirs := h.code(t, wang), h.code(t, other)
	first, err := h.SignIn(t.Context(), wang, code, identity.Device{}, "k")
	if err != nil {
		t.Fatal(err)
	}
	again, err := h.SignIn(t.Context(), wang, code, identity.Device{}, "k")
	if err != nil || again.Session != first.Session || again.User != first.User || again.Refresh != first.Refresh {
		t.Fatalf("repeated: %s of %s, %v; want %s of %s with the same refresh token", again.Session, again.User, err, first.Session, first.User)
	}
	for name, c := range map[string][3]string{
		"without the key":        {wang, code, ""},
		"with another key":       {wang, code, "k2"},
		"with another code":      {wang, wrong(code), "k"},
		"with no code":           {wang, "", "k"},
		"by another phone":       {"+8613700137000", code, "k"},
		"by a phone with a code": {other, wrong(theirs), "k"},
	} {
		_, err := h.SignIn(t.Context(), c[0], c[1], identity.Device{}, c[2])
		refused(t, name, err, identity.ErrCodeInvalid)
	}
	h.pass(time.Minute)
	_ = h.code(t, wang) // asked for, since no answer came
	if again, err := h.SignIn(t.Context(), wang, code, identity.Device{}, "k"); err != nil || again.Session != first.Session {
		t.Errorf("repeated after a new code was sent: %s, %v; want %s", again.Session, err, first.Session)
	}
	h.pass(4 * time.Minute)
	_, err = h.SignIn(t.Context(), wang, code, identity.Device{}, "k")
	refused(t, "repeated when the code would have run out", err, identity.ErrCodeInvalid)
}

func TestSignInRepeatedAfterRefresh(t *testing.T) {
	t.Parallel()
	h := open(t)
	code := h.code(t, wang)
	first, err := h.SignIn(t.Context(), wang, code, identity.Device{}, "k")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Refresh(t.Context(), first.Refresh); err != nil {
		t.Fatal(err)
	}
	// The answer arrived, for its token was used: who repeats now is somebody else.
	_, err = h.SignIn(t.Context(), wang, code, identity.Device{}, "k")
	refused(t, "repeated after the session went on", err, identity.ErrCodeInvalid)
}

func TestRefreshChain(t *testing.T) {
	t.Parallel()
	h := open(t)
	first := h.signIn(t, wang)
	next := func(token string) identity.Tokens {
		t.Helper()
		tokens, err := h.Refresh(t.Context(), token)
		if err != nil {
			t.Fatalf("Refresh: %v", err)
		}
		if tokens.Session != first.Session || tokens.User != first.User {
			t.Fatalf("Refresh: session %s of %s, want %s of %s", tokens.Session, tokens.User, first.Session, first.User)
		}
		return tokens
	}
	second := next(first.Refresh)
	if second.Refresh == first.Refresh {
		t.Error("the refresh token did not change")
	}
	h.pass(identity.RepeatFor - time.Second)
	if again := next(first.Refresh); again.Refresh != second.Refresh {
		t.Error("repeated within a minute: another refresh token, want the same")
	}
	third := next(second.Refresh)
	_, err := h.Refresh(t.Context(), first.Refresh)
	refused(t, "a token two before the newest", err, identity.ErrTokenInvalid)
	for _, token := range []string{third.Refresh, second.Refresh, first.Refresh} {
		_, err := h.Refresh(t.Context(), token)
		refused(t, "a token of the session that ended by it", err, identity.ErrTokenInvalid)
	}
	if _, err := h.Refresh(t.Context(), h.signIn(t, wang).Refresh); err != nil {
		t.Errorf("another session of the user: %v", err)
	}
}

func TestRefreshRepeatedTooLate(t *testing.T) {
	t.Parallel()
	h := open(t)
	first := h.signIn(t, wang)
	second, err := h.Refresh(t.Context(), first.Refresh)
	if err != nil {
		t.Fatal(err)
	}
	h.pass(identity.RepeatFor)
	_, err = h.Refresh(t.Context(), first.Refresh)
	refused(t, "the token before, after a minute", err, identity.ErrTokenInvalid)
	_, err = h.Refresh(t.Context(), second.Refresh)
	refused(t, "the newest token of the session that ended by it", err, identity.ErrTokenInvalid)
}

func TestSessionExpires(t *testing.T) {
	t.Parallel()
	h := open(t)
	tokens := h.signIn(t, wang)
	h.pass(identity.SessionFor - time.Second)
	tokens, err := h.Refresh(t.Context(), tokens.Refresh)
	if err != nil {
		t.Fatalf("a second before the end: %v", err)
	}
	h.pass(identity.SessionFor) // counted from the last use
	_, err = h.Refresh(t.Context(), tokens.Refresh)
	refused(t, "at the end", err, identity.ErrTokenInvalid)
}

// TestRefreshRivals: a phone that asks twice at one time has one answer.
func TestRefreshRivals(t *testing.T) {
	t.Parallel()
	h := open(t)
	first := h.signIn(t, wang)
	const n = 20
	got, wg := make([]identity.Tokens, n), sync.WaitGroup{}
	for i := range n {
		wg.Go(func() {
			var err error
			if got[i], err = h.Refresh(t.Context(), first.Refresh); err != nil {
				t.Errorf("rival %d: %v", i, err)
			}
		})
	}
	wg.Wait()
	for i := range got {
		if got[i].Refresh != got[0].Refresh {
			t.Errorf("rival %d has another refresh token than the first", i)
		}
	}
}

// forgeries of a refresh token that must not work.
func forgeries(token string) []string {
	raw, _ := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(token, "rt_"))
	id, rest, _ := strings.Cut(string(raw), ".")
	_, mac, _ := strings.Cut(rest, ".")
	enc := func(s string) string { return "rt_" + base64.RawURLEncoding.EncodeToString([]byte(s)) }
	return []string{
		"",
		"rt_",
		"x",
		token + "A",
		token[:len(token)-4],
		token[4:],
		"rt_" + token,
		strings.Repeat(token, 5),
		"rt_!!!",
		enc("."),
		enc(".."),
		enc(id),
		enc(id + "."),
		enc(id + ".1"),
		enc(id + ".1."),
		enc(id + ".2." + mac),
		enc(id + ".01." + mac),
		enc(id + ".+1." + mac),
		enc(
			id + "x.1." + mac,
		),
		enc("." + id + ".1." + mac),
		enc(id + ".1." + mac[:31]),
		enc(id + ".1." + mac + "x"),
		enc(id + ".99999999999999999999." + mac),
		enc(id[:len(id)-1] + ".1." + mac),
	}
}

func TestForgedRefreshTokens(t *testing.T) {
	t.Parallel()
	h := open(t)
	tokens := h.signIn(t, wang)
	for _, forged := range append(forgeries(tokens.Refresh), tokens.Access) {
		_, err := h.Refresh(t.Context(), forged)
		refused(t, "Refresh of "+forged, err, identity.ErrTokenInvalid)
	}
	elsewhere := *h.Accounts
	elsewhere.Keys = keys(t, []byte(strings.Repeat("t", identity.MinSecret)))
	_, err := elsewhere.Refresh(t.Context(), tokens.Refresh)
	refused(t, "a token of another secret", err, identity.ErrTokenInvalid)
	if _, err := h.Refresh(t.Context(), tokens.Refresh); err != nil {
		t.Errorf("the real one after all that: %v", err)
	}
}

// FuzzRefresh: garbage is refused before anything is asked of the store, which is not there.
func FuzzRefresh(f *testing.F) {
	a := identity.Accounts{Keys: keys(f, secret), Now: time.Now}
	for _, s := range append(forgeries("rt_"+base64.RawURLEncoding.EncodeToString([]byte("ses_1.1."+strings.Repeat("m", 32)))), "rt_c2VzXzEuMS4") {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, token string) {
		_, err := a.Refresh(t.Context(), token)
		refused(t, "Refresh", err, identity.ErrTokenInvalid)
	})
}

// TestSignInIsTold: each sign-in is an event about its user; a repeat and a refresh are none.
func TestSignInIsTold(t *testing.T) {
	t.Parallel()
	h := open(t)
	const consumer event.Consumer = "test"
	h.db.Routes = event.Routes{identity.SessionOpened: {consumer}}
	code := h.code(t, wang)
	first := expect.OK(h.SignIn(t.Context(), wang, code, identity.Device{}, "k"))(t)
	expect.OK(h.SignIn(t.Context(), wang, code, identity.Device{}, "k"))(t)
	expect.OK(h.Refresh(t.Context(), first.Refresh))(t)
	second := h.signIn(t, wang)
	var told []string
	for _, d := range expect.OK(store.Outbox{DB: h.db}.Lease(t.Context(), consumer, h.now(), 10, time.Minute))(t) {
		told = append(told, string(d.Kind)+" "+d.Subject+" "+d.User)
	}
	want := []string{
		"session.opened " + string(first.Session) + " " + string(first.User),
		"session.opened " + string(second.Session) + " " + string(first.User),
	}
	slices.Sort(told)
	slices.Sort(want)
	if diff := cmp.Diff(want, told); diff != "" {
		t.Errorf("what was told (-want +got):\n%s", diff)
	}
}
