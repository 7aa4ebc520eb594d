package event

import (
	"context"
	"time"

	"corner/uid"
)

// Kind says what happened: "place.published". Part of the stored format.
type Kind string

// ID names one event; handlers are idempotent on it.
type ID string

// Event is one thing that happened.
type Event struct {
	ID      ID
	Kind    Kind
	Subject string // the id of what it happened to
	Place   string // the place it concerns, "" if none: what discovery refreshes
	Actor   string // the user who did it, "" for the clock and for imports
	At      time.Time
}

// New is an event that happens now.
func New(kind Kind, subject, place, actor string, now time.Time) Event {
	return Event{ID: ID(uid.New("evt", now)), Kind: kind, Subject: subject, Place: place, Actor: actor, At: now}
}

// Consumer is the name under which deliveries to one handler are counted.
type Consumer string

// Routes says which consumers are told of which kinds. It is applied when an
// event is written, so a consumer added later sees only what comes after.
type Routes map[Kind][]Consumer

// Delivery is one event on its way to one consumer.
type Delivery struct {
	Event
	Consumer Consumer
	Attempt  int // 1 for the first
}

// Outbox is where events wait for their consumers.
type Outbox interface {
	// Lease takes up to n deliveries for consumer that are due at now, oldest
	// first, and keeps them from other relays until now + hold. A delivery whose
	// lease has run out is due again.
	Lease(ctx context.Context, consumer Consumer, now time.Time, n int, hold time.Duration) ([]Delivery, error)
	// Done removes the deliveries of these events to consumer.
	Done(ctx context.Context, consumer Consumer, ids []ID) error
	// Retry makes the deliveries of these events to consumer due at the given time.
	Retry(ctx context.Context, consumer Consumer, ids []ID, at time.Time) error
	// Waiting counts the deliveries to consumer that are not done.
	Waiting(ctx context.Context, consumer Consumer) (int, error)
	// Purge forgets events older than before that nobody waits for, at most n,
	// and returns how many.
	Purge(ctx context.Context, before time.Time, n int) (int, error)
	// Written yields a value soon after events were committed by this process.
	// Other processes' events are found by asking Lease from time to time.
	Written() <-chan struct{}
}
