package identity_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"corner/identity"
)

func TestActor(t *testing.T) {
	t.Parallel()
	h := open(t)
	if a, err := h.Actor(t.Context(), ""); err != nil || a.Known() {
		t.Errorf("no token: %+v, %v; want anybody", a, err)
	}
	tokens := h.signIn(t, wang)
	if a, err := h.Actor(t.Context(), tokens.Access); err != nil || a.User != tokens.User || len(a.Roles) != 0 {
		t.Errorf("Actor = %+v, %v; want %s without roles", a, err, tokens.User)
	}
	h.pass(identity.AccessFor + time.Second)
	_, err := h.Actor(t.Context(), tokens.Access)
	refused(t, "after 15 minutes", err, identity.ErrTokenInvalid)
}

// signed is a token with the claims of a genuine one, changed and signed as told.
func signed(t *testing.T, genuine string, method jwt.SigningMethod, key any, change func(header, claims map[string]any)) string {
	t.Helper()
	claims := jwt.MapClaims{}
	token, _, err := jwt.NewParser().ParseUnverified(genuine, claims)
	if err != nil {
		t.Fatal(err)
	}
	forged := jwt.NewWithClaims(method, claims)
	forged.Header["kid"] = token.Header["kid"]
	change(forged.Header, claims)
	s, err := forged.SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestForgedAccessTokens(t *testing.T) {
	t.Parallel()
	h := open(t)
	genuine := h.signIn(t, wang).Access
	another, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	nothing := func(map[string]any, map[string]any) {}
	parts, pub := strings.Split(genuine, "."), h.Keys.Public()[0]
	forged := map[string]string{
		"alg none":                     signed(t, genuine, jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, nothing),
		"alg HS256 with our key's x":   signed(t, genuine, jwt.SigningMethodHS256, []byte(pub.X), nothing),
		"alg HS256 with our key's id":  signed(t, genuine, jwt.SigningMethodHS256, []byte(pub.ID), nothing),
		"another key under our id":     signed(t, genuine, jwt.SigningMethodES256, another, nothing),
		"another key under its own id": signed(t, genuine, jwt.SigningMethodES256, another, func(h, _ map[string]any) { h["kid"] = "x" }),
		"no key id":                    signed(t, genuine, jwt.SigningMethodES256, another, func(h, _ map[string]any) { delete(h, "kid") }),
		"a key id that is no string":   signed(t, genuine, jwt.SigningMethodES256, another, func(h, _ map[string]any) { h["kid"] = 7 }),
		"no signature":                 parts[0] + "." + parts[1] + ".",
		"two parts":                    parts[0] + "." + parts[1],
		"garbage":                      "x.y.z",
		"a space":                      " ",
		"very long":                    strings.Repeat("a", 1<<16),
		"another signature":            parts[0] + "." + parts[1] + "." + strings.Repeat("A", len(parts[2])),
		"a claim changed": parts[0] + "." + base64.RawURLEncoding.EncodeToString(
			[]byte(`{"iss":"corner","aud":"corner","sub":"usr_01kay3c4zq8v0e5t7m2r9x6b1d","exp":9999999999}`),
		) + "." + parts[2],
	}
	for name, token := range forged {
		_, err := h.Actor(t.Context(), token)
		refused(t, name, err, identity.ErrTokenInvalid)
		if err != nil && strings.Contains(err.Error(), token) && token != " " {
			t.Errorf("%s: the error quotes the token", name)
		}
	}
	if _, err := h.Actor(t.Context(), genuine); err != nil {
		t.Errorf("the genuine one: %v", err)
	}
}

// TestClaimsAreChecked: even under our own key, which is drawn here as the room draws it.
func TestClaimsAreChecked(t *testing.T) {
	t.Parallel()
	h := open(t)
	genuine, own := h.signIn(t, wang).Access, signingKey(t, secret)
	for name, c := range map[string]struct {
		change func(header, claims map[string]any)
		ok     bool
	}{
		"nothing changed":      {func(_, _ map[string]any) {}, true},
		"another audience":     {func(_, c map[string]any) { c["aud"] = "elsewhere" }, false},
		"no audience":          {func(_, c map[string]any) { delete(c, "aud") }, false},
		"another issuer":       {func(_, c map[string]any) { c["iss"] = "elsewhere" }, false},
		"no expiry":            {func(_, c map[string]any) { delete(c, "exp") }, false},
		"expired":              {func(_, c map[string]any) { c["exp"] = h.now().Add(-time.Second).Unix() }, false},
		"not valid yet":        {func(_, c map[string]any) { c["nbf"] = h.now().Add(time.Minute).Unix() }, false},
		"a subject not a user": {func(_, c map[string]any) { c["sub"] = "mer_01kay3c4zq8v0e5t7m2r9x6b1d" }, false},
		"no subject":           {func(_, c map[string]any) { delete(c, "sub") }, false},
	} {
		_, err := h.Actor(t.Context(), signed(t, genuine, jwt.SigningMethodES256, own, c.change))
		refused(t, name, err, map[bool]error{false: identity.ErrTokenInvalid}[c.ok])
	}
}

// TestPublishedKeysVerify: who knows nothing but the key set can check a token.
func TestPublishedKeysVerify(t *testing.T) {
	t.Parallel()
	h := open(t)
	tokens := h.signIn(t, wang)
	parts := strings.Split(tokens.Access, ".")
	dec := func(s string) []byte {
		b, err := base64.RawURLEncoding.DecodeString(s)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	var header struct{ Alg, Kid string }
	var claims struct {
		Sub, Sid, Iss string
		Exp, Iat      int64
	}
	if err := json.Unmarshal(dec(parts[0]), &header); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(dec(parts[1]), &claims); err != nil {
		t.Fatal(err)
	}
	pub := h.Keys.Public()[0]
	if header.Alg != "ES256" || header.Kid != pub.ID {
		t.Errorf("header %+v, want ES256 and key %s", header, pub.ID)
	}
	if claims.Sub != string(tokens.User) || claims.Sid != string(tokens.Session) ||
		claims.Exp-claims.Iat != int64(identity.AccessFor/time.Second) {
		t.Errorf("claims %+v, want %s in %s for %v", claims, tokens.User, tokens.Session, identity.AccessFor)
	}
	key, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), append(append([]byte{4}, dec(pub.X)...), dec(pub.Y)...))
	if err != nil {
		t.Fatalf("the published key is no point of P-256: %v", err)
	}
	sum, sig := sha256.Sum256([]byte(parts[0]+"."+parts[1])), dec(parts[2])
	if len(sig) != 64 || !ecdsa.Verify(key, sum[:], new(big.Int).SetBytes(sig[:32]), new(big.Int).SetBytes(sig[32:])) {
		t.Error("the token does not verify with the published key")
	}
	thumb := sha256.Sum256([]byte(`{"crv":"P-256","kty":"EC","x":"` + pub.X + `","y":"` + pub.Y + `"}`)) // RFC 7638
	if want := base64.RawURLEncoding.EncodeToString(thumb[:]); pub.ID != want {
		t.Errorf("key id %s, want its thumbprint %s", pub.ID, want)
	}
}
