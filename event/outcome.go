package event

import (
	"context"
	"errors"
	"fmt"
	"time"

	"corner/fault"
)

// RefusedError is a handler's error about some events of a batch; the others are dealt with.
type RefusedError map[ID]error

// Error implements error.
func (r RefusedError) Error() string {
	for id, err := range r {
		return fmt.Sprintf("%d events were refused, one of them %s: %v", len(r), id, err)
	}
	return "no event was refused"
}

// MaxAttempts is how often a delivery is tried before it is dead: with the pauses, for
// about twenty minutes.
const MaxAttempts = 15

const (
	firstPause   = 100 * time.Millisecond
	longestPause = 5 * time.Minute
	// longestAway bounds how long a consumer stays behind after what it needs came back.
	longestAway = 5 * time.Second
)

// Pause is how long to wait after the nth failed attempt: 100 ms, doubling, at
// most 5 minutes.
func Pause(attempt int) time.Duration { return doubling(attempt, longestPause) }

// awayPause is how long to wait after the nth batch in a row that met a part that was
// away: 100 ms, doubling, at most 5 s.
func awayPause(n int) time.Duration { return doubling(n, longestAway) }

func doubling(n int, longest time.Duration) time.Duration {
	d := firstPause
	for i := 1; i < n && d < longest; i++ {
		d *= 2
	}
	return min(d, longest)
}

// outcomes is what came of a batch, by event.
type outcomes struct {
	done    []ID
	refused []refusal
	away    []Delivery // not dealt with, through no fault of theirs
	awayErr error
}

type refusal struct {
	Delivery
	err error
}

func (o *outcomes) err() error {
	var err error
	if len(o.refused) > 0 {
		err = fmt.Errorf("%d refused, the first: %w", len(o.refused), o.refused[0].err)
	}
	return errors.Join(err, o.awayErr)
}

// mostCalls bounds how often a handler is called to find out which events of one batch it
// refuses.
const mostCalls = 40

// attempt hands a batch to a handler, and finds out what came of each event. When the
// handler does not say which one it refuses, the halves are tried, and theirs.
func attempt(ctx context.Context, h Handler, batch []Delivery) outcomes {
	var o outcomes
	calls := 0
	var try func(part []Delivery)
	try = func(part []Delivery) {
		if calls++; o.awayErr != nil || calls > mostCalls {
			o.away = append(o.away, part...)
			if o.awayErr == nil {
				o.awayErr = errors.New("too many events of the batch fail; the rest waits")
			}
			return
		}
		err := h(ctx, eventsOf(part))
		refused, named := errors.AsType[RefusedError](err)
		switch {
		case err == nil:
			o.done = append(o.done, idsOf(part)...)
		case named:
			for _, d := range part {
				if why := refused[d.ID]; why != nil {
					o.refused = append(o.refused, refusal{d, why})
				} else {
					o.done = append(o.done, d.ID)
				}
			}
		case fault.KindOf(err) == fault.Unavailable || ctx.Err() != nil:
			o.away, o.awayErr = append(o.away, part...), err
		case len(part) == 1:
			o.refused = append(o.refused, refusal{part[0], err})
		default:
			try(part[:len(part)/2])
			try(part[len(part)/2:])
		}
	}
	try(batch)
	return o
}

func eventsOf(list []Delivery) []Event {
	events := make([]Event, len(list))
	for i := range list {
		events[i] = list[i].Event
	}
	return events
}
