package identity

import (
	"context"
	"errors"
	"time"

	"corner/fault"
	"corner/idempotency"
	"corner/kv"
	"corner/uid"
)

// Accounts signs people in and says who acts.
type Accounts struct {
	Store       Store
	Roster      Roster
	Invitations Invitations
	Operators   Operators
	KV          kv.Store
	Gateway     Gateway // nil: nothing can be sent to phones
	Keys        *Keys
	Now         func() time.Time
}

// SignIn spends a code and opens a session on a device; on that device the user's
// session before it ends. token is the phone's Idempotency-Key: with it, a phone that
// lost the answer gets the same session again while the code would have lived.
func (a *Accounts) SignIn(ctx context.Context, phone, code string, device Device, token string) (Tokens, error) {
	var in fault.Input
	phone, ok := ParsePhone(phone)
	in.Check(ok, "phone", fault.BadFormat)
	device, err := ParseDevice(device.ID, device.Name)
	if err != nil && !in.Include("", err) {
		return Tokens{}, err
	}
	if err := in.Err(); err != nil {
		return Tokens{}, err
	}
	now := a.now()
	key, err := a.Keys.peppers[0].signInKey(phone, code, token)
	if err != nil {
		return Tokens{}, err
	}
	if err := a.spend(ctx, phone, code); err != nil {
		if key.Given() && errors.Is(err, ErrCodeInvalid) {
			return a.signInAgain(ctx, phone, code, token, err)
		}
		return Tokens{}, err
	}
	user, err := a.Store.Enter(ctx, User{ID: UserID(uid.New("usr", now)), Phone: phone, CreatedAt: now})
	if err != nil {
		return Tokens{}, err
	}
	s, err := a.Store.OpenSession(ctx, Session{
		ID: SessionID(uid.New("ses", now)), User: user.ID, Device: device, Generation: 1,
		RotatedAt: now, ExpiresAt: now.Add(SessionFor), CreatedAt: now,
	}, key)
	if err != nil {
		return Tokens{}, err
	}
	return a.tokens(s)
}

// signInKey binds a sign-in's Idempotency-Key. Its owner is the phone, blinded: who
// the user is, only the code says.
func (p pepper) signInKey(phone, code, token string) (idempotency.Key, error) {
	return idempotency.New(p.blind("phone", phone), token, "tokens.create", p.code(phone, "repeat", code))
}

// signInAgain answers a repeated sign-in whose code the first call has spent, perhaps
// under a secret that was the first one then. Tries count as those of a code do: who
// knows the key could guess here, too.
func (a *Accounts) signInAgain(ctx context.Context, phone, code, token string, otherwise error) (Tokens, error) {
	tries, err := a.KV.Add(ctx, "again:"+a.Keys.peppers[0].blind("phone", phone), 1, codeFor)
	if err != nil {
		return Tokens{}, signInAway("count tries", err)
	}
	if tries > codeTries {
		return Tokens{}, ErrTooManyTries
	}
	for _, p := range a.Keys.peppers {
		key, err := p.signInKey(phone, code, token)
		if err != nil {
			return Tokens{}, err
		}
		s, err := a.Store.OpenedWith(ctx, key)
		fresh := err == nil && s.EndedAt.IsZero() && s.Generation == 1 && a.Now().Sub(s.CreatedAt) < codeFor
		switch {
		case fresh:
			return a.tokens(s)
		case err != nil && !errors.Is(err, ErrTokenInvalid) && !errors.Is(err, idempotency.ErrReused):
			return Tokens{}, err
		}
	}
	return Tokens{}, otherwise
}

// Refresh exchanges a refresh token for the next one.
func (a *Accounts) Refresh(ctx context.Context, token string) (Tokens, error) {
	id, n, ok := a.Keys.parseRefresh(token)
	if !ok {
		return Tokens{}, ErrTokenInvalid
	}
	now := a.now()
	var outcome error
	s, err := a.Store.UpdateSession(ctx, id, func(s *Session) error {
		outcome = s.rotate(n, now)
		if errors.Is(outcome, errEnd) {
			return nil
		}
		return outcome
	})
	if err == nil {
		err = outcome
	}
	if errors.Is(err, errEnd) {
		err = ErrTokenInvalid
	}
	if err != nil {
		return Tokens{}, err
	}
	return a.tokens(s)
}

// Actor returns the person who acts with an access token; without a token, nobody. Rights
// and the session are read anew at every call: somebody who was signed out or dismissed, on
// whatever instance, loses them at once.
func (a *Accounts) Actor(ctx context.Context, token string) (Actor, error) {
	if token == "" {
		return Actor{}, nil
	}
	user, session, err := a.checkAccess(token)
	if err != nil {
		return Actor{}, err
	}
	actor, err := a.Store.ActorOf(ctx, session)
	if err != nil {
		return Actor{}, err
	}
	if actor.User != user {
		return Actor{}, ErrTokenInvalid
	}
	return actor, nil
}

// now is the present, as fine as the databases keep it.
func (a *Accounts) now() time.Time { return a.Now().UTC().Truncate(time.Microsecond) }
