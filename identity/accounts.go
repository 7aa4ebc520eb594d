package identity

import (
	"context"
	"errors"
	"time"

	"corner/fault"
	"corner/kv"
	"corner/once"
	"corner/uid"
)

// Accounts signs people in and says who acts.
type Accounts struct {
	Store   Store
	Roster  Roster
	KV      kv.Store
	Gateway Gateway // nil: no code can be sent
	Keys    *Keys
	Now     func() time.Time
}

// SignIn spends a code and opens a session. token is the phone's Idempotency-Key:
// with it, a phone that lost the answer gets the same session again while the code
// would have lived.
func (a *Accounts) SignIn(ctx context.Context, phone, code, token string) (Tokens, error) {
	phone, err := parsePhone(phone)
	if err != nil {
		return Tokens{}, err
	}
	now := a.now()
	// The owner of the key is the phone, blinded: who the user is, only the code says.
	key, err := once.New(a.blind(phone), token, "tokens.create", a.codeMAC(phone, "repeat", code))
	if err != nil {
		return Tokens{}, err
	}
	if err := a.spend(ctx, phone, code); err != nil {
		if key.Given() && errors.Is(err, ErrCodeInvalid) {
			return a.signInAgain(ctx, key, err)
		}
		return Tokens{}, err
	}
	user, err := a.Store.Enter(ctx, User{ID: UserID(uid.New("usr", now)), Phone: phone, CreatedAt: now})
	if err != nil {
		return Tokens{}, err
	}
	s, err := a.Store.OpenSession(ctx, Session{
		ID: SessionID(uid.New("ses", now)), User: user.ID, Generation: 1,
		RotatedAt: now, ExpiresAt: now.Add(SessionFor), CreatedAt: now,
	}, key)
	if err != nil {
		return Tokens{}, err
	}
	return a.tokens(s)
}

// signInAgain answers a repeated sign-in whose code the first call has spent. Tries
// count as those of a code do: who knows the key could guess here, too.
func (a *Accounts) signInAgain(ctx context.Context, key once.Key, otherwise error) (Tokens, error) {
	tries, err := a.KV.Add(ctx, "again:"+key.Owner, 1, codeFor)
	if err != nil {
		return Tokens{}, signInAway("count tries", err)
	}
	if tries > codeTries {
		return Tokens{}, ErrTooManyTries
	}
	s, err := a.Store.OpenedWith(ctx, key)
	fresh := err == nil && s.EndedAt.IsZero() && s.Generation == 1 && a.Now().Sub(s.CreatedAt) < codeFor
	switch {
	case fresh:
		return a.tokens(s)
	case err == nil, errors.Is(err, ErrTokenInvalid), errors.Is(err, once.ErrReused):
		return Tokens{}, otherwise
	}
	return Tokens{}, err
}

// errEnd tells Refresh that the session was ended, which must be saved.
var errEnd = errors.New("refresh token used again")

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

// rotate moves the session on to its next refresh token, when token number n is
// shown.
func (s *Session) rotate(n int64, now time.Time) error {
	switch {
	case !s.EndedAt.IsZero() || !now.Before(s.ExpiresAt):
		return ErrTokenInvalid
	case n == s.Generation:
		s.Generation++
		s.RotatedAt, s.ExpiresAt = now, now.Add(SessionFor)
		return nil
	case n == s.Generation-1 && now.Sub(s.RotatedAt) < RepeatFor:
		return nil // the answer was lost: the same token again
	default:
		s.EndedAt = now
		return errEnd
	}
}

// Actor says who acts with an access token; no token is anybody.
func (a *Accounts) Actor(ctx context.Context, token string) (Actor, error) {
	if token == "" {
		return Actor{}, nil
	}
	user, err := a.checkAccess(token)
	if err != nil {
		return Actor{}, err
	}
	roles, err := a.Store.Roles(ctx, user)
	if err != nil {
		return Actor{}, err
	}
	return Actor{User: user, Roles: roles}, nil
}

// Grant gives the person with that phone a role with the merchant; an owner's
// right. It returns who that is.
func (a *Accounts) Grant(ctx context.Context, actor Actor, m MerchantID, phone string, role Role, key once.Key) (Staff, error) {
	if err := ownerOf(actor, m); err != nil {
		return Staff{}, err
	}
	var in fault.Input
	phone, err := parsePhone(phone)
	if err != nil && !in.Include("", err) {
		return Staff{}, err
	}
	_, known := roleNames[role]
	in.Check(known, "/role", fault.Unknown)
	if err := in.Err(); err != nil {
		return Staff{}, err
	}
	now := a.now()
	user, err := a.Store.Enter(ctx, User{ID: UserID(uid.New("usr", now)), Phone: phone, CreatedAt: now})
	if err != nil {
		return Staff{}, err
	}
	if err := a.Roster.SetRole(ctx, m, user.ID, role, now, key); err != nil {
		return Staff{}, err
	}
	return Staff{User: user.ID, Phone: phone, Role: role, Since: now}, nil
}

// Dismiss takes a person's role with the merchant away; an owner's right.
func (a *Accounts) Dismiss(ctx context.Context, actor Actor, m MerchantID, user UserID) error {
	if err := ownerOf(actor, m); err != nil {
		return err
	}
	return a.Roster.SetRole(ctx, m, user, 0, a.now(), once.Key{})
}

// Staff lists who works for the merchant; an owner's right.
func (a *Accounts) Staff(ctx context.Context, actor Actor, m MerchantID, after UserID, limit int) ([]Staff, error) {
	if err := ownerOf(actor, m); err != nil {
		return nil, err
	}
	return a.Roster.Staff(ctx, m, after, limit)
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

// now is the present, as fine as the databases keep it.
func (a *Accounts) now() time.Time { return a.Now().UTC().Truncate(time.Microsecond) }
