package identity

import (
	"context"

	"corner/fault"
	"corner/uid"
)

// AppointOperator makes the owner of a phone number an operator of this server, even before
// that person has an account. It takes no actor: it is for the command, and whoever can
// open the database may run it.
func (a *Accounts) AppointOperator(ctx context.Context, phone string) (Operator, error) {
	user, err := a.enter(ctx, phone)
	if err != nil {
		return Operator{}, err
	}
	now := a.now()
	if err := a.Operators.SetOperator(ctx, user.ID, true, now); err != nil {
		return Operator{}, err
	}
	return Operator{User: user.ID, Phone: user.Phone, Factor: user.Factor, Since: now}, nil
}

// DismissOperator makes somebody an ordinary user again, at once. ErrOperatorNotFound if
// the owner of the phone number is no operator.
func (a *Accounts) DismissOperator(ctx context.Context, phone string) (UserID, error) {
	user, err := a.enter(ctx, phone)
	if err != nil {
		return "", err
	}
	return user.ID, a.Operators.SetOperator(ctx, user.ID, false, a.now())
}

func (a *Accounts) enter(ctx context.Context, phone string) (User, error) {
	var in fault.Input
	phone, ok := ParsePhone(phone)
	if in.Check(ok, "phone", fault.BadFormat); in.Err() != nil {
		return User{}, in.Err()
	}
	now := a.now()
	return a.Store.Enter(ctx, User{ID: UserID(uid.New("usr", now)), Phone: phone, CreatedAt: now})
}
