package town

import (
	"sync/atomic"
	"time"
)

// Clock is a clock that can be told to stand at a moment. The façades that Settle works
// with have its Now.
type Clock struct {
	Real func() time.Time // what it shows when it does not stand still: time.Now

	stands atomic.Pointer[time.Time]
}

// Now is the moment at which the clock stands, or else the real time.
func (c *Clock) Now() time.Time {
	if at := c.stands.Load(); at != nil {
		return *at
	}
	return c.Real()
}

// Stand makes the clock show that moment until it is told another.
func (c *Clock) Stand(at time.Time) { c.stands.Store(&at) }

// Release makes the clock show the real time.
func (c *Clock) Release() { c.stands.Store(nil) }
