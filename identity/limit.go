package identity

import (
	"context"
	"time"

	"corner/fault"
	"corner/kv"
)

// limited is a limit and the key it is counted under.
type limited struct {
	key   string
	limit kv.Limit
}

// allow takes a token from each limit in turn. The first that has none is told by
// refusal, with the figures of that limit: "limit", the most that can be had at once,
// and "reset_s", the seconds until that many can be had again.
func (a *Accounts) allow(ctx context.Context, refusal *fault.Error, limits []limited) error {
	for _, l := range limits {
		d, err := a.KV.Allow(ctx, l.key, l.limit)
		if err != nil {
			return signInAway("limit messages", err)
		}
		if !d.Allowed {
			return tooMany(refusal, l.limit.Burst, d.RetryAfter, d.ResetAfter)
		}
	}
	return nil
}

func tooMany(refusal *fault.Error, limit int, retry, reset time.Duration) error {
	return refusal.After(retry).WithData(fault.Limited{Limit: limit, Reset: reset})
}
