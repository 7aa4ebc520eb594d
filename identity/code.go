package identity

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"

	"github.com/nyaruka/phonenumbers"

	"corner/fault"
	"corner/kv"
)

// How long a code lives, how often it may be tried, and how often one may be had.
const (
	codeFor   = 5 * time.Minute
	codeTries = 5
)

var (
	codesPerPhone   = kv.Limit{Rate: 1, Per: 30 * time.Second, Burst: 5}
	codesPerDay     = kv.Limit{Rate: 40, Per: 24 * time.Hour, Burst: 40}  // 200 guesses at a million
	codesPerDevice  = kv.Limit{Rate: 1, Per: 30 * time.Second, Burst: 10} // a family's phone
	codesPerAddress = kv.Limit{Rate: 1, Per: time.Second, Burst: 500}     // a town behind one address
)

// ParsePhone reads an international number into E.164.
func ParsePhone(s string) (string, bool) {
	// The library reads letters as the digits of a keypad, and drops extensions; here
	// either is a slip, and the code would go to a stranger.
	if !strings.HasPrefix(s, "+") || len(s) > 32 || strings.Trim(s, "+0123456789 -.()") != "" {
		return "", false
	}
	phone, ok := formatPhone(s)
	if !ok {
		return "", false
	}
	// The library drops a 0 before some numbers, and from "+86000000000" one at each
	// reading: one person must not have two numbers.
	again, ok := formatPhone(phone)
	return phone, ok && again == phone && len(phone) <= maxPhone
}

const maxPhone = 1 + 15 // +, and as many digits as E.164 has

func formatPhone(s string) (string, bool) {
	n, err := phonenumbers.Parse(s, "")
	if err != nil || !phonenumbers.IsPossibleNumber(n) {
		return "", false
	}
	return phonenumbers.Format(n, phonenumbers.E164), true
}

// SendCode sends a fresh one-time code to a phone. address is where the request came
// from and device what it was made on, "" if the app does not tell: for the limits. It
// answers alike whether the phone is known or not.
func (a *Accounts) SendCode(ctx context.Context, phone, address, device string) error {
	var in fault.Input
	phone, ok := ParsePhone(phone)
	in.Check(ok, "phone", fault.BadFormat)
	if _, err := ParseDevice(device, ""); err != nil && !in.Include("", err) {
		return err
	}
	if err := in.Err(); err != nil {
		return err
	}
	if a.Gateway == nil {
		return ErrNoGateway
	}
	if err := a.allowCode(ctx, phone, address, device); err != nil {
		return err
	}
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		return fmt.Errorf("make a code: %w", err)
	}
	code := fmt.Sprintf("%06d", n)
	if err := a.keepCode(ctx, phone, code); err != nil {
		return err
	}
	if err := a.Gateway.SendCode(ctx, phone, code); err != nil {
		return fmt.Errorf("send a code: %w: %w", ErrSignInAway, err)
	}
	return nil
}

func (a *Accounts) allowCode(ctx context.Context, phone, address, device string) error {
	p := a.Keys.peppers[0]
	limits := []limited{
		{"codes:addr:" + address, codesPerAddress},
		{"codes:phone:" + p.blind("phone", phone), codesPerPhone},
		{"codes:day:" + p.blind("phone", phone), codesPerDay},
	}
	if device != "" {
		limits = append(limits, limited{"codes:device:" + p.blind("device", device), codesPerDevice})
	}
	return a.allow(ctx, ErrTooManyCodes, limits)
}

// keepCode keeps a code in place of the one before.
func (a *Accounts) keepCode(ctx context.Context, phone, code string) error {
	// One kept under an older secret would be looked for, too.
	for _, older := range a.Keys.peppers[1:] {
		if _, err := a.KV.Delete(ctx, "code:"+older.blind("phone", phone)); err != nil {
			return signInAway("forget a code", err)
		}
	}
	// The salt names this code's counter of tries, so that a new code starts anew.
	p, salt := a.Keys.peppers[0], rand.Text()
	if err := a.KV.Set(ctx, "code:"+p.blind("phone", phone), []byte(salt+p.code(phone, salt, code)), codeFor); err != nil {
		return signInAway("keep a code", err)
	}
	return nil
}

// spend checks a code and uses it up: of rivals with the right code, one passes.
func (a *Accounts) spend(ctx context.Context, phone, code string) error {
	for _, p := range a.Keys.peppers {
		key := "code:" + p.blind("phone", phone)
		kept, ok, err := a.KV.Get(ctx, key)
		if err != nil {
			return signInAway("find a code", err)
		}
		if saltLen := len(rand.Text()); ok && len(kept) >= saltLen {
			salt, mac := string(kept[:saltLen]), string(kept[saltLen:])
			return a.spendKept(ctx, key, salt, hmac.Equal([]byte(mac), []byte(p.code(phone, salt, code))))
		}
	}
	return ErrCodeInvalid
}

// spendKept counts a try at the code under key, and uses it up if it was right.
func (a *Accounts) spendKept(ctx context.Context, key, salt string, right bool) error {
	tries, err := a.KV.Add(ctx, "tries:"+salt, 1, codeFor)
	if err != nil {
		return signInAway("count tries", err)
	}
	if tries > codeTries {
		return ErrTooManyTries
	}
	if !right {
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

func signInAway(doing string, err error) error {
	if errors.Is(err, kv.ErrUnavailable) {
		return fmt.Errorf("%s: %w: %w", doing, ErrSignInAway, err)
	}
	return fmt.Errorf("%s: %w", doing, err)
}
