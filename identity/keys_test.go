package identity_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hkdf"
	"crypto/sha256"
	"strings"
	"testing"
	"time"

	"corner/identity"
)

// signingKey draws the key that NewKeys draws from a secret.
func signingKey(t *testing.T, secret []byte) *ecdsa.PrivateKey {
	t.Helper()
	raw, err := hkdf.Key(sha256.New, secret, nil, "corner identity es256 0", 32)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), raw)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestKeysAreDrawn(t *testing.T) {
	t.Parallel()
	a, b, c := keys(t, secret), keys(t, secret), keys(t, []byte(strings.Repeat("t", 40)))
	if a.Public()[0] != b.Public()[0] {
		t.Error("one secret gives two keys: two instances would not take each other's tokens")
	}
	if a.Public()[0].ID == c.Public()[0].ID {
		t.Error("two secrets give one key")
	}
	for _, bad := range [][][]byte{nil, {nil}, {secret[1:]}, {secret, []byte("short")}} {
		if _, err := identity.NewKeys(bad...); err == nil {
			t.Errorf("NewKeys of lengths %d went well, want an error", len(bad))
		} else if strings.Contains(err.Error(), "sss") || strings.Contains(err.Error(), "short") {
			t.Errorf("the error tells the secret: %v", err)
		}
	}
}

// TestSecretIsChanged as NewKeys says: the new one first, the old one dropped later.
func TestSecretIsChanged(t *testing.T) {
	t.Parallel()
	h := open(t)
	old := h.signIn(t, wang)
	fresh := []byte(strings.Repeat("n", identity.MinSecret))
	h.Keys = keys(t, fresh, secret)
	if n := len(h.Keys.Public()); n != 2 {
		t.Errorf("%d keys are published, want both", n)
	}
	if a, err := h.Actor(t.Context(), old.Access); err != nil || a.User != old.User {
		t.Errorf("an access token of the old secret: %+v, %v; want %s", a, err, old.User)
	}
	kept, err := h.Refresh(t.Context(), old.Refresh)
	if err != nil {
		t.Fatalf("a refresh token of the old secret: %v", err)
	}
	now := h.signIn(t, wang)
	if now.User != old.User {
		t.Errorf("signed in again: %s, want %s", now.User, old.User)
	}
	h.Keys = keys(t, fresh)
	_, err = h.Actor(t.Context(), old.Access)
	refused(t, "an access token of the dropped secret", err, identity.ErrTokenInvalid)
	if _, err := h.Actor(t.Context(), now.Access); err != nil {
		t.Errorf("an access token of the new secret: %v", err)
	}
	_, err = h.Refresh(t.Context(), old.Refresh)
	refused(t, "a refresh token of the dropped secret", err, identity.ErrTokenInvalid)
	if _, err := h.Refresh(t.Context(), kept.Refresh); err != nil {
		t.Errorf("a session that was refreshed meanwhile: %v", err)
	}
}

// TestSecretIsChangedUnderWay: what was begun under the old secret goes on under the
// new one: a code on its way, its tries, and a sign-in whose answer was lost.
func TestSecretIsChangedUnderWay(t *testing.T) {
	t.Parallel()
	h := open(t)
	fresh := []byte(strings.Repeat("n", identity.MinSecret))
	before, after := keys(t, secret), keys(t, fresh, secret)

	code := h.code(t, wang)
	for range 4 {
		_, err := h.SignIn(t.Context(), wang, wrong(code), identity.Device{}, "")
		refused(t, "a wrong code", err, identity.ErrCodeInvalid)
	}
	h.Keys = after
	tokens, err := h.SignIn(t.Context(), wang, code, identity.Device{}, "")
	if err != nil {
		t.Fatalf("a code on its way, at its fifth try: %v", err)
	}
	_, err = h.SignIn(t.Context(), wang, code, identity.Device{}, "")
	refused(t, "the code again", err, identity.ErrCodeInvalid)

	h.Keys = before
	code = h.code(t, wang)
	for range 5 {
		_, err := h.SignIn(t.Context(), wang, wrong(code), identity.Device{}, "")
		refused(t, "a wrong code", err, identity.ErrCodeInvalid)
	}
	h.Keys = after
	_, err = h.SignIn(t.Context(), wang, code, identity.Device{}, "")
	refused(t, "the sixth try", err, identity.ErrTooManyTries)

	h.Keys = before
	h.pass(time.Minute)
	code = h.code(t, wang)
	first, err := h.SignIn(t.Context(), wang, code, identity.Device{}, "k")
	if err != nil {
		t.Fatal(err)
	}
	h.Keys = after
	again, err := h.SignIn(t.Context(), wang, code, identity.Device{}, "k")
	if err != nil || again.Session != first.Session || again.User != tokens.User {
		t.Errorf("a sign-in repeated: %s, %v; want %s", again.Session, err, first.Session)
	}

	h.Keys = before
	h.pass(time.Minute)
	old := h.code(t, wang)
	h.Keys = after
	newest := h.code(t, wang)
	if _, err := h.SignIn(t.Context(), wang, newest, identity.Device{}, ""); err != nil {
		t.Errorf("the newest code: %v", err)
	}
	if _, err := h.SignIn(t.Context(), wang, old, identity.Device{}, ""); err != nil {
		t.Errorf("the code before it, of the old secret: %v", err)
	}
}

// TestSecretIsAddedFirst: while instances are restarted one by one, those that know the
// new secret as their second one take what those make who have it first.
func TestSecretIsAddedFirst(t *testing.T) {
	t.Parallel()
	h := open(t)
	fresh := []byte(strings.Repeat("n", identity.MinSecret))
	h.Keys = keys(t, fresh, secret)
	code := h.code(t, wang)
	h.Keys = keys(t, secret, fresh)
	tokens, err := h.SignIn(t.Context(), wang, code, identity.Device{}, "")
	if err != nil {
		t.Fatalf("a code of the instance before us: %v", err)
	}
	h.Keys = keys(t, fresh, secret)
	if _, err := h.Actor(t.Context(), tokens.Access); err != nil {
		t.Errorf("our token there: %v", err)
	}
}
