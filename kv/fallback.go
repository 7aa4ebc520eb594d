package kv

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"
)

// Degrading is a Store over a shared one that may go away and a local one that does not. While Shared is away
// (ErrUnavailable), Add and Allow go to Local: each process then counts for itself and from nought, so with n
// processes a limit may let through n times its rate. That beats both shutting everybody out and no limit at
// all. When Shared is back it is used again, and what Local counted is not carried over: it passes by itself.
//
// Get, Set and Delete never go to Local and answer ErrUnavailable: a one-time code known to one process only
// would be refused by the others, and one spent in two would be spent twice.
//
// No caller waits long for a server that is down: after a failure Shared is left alone for Pause, during
// which Get, Set and Delete fail at once. Then one call tries it while the others still do not wait.
//
// All exported fields must be set, and a Degrading must not be copied.
type Degrading struct {
	Shared, Local Store
	Now           func() time.Time // time.Now
	Pause         time.Duration    // DefaultPause, if in doubt

	// retryAt is nil while Shared is well, else when to try it again. It is a pointer to a Time, not a number,
	// because only a Time keeps the monotonic reading: with wall time a clock set back an hour would leave
	// Shared alone for that hour.
	retryAt atomic.Pointer[time.Time]
}

// DefaultPause is long enough that waiting for a dead server is rare, and short enough that nobody sees limits
// stay local after it is back.
const DefaultPause = time.Second

var (
	_ Store  = (*Degrading)(nil)
	_ Pinger = (*Degrading)(nil)
)

// errPaused is what callers without a fallback get while Shared is left alone.
var errPaused = fmt.Errorf("%w: failed a moment ago, not tried again yet", ErrUnavailable)

// Get asks Shared, and nobody else.
func (d *Degrading) Get(ctx context.Context, key string) ([]byte, bool, error) {
	try := d.enter()
	if try == no {
		return nil, false, d.refuse(ctx)
	}
	value, ok, err := d.Shared.Get(ctx, key)
	d.leave(try, err)
	return value, ok, err
}

// Set asks Shared, and nobody else.
func (d *Degrading) Set(ctx context.Context, key string, value []byte, ttl time.Duration) error {
	try := d.enter()
	if try == no {
		return d.refuse(ctx)
	}
	err := d.Shared.Set(ctx, key, value, ttl)
	d.leave(try, err)
	return err
}

// Delete asks Shared, and nobody else. A counter that Local keeps meanwhile stays: it is not the same counter.
func (d *Degrading) Delete(ctx context.Context, key string) (bool, error) {
	try := d.enter()
	if try == no {
		return false, d.refuse(ctx)
	}
	existed, err := d.Shared.Delete(ctx, key)
	d.leave(try, err)
	return existed, err
}

// Add asks Shared, or Local while Shared is away.
func (d *Degrading) Add(ctx context.Context, key string, n int64, ttl time.Duration) (int64, error) {
	if try := d.enter(); try != no {
		sum, err := d.Shared.Add(ctx, key, n, ttl)
		if away := d.leave(try, err); !away {
			return sum, err
		}
	}
	return d.Local.Add(ctx, key, n, ttl)
}

// Allow asks Shared, or Local while Shared is away.
func (d *Degrading) Allow(ctx context.Context, key string, limit Limit) (Decision, error) {
	if try := d.enter(); try != no {
		decision, err := d.Shared.Allow(ctx, key, limit)
		if away := d.leave(try, err); !away {
			return decision, err
		}
	}
	return d.Local.Allow(ctx, key, limit)
}

// Ping asks Shared whatever happened before, for readiness wants the truth of now. A Shared without a Ping is
// always there.
func (d *Degrading) Ping(ctx context.Context) error {
	p, ok := d.Shared.(Pinger)
	if !ok {
		return ctx.Err()
	}
	err := p.Ping(ctx)
	d.leave(probe, err)
	return err
}

// try is how a call may use Shared.
type try int

const (
	no    try = iota // it is being left alone
	yes              // it is well
	probe            // it was away, and this call finds out whether it still is
)

func (d *Degrading) enter() try {
	at := d.retryAt.Load()
	if at == nil {
		return yes
	}
	now := d.Now()
	if now.Before(*at) {
		return no
	}
	// Whoever moves the time on is the one to probe. If it gets no verdict (its caller left), the next may after
	// another Pause.
	next := now.Add(d.Pause)
	if !d.retryAt.CompareAndSwap(at, &next) {
		return no
	}
	return probe
}

// leave tells whether Shared is away, going by what it answered. Any other answer, an ErrInvalid as well, means
// that it is there; a ctx's own error says nothing of it.
func (d *Degrading) leave(t try, err error) (away bool) {
	switch {
	case errors.Is(err, ErrUnavailable):
		at := d.Now().Add(d.Pause)
		d.retryAt.Store(&at)
		return true
	case t == probe && !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded):
		// Only a probe closes the circuit: a call begun before the failure may come back well after it.
		d.retryAt.Store(nil)
	}
	return false
}

func (d *Degrading) refuse(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return errPaused
}
