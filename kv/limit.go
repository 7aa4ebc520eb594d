package kv

import (
	"fmt"
	"time"
)

// Limit allows Rate in Per in the long run and Burst at once: a bucket of Burst tokens that gets one back every
// Per/Rate.
type Limit struct {
	Rate  int           // at least 1, at most a million a second
	Per   time.Duration // at least 1 µs
	Burst int           // at least 1; an empty bucket must be full again within MaxTTL
}

// Decision is what Allow answers.
type Decision struct {
	Allowed    bool
	Remaining  int           // how many more would be allowed at this instant
	RetryAfter time.Duration // until the next is allowed; 0 when this one was
	ResetAfter time.Duration // until the bucket is full again
}

// Check answers ErrInvalid for a limit that no store can keep.
func (l Limit) Check() error {
	switch {
	case l.Rate < 1 || l.Per < time.Microsecond || l.Burst < 1:
		return fmt.Errorf("%w: limit of %d in %v, burst %d: each must be more than 0", ErrInvalid, l.Rate, l.Per, l.Burst)
	case int64(l.Rate) > l.Per.Microseconds():
		return fmt.Errorf("%w: limit of %d in %v: more than one a microsecond", ErrInvalid, l.Rate, l.Per)
	case l.Per > MaxTTL || int64(l.Burst) > int64(MaxTTL/l.Interval()):
		return fmt.Errorf("%w: limit of %d in %v, burst %d: takes longer than %v to be full again", ErrInvalid, l.Rate, l.Per, l.Burst, MaxTTL)
	}
	return nil
}

// Interval is the time in which one token comes back. It is rounded up to the microsecond, the unit of Redis's
// clock, so that every store counts in the same whole numbers and none lets more through than Rate in Per.
func (l Limit) Interval() time.Duration {
	micros := (int64(l.Per) + int64(l.Rate)*1000 - 1) / (int64(l.Rate) * 1000)
	return time.Duration(micros) * time.Microsecond
}

// Full is the time in which an empty bucket fills.
func (l Limit) Full() time.Duration { return l.Interval() * time.Duration(l.Burst) }

// Take is the whole rule of a limit, for stores. Debt is how far the bucket is from full, as the time until it
// is: the instant a store keeps, less now. Take answers the debt to keep and the decision.
//
// A debt of more than Full is cut to it. It comes of a clock set back or of stricter rules than before, and
// without the cut a caller could be shut out for as long as the clock was wrong.
func (l Limit) Take(debt time.Duration) (time.Duration, Decision) {
	debt = min(max(debt, 0), l.Full())
	if after := debt + l.Interval(); after <= l.Full() {
		return after, l.Decision(true, after)
	}
	return debt, l.Decision(false, debt)
}

// Decision puts a debt, as it is after the step, in the words of the caller. It stands apart from Take for
// stores that do the step elsewhere.
func (l Limit) Decision(allowed bool, debt time.Duration) Decision {
	d := Decision{Allowed: allowed, Remaining: int((l.Full() - debt) / l.Interval()), ResetAfter: debt}
	if !allowed {
		d.RetryAfter = debt + l.Interval() - l.Full()
	}
	return d
}
