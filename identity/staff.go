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
	list, err := a.Roster.Staff(ctx, m, after, limit)
	if err != nil {
		return nil, err
	}
	at := make([]UserID, 0, len(list))
	for i := range list {
		at = append(at, list[i].User)
	}
	if err := a.Journal.Look(ctx, actor, m, SeenStaff, string(m), at...); err != nil {
		return nil, err
	}
	return list, nil
}

// ChangeRole gives somebody who works for the merchant another role, at all places or at some. Only owners may do it.
// Who has a second factor has shown it lately. New people join by invitation, not by ChangeRole.
func (a *Accounts) ChangeRole(ctx context.Context, actor Actor, m MerchantID, user UserID, role Role, at Branches) error {
	if err := ownerOf(actor, m); err != nil {
		return err
	}
	var in fault.Input
	in.Check(role.known(), "role", fault.Unknown)
	at, err := a.branches(ctx, &in, m, role, at)
	if err != nil {
		return err
	}
	if err := in.Err(); err != nil {
		return err
	}
	if err := a.requireStepUp(actor); err != nil {
		return err
	}
	return a.changeRole(ctx, m, user, role, at)
}

// Dismiss takes a person's role with the merchant away, at once. Owners may do it, and
// everybody for himself; an owner with a second factor has shown it lately.
func (a *Accounts) Dismiss(ctx context.Context, actor Actor, m MerchantID, user UserID) error {
	if err := actor.Require(); err != nil {
		return err
	}
	leaves := user == actor.User && actor.WorksFor(m)
	if !leaves {
		if err := ownerOf(actor, m); err != nil {
			return err
		}
		if err := a.requireStepUp(actor); err != nil {
			return err
		}
	}
	return a.changeRole(ctx, m, user, 0, Branches{})
}

// changeRole changes a role by the laws of a merchant's staff: only who is an owner stands
// by his invitations, and somebody has to be one.
func (a *Accounts) changeRole(ctx context.Context, m MerchantID, user UserID, role Role, at Branches) error {
	c := RoleChange{Merchant: m, User: user, Role: role, Branches: at, Withdraw: role != Owner, At: a.now()}
	return a.Roster.ChangeRole(ctx, c, KeepsOwner)
}

// branches names what is wrong with the places that a role is to be limited to, and puts them in order. A place that
// leaves the merchant afterwards takes its limit along, so it is enough to look once.
func (a *Accounts) branches(ctx context.Context, in *fault.Input, m MerchantID, role Role, at Branches) (Branches, error) {
	if !at.Limited {
		return Branches{}, nil
	}
	var theirs []PlaceID
	if role != Owner && len(at.Places) > 0 && len(at.Places) <= MaxBranches {
		var err error
		if theirs, err = a.Roster.PlacesAmong(ctx, m, at.Places); err != nil {
			return Branches{}, err
		}
	}
	at.check(in, role, theirs)
	return Only(at.Places...), nil
}

// KeepsOwner returns ErrLastOwner if a merchant would have no owner left.
func KeepsOwner(owners int) error {
	if owners == 0 {
		return ErrLastOwner
	}
	return nil
}

func ownerOf(actor Actor, m MerchantID) error {
	if err := actor.Require(); err != nil {
		return err
	}
	if !actor.MayAll(ManageStaff, m) {
		return ErrMerchantNotFound
	}
	return nil
}
