package identity

import (
	"context"
	"errors"
	"time"

	"corner/event"
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
	Factors     Factors
	Journal     *Journal
	KV          kv.Store
	Gateway     Gateway // nil: nothing can be sent to phones
	Keys        *Keys
	Caps        Caps // of messages and wrong codes; what is 0 is as in DefaultCaps
	Now         func() time.Time
}

// SignInRequest shows a code that was sent.
type SignInRequest struct {
	Challenge   ChallengeID
	Phone       string
	Code        string
	Device      Device
	Factor      string // a code of the second factor, where one is asked for
	Anew        bool   // a number that was silent is new to who signs in, though its account has a second factor
	DeviceToken string // as in CodeRequest
	Address     string // as in CodeRequest
	// Token is the phone's Idempotency-Key: with it, a phone that lost the answer gets the same
	// session again while the code would have lived.
	Token string
}

// SignIn spends a challenge's code and opens a session on a device; on that device the user's
// session before it ends. A number that was silent for SilentFor opens a fresh account on a device that is not known,
// unless the second factor is shown. On a device that is not known, who has a second factor is asked for it once the code
// is right, and shows the same code with it.
func (a *Accounts) SignIn(ctx context.Context, r SignInRequest) (Tokens, error) {
	var in fault.Input
	phone, ok := ParsePhone(r.Phone)
	in.Check(ok, "phone", fault.BadFormat)
	device, err := ParseDevice(r.Device.ID, r.Device.Name)
	if err != nil && !in.Include("", err) {
		return Tokens{}, err
	}
	if err := in.Err(); err != nil {
		return Tokens{}, err
	}
	r.Phone, r.Device = phone, device
	key, err := a.Keys.peppers[0].signInKey(phone, r.Code, r.Token)
	if err != nil {
		return Tokens{}, err
	}
	shows := proof{anew: r.Anew}
	if shows.known, err = a.knows(ctx, r.DeviceToken, phone); err != nil {
		return Tokens{}, err
	}
	var again *Tokens
	err = a.guess(ctx, a.failureBudgets(phone, device, r.Address, shows.known), func() error {
		err := a.spend(ctx, r.Challenge, phone, r.Code, func() (err error) {
			shows.factor, err = a.askFactor(ctx, &r, shows)
			return err
		})
		if key.Given() && (errors.Is(err, ErrCodeInvalid) || errors.Is(err, ErrFactorInvalid)) {
			again, err = a.signInAgain(ctx, &r, err)
		}
		return err
	})
	if err != nil {
		return Tokens{}, err
	}
	if again != nil {
		return *again, nil
	}
	return a.openSession(ctx, phone, device, shows, key)
}

func (a *Accounts) openSession(ctx context.Context, phone string, device Device, shows proof, key idempotency.Key) (Tokens, error) {
	now := a.now()
	user, err := a.enter(ctx, phone, shows)
	if err != nil {
		return Tokens{}, err
	}
	s := Session{
		ID: SessionID(uid.New("ses", now)), User: user.ID, Device: device, Generation: 1,
		RotatedAt: now, ExpiresAt: now.Add(SessionFor), CreatedAt: now,
	}
	if shows.factor {
		s.FactorAt = now
	}
	opened := event.New(SessionOpened, string(s.ID), "", string(user.ID), now).About("", string(user.ID))
	s, err = a.Store.OpenSession(ctx, s, phone, key, opened)
	if err != nil {
		return Tokens{}, err
	}
	return a.tokens(s)
}

// knows reports whether somebody has signed in with that phone number where the device token was
// kept. One that is not ours counts as none: it may be of a server that was there before.
func (a *Accounts) knows(ctx context.Context, deviceToken, phone string) (bool, error) {
	id, ok := a.Keys.parseDeviceToken(deviceToken)
	if !ok {
		return false, nil
	}
	u, err := a.Store.User(ctx, id)
	if errors.Is(err, ErrUserNotFound) {
		return false, nil
	}
	return err == nil && u.Phone == phone, err
}

// signInKey binds a sign-in's Idempotency-Key. Its owner is the phone, blinded: who
// the user is, only the code says.
func (p pepper) signInKey(phone, code, token string) (idempotency.Key, error) {
	return idempotency.New(p.blind("phone", phone), token, "tokens.create", p.code(phone, "repeat", code))
}

// signInAgain answers a repeated sign-in whose code the first call has spent, perhaps
// under a secret that was the first one then. Tries count as those of a code do: who
// knows the key could guess here, too.
func (a *Accounts) signInAgain(ctx context.Context, r *SignInRequest, otherwise error) (*Tokens, error) {
	if !r.Challenge.valid() {
		return nil, otherwise
	}
	tries, err := a.KV.Add(ctx, "again:"+string(r.Challenge), 1, CodeFor)
	if err != nil {
		return nil, signInAway("count tries", err)
	}
	if tries > codeTries {
		return nil, ErrTooManyTries
	}
	for _, p := range a.Keys.peppers {
		key, err := p.signInKey(r.Phone, r.Code, r.Token)
		if err != nil {
			return nil, err
		}
		s, err := a.Store.OpenedWith(ctx, key)
		fresh := err == nil && s.EndedAt.IsZero() && s.Generation == 1 && a.Now().Sub(s.CreatedAt) < CodeFor
		switch {
		case fresh:
			t, err := a.tokens(s)
			return &t, err
		case err != nil && !errors.Is(err, ErrTokenInvalid) && !errors.Is(err, idempotency.ErrReused):
			return nil, err
		}
	}
	return nil, otherwise
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
