package event

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"
)

// Handler takes a batch of events; it returns nil when all of them are dealt
// with. It may see an event twice. An error of type RefusedError is about the events it
// names, and the others are dealt with; any other error is about the whole batch.
type Handler func(ctx context.Context, batch []Event) error

// Worker is what stands behind a consumer: its handler, and how it is built from what
// happened before it.
type Worker struct {
	Handle Handler
	// Rebuild, if not nil, brings the consumer to where it would be if it had been told
	// of everything: run once, when there is a consumer of that name for the first time.
	Rebuild func(ctx context.Context) error
	// Linger is how long to wait for more before a batch that is not full; zero for a
	// consumer that must be quick.
	Linger time.Duration
	// Paused, if not nil, reports whether its deliveries wait for now. A batch that has begun is finished.
	Paused func() bool
}

func (w Worker) paused() bool { return w.Paused != nil && w.Paused() }

// Relay hands events to handlers, at least once. Fill the fields, then Run.
type Relay struct {
	Outbox  Outbox
	Workers map[Consumer]Worker
	Log     *slog.Logger
	Now     func() time.Time

	Batch int           // deliveries a handler gets at once; default 500
	Poll  time.Duration // how often to look for other processes' events; default 200 ms
	Hold  time.Duration // how long a lease lasts that is not extended; default 3 s
}

// Run delivers until ctx ends, and returns when the batches under way are done.
func (r *Relay) Run(ctx context.Context) {
	var wg sync.WaitGroup
	wake := make(map[Consumer]chan struct{}, len(r.Workers))
	for c, w := range r.Workers {
		signal := make(chan struct{}, 1)
		wake[c] = signal
		wg.Go(func() { r.serve(ctx, c, w, signal) })
		if w.Rebuild != nil {
			wg.Go(func() { r.enroll(ctx, c, w) })
		}
	}
	for {
		select {
		case <-ctx.Done():
			wg.Wait()
			return
		case <-r.Outbox.Written():
			for _, signal := range wake {
				select {
				case signal <- struct{}{}:
				default: // it is going to look anyway
				}
			}
		}
	}
}

