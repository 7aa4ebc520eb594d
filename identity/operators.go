package identity

import (
	"context"
	"errors"

	"corner/fault"
	"corner/uid"
)

// AppointOperator makes the owner of a phone number an operator of this server, even before
// that person has an account. It takes no actor: it is for the command, and whoever can
// open the database may run it. Whoever has the number after it was silent is no operator, until appointed again.
func (a *Accounts) AppointOperator(ctx context.Context, phone string) (Operator, error) {
	e164, err := phoneOf(phone)
	if err != nil {
		return Operator{}, err
	}
	now := a.now()
	user, err := a.Store.Enter(ctx, User{ID: UserID(uid.New("usr", now)), Phone: e164, CreatedAt: now})
	if err != nil {
		return Operator{}, err
	}
	if err := a.Operators.SetOperator(ctx, user.ID, true, now); err != nil {
		return Operator{}, err
	}
	return Operator{User: user.ID, Phone: user.Phone, Factor: user.Factor, Since: now}, nil
}

// DismissOperator makes somebody an ordinary user again, at once. ErrOperatorNotFound if
// the owner of the phone number is no operator.
func (a *Accounts) DismissOperator(ctx context.Context, phone string) (UserID, error) {
	e164, err := phoneOf(phone)
	if err != nil {
		return "", err
	}
	user, err := a.Store.UserWith(ctx, e164)
	if errors.Is(err, ErrUserNotFound) {
		return "", ErrOperatorNotFound
	}
	if err != nil {
		return "", err
	}
	return user.ID, a.Operators.SetOperator(ctx, user.ID, false, a.now())
}

// phoneOf is the number that a command was given.
func phoneOf(s string) (string, error) {
	var in fault.Input
	phone, ok := ParsePhone(s)
	in.Check(ok, "phone", fault.BadFormat)
	return phone, in.Err()
}
