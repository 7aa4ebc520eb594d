package identity

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"corner/uid"
)

// BeginFactor makes a second factor for the actor, in place of one that was begun. It is asked for once
// ConfirmFactor has seen a code of it. ErrFactorOn if one is on: that one is removed first.
func (a *Accounts) BeginFactor(ctx context.Context, actor Actor) (Enrolment, error) {
	u, err := a.Me(ctx, actor)
	if err != nil {
		return Enrolment{}, err
	}
	seed := make([]byte, totpSeed)
	_, _ = rand.Read(seed) // never fails
	f := Factor{User: actor.User, CreatedAt: a.now()}
	a.Keys.seal(&f, seed)
	return enrolment(seed, u.Phone), a.Factors.BeginFactor(ctx, f)
}

// ConfirmFactor turns the actor's factor on with its first code, and returns the recovery codes, which are
// shown this once.
func (a *Accounts) ConfirmFactor(ctx context.Context, actor Actor, code string) (recovery []string, err error) {
	return recovery, a.withFactor(ctx, actor, func(f *Factor, seed []byte, now time.Time) error {
		if f.On() {
			return ErrFactorOn
		}
		if !f.takeTimed(seed, plainCode(code), now) {
			return ErrFactorInvalid
		}
		f.ConfirmedAt, recovery = now, f.renewRecovery(seed)
		return nil
	})
}

// RenewRecovery gives the actor new recovery codes, for a code of the factor.
func (a *Accounts) RenewRecovery(ctx context.Context, actor Actor, code string) (recovery []string, err error) {
	return recovery, a.withFactor(ctx, actor, func(f *Factor, seed []byte, now time.Time) error {
		if err := f.taken(seed, code, now); err != nil {
			return err
		}
		recovery = f.renewRecovery(seed)
		return nil
	})
}

// CheckFactor takes a code of the actor's factor; for StepUpFor the session is not asked again.
func (a *Accounts) CheckFactor(ctx context.Context, actor Actor, code string) error {
	return a.withFactor(ctx, actor, func(f *Factor, seed []byte, now time.Time) error { return f.taken(seed, code, now) })
}

// RemoveFactor takes the actor's factor away, for a code of it; one that was only begun, without.
func (a *Accounts) RemoveFactor(ctx context.Context, actor Actor, code string) error {
	return a.withFactor(ctx, actor, func(f *Factor, seed []byte, now time.Time) error {
		f.Gone = true
		if !f.On() {
			return nil
		}
		return f.take(seed, code, now)
	})
}

// StepUp is the actor after a code of his factor was shown beside a call. Without a code it is the actor as he
// came: whether that is enough, the call says. A session that is not asked again does not use the code up, so a
// call may be repeated with it.
func (a *Accounts) StepUp(ctx context.Context, actor Actor, code string) (Actor, error) {
	if code == "" || !actor.Factor || actor.steppedUp(a.now()) {
		return actor, nil
	}
	err := a.CheckFactor(ctx, actor, code)
	if err == nil {
		actor.FactorAt = a.now()
	}
	return actor, err
}

// requireStepUp is ErrFactorNeeded for somebody who has a second factor and has not shown it lately.
func (a *Accounts) requireStepUp(actor Actor) error {
	if actor.Factor && !actor.steppedUp(a.now()) {
		return ErrFactorNeeded
	}
	return nil
}

// steppedUp reports whether the session has shown the second factor lately.
func (a Actor) steppedUp(now time.Time) bool {
	return !a.FactorAt.IsZero() && now.Sub(a.FactorAt) < StepUpFor
}

// taken is take of a factor that is on.
func (f *Factor) taken(seed []byte, code string, now time.Time) error {
	if !f.On() {
		return ErrFactorNotFound
	}
	return f.take(seed, code, now)
}

// withFactor lets use change the actor's factor within the budget of wrong codes, and marks the session when it
// went well.
func (a *Accounts) withFactor(ctx context.Context, actor Actor, use func(f *Factor, seed []byte, now time.Time) error) error {
	if err := actor.Require(); err != nil {
		return err
	}
	now := a.now()
	if err := a.useFactor(ctx, "factor:"+string(actor.User), actor.User, now, use); err != nil {
		return err
	}
	if !uid.Valid("ses", string(actor.Session)) {
		return nil
	}
	_, err := a.Store.UpdateSession(ctx, actor.Session, func(s *Session) error {
		s.FactorAt = now
		return nil
	})
	return err
}

// useFactor lets use change somebody's factor. A wrong code is booked before it is compared.
func (a *Accounts) useFactor(
	ctx context.Context, key string, user UserID, now time.Time, use func(f *Factor, seed []byte, now time.Time) error,
) error {
	return a.guess(ctx, []budget{personal(key)}, func() error {
		_, err := a.Factors.UpdateFactor(ctx, user, func(f *Factor) error {
			seed, err := a.Keys.open(f)
			if err != nil {
				return err
			}
			return use(f, seed, now)
		})
		return err
	})
}

// askFactor asks who signs in for the second factor of whoever has the number, if that one has any and nothing else
// says whose account it opens, and reports whether it was shown. Wrong codes count apart from those of the user's
// sessions: who has the number alone does not keep the user's own devices from a step up.
func (a *Accounts) askFactor(ctx context.Context, r *SignInRequest, shows proof) (shown bool, err error) {
	u, err := a.Store.UserWith(ctx, r.Phone)
	if errors.Is(err, ErrUserNotFound) {
		return false, nil
	}
	if err != nil || !u.Factor {
		return false, err
	}
	if _, err := shows.admits(&u, a.now()); err == nil || r.Factor == "" {
		return false, err
	}
	err = a.useFactor(ctx, "enter:"+string(u.ID), u.ID, a.now(), func(f *Factor, seed []byte, now time.Time) error {
		return f.taken(seed, r.Factor, now)
	})
	if errors.Is(err, ErrFactorNotFound) {
		return false, nil // it was removed meanwhile
	}
	return err == nil, err
}

// DropFactor takes the second factor of whoever has the phone number away. It takes no actor: it is for the
// command, for people who have lost their app and their recovery codes. ErrFactorNotFound if there is none.
func (a *Accounts) DropFactor(ctx context.Context, phone string) (UserID, error) {
	e164, err := phoneOf(phone)
	if err != nil {
		return "", err
	}
	u, err := a.Store.UserWith(ctx, e164)
	if err != nil {
		return "", err
	}
	_, err = a.Factors.UpdateFactor(ctx, u.ID, func(f *Factor) error {
		f.Gone = true
		return nil
	})
	return u.ID, err
}

// SealFactors seals the factors anew that are not under the first secret, so that the others can be dropped, and
// returns how many. It passes over those whose secret is gone already.
func (a *Accounts) SealFactors(ctx context.Context) (done int, err error) {
	const atOnce = 100
	for after := UserID(""); ; {
		stale, err := a.Factors.SealedOtherwise(ctx, a.Keys.sealing[0].id, after, atOnce)
		if err != nil || len(stale) == 0 {
			return done, err
		}
		for _, user := range stale {
			err := a.sealAnew(ctx, user)
			switch {
			case err == nil:
				done++
			case !errors.Is(err, ErrFactorNotFound) && !errors.Is(err, errSealedElsewhere):
				return done, err
			}
		}
		after = stale[len(stale)-1]
	}
}

func (a *Accounts) sealAnew(ctx context.Context, user UserID) error {
	_, err := a.Factors.UpdateFactor(ctx, user, func(f *Factor) error {
		seed, err := a.Keys.open(f)
		if err != nil {
			return err
		}
		a.Keys.seal(f, seed)
		return nil
	})
	return err
}
