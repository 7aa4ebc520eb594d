package takingsql

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"corner/store"
	"corner/taking"
)

// Participant has a part in the transactions of a stake, for one kind of ref. All of
// its methods run inside the transaction, with the ref's lock held; an error undoes
// the whole of it. They may run again.
type Participant interface {
	// Standing reads what stands of the ref of one taking, without what the stake
	// itself has taken. now is the moment of deciding.
	Standing(ctx context.Context, t *store.Tx, s *taking.Stake, of taking.Taking, now time.Time) (taking.Standing, error)
	// Claim takes it, at the hold.
	Claim(ctx context.Context, t *store.Tx, s *taking.Stake, of taking.Taking) error
	// Firm makes it last, at the confirmation. What ran out and was given to somebody
	// else is ErrGone.
	Firm(ctx context.Context, t *store.Tx, s *taking.Stake, of taking.Taking) error
	// Swap moves it to the stake as it is now from what it was, at a reschedule. A
	// taking that was not there before has N 0 in was; one that goes has N 0 in is.
	Swap(ctx context.Context, t *store.Tx, s *taking.Stake, was, is taking.Taking) error
	// End settles it when the stake ends, under the terms of the stake.
	End(ctx context.Context, t *store.Tx, s *taking.Stake, of taking.Taking, o taking.Outcome) error
	// Reverse undoes an End with that outcome.
	Reverse(ctx context.Context, t *store.Tx, s *taking.Stake, of taking.Taking, o taking.Outcome) error
}

// Participants are the parts, each for its kind.
type Participants map[taking.Kind]Participant

// Builtin is the parts that every Corner has.
func Builtin() Participants {
	return Participants{taking.Seats: Seats{}, taking.PerPerson: PerPerson{}}
}

// With is the participants, and more of them.
func (p Participants) With(more Participants) Participants {
	all := maps.Clone(p)
	maps.Copy(all, more)
	return all
}

// Lock takes the locks of all that the lists are of.
func (p Participants) Lock(ctx context.Context, t *store.Tx, lists ...[]taking.Taking) error {
	refs := taking.Refs(lists...)
	locks := make([]store.Lock, len(refs))
	for i, r := range refs {
		locks[i] = store.RefLock(r.Kind, r.ID)
	}
	return t.Lock(ctx, locks...)
}

// Admit asks rule about each taking of s, with what stands of it. It takes the locks.
func (p Participants) Admit(
	ctx context.Context,
	t *store.Tx,
	s *taking.Stake,
	rule func(taking.Taking, taking.Standing) error,
	now time.Time,
) error {
	if err := p.Lock(ctx, t, s.Takes); err != nil {
		return err
	}
	return p.each(s, func(part Participant, of taking.Taking) error {
		st, err := part.Standing(ctx, t, s, of, now)
		if err != nil || rule == nil {
			return err
		}
		return rule(of, st)
	})
}

// Claim takes all of s, which was admitted in the same transaction.
func (p Participants) Claim(ctx context.Context, t *store.Tx, s *taking.Stake) error {
	return p.each(s, func(part Participant, of taking.Taking) error { return part.Claim(ctx, t, s, of) })
}

// Firm makes all of s last. The locks are held.
func (p Participants) Firm(ctx context.Context, t *store.Tx, s *taking.Stake) error {
	return p.each(s, func(part Participant, of taking.Taking) error { return part.Firm(ctx, t, s, of) })
}

// Swap moves what was taken to what s takes now. The locks of both are held.
func (p Participants) Swap(ctx context.Context, t *store.Tx, was []taking.Taking, s *taking.Stake) error {
	for _, ref := range taking.Refs(was, s.Takes) {
		part, err := p.of(ref.Kind)
		if err != nil {
			return err
		}
		if err := part.Swap(ctx, t, s, find(was, ref), find(s.Takes, ref)); err != nil {
			return fmt.Errorf("%s: %w", ref, err)
		}
	}
	return nil
}

// End settles all of s. The locks are held.
func (p Participants) End(ctx context.Context, t *store.Tx, s *taking.Stake, o taking.Outcome) error {
	return p.each(s, func(part Participant, of taking.Taking) error { return part.End(ctx, t, s, of, o) })
}

// Reverse undoes an End of all of s. The locks are held.
func (p Participants) Reverse(ctx context.Context, t *store.Tx, s *taking.Stake, o taking.Outcome) error {
	return p.each(s, func(part Participant, of taking.Taking) error { return part.Reverse(ctx, t, s, of, o) })
}

func (p Participants) each(s *taking.Stake, do func(Participant, taking.Taking) error) error {
	for _, of := range taking.Sorted(s.Takes) {
		part, err := p.of(of.Ref.Kind)
		if err != nil {
			return err
		}
		if err := do(part, of); err != nil {
			return fmt.Errorf("%s: %w", of.Ref, err)
		}
	}
	return nil
}

func (p Participants) of(kind taking.Kind) (Participant, error) {
	if part := p[kind]; part != nil {
		return part, nil
	}
	return nil, fmt.Errorf("nobody answers for takings of kind %q", kind)
}

// find is the taking of ref, with N 0 if there is none.
func find(takes []taking.Taking, ref taking.Ref) taking.Taking {
	if i := slices.IndexFunc(takes, func(t taking.Taking) bool { return t.Ref == ref }); i >= 0 {
		return takes[i]
	}
	return taking.Taking{Ref: ref}
}
