package catalog

import (
	"time"

	"corner/walltime"
)

// changeWithin is how far NextChange looks, in days: over any holiday.
const changeWithin = 31

// NextChange is the first instant after now at which the place, in a zone, opens or
// closes; false when it does neither for a month.
func (h *Hours) NextChange(loc *time.Location, now time.Time) (time.Time, bool) {
	w := walltime.WallAt(loc, now)
	if h.OpenAt(w) {
		return h.closing(loc, now, w.Day())
	}
	for d := w.Day(); d <= w.Day()+changeWithin; d++ {
		var first time.Time
		for _, s := range h.Spans(d, loc) {
			if s.Start.After(now) && (first.IsZero() || s.Start.Before(first)) {
				first = s.Start
			}
		}
		if !first.IsZero() {
			return first, true
		}
	}
	return time.Time{}, false
}

// closing is when the place closes that is open now, on today: where no interval goes on.
func (h *Hours) closing(loc *time.Location, now time.Time, today walltime.Day) (time.Time, bool) {
	reached := now
	// An interval may begin the day before; what goes on after it begins today at the
	// earliest.
	for d := today - 1; d <= today+changeWithin; {
		longest := reached
		for _, day := range [...]walltime.Day{d, d + 1} {
			for _, s := range h.Spans(day, loc) {
				if !s.Start.After(reached) && s.End.After(longest) {
					longest = s.End
				}
			}
		}
		if !longest.After(reached) {
			if reached.After(now) {
				return reached, true
			}
			d++
			continue
		}
		reached = longest
		d = max(d, walltime.WallAt(loc, reached).Day()-1)
	}
	return time.Time{}, false
}
