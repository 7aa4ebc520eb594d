package identity

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"

	"github.com/nyaruka/phonenumbers"

	"corner/fault"
	"corner/kv"
)

// Gateway carries a code to a phone.
type Gateway interface {
	// SendCode hands the code over for delivery. phone is E.164.
	SendCode(ctx context.Context, phone, code string) error
}

// How long a code lives, how often it may be tried, and how often one may be had.
const (
	codeFor   = 5 * time.Minute
	codeTries = 5
)

var (
	codesPerPhone   = kv.Limit{Rate: 1, Per: 30 * time.Second, Burst: 5}
	codesPerDay     = kv.Limit{Rate: 40, Per: 24 * time.Hour, Burst: 40} // 200 guesses at a million
	codesPerAddress = kv.Limit{Rate: 1, Per: time.Second, Burst: 500}
)

// ParsePhone reads an international number into E.164.
func ParsePhone(s string) (string, bool) {
	// The library reads letters as the digits of a keypad, and drops extensions; here
	// either is a slip, and the code would go to a stranger.
	if !strings.HasPrefix(s, "+") || len(s) > 32 || strings.Trim(s, "+0123456789 -.()") != "" {
		return "", false
	}
	n, err := phonenumbers.Parse(s, "")
	if err != nil || !phonenumbers.IsPossibleNumber(n) {
		return "", false
	}
	return phonenumbers.Format(n, phonenumbers.E164), true
}

// parsePhone is ParsePhone for a body that has the number at /phone.
func parsePhone(s string) (string, error) {
	var in fault.Input
	phone, ok := ParsePhone(s)
	in.Check(ok, "/phone", fault.BadFormat)
	return phone, in.Err()
}

// SendCode sends a fresh one-time code to a phone; address is where the request
// came from, for the limits. It answers alike whether the phone is known or not.
func (a *Accounts) SendCode(ctx context.Context, phone, address string) error {
	phone, err := parsePhone(phone)
	if err != nil {
		return err
	}
	if a.Gateway == nil {
		return ErrNoGateway
	}
	for _, l := range []struct {
		key   string
		limit kv.Limit
	}{
		{"codes:addr:" + address, codesPerAddress},
		{"codes:phone:" + a.blind(phone), codesPerPhone},
		{"codes:day:" + a.blind(phone), codesPerDay},
	} {
		d, err := a.KV.Allow(ctx, l.key, l.limit)
		if err != nil {
			return signInAway("limit codes", err)
		}
		if !d.Allowed {
			return ErrTooManyCodes.After(d.RetryAfter)
		}
	}
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		return fmt.Errorf("make a code: %w", err)
	}
	code, salt := fmt.Sprintf("%06d", n), rand.Text()
	// The salt names this code's counter of tries, so that a new code starts anew.
	if err := a.KV.Set(ctx, "code:"+a.blind(phone), []byte(salt+a.codeMAC(phone, salt, code)), codeFor); err != nil {
		return signInAway("keep a code", err)
	}
	if err := a.Gateway.SendCode(ctx, phone, code); err != nil {
		return fmt.Errorf("send a code: %w: %w", ErrSignInAway, err)
	}
	return nil
}

// spend checks a code and uses it up: of rivals with the right code, one passes.
func (a *Accounts) spend(ctx context.Context, phone, code string) error {
	key := "code:" + a.blind(phone)
	kept, ok, err := a.KV.Get(ctx, key)
	if err != nil {
		return signInAway("find a code", err)
	}
	saltLen := len(rand.Text())
	if !ok || len(kept) < saltLen {
		return ErrCodeInvalid
	}
	salt, mac := string(kept[:saltLen]), string(kept[saltLen:])
	tries, err := a.KV.Add(ctx, "tries:"+salt, 1, codeFor)
	if err != nil {
		return signInAway("count tries", err)
	}
	if tries > codeTries {
		return ErrTooManyTries
	}
	if !hmac.Equal([]byte(mac), []byte(a.codeMAC(phone, salt, code))) {
		return ErrCodeInvalid
	}
	existed, err := a.KV.Delete(ctx, key)
	if err != nil {
		return signInAway("use up a code", err)
	}
	if !existed {
		return ErrCodeInvalid
	}
	return nil
}

// blind is a phone number as a key that says nothing to who reads the cache.
func (a *Accounts) blind(phone string) string { return a.mac("phone", phone) }

func (a *Accounts) codeMAC(phone, salt, code string) string {
	return a.mac("code", phone, salt, code)
}

func (a *Accounts) mac(parts ...string) string {
	h := hmac.New(sha256.New, a.Keys.pepper)
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return hex.EncodeToString(h.Sum(nil)[:20])
}

func signInAway(doing string, err error) error {
	if errors.Is(err, kv.ErrUnavailable) {
		return fmt.Errorf("%s: %w: %w", doing, ErrSignInAway, err)
	}
	return fmt.Errorf("%s: %w", doing, err)
}
