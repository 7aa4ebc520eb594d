package identity

import (
	"context"
	"unicode/utf8"

	"corner/fault"
	"corner/text"
)

// Profile is what people say of themselves.
type Profile struct {
	Name     string   // shown to shops; at most MaxPersonName characters, "" if they do not tell
	Language Language // to be written to in; "" for that of their phone
}

// MaxPersonName is in characters.
const MaxPersonName = 60

// Me is the actor's account.
func (a *Accounts) Me(ctx context.Context, actor Actor) (User, error) {
	if err := actor.Identify(); err != nil {
		return User{}, err
	}
	return a.Store.User(ctx, actor.User)
}

// ChangeMe changes the given version of the actor's account. What is the same already keeps the
// version.
func (a *Accounts) ChangeMe(ctx context.Context, actor Actor, version int64, p Profile) (User, error) {
	if err := actor.Require(); err != nil {
		return User{}, err
	}
	var in fault.Input
	p.Name = text.Visible(p.Name)
	in.Check(utf8.RuneCountInString(p.Name) <= MaxPersonName, "name", fault.TooLong)
	if flaw, flawed := text.FlawOfLine(p.Name); flawed {
		in.Add("name", flaw)
	}
	in.Check(p.Language == "" || p.Language == English || p.Language == Chinese, "language", fault.Unknown)
	return a.Store.UpdateUser(ctx, actor.User, func(u *User) error {
		if u.Version != version {
			return ErrUserStale.WithData(fault.CurrentVersion(u.Version))
		}
		u.Profile = p
		return in.Err()
	})
}
