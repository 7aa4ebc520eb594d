package identity

import (
	"context"

	"corner/event"
	"corner/fault"
	"corner/uid"
)

// The events of suspensions, about the person.
const (
	UserSuspended event.Kind = "user.suspended"
	UserLifted    event.Kind = "user.lifted"
)

// Suspend takes somebody's rights away until it is lifted (with on false): they can do nothing but see,
// export and delete their own account. Only operators may. An operator cannot be suspended.
func (a *Accounts) Suspend(ctx context.Context, actor Actor, user UserID, on bool) error {
	if err := actor.RequireOperator(); err != nil {
		return err
	}
	if !uid.Valid("usr", string(user)) {
		return ErrUserNotFound
	}
	now, kind := a.now(), UserLifted
	if on {
		kind = UserSuspended
	}
	return a.Store.SuspendUser(ctx, user, on, event.New(kind, string(user), "", string(actor.User), now).About("", string(user)))
}

// What can go wrong with a suspension.
var (
	ErrSuspended = fault.New(fault.Forbidden, "identity.suspended",
		"the operators of this server have suspended your account; you can still read, export and delete it",
		"您的账户已被平台停用，您仍可查看、导出或注销账户")
	ErrSuspendsOperator = fault.New(fault.Conflict, "identity.suspends_operator",
		"an operator cannot be suspended; take the role away first", "不能停用运营人员的账户，请先取消其运营身份")
)
