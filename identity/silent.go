package identity

import (
	"context"
	"time"

	"corner/idempotency"
	"corner/uid"
)

// SilentFor is how long nobody has to come with a number until it may have been given to somebody else.
const SilentFor = 180 * day

// silent reports whether the number of somebody may be somebody else's by now.
func (u *User) silent(now time.Time) bool { return now.Sub(u.SeenAt) >= SilentFor }

// proof is what somebody has shown beside the code of a number.
type proof struct {
	known  bool // a device token of whose number it is
	factor bool // that one's second factor
	anew   bool // wants an account apart, where that is possible
}

// admits says whose account a number opens: that of u, who has it, or a fresh one, when it was silent and nothing else
// says that it is still u's. ErrFactorRequired if it is u's who shows the second factor.
func (p proof) admits(u *User, now time.Time) (anew bool, err error) {
	switch {
	case p.known || p.factor:
		return false, nil
	case u.Factor && (!p.anew || !u.silent(now)):
		return false, ErrFactorRequired
	default:
		return u.silent(now), nil
	}
}

// enter is the user whose account a number opens.
func (a *Accounts) enter(ctx context.Context, phone string, p proof) (User, error) {
	now := a.now()
	fresh := User{ID: UserID(uid.New("usr", now)), Phone: phone, CreatedAt: now}
	return a.Store.EnterAnew(ctx, fresh, func(u *User) (bool, error) { return p.admits(u, now) })
}

// RecoverMerchant invites whoever has a phone number to own a merchant whose owners have all lost theirs: they were silent,
// and nobody is left who could invite. It takes no actor: it is for the command. The invitation is in the name of an owner.
// ErrOwned if somebody is left.
func (a *Accounts) RecoverMerchant(ctx context.Context, m MerchantID, phone string, l Language) (Invitation, error) {
	const atOnce = 100
	var owner UserID
	for after := UserID(""); ; {
		staff, err := a.Roster.Staff(ctx, m, after, atOnce)
		if err != nil {
			return Invitation{}, err
		}
		for _, s := range staff {
			switch {
			case s.Role == Owner && s.Phone != "":
				return Invitation{}, ErrOwned
			case s.Role == Owner:
				owner = s.User
			}
		}
		if len(staff) < atOnce {
			break
		}
		after = staff[len(staff)-1].User
	}
	if owner == "" {
		return Invitation{}, ErrMerchantNotFound
	}
	return a.Invite(ctx, Actor{User: owner, Roles: map[MerchantID]Role{m: Owner}}, m, phone, Owner, Branches{}, l, idempotency.Key{})
}
