package identity

import (
	"cmp"
	"context"
	"errors"
	"time"

	"corner/kv"
)

// Caps bound what signing in may cost: messages, and wrong codes. A number's own caps, and those of
// addresses, bind only devices that nobody has signed in on with that number: a stranger who uses
// them up locks nobody out of a phone that is known. What is 0 is as in DefaultCaps.
type Caps struct {
	MessagesPerAddress int // a day, over all numbers
	MessagesPerNumber  int // a day, from all devices that are not known
	MessagesPerCountry int // a day, over all numbers with one calling code
	Messages           int // a day, in all
	MessagesReserve    int // a day and number, for devices that are known

	FailuresPerAddress int // wrong codes an hour; then one try a pause, and pauses double
	FailuresPerNumber  int // a day
	Failures           int // an hour, in all; then one try a pause
	FailuresReserve    int // a day and number, for devices that are known
}

// DefaultCaps are for a town: twenty people sign up behind one café's address in a day, and nobody
// mistypes fifty codes.
var DefaultCaps = Caps{
	MessagesPerAddress: 20, MessagesPerNumber: 40, MessagesPerCountry: 5_000, Messages: 20_000, MessagesReserve: 10,
	FailuresPerAddress: 50, FailuresPerNumber: 100, Failures: 2_000, FailuresReserve: 20,
}

// withDefaults is c with the default for what is 0.
func (c Caps) withDefaults() Caps {
	d := DefaultCaps
	return Caps{
		MessagesPerAddress: cmp.Or(c.MessagesPerAddress, d.MessagesPerAddress),
		MessagesPerNumber:  cmp.Or(c.MessagesPerNumber, d.MessagesPerNumber),
		MessagesPerCountry: cmp.Or(c.MessagesPerCountry, d.MessagesPerCountry),
		Messages:           cmp.Or(c.Messages, d.Messages),
		MessagesReserve:    cmp.Or(c.MessagesReserve, d.MessagesReserve),
		FailuresPerAddress: cmp.Or(c.FailuresPerAddress, d.FailuresPerAddress),
		FailuresPerNumber:  cmp.Or(c.FailuresPerNumber, d.FailuresPerNumber),
		Failures:           cmp.Or(c.Failures, d.Failures),
		FailuresReserve:    cmp.Or(c.FailuresReserve, d.FailuresReserve),
	}
}

const (
	day = 24 * time.Hour

	// firstPause follows the failure that passes the budget; each one after it waits twice as long,
	// up to longestPause.
	firstPause   = time.Minute
	longestPause = 12 * time.Hour
	pauseInAll   = time.Second // once everybody's budget is used up, it does not grow

	personalFailures = 10 // wrong codes of a second factor, or of the number before, an hour and person
)

var (
	// One phone's app asks again when a message is late; ten numbers a phone are a family's.
	codesPerPair   = kv.Limit{Rate: 1, Per: 30 * time.Second, Burst: 5} // one number, from one address
	codesPerDevice = kv.Limit{Rate: 1, Per: 30 * time.Second, Burst: 10}
)

// perDay is n a day, all of them at once if somebody likes.
func perDay(n int) kv.Limit { return kv.Limit{Rate: n, Per: day, Burst: n} }

// allowCode takes what a message costs from the caps, those first that a single attacker meets.
func (a *Accounts) allowCode(ctx context.Context, r CodeRequest) error {
	c, p := a.Caps.withDefaults(), a.Keys.peppers[0]
	number := p.blind("phone", r.Phone)
	known, err := a.knows(ctx, r.DeviceToken, r.Phone)
	if err != nil {
		return err
	}
	if known {
		d, err := a.KV.Allow(ctx, "codes:reserve:"+number, perDay(c.MessagesReserve))
		if err != nil {
			return signInAway("limit messages", err)
		}
		if d.Allowed {
			return nil
		}
	}
	var limits []limited
	if r.DeviceID != "" {
		limits = append(limits, limited{"codes:device:" + p.blind("device", r.DeviceID), codesPerDevice})
	}
	return a.allow(ctx, ErrTooManyCodes, append(limits,
		limited{"codes:pair:" + p.blind("pair", r.Address+" "+r.Phone), codesPerPair},
		limited{"codes:addr:" + r.Address, perDay(c.MessagesPerAddress)},
		limited{"codes:day:" + number, perDay(c.MessagesPerNumber)},
		limited{"codes:country:" + callingCode(r.Phone), perDay(c.MessagesPerCountry)},
		limited{"codes:all", perDay(c.Messages)},
	))
}

