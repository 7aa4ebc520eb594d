package identity

import (
	"context"
	"errors"
	"fmt"
	"time"

	"corner/fault"
	"corner/idempotency"
	"corner/uid"
)

// How many invitations may be made in a Day: nobody asked for these messages.
const (
	maxByMerchant = 50
	maxByInviter  = 50 // whoever has many merchants
	maxToPhone    = 5  // by whomever
)

// Invite asks the owner of a phone number, by a message in the language l, to work for the
// merchant, at all places or at some. Only owners may invite, and who has a
// second factor has shown it lately. An invitation is good for InvitationFor and replaces an
// open one to the same number. A repeat of key returns what the first call made, and sends
// the message if the first call could not.
func (a *Accounts) Invite(
	ctx context.Context,
	actor Actor,
	m MerchantID,
	phone string,
	role Role,
	at Branches,
	l Language,
	key idempotency.Key,
) (Invitation, error) {
	if err := ownerOf(actor, m); err != nil {
		return Invitation{}, err
	}
	var in fault.Input
	phone, ok := ParsePhone(phone)
	in.Check(ok, "phone", fault.BadFormat)
	in.Check(role.known(), "role", fault.Unknown)
	at, err := a.branches(ctx, &in, m, role, at)
	if err != nil {
		return Invitation{}, err
	}
	if err := in.Err(); err != nil {
		return Invitation{}, err
	}
	if err := a.requireStepUp(actor); err != nil {
		return Invitation{}, err
	}
	now := a.now()
	v, err := a.Invitations.Invite(ctx, Invitation{
		ID: InvitationID(uid.New("inv", now)), Merchant: m, Phone: phone, Role: role, Branches: at, State: InvitationOpen,
		By: actor.User, ExpiresAt: now.Add(InvitationFor), CreatedAt: now,
	}, key, func(sent Sent) error { return sent.admit(now) })
	if err != nil {
		return v, err
	}
	// A repeat says who has accepted meanwhile.
	if err := a.Journal.Look(ctx, actor, m, SeenInvitations, string(m), v.User); err != nil {
		return Invitation{}, err
	}
	if !a.sends() {
		return v, nil
	}
	return a.tell(ctx, v, l)
}

// admit refuses who works there already, and when there have been too many.
func (s Sent) admit(now time.Time) error {
	if s.Employed {
		return ErrAlreadyStaff
	}
	for _, c := range []struct {
		Count
		most int
	}{{s.Merchant, maxByMerchant}, {s.Inviter, maxByInviter}, {s.Phone, maxToPhone}} {
		if c.N >= c.most {
			wait := c.Oldest.Add(Day).Sub(now)
			return tooMany(ErrTooManyInvitations, c.most, wait, wait)
		}
	}
	return nil
}

// errTold ends a change that somebody else has made.
var errTold = errors.New("the message was sent already")

// tell sends the message of an open invitation, once. The invitation holds without it,
// too: who is asked sees it when signed in. So a gateway that is away is no failure of
// the call, and told by ToldAt.
func (a *Accounts) tell(ctx context.Context, v Invitation, l Language) (Invitation, error) {
	if v.State != InvitationOpen || !v.ToldAt.IsZero() {
		return v, nil
	}
	now := a.now()
	mark := func(was, is time.Time) error {
		w, err := a.Invitations.UpdateInvitation(ctx, v.ID, func(w *Invitation) error {
			if !w.ToldAt.Equal(was) || w.State != InvitationOpen {
				v = *w
				return errTold
			}
			w.ToldAt = is
			return nil
		}, KeepsOwner)
		if err == nil {
			v = w
		}
		return err
	}
	// Marked first, so that of two calls with one key one sends.
	err := mark(time.Time{}, now)
	if err == nil && a.Gateway.SendText(ctx, v.Phone, v.text(l)) != nil {
		err = mark(now, time.Time{})
	}
	if errors.Is(err, errTold) {
		err = nil
	}
	return v, err
}

// MerchantInvitations lists whom the merchant has invited and with what result, the newest
// first: at most limit before the given one. Only owners may ask.
func (a *Accounts) MerchantInvitations(
	ctx context.Context,
	actor Actor,
	m MerchantID,
	before InvitationID,
	limit int,
) ([]Invitation, error) {
	if err := ownerOf(actor, m); err != nil {
		return nil, err
	}
	list, err := a.Invitations.InvitationsOf(ctx, m, before, limit)
	if err != nil {
		return nil, err
	}
	at := make([]UserID, 0, 2*len(list))
	for i := range list {
		at = append(at, list[i].User, list[i].Holder)
	}
	if err := a.Journal.Look(ctx, actor, m, SeenInvitations, string(m), at...); err != nil {
		return nil, err
	}
	return list, nil
}

// Withdraw takes back an invitation of the merchant. Only owners may do it. An invitation
// that was declined or has run out stays as it is; an accepted one is
// ErrInvitationAccepted.
func (a *Accounts) Withdraw(ctx context.Context, actor Actor, m MerchantID, id InvitationID) error {
	if err := ownerOf(actor, m); err != nil {
		return err
	}
	_, err := a.updateInvitation(ctx, id, func(v *Invitation) error {
		if v.Merchant != m {
			return ErrInvitationNotFound
		}
		return v.withdraw(a.now())
	})
	return err
}

// MyInvitations lists the open invitations to the actor's own phone number, the newest
// first: at most limit before the given one.
func (a *Accounts) MyInvitations(ctx context.Context, actor Actor, before InvitationID, limit int) ([]Invitation, error) {
	phone, err := a.ownPhone(ctx, actor)
	if err != nil {
		return nil, err
	}
	return a.Invitations.InvitationsTo(ctx, phone, a.now(), before, limit)
}

// Accept gives the actor the role of an invitation to his phone number, at once. Accepting
// it again changes nothing, and does not restore a role that was taken away since.
func (a *Accounts) Accept(ctx context.Context, actor Actor, id InvitationID) (Invitation, error) {
	return a.answer(ctx, actor, id, func(v *Invitation) error { return v.accept(actor.User, a.now()) })
}

// Decline refuses an invitation for the actor's own phone. One that has ended otherwise
// stays as it is; an accepted one is ErrInvitationAccepted.
func (a *Accounts) Decline(ctx context.Context, actor Actor, id InvitationID) error {
	_, err := a.answer(ctx, actor, id, func(v *Invitation) error { return v.decline(a.now()) })
	return err
}

func (a *Accounts) answer(ctx context.Context, actor Actor, id InvitationID, change func(*Invitation) error) (Invitation, error) {
	phone, err := a.ownPhone(ctx, actor)
	if err != nil {
		return Invitation{}, err
	}
	return a.updateInvitation(ctx, id, func(v *Invitation) error {
		if v.Phone != phone {
			return ErrInvitationNotFound
		}
		return change(v)
	})
}

func (a *Accounts) ownPhone(ctx context.Context, actor Actor) (string, error) {
	if err := actor.Require(); err != nil {
		return "", err
	}
	user, err := a.Store.User(ctx, actor.User)
	if err != nil {
		return "", fmt.Errorf("the actor's phone: %w", err)
	}
	return user.Phone, nil
}

func (a *Accounts) updateInvitation(ctx context.Context, id InvitationID, change func(*Invitation) error) (Invitation, error) {
	if !uid.Valid("inv", string(id)) {
		return Invitation{}, ErrInvitationNotFound
	}
	return a.Invitations.UpdateInvitation(ctx, id, change, KeepsOwner)
}