func (r *Relay) serve(ctx context.Context, c Consumer, w Worker, wake <-chan struct{}) {
	poll := time.NewTicker(cmp.Or(r.Poll, 200*time.Millisecond))
	defer poll.Stop()
	away := 0 // batches in a row that met a part that was away
	for {
		for !w.paused() {
			n, err := r.deliver(ctx, c, w.Handle, &away)
			if err != nil && ctx.Err() == nil {
				r.Log.Warn("deliver events", "consumer", c, "events", n, "error", err)
			}
			if n < r.batch() || err != nil || ctx.Err() != nil {
				break
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-wake:
		case <-poll.C:
		}
		if !sleep(ctx, w.Linger) {
			return
		}
	}
}

// sleep waits, and reports whether ctx has not ended.
func sleep(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

func (r *Relay) batch() int { return cmp.Or(r.Batch, 500) }

func (r *Relay) hold() time.Duration { return cmp.Or(r.Hold, 3*time.Second) }

// handleWithin bounds what a handler may take for one batch, with all its tries.
const handleWithin = time.Minute

// Deliver hands one batch to h and returns how many events it held. Each event has its
// own outcome: done, tried again after a pause that grows with its attempts, or, after
// MaxAttempts, dead. While a part is away, attempts do not count.
func (r *Relay) Deliver(ctx context.Context, c Consumer, h Handler) (int, error) {
	away := 0
	return r.deliver(ctx, c, h, &away)
}

func (r *Relay) deliver(ctx context.Context, c Consumer, h Handler, away *int) (int, error) {
	leased, err := r.Outbox.Lease(ctx, c, r.Now(), r.batch(), r.hold())
	if err != nil || len(leased) == 0 {
		return 0, err
	}
	stop := r.extend(ctx, c, leased)
	work, cancel := context.WithTimeout(ctx, handleWithin)
	done := attempt(work, h, leased)
	cancel()
	stop()
	// What was decided is written even when we are being stopped: otherwise the
	// batch would wait for its lease to run out.
	book, release := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer release()
	return len(leased), errors.Join(done.err(), r.settle(book, c, done, away))
}

// extend keeps the lease alive while its handler works, until stop: a short lease is
// what makes others take up soon what a dead process held.
func (r *Relay) extend(ctx context.Context, c Consumer, leased []Delivery) (stop func()) {
	ids := idsOf(leased)
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	var wg sync.WaitGroup
	wg.Go(func() {
		for sleep(ctx, r.hold()/3) {
			if err := r.Outbox.Extend(ctx, c, ids, r.Now().Add(r.hold())); err != nil && ctx.Err() == nil {
				r.Log.Warn("extend a lease", "consumer", c, "error", err)
			}
		}
	})
	return func() { cancel(); wg.Wait() }
}

// settle writes down what came of a batch.
func (r *Relay) settle(ctx context.Context, c Consumer, done outcomes, away *int) error {
	now := r.Now()
	var again, dead []Retry
	for _, f := range done.refused {
		retry := Retry{ID: f.ID, At: now.Add(Pause(f.Attempt)), Attempt: f.Attempt, Error: f.err.Error()}
		if f.Attempt >= MaxAttempts {
			dead = append(dead, retry)
			r.Log.Error("an event was given up", "consumer", c, "event", f.ID, "kind", f.Kind, "subject", f.Subject, "error", f.err)
			continue
		}
		again = append(again, retry)
	}
	if len(done.away) > 0 {
		*away++
		for _, d := range done.away {
			again = append(again, Retry{ID: d.ID, At: now.Add(awayPause(*away)), Attempt: d.Attempt - 1, Error: done.awayErr.Error()})
		}
	} else {
		*away = 0
	}
	return errors.Join(
		r.Outbox.Done(ctx, c, done.done),
		r.Outbox.Retry(ctx, c, again),
		r.Outbox.Bury(ctx, c, dead, now),
	)
}

// enrolEvery is how often a relay asks whether a consumer has to be built, and a third
// of how long whoever builds it is left alone without a sign of life.
const enrolEvery = 5 * time.Second

// enroll builds a consumer that there has never been, once among all processes.
func (r *Relay) enroll(ctx context.Context, c Consumer, w Worker) {
	for {
		if w.paused() {
			if !sleep(ctx, enrolEvery) {
				return
			}
			continue
		}
		built, mine, err := r.Outbox.Enroll(ctx, c, r.Now(), r.Now().Add(3*enrolEvery))
		if err == nil && mine {
			built, err = true, r.rebuild(ctx, c, w)
		}
		if err != nil && ctx.Err() == nil {
			r.Log.Warn("build a new consumer", "consumer", c, "error", err)
		}
		if err == nil && built || !sleep(ctx, enrolEvery) {
			return
		}
	}
}

func (r *Relay) rebuild(ctx context.Context, c Consumer, w Worker) error {
	r.Log.Info("a new consumer is built from what there is", "consumer", c)
	alive, stop := context.WithCancel(ctx)
	var wg sync.WaitGroup
	wg.Go(func() {
		for sleep(alive, enrolEvery) {
			// It is ours until then, so as of then it can be claimed again.
			until := r.Now().Add(3 * enrolEvery)
			if _, _, err := r.Outbox.Enroll(alive, c, until, until); err != nil && alive.Err() == nil {
				r.Log.Warn("go on building a consumer", "consumer", c, "error", err)
			}
		}
	})
	err := w.Rebuild(ctx)
	stop()
	wg.Wait()
	if err != nil {
		return err
	}
	return r.Outbox.Enrolled(ctx, c, r.Now())
}

func idsOf(list []Delivery) []ID {
	ids := make([]ID, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	return ids
}
