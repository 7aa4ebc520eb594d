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

	"corner/fault"
	"corner/kv"
)

// ChallengeID names one sending of a code: "chl_…". Only who asked for the code knows it, so only
// they can use up its tries.
type ChallengeID string

// How long a code lives, and how often it may be tried.
const (
	CodeFor   = 5 * time.Minute
	codeTries = 5
)

// CodeRequest asks for a code.
type CodeRequest struct {
	Phone       string
	Address     string // where the request comes from, as limits count it
	DeviceID    string // what the app calls the phone it runs on; "" if it does not tell
	DeviceToken string // Tokens.Device of an earlier sign-in there; "" if there was none
}

// SendCode sends a one-time code to a phone, and names the challenge that it belongs to. Challenges
// of one phone do not touch each other: each lives five minutes and has its own tries. It answers
// alike whether the phone is known or not.
func (a *Accounts) SendCode(ctx context.Context, r CodeRequest) (ChallengeID, error) {
	var in fault.Input
	phone, ok := ParsePhone(r.Phone)
	in.Check(ok, "phone", fault.BadFormat)
	if _, err := ParseDevice(r.DeviceID, ""); err != nil && !in.Include("", err) {
		return "", err
	}
	if err := in.Err(); err != nil {
		return "", err
	}
	if err := a.canSend(); err != nil {
		return "", err
	}
	r.Phone = phone
	if err := a.allowCode(ctx, r); err != nil {
		return "", err
	}
	id := ChallengeID("chl_" + strings.ToLower(rand.Text()))
	code, err := a.issue(ctx, sent{"challenge", string(id), phone, CodeFor})
	if err != nil {
		return "", err
	}
	if err := a.Gateway.SendCode(ctx, phone, code); err != nil {
		return "", notSent(err)
	}
	return id, nil
}

// valid reports whether an id has the shape of one that was made here.
func (id ChallengeID) valid() bool {
	rest, ok := strings.CutPrefix(string(id), "chl_")
	return ok && len(rest) == len(rand.Text()) && strings.Trim(rest, "abcdefghijklmnopqrstuvwxyz234567") == ""
}

// sent is a code on its way to a phone: what it is for, and how long it lives.
type sent struct {
	kind, id string
	phone    string // E.164
	live     time.Duration
}

func (c sent) key() string { return c.kind + ":" + c.id }

// issue makes a code, and keeps it in place of the one before for the same thing.
func (a *Accounts) issue(ctx context.Context, c sent) (code string, err error) {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		return "", fmt.Errorf("make a code: %w", err)
	}
	code = fmt.Sprintf("%06d", n)
	if err := a.KV.Set(ctx, c.key(), []byte(a.Keys.peppers[0].code(c.phone, c.id, code)), c.live); err != nil {
		return "", signInAway("keep a code", err)
	}
	return code, nil
}

// spend checks a challenge's code and uses it up, as redeem does.
func (a *Accounts) spend(ctx context.Context, id ChallengeID, phone, code string, admit func() error) error {
	if !id.valid() {
		return ErrCodeInvalid
	}
	return a.redeem(ctx, sent{"challenge", string(id), phone, CodeFor}, code, admit)
}

// redeem checks a code that was sent and uses it up, unless admit, which is asked once the code is right, refuses: of
// rivals with the right code, one passes. Each code that is issued has its own tries.
func (a *Accounts) redeem(ctx context.Context, c sent, code string, admit func() error) error {
	kept, ok, err := a.KV.Get(ctx, c.key())
	if err != nil {
		return signInAway("find a code", err)
	}
	if !ok {
		return ErrCodeInvalid
	}
	// Counted before it is compared, so that rivals do not get more tries than there are.
	counted := "tries:" + string(kept)
	tries, err := a.KV.Add(ctx, counted, 1, c.live)
	if err != nil {
		return signInAway("count tries", err)
	}
	if tries > codeTries {
		return ErrTooManyTries
	}
	right := false
	for _, p := range a.Keys.peppers { // a code on its way when the secret changed is good
		right = hmac.Equal(kept, []byte(p.code(c.phone, c.id, code))) || right
	}
	if !right {
		return ErrCodeInvalid
	}
	if err := admit(); err != nil {
		// The code was right, so the try goes back.
		if _, err := a.KV.Add(ctx, counted, -1, c.live); err != nil {
			return signInAway("take back a try", err)
		}
		return err
	}
	existed, err := a.KV.Delete(ctx, c.key())
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
