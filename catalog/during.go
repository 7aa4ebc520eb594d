package catalog

import (
	"time"

	"corner/walltime"
)

// MaxDuring is the longest time that OpenDuring can be asked about.
const MaxDuring = 24 * time.Hour

// OpenDuring reports whether the place is open at every instant from from on until
// before till, in a zone: in one interval, or in several that follow without a break,
// over midnight and over daylight saving. till is after from, by MaxDuring at most.
func (h *Hours) OpenDuring(loc *time.Location, from, till time.Time) bool {
	first := walltime.WallAt(loc, from).Day() - 1 // an interval may begin the day before
	last := walltime.WallAt(loc, till).Day()
	for reached := from; ; {
		next := reached
		for d := first; d <= last; d++ {
			for _, s := range h.Spans(d, loc) {
				if !s.Start.After(reached) && s.End.After(next) {
					next = s.End
				}
			}
		}
		if !next.Before(till) {
			return true
		}
		if !next.After(reached) {
			return false
		}
		reached = next
	}
}
