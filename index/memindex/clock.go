package memindex

import (
	"time"

	"corner/walltime"
)

// clock knows the wall time of one instant in the zones of a segment.
type clock struct {
	asked bool
	at    time.Time
	on    *segment
	walls []wall // by zone
}

type wall struct {
	known bool
	time  walltime.Wall
}

func (c *clock) begin(at time.Time, on *segment) {
	c.asked, c.at, c.on = !at.IsZero(), at, on
	c.walls = c.walls[:0]
	if c.asked {
		c.walls = append(c.walls, make([]wall, len(on.zones))...)
	}
}

// open reports whether a doc is open.
func (c *clock) open(doc uint32) bool {
	zi := c.on.zone[doc]
	loc := c.on.zones[zi].loc
	week := c.on.hours[doc]
	if week == 0 || loc == nil {
		return false
	}
	w := &c.walls[zi]
	if !w.known {
		*w = wall{true, walltime.WallAt(loc, c.at)}
	}
	return c.on.weeks[week].hours.OpenAt(w.time)
}
