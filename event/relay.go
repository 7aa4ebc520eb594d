package event

import (
	"cmp"
	"context"
	"log/slog"
	"sync"
	"time"
)

// Handler takes a batch of events; it returns nil when all of them are dealt
// with. It may see an event twice.
type Handler func(ctx context.Context, batch []Event) error

// Relay hands events to handlers, at least once. Fill the fields, then Run.
type Relay struct {
	Outbox   Outbox
	Handlers map[Consumer]Handler
	Log      *slog.Logger
	Now      func() time.Time

	Batch int           // deliveries a handler gets at once; default 500
	Poll  time.Duration // how often to look for other processes' events; default 200 ms
	Hold  time.Duration // how long a batch may take before another relay tries it; default 1 min
}

// maxWait bounds the pause between two tries of a failing batch, and so the time
// a consumer stays behind after what it needs has come back.
const maxWait = 5 * time.Second

// Run delivers until ctx ends, and returns when the batches under way are done.
func (r *Relay) Run(ctx context.Context) {
	var wg sync.WaitGroup
	wake := make(map[Consumer]chan struct{}, len(r.Handlers))
	for c, h := range r.Handlers {
		w := make(chan struct{}, 1)
		wake[c] = w
		wg.Go(func() { r.serve(ctx, c, h, w) })
	}
	for {
		select {
		case <-ctx.Done():
			wg.Wait()
			return
		case <-r.Outbox.Written():
			for _, w := range wake {
				select {
				case w <- struct{}{}:
				default: // it is going to look anyway
				}
			}
		}
	}
}

func (r *Relay) serve(ctx context.Context, c Consumer, h Handler, wake <-chan struct{}) {
	poll := time.NewTicker(cmp.Or(r.Poll, 200*time.Millisecond))
	defer poll.Stop()
	for {
		for {
			n, err := r.Deliver(ctx, c, h)
			if err != nil && ctx.Err() == nil {
				r.Log.Warn("deliver events", "consumer", c, "events", n, "error", err)
			}
			if n == 0 || err != nil || ctx.Err() != nil {
				break
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-wake:
		case <-poll.C:
		}
	}
}

// Deliver hands one batch to h and returns how many events it held. After an
// error of h the batch is due again after a pause that grows with its attempts.
func (r *Relay) Deliver(ctx context.Context, c Consumer, h Handler) (int, error) {
	hold := cmp.Or(r.Hold, time.Minute)
	batch, err := r.Outbox.Lease(ctx, c, r.Now(), cmp.Or(r.Batch, 500), hold)
	if err != nil || len(batch) == 0 {
		return 0, err
	}
	events, ids, attempt := make([]Event, len(batch)), make([]ID, len(batch)), 0
	for i, d := range batch {
		events[i], ids[i], attempt = d.Event, d.ID, max(attempt, d.Attempt)
	}
	work, cancel := context.WithTimeout(ctx, hold/2)
	err = h(work, events)
	cancel()
	// What was decided is written even when we are being stopped: otherwise the
	// batch would wait for its lease to run out.
	book, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err != nil {
		if e := r.Outbox.Retry(book, c, ids, r.Now().Add(Pause(attempt))); e != nil {
			r.Log.Warn("put events back", "consumer", c, "error", e)
		}
		return len(batch), err
	}
	return len(batch), r.Outbox.Done(book, c, ids)
}

// Pause is how long to wait after the nth failed attempt: 100 ms, doubling, at
// most 5 s.
func Pause(attempt int) time.Duration {
	d := 100 * time.Millisecond
	for i := 1; i < attempt && d < maxWait; i++ {
		d *= 2
	}
	return min(d, maxWait)
}
