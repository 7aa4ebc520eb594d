package rediskv

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"corner/kv"
)

// fair is how long a server is given before a caller's deadline speaks against it. A caller that comes with a
// few milliseconds left says nothing of the server; one that waited this long for nothing does.
const fair = 100 * time.Millisecond

// call is one conversation with the server, for telling afterwards whose fault its failure was.
type call struct {
	ctx   context.Context //nolint:containedctx // lives as long as the call that it is the context of
	began time.Time
}

func begin(ctx context.Context) call { return call{ctx, time.Now()} }

// explain puts what the client answered in kv's words.
func (c call) explain(what string, err error) error {
	if err == nil {
		return nil
	}
	var reply redis.Error
	ctxErr := c.ctx.Err()
	switch {
	case errors.As(err, &reply):
		if cannotServe(reply) {
			return fmt.Errorf("redis %s: %w: %w", what, kv.ErrUnavailable, err)
		}
		return fmt.Errorf("redis %s: %w", what, err)
	case ctxErr == nil && c.pastDeadline():
		// The socket has the deadline too, and may notice it a moment before the ctx does.
		ctxErr = context.DeadlineExceeded
	}
	switch {
	case ctxErr == nil:
		return fmt.Errorf("redis %s: %w: %w", what, kv.ErrUnavailable, err)
	case errors.Is(ctxErr, context.DeadlineExceeded) && time.Since(c.began) >= fair:
		return fmt.Errorf("redis %s: %w: %w", what, kv.ErrUnavailable, ctxErr)
	}
	return fmt.Errorf("redis %s: %w", what, ctxErr)
}

func (c call) pastDeadline() bool {
	deadline, ok := c.ctx.Deadline()
	return ok && !time.Now().Before(deadline)
}

// cannotServe tells a server that answers and yet is of no use now (LOADING, READONLY, OOM, MISCONF, BUSY,
// MASTERDOWN, NOAUTH after a changed password …) from a command that is wrong, which Redis marks ERR or
// WRONGTYPE. The former is the long and growing list, so the latter is named.
func cannotServe(reply redis.Error) bool {
	text := reply.Error()
	if strings.HasPrefix(text, "ERR max number of clients") {
		return true
	}
	return !strings.HasPrefix(text, "ERR ") && !strings.HasPrefix(text, "WRONGTYPE ")
}
