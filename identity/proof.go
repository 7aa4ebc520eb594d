package identity

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"fmt"
	"math/big"
	"time"

	"github.com/nyaruka/phonenumbers"
)

// Origin is where a request comes from.
type Origin struct {
	Address string // as limits count it
}

// Proof asks whoever holds a telephone number to agree to something: a code is sent there, and comes
// back. It signs nobody in.
type Proof struct {
	Subject string // the id of what is proved
	Phone   string // E.164
	Origin  Origin
	Say     func(l Language, code string) string // the message
}

// ProofFor is how long such a code lives: it has to be told by somebody who answers the telephone of
// a shop.
const ProofFor = 30 * time.Minute

// Mobile reports whether a message can be sent to an E.164 number.
func Mobile(phone string) bool {
	n, err := phonenumbers.Parse(phone, "")
	if err != nil {
		return false
	}
	switch phonenumbers.GetNumberType(n) {
	case phonenumbers.MOBILE, phonenumbers.FIXED_LINE_OR_MOBILE:
		return true
	}
	return false
}

// SendProof sends a code in place of the one before, within the caps of messages.
func (a *Accounts) SendProof(ctx context.Context, actor Actor, p Proof) error {
	me, err := a.Me(ctx, actor)
	if err != nil {
		return err
	}
	if err := a.canSend(); err != nil {
		return err
	}
	if err := a.allowCode(ctx, CodeRequest{Phone: p.Phone, Address: p.Origin.Address}); err != nil {
		return err
	}
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		return fmt.Errorf("make a code: %w", err)
	}
	code := fmt.Sprintf("%06d", n)
	if err := a.KV.Set(ctx, "proof:"+p.Subject, []byte(a.Keys.peppers[0].code(p.Phone, p.Subject, code)), ProofFor); err != nil {
		return signInAway("keep a code", err)
	}
	l := me.Language
	if l == "" && callingCode(p.Phone) == "86" {
		l = Chinese
	}
	if err := a.Gateway.SendText(ctx, p.Phone, p.Say(l, code)); err != nil {
		return notSent(err)
	}
	return nil
}

// CheckProof spends the code of a proof. Wrong ones count against the actor, and five of them against
// the subject until the next code.
func (a *Accounts) CheckProof(ctx context.Context, actor Actor, p Proof, code string) error {
	if err := actor.Require(); err != nil {
		return err
	}
	own := budget{
		key: "wrong:proof:" + string(actor.User), n: a.Caps.withDefaults().FailuresReserve, per: day, pause: firstPause, most: longestPause,
	}
	return a.guess(ctx, []budget{own}, func() error { return a.spendProof(ctx, p, code) })
}

func (a *Accounts) spendProof(ctx context.Context, p Proof, code string) error {
	kept, ok, err := a.KV.Get(ctx, "proof:"+p.Subject)
	if err != nil {
		return signInAway("find a code", err)
	}
	if !ok {
		return ErrCodeInvalid
	}
	tries, err := a.KV.Add(ctx, "proof:tries:"+string(kept), 1, ProofFor) // of this very code
	if err != nil {
		return signInAway("count tries", err)
	}
	if tries > codeTries {
		return ErrTooManyTries
	}
	right := false
	for _, pep := range a.Keys.peppers {
		right = hmac.Equal(kept, []byte(pep.code(p.Phone, p.Subject, code))) || right
	}
	if !right {
		return ErrCodeInvalid
	}
	existed, err := a.KV.Delete(ctx, "proof:"+p.Subject)
	if err == nil && !existed {
		return ErrCodeInvalid
	}
	if err != nil {
		return signInAway("use up a code", err)
	}
	return nil
}
