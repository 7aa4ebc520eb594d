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
	ID       ID
	Kind     Kind
	Subject  string // the id of what it happened to
	Merchant string // whose it is, "" if nobody's
	Place    string // the place it concerns, "" if none: what discovery refreshes
	User     string // the consumer it concerns, "" if none
	Actor    string // the user who did it, "" for the clock and for imports
	At       time.Time
	RunAt    time.Time // when its consumers are to be told; zero: at once
}

// New is an event that happens now.
func New(kind Kind, subject, place, actor string, now time.Time) Event {
	return Event{ID: ID(uid.New("evt", now)), Kind: kind, Subject: subject, Place: place, Actor: actor, At: now}
}

// About is the event, with whom it concerns: a merchant and a consumer, "" for none.
func (e Event) About(merchant, user string) Event {
	e.Merchant, e.User = merchant, user
	return e
}

// After is the event, told to its consumers when t has come: for reminders, expiries and
// deadlines.
func (e Event) After(t time.Time) Event {
	e.RunAt = t
	return e
}

// Consumer is the name under which deliveries to one handler are counted.
type Consumer string

// Routes lists the consumers of each kind of event. It is applied when an event is written,
// so a consumer that is added later receives only later events. It learns what happened
// before from the rooms' tables, in its Rebuild.
type Routes map[Kind][]Consumer

// Delivery is one event on its way to one consumer.
type Delivery struct {
	Event
	Consumer Consumer
	Attempt  int // 1 for the first
}

// Dead is a delivery that was given up: its consumer refused it MaxAttempts times.
type Dead struct {
	Delivery
	Since time.Time
	Error string // of the last attempt, for the operator
}

// Retry is a delivery that is to be tried again.
type Retry struct {
	ID      ID
	At      time.Time
	Attempt int    // how many attempts count so far
	Error   string // why it is tried again
}

// Backlog is what waits for a consumer.
type Backlog struct {
	Waiting   int       // due by now and not done, leased ones too
	Scheduled int       // their time has not come
	Dead      int       // given up
	Oldest    time.Time // when the oldest of Waiting was due first; zero if none is
}

// Outbox is where events wait for their consumers.
type Outbox interface {
	// Lease takes up to n deliveries for consumer that are due at now, oldest
	// first, and keeps them from other relays until now + hold. It does not wait for
	// those that another relay is leasing. A delivery whose lease has run out is due
	// again.
	Lease(ctx context.Context, consumer Consumer, now time.Time, n int, hold time.Duration) ([]Delivery, error)
	// Extend keeps the deliveries of these events, which the caller has leased, until
	// the given time.
	Extend(ctx context.Context, consumer Consumer, ids []ID, until time.Time) error
	// Done removes the deliveries of these events to consumer.
	Done(ctx context.Context, consumer Consumer, ids []ID) error
	// Retry makes deliveries to consumer due again.
	Retry(ctx context.Context, consumer Consumer, retries []Retry) error
	// Bury gives deliveries to consumer up: they are kept, and no relay takes them.
	Bury(ctx context.Context, consumer Consumer, dead []Retry, now time.Time) error
	// Dead is the deliveries that were given up, the oldest events first, at most limit.
	Dead(ctx context.Context, limit int) ([]Dead, error)
	// Revive makes dead deliveries of these events due at now as if never tried, those of
	// all events if none is named, and returns how many.
	Revive(ctx context.Context, ids []ID, now time.Time) (int, error)
	// Backlog counts what is not done at now.
	Backlog(ctx context.Context, consumer Consumer, now time.Time) (Backlog, error)
	// Purge forgets events older than before that nobody waits for, at most n,
	// and returns how many. One whose delivery is dead is kept.
	Purge(ctx context.Context, before time.Time, n int) (int, error)
	// Enroll says whether a consumer has been built here ever, and if not, claims the
	// building of it until the given time for one caller, whose it is then.
	Enroll(ctx context.Context, consumer Consumer, now, until time.Time) (built, mine bool, err error)
	// Enrolled says that the consumer has been built from what there was.
	Enrolled(ctx context.Context, consumer Consumer, now time.Time) error
	// Written yields a value soon after events were committed by this process.
	// Other processes' events are found by asking Lease from time to time.
	Written() <-chan struct{}
}
