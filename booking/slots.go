package booking

import (
	"sort"
	"time"

	"corner/catalog"
	"corner/taking"
	"corner/walltime"
)

// Opening is a slot of a service that can still be taken, and for how many people.
type Opening struct {
	taking.Slot

	Left int
}

// around is those of busy, which is in the order of starts, that can overlap s:
// nothing takes longer than catalog.Occupied.
func around(busy []taking.Busy, s taking.Slot) []taking.Busy {
	first := sort.Search(len(busy), func(i int) bool { return busy[i].Start.After(s.Start.Add(-catalog.Occupied)) })
	end := sort.Search(len(busy), func(i int) bool { return !busy[i].Start.Before(s.End) })
	return busy[first:max(first, end)]
}

// reach is from when on, and until before when, starts of the service can be booked at now.
func reach(s *catalog.Service, loc *time.Location, now time.Time) (first, beyond time.Time) {
	beyond = now.Add(Horizon + time.Microsecond) // at the horizon itself, too
	if days := s.Rules.Horizon; days > 0 {
		today := walltime.WallAt(loc, now).Day()
		beyond = earliest(beyond, walltime.Instant(loc, (today+walltime.Day(days)+1).At(0)))
	}
	return now.Add(s.Rules.Lead), beyond
}

// suits says why the service is not for so many people, or nil.
func suits(s *catalog.Service, party int) error {
	switch {
	case party < s.Rules.PartyMin:
		return ErrPartyTooSmall
	case s.Rules.PartyMax > 0 && party > s.Rules.PartyMax:
		return ErrPartyTooLarge
	}
	return nil
}

// starts calls yield with every slot of the service that begins in from … to, in order.
//
// The place is open in stretches (catalog.Stretch), however its hours are written: a slot begins
// in one and ends before it closes. From the opening of a stretch on there is a start every Step, by
// the clock on the wall; in a stretch of more than a day the steps begin anew where one of its intervals
// opens: at midnight, or at two in the afternoon for who writes days so. So on the day on which clocks
// change, what they skip is no start, and what they show twice is two. A day on which the service is
// sold out has no starts, nor has the night that begins on it.
func starts(s *catalog.Service, p *catalog.Place, loc *time.Location, from, to time.Time, yield func(taking.Slot) bool) {
	open := windows(s, p, loc, from, to)
	step := int(s.Step / time.Minute)
	for _, w := range open {
		for at := walltime.NextShown(loc, latest(w.Start, from), w.grid, step); at.Before(earliest(w.End, to)); {
			slot := taking.Slot{Start: at, End: at.Add(s.Duration)}
			if slot.End.After(w.open) {
				break
			}
			if !yield(slot) {
				return
			}
			at = walltime.NextShown(loc, at.Add(time.Second), w.grid, step)
		}
	}
}

// window is a stretch of real time, whose starts are a whole number of steps from one wall time.
type window struct {
	catalog.Span

	grid walltime.Wall
	open time.Time // how long the place stays open, beyond End perhaps
}

// windows is those in which slots of the service may begin in from … to.
func windows(s *catalog.Service, p *catalog.Place, loc *time.Location, from, to time.Time) []window {
	day, last := walltime.WallAt(loc, from).Day(), walltime.WallAt(loc, to).Day()
	// An interval lasts a day at most. So what is joined to a stretch before day-3, or after last+2, is
	// joined to one of more than a day, whose beginning and end do not matter.
	first := max(day-3, s.SoldOutUntil)
	var all []window
	for _, st := range p.Hours.Stretches(first, last+2) {
		if st.Long() <= walltime.MinutesPerDay {
			all = appendWindow(all, loc, st.Openings[0], st.Closes)
			continue
		}
		for i, opens := range st.Openings {
			next := st.Closes
			if i+1 < len(st.Openings) {
				next = st.Openings[i+1]
			}
			all = appendWindow(all, loc, opens, next)
		}
	}
	for i := len(all) - 2; i >= 0; i-- { // clocks may skip what lies between two stretches, too
		if !all[i+1].Start.After(all[i].End) {
			all[i].open = all[i+1].open
		}
	}
	return all
}

// appendWindow adds one, unless the clocks skip it whole.
func appendWindow(all []window, loc *time.Location, opens, closes walltime.Wall) []window {
	span := catalog.Span{Start: walltime.Instant(loc, opens), End: walltime.Instant(loc, closes)}
	if !span.Start.Before(span.End) {
		return all
	}
	return append(all, window{span, opens, span.End})
}

// isStart reports whether the service starts at that moment.
func isStart(s *catalog.Service, p *catalog.Place, loc *time.Location, at time.Time) bool {
	found := false
	starts(s, p, loc, at, at.Add(time.Microsecond), func(slot taking.Slot) bool {
		found = slot.Start.Equal(at)
		return false
	})
	return found
}
