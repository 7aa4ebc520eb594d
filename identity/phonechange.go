package identity

import (
	"context"
	"errors"
	"time"

	"corner/fault"
)

// PhoneWait is how long a change of number waits that the number before has not confirmed: time for whoever still
// has that one to see it and withdraw it.
const PhoneWait = 3 * day

// Move is a number that somebody moves to, and when; the zero Move is none.
type Move struct {
	Phone string // E.164
	At    time.Time
}

// PhoneChange asks for another number: confirmed by a code sent to it, and by one sent to the number before, or else
// by the second factor and a wait.
type PhoneChange struct {
	Phone        string
	Challenge    ChallengeID // of the new number
	Code         string
	OldChallenge ChallengeID // of the number before; "" with OldCode for the wait
	OldCode      string
	Address      string // as in CodeRequest
}

// ChangePhone gives the actor another number: at once if both have confirmed it, after PhoneWait if the second factor has.
// Whether somebody has the new number is told only to who has it in hand (ErrPhoneTaken); one that was silent is free.
func (a *Accounts) ChangePhone(ctx context.Context, actor Actor, r PhoneChange) (User, error) {
	u, err := a.Me(ctx, actor)
	if err != nil {
		return User{}, err
	}
	var in fault.Input
	var ok bool
	r.Phone, ok = ParsePhone(r.Phone)
	in.Check(ok, "phone", fault.BadFormat)
	waits := r.OldChallenge == "" && r.OldCode == "" && actor.Factor
	in.Check(waits || r.OldChallenge != "", "old_challenge_id", fault.Required)
	in.Check(waits || r.OldCode != "", "old_code", fault.Required)
	if err := in.Err(); err != nil {
		return User{}, err
	}
	if err := a.requireStepUp(actor); err != nil {
		return User{}, err
	}
	if r.Phone == u.Phone {
		return User{}, ErrPhoneUnchanged
	}
	if err := a.spendBoth(ctx, &u, &r); err != nil {
		return User{}, err
	}
	now := a.now()
	if waits {
		return a.planPhone(ctx, u.ID, Move{r.Phone, now.Add(PhoneWait)})
	}
	return a.Store.ChangePhone(ctx, u.ID, r.Phone, now, func(own *User) error {
		if own.Phone != u.Phone {
			return ErrOldCodeInvalid // it was another number's
		}
		return nil
	}, free(now))
}

// spendBoth uses up the codes of both numbers, or of the new one alone for who waits. Wrong codes of the new number count
// as a stranger's, for who has signed in here is not known there; those of the number before count apart from sign-ins, so
// that who holds a session alone does not keep the owner's devices from signing in.
func (a *Accounts) spendBoth(ctx context.Context, u *User, r *PhoneChange) error {
	return a.guess(ctx, a.failureBudgets(r.Phone, Device{}, r.Address, false), func() error {
		return a.spend(ctx, r.Challenge, r.Phone, r.Code, func() error {
			if r.OldCode == "" {
				return nil
			}
			err := a.guess(ctx, []budget{personal("move:" + string(u.ID))}, func() error {
				return a.spend(ctx, r.OldChallenge, u.Phone, r.OldCode, func() error { return nil })
			})
			if errors.Is(err, ErrCodeInvalid) {
				return ErrOldCodeInvalid
			}
			return err
		})
	})
}

// free reports which numbers of others may be taken by who has them in hand: those that were silent.
func free(now time.Time) func(*User) bool {
	return func(u *User) bool { return u.silent(now) }
}

func (a *Accounts) planPhone(ctx context.Context, user UserID, m Move) (User, error) {
	had, err := a.Store.UserWith(ctx, m.Phone)
	if err == nil && !had.silent(a.now()) {
		return User{}, ErrPhoneTaken
	}
	if err != nil && !errors.Is(err, ErrUserNotFound) {
		return User{}, err
	}
	return a.Store.PlanPhone(ctx, user, m)
}

// WithdrawPhone takes back the actor's change of number that waits, if any does.
func (a *Accounts) WithdrawPhone(ctx context.Context, actor Actor) error {
	if err := actor.Require(); err != nil {
		return err
	}
	_, err := a.Store.PlanPhone(ctx, actor.User, Move{})
	return err
}

// SettlePhones makes the changes of number whose wait is over, and returns how many. One whose number somebody has
// by now is dropped.
func (a *Accounts) SettlePhones(ctx context.Context) (done int, err error) {
	const atOnce = 100
	for {
		now := a.now()
		due, err := a.Store.DuePhones(ctx, now, atOnce)
		if err != nil || len(due) == 0 {
			return done, err
		}
		for i := range due {
			u := &due[i]
			_, err := a.Store.ChangePhone(ctx, u.ID, u.Move.Phone, now, func(own *User) error {
				if own.Move != u.Move {
					return errWithdrawn
				}
				return nil
			}, free(now))
			switch {
			case err == nil:
				done++
			case errors.Is(err, ErrPhoneTaken):
				_, err = a.Store.PlanPhone(ctx, u.ID, Move{})
			}
			if err != nil && !errors.Is(err, errWithdrawn) {
				return done, err
			}
		}
	}
}

// errWithdrawn says that a change was taken back, or replaced, before its turn came.
var errWithdrawn = errors.New("the change of number was withdrawn")
