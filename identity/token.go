package identity

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"corner/uid"
)

// How long tokens live, and how long a phone that lost the answer to a refresh may
// ask for it again.
const (
	AccessFor  = 15 * time.Minute
	SessionFor = 60 * day  // without a refresh
	SessionMax = 180 * day // whatever happens
	RepeatFor  = time.Minute
)

const issuer = "corner"

// Tokens are what a phone gets for signing in.
type Tokens struct {
	Access    string
	Refresh   string
	Device    string        // shows, at the next sign-in, that the user has signed in on this device before
	ExpiresIn time.Duration // of Access
	User      UserID
	Session   SessionID
}

type claims struct {
	jwt.RegisteredClaims
	Session string `json:"sid"`
}

func (a *Accounts) tokens(s Session) (Tokens, error) {
	now := a.Now()
	sk := a.Keys.signing[0]
	t := jwt.NewWithClaims(jwt.SigningMethodES256, claims{
		RegisteredClaims: jwt.RegisteredClaims{
			Issuer: issuer, Audience: jwt.ClaimStrings{issuer}, Subject: string(s.User),
			IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(now.Add(AccessFor)),
		},
		Session: string(s.ID),
	})
	t.Header["kid"] = sk.id
	signed, err := t.SignedString(sk.key)
	if err != nil {
		return Tokens{}, fmt.Errorf("sign an access token: %w", err)
	}
	return Tokens{
		Access: signed, Refresh: a.Keys.refreshToken(s.ID, s.Generation), Device: a.Keys.deviceToken(s.User),
		ExpiresIn: AccessFor, User: s.User, Session: s.ID,
	}, nil
}

// checkAccess reads an access token: who it speaks for, in which session.
func (a *Accounts) checkAccess(token string) (UserID, SessionID, error) {
	var c claims
	_, err := jwt.ParseWithClaims(token, &c, func(t *jwt.Token) (any, error) {
		for _, sk := range a.Keys.signing {
			if t.Header["kid"] == sk.id {
				return &sk.key.PublicKey, nil
			}
		}
		return nil, errors.New("unknown key")
	}, jwt.WithValidMethods([]string{"ES256"}), jwt.WithExpirationRequired(),
		jwt.WithIssuer(issuer), jwt.WithAudience(issuer), jwt.WithTimeFunc(a.Now))
	if err != nil || !uid.Valid("usr", c.Subject) || !uid.Valid("ses", c.Session) {
		return "", "", ErrTokenInvalid // the library's words may quote the token
	}
	return UserID(c.Subject), SessionID(c.Session), nil
}

// refreshToken is number n in the chain of a session: "rt_" and the session, the
// number and a MAC over both.
func (k *Keys) refreshToken(id SessionID, n int64) string {
	body := string(id) + "." + strconv.FormatInt(n, 10)
	return "rt_" + base64.RawURLEncoding.EncodeToString([]byte(body+"."+refreshMAC(k.refresh[0], body)))
}

func refreshMAC(key []byte, body string) string {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(body))
	return string(h.Sum(nil))
}

// parseRefresh is the session and number of a refresh token that we made.
func (k *Keys) parseRefresh(token string) (SessionID, int64, bool) {
	raw, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(token, "rt_"))
	if err != nil || len(token) > 256 {
		return "", 0, false
	}
	id, rest, _ := strings.Cut(string(raw), ".")
	number, mac, _ := strings.Cut(rest, ".")
	n, err := strconv.ParseInt(number, 10, 64)
	ours := slices.ContainsFunc(k.refresh, func(key []byte) bool {
		return hmac.Equal([]byte(mac), []byte(refreshMAC(key, id+"."+number)))
	})
	return SessionID(id), n, err == nil && ours
}

// deviceToken is "dt_" and the user, with a MAC: it says that the user has signed in where it is
// kept, and opens nothing.
func (k *Keys) deviceToken(user UserID) string {
	return "dt_" + base64.RawURLEncoding.EncodeToString([]byte(string(user)+"."+refreshMAC(k.refresh[0], "device "+string(user))))
}

// parseDeviceToken is the user of a device token that we made.
func (k *Keys) parseDeviceToken(token string) (UserID, bool) {
	body, ok := strings.CutPrefix(token, "dt_")
	raw, err := base64.RawURLEncoding.DecodeString(body)
	if !ok || err != nil || len(token) > 256 {
		return "", false
	}
	user, mac, _ := strings.Cut(string(raw), ".")
	ours := slices.ContainsFunc(k.refresh, func(key []byte) bool {
		return hmac.Equal([]byte(mac), []byte(refreshMAC(key, "device "+user)))
	})
	return UserID(user), ours
}
