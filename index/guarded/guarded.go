// Package guarded keeps an index that is away or slow from costing anything but
// itself: after some failures in a row it is not asked for a while, only so many callers
// ask at a time, and nobody waits for it longer than a budget.
package guarded

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sony/gobreaker/v2"

	"corner/discovery"
)

// Options bound what an index may cost. The zero value of each is its default.
type Options struct {
	// Budget bounds one question, whatever the engine's own limits are. Default: none.
	Budget time.Duration
	// Callers is how many questions are put at a time. Default 64.
	Callers int
	// Queue is how long a question waits for its turn. Default 250 ms.
	Queue time.Duration
	// Failures in a row after which the index is not asked. Default 3.
	Failures uint32
	// Pause is how long it is not asked, until one question tries it. Default 1 s.
	Pause time.Duration
	// Changed, if not nil, is told when the index begins or ceases to be asked.
	Changed func(asked bool)
}

// Index guards the questions of another. What is written to it is not guarded: the relay
// has its own patience.
type Index struct {
	discovery.Index

	opts    Options
	turns   chan struct{}
	breaker *gobreaker.CircuitBreaker[any]
}

// New guards an index.
func New(index discovery.Index, opts Options) *Index {
	if opts.Callers == 0 {
		opts.Callers = 64
	}
	if opts.Queue == 0 {
		opts.Queue = 250 * time.Millisecond
	}
	if opts.Failures == 0 {
		opts.Failures = 3
	}
	if opts.Pause == 0 {
		opts.Pause = time.Second
	}
	x := &Index{Index: index, opts: opts, turns: make(chan struct{}, opts.Callers)}
	x.breaker = gobreaker.NewCircuitBreaker[any](gobreaker.Settings{
		Timeout:     opts.Pause,
		ReadyToTrip: func(c gobreaker.Counts) bool { return c.ConsecutiveFailures >= opts.Failures },
		// An answer is an answer, also one that refuses the question.
		IsSuccessful: func(err error) bool { return !errors.Is(err, discovery.ErrUnavailable) },
		IsExcluded:   func(err error) bool { return errors.Is(err, errLeft) },
		OnStateChange: func(_ string, _, to gobreaker.State) {
			if opts.Changed != nil && to != gobreaker.StateHalfOpen {
				opts.Changed(to == gobreaker.StateClosed)
			}
		},
	})
	return x
}

// errLeft marks what came of a question whose caller left, or had less time than this
// guard gives: it says nothing of the engine.
var errLeft = errors.New("the caller left")

// Asked reports whether questions are put to the index at present.
func (x *Index) Asked() bool { return x.breaker.State() != gobreaker.StateOpen }

// Search implements discovery.Index.
func (x *Index) Search(ctx context.Context, q discovery.Query) (discovery.Page, error) {
	return ask(ctx, x, func(ctx context.Context) (discovery.Page, error) { return x.Index.Search(ctx, q) })
}

// Clusters implements discovery.Index.
func (x *Index) Clusters(ctx context.Context, q discovery.MapQuery) ([]discovery.Cluster, error) {
	return ask(ctx, x, func(ctx context.Context) ([]discovery.Cluster, error) { return x.Index.Clusters(ctx, q) })
}

// ask puts one question, if it is the time for it.
func ask[T any](ctx context.Context, x *Index, question func(context.Context) (T, error)) (answer T, err error) {
	// First the cheap check: while the index is not asked, nobody queues.
	if !x.Asked() {
		return answer, fmt.Errorf("it has not answered for a while, and is not asked for %s: %w", x.opts.Pause, discovery.ErrUnavailable)
	}
	if err := x.turn(ctx); err != nil {
		return answer, err
	}
	defer func() { <-x.turns }()
	_, err = x.breaker.Execute(func() (any, error) {
		bounded := ctx
		if x.opts.Budget > 0 {
			var cancel context.CancelFunc
			bounded, cancel = context.WithTimeout(ctx, x.opts.Budget)
			defer cancel()
		}
		var err error
		answer, err = question(bounded)
		if err != nil && ctx.Err() != nil {
			return nil, errors.Join(err, errLeft)
		}
		return nil, err
	})
	if errors.Is(err, gobreaker.ErrOpenState) || errors.Is(err, gobreaker.ErrTooManyRequests) {
		err = fmt.Errorf("%w: %w", discovery.ErrUnavailable, err)
	}
	return answer, err
}

// turn waits until fewer than Callers ask, or is ErrUnavailable.
func (x *Index) turn(ctx context.Context) error {
	select {
	case x.turns <- struct{}{}:
		return nil
	default:
	}
	wait := time.NewTimer(x.opts.Queue)
	defer wait.Stop()
	select {
	case x.turns <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-wait.C:
		return fmt.Errorf("%d questions are under way: %w", x.opts.Callers, discovery.ErrUnavailable)
	}
}
