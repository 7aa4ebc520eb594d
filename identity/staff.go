package identity

import (
	"context"

	"corner/fault"
)

// Staff lists who works for the merchant; an owner's right.
func (a *Accounts) Staff(ctx context.Context, actor Actor, m MerchantID, after UserID, limit int) ([]Staff, error) {
	if err := ownerOf(actor, m); err != nil {
		return nil, err
	}
	return a.Roster.Staff(ctx, m, after, limit)
}

// ChangeRole gives somebody who works for the merchant another role; an owner's right.
// Nobody comes to work for a merchant by it: for that there are invitations.
func (a *Accounts) ChangeRole(ctx context.Context, actor Actor, m MerchantID, user UserID, role Role) error {
	if err := ownerOf(actor, m); err != nil {
		return err
	}
	var in fault.Input
	if in.Check(role.known(), "/role", fault.Unknown); in.Err() != nil {
		return in.Err()
	}
	return a.Roster.ChangeRole(ctx, m, user, role, a.now())
}

// Dismiss takes a person's role with the merchant away, at once; an owner's right, and
// everybody's for himself.
func (a *Accounts) Dismiss(ctx context.Context, actor Actor, m MerchantID, user UserID) error {
	if err := actor.Require(); err != nil {
		return err
	}
	leaves := user == actor.User && actor.Is(Counter, m)
	if !leaves {
		if err := ownerOf(actor, m); err != nil {
			return err
		}
	}
	return a.Roster.ChangeRole(ctx, m, user, 0, a.now())
}

func ownerOf(actor Actor, m MerchantID) error {
	if err := actor.Require(); err != nil {
		return err
	}
	if !actor.Is(Owner, m) {
		return ErrMerchantNotFound
	}
	return nil
}
