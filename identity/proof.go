package identity

import (
	"context"
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
	code, err := a.issue(ctx, p.sent())
	if err != nil {
		return err
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

// sent is the proof's code.
func (p *Proof) sent() sent { return sent{"proof", p.Subject, p.Phone, ProofFor} }

// CheckProof spends the code of a proof. Wrong ones count against the actor, and five of them against
// the subject until the next code.
func (a *Accounts) CheckProof(ctx context.Context, actor Actor, p Proof, code string) error {
	if err := actor.Require(); err != nil {
		return err
	}
	own := budget{
		key: "wrong:proof:" + string(actor.User), n: a.Caps.withDefaults().FailuresReserve, per: day, pause: firstPause, most: longestPause,
	}
	return a.guess(ctx, []budget{own}, func() error {
		return a.redeem(ctx, p.sent(), code, func() error { return nil })
	})
}
