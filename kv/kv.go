package kv

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Bounds of what a store takes. They are the same for every store, so that what works embedded works shared.
const (
	MaxKey   = 512                  // bytes of a key; the least is 1
	MaxValue = 64 << 10             // bytes of a value; the least is none
	MaxTTL   = 366 * 24 * time.Hour // whoever wants a key for longer does not want to lose it
)

var (
	// ErrUnavailable says that the store cannot be reached or cannot serve now; the same call may work later.
	ErrUnavailable = errors.New("kv: store unavailable")
	// ErrInvalid says that the caller asked for what no store does: a bound is broken or a counter would overflow.
	ErrInvalid = errors.New("kv: invalid")
	// ErrKind says that the key is of another kind: a value, a counter or a limit.
	ErrKind = errors.New("kv: key is of another kind")
)

// Store is the port. The package's documentation states the words and laws; kvtest.Store tests these sentences.
type Store interface {
	// Get answers the value under key, and ok = false for a key that is not there or whose time has passed. The
	// bytes are the caller's own. A counter or a limit under key is ErrKind.
	Get(ctx context.Context, key string) (value []byte, ok bool, err error)

	// Set puts value under key for ttl, in place of what stood there, of whatever kind, and of its ttl. The store
	// keeps a copy. An empty value is a value; nil is stored as an empty one.
	Set(ctx context.Context, key string, value []byte, ttl time.Duration) error

	// Delete removes what stands under key, of whatever kind, and tells whether it was there: of rivals for one
	// key exactly one sees true.
	Delete(ctx context.Context, key string) (existed bool, err error)

	// Add adds n (which may be negative or nought) to the counter under key and answers the sum. A key that is not
	// there is born as nought with ttl; later calls do not renew it, whatever ttl they give. A sum beyond int64 is
	// ErrInvalid and leaves the counter as it was. A value or a limit under key is ErrKind.
	Add(ctx context.Context, key string, n int64, ttl time.Duration) (int64, error)

	// Allow takes one token from the limit under key, if there is one, and tells what is left. A refusal takes
	// nothing, so that knocking does not lengthen the wait. The limit's rules come with each call; when they
	// change, what was taken before counts on, but never for more than one full burst of the new rules. A value or
	// a counter under key is ErrKind.
	Allow(ctx context.Context, key string, limit Limit) (Decision, error)
}

// Pinger is a store over a network that can say whether it is reachable: Ping returns
// ErrUnavailable if it is not. It is for readiness, not for use before each call.
type Pinger interface {
	Ping(ctx context.Context) error
}

// CheckKey is for stores: it answers ErrInvalid unless key is 1 to MaxKey bytes.
func CheckKey(key string) error {
	if len(key) == 0 || len(key) > MaxKey {
		// The key itself stays out of the text: it may hold a user's address, and errors are logged.
		return fmt.Errorf("%w: a key of %d bytes, must be 1 to %d", ErrInvalid, len(key), MaxKey)
	}
	return nil
}

// CheckValue is for stores: it answers ErrInvalid unless value is at most MaxValue bytes.
func CheckValue(value []byte) error {
	if len(value) > MaxValue {
		return fmt.Errorf("%w: a value of %d bytes, must be at most %d", ErrInvalid, len(value), MaxValue)
	}
	return nil
}

// CheckTTL is for stores: it answers ttl in whole milliseconds, rounded up, or ErrInvalid unless 0 < ttl <= MaxTTL.
func CheckTTL(ttl time.Duration) (time.Duration, error) {
	if ttl <= 0 || ttl > MaxTTL {
		return 0, fmt.Errorf("%w: a ttl of %v, must be more than 0 and at most %v", ErrInvalid, ttl, MaxTTL)
	}
	return (ttl + time.Millisecond - 1).Truncate(time.Millisecond), nil
}
