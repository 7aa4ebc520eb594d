package identity

import (
	"context"
	"errors"

	"corner/uid"
)

// Devices lists the sessions of the actor that have not ended, the newest sign-in first: at
// most limit before the given one.
func (a *Accounts) Devices(ctx context.Context, actor Actor, before SessionID, limit int) ([]Session, error) {
	if err := actor.Identify(); err != nil {
		return nil, err
	}
	return a.Store.Live(ctx, actor.User, a.now(), before, limit)
}

// SignOut ends one session of the actor: from then on every instance refuses its tokens.
// The session of somebody else is ErrDeviceNotFound. Ending a session again changes
// nothing.
func (a *Accounts) SignOut(ctx context.Context, actor Actor, id SessionID) error {
	if err := actor.Identify(); err != nil {
		return err
	}
	if !uid.Valid("ses", string(id)) {
		return ErrDeviceNotFound
	}
	now := a.now()
	_, err := a.Store.UpdateSession(ctx, id, func(s *Session) error {
		if s.User != actor.User {
			return ErrTokenInvalid
		}
		s.end(now)
		return nil
	})
	if errors.Is(err, ErrTokenInvalid) {
		return ErrDeviceNotFound
	}
	return err
}

// SignOutOthers ends the actor's sessions on all devices but this one, or with
// here on this one too.
func (a *Accounts) SignOutOthers(ctx context.Context, actor Actor, here bool) error {
	if err := actor.Identify(); err != nil {
		return err
	}
	spare := actor.Session
	if here {
		spare = ""
	}
	return a.Store.EndSessions(ctx, actor.User, spare, a.now())
}