// budget is a count of failures within a time. Who has used it up may try once a pause, which
// doubles each time.
type budget struct {
	key   string
	n     int
	per   time.Duration
	pause time.Duration // the first one
	most  time.Duration // the longest one
}

// personal is what one person's wrong codes, of one kind, count against.
func personal(key string) budget {
	return budget{key: "wrong:" + key, n: personalFailures, per: time.Hour, pause: firstPause, most: longestPause}
}

// guess calls check, which compares a code, if the budgets allow for one more failure. A failure is
// booked before it is known, and taken back when the code is right: a thousand guesses at one
// moment do not get more than the budget has.
func (a *Accounts) guess(ctx context.Context, budgets []budget, check func() error) error {
	for i, b := range budgets {
		if err := a.book(ctx, b); err != nil {
			return errors.Join(err, a.unbook(ctx, budgets[:i]))
		}
	}
	err := check()
	if wrong := errors.Is(err, ErrCodeInvalid) || errors.Is(err, ErrTooManyTries) || errors.Is(err, ErrFactorInvalid); wrong {
		return err
	}
	return errors.Join(err, a.unbook(ctx, budgets))
}

func (a *Accounts) book(ctx context.Context, b budget) error {
	n, err := a.KV.Add(ctx, b.key, 1, b.per)
	if err != nil {
		return signInAway("count tries", err)
	}
	if n <= int64(b.n) {
		return nil
	}
	// The bucket holds one token, so its state is the end of the pause whatever its length; of rivals
	// after a pause, one may try.
	pauses, err := a.KV.Add(ctx, b.key+":pauses", 0, day)
	if err != nil {
		return signInAway("count pauses", err)
	}
	pause := min(b.pause<<min(pauses, 20), b.most)
	d, err := a.KV.Allow(ctx, b.key+":pause", kv.Limit{Rate: 1, Per: pause, Burst: 1})
	if err != nil {
		return signInAway("pause", err)
	}
	if !d.Allowed {
		return tooMany(ErrTooManyFailures, b.n, d.RetryAfter, d.ResetAfter)
	}
	if _, err := a.KV.Add(ctx, b.key+":pauses", 1, day); err != nil {
		return signInAway("count pauses", err)
	}
	return nil
}

func (a *Accounts) unbook(ctx context.Context, budgets []budget) error {
	for _, b := range budgets {
		if _, err := a.KV.Add(ctx, b.key, -1, b.per); err != nil {
			return signInAway("take back a try", err)
		}
	}
	return nil
}

// failureBudgets are those that a wrong code counts against.
func (a *Accounts) failureBudgets(phone string, device Device, address string, known bool) []budget {
	c, p := a.Caps.withDefaults(), a.Keys.peppers[0]
	number := p.blind("phone", phone)
	if known {
		return []budget{{key: "wrong:reserve:" + number, n: c.FailuresReserve, per: day, pause: firstPause, most: longestPause}}
	}
	budgets := []budget{{key: "wrong:addr:" + address, n: c.FailuresPerAddress, per: time.Hour, pause: firstPause, most: longestPause}}
	if device.ID != "" {
		budgets = append(budgets, budget{
			key: "wrong:device:" + p.blind("device", device.ID), n: c.FailuresPerAddress, per: time.Hour, pause: firstPause, most: longestPause,
		})
	}
	return append(budgets,
		budget{key: "wrong:number:" + number, n: c.FailuresPerNumber, per: day, pause: firstPause, most: longestPause},
		budget{key: "wrong:all", n: c.Failures, per: time.Hour, pause: pauseInAll, most: pauseInAll},
	)
}
