package booking

import (
	"slices"
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
// nothing lasts longer than catalog.MaxDuration.
func around(busy []taking.Busy, s taking.Slot) []taking.Busy {
	first := sort.Search(len(busy), func(i int) bool { return busy[i].Start.After(s.Start.Add(-catalog.MaxDuration)) })
	end := sort.Search(len(busy), func(i int) bool { return !busy[i].Start.Before(s.End) })
	return busy[first:max(first, end)]
}

// starts calls yield with every slot of the service that begins in from … to, in
// order: from each opening on, one every Step, as long as it ends before closing. An opening of a
// day on which the service is sold out has none.
// Steps are real time, so a day that daylight saving shortens has fewer.
func starts(s *catalog.Service, p *catalog.Place, loc *time.Location, from, to time.Time, yield func(taking.Slot) bool) {
	var all []time.Time
	// An opening of the day before may last past midnight.
	first := max(walltime.WallAt(loc, from).Day()-1, s.SoldOutUntil)
	for day, last := first, walltime.WallAt(loc, to).Day(); day <= last; day++ {
		for _, span := range p.Hours.Spans(day, loc) {
			for at := firstStart(span, s.Step, from); !at.Add(s.Duration).After(span.End) && at.Before(to); at = at.Add(s.Step) {
				all = append(all, at)
			}
		}
	}
	// It may even last into an opening of its morrow; then starts come twice, or late.
	slices.SortFunc(all, time.Time.Compare)
	for _, at := range slices.CompactFunc(all, time.Time.Equal) {
		if !yield(taking.Slot{Start: at, End: at.Add(s.Duration)}) {
			return
		}
	}
}

// firstStart is the first start of span that is not before from.
func firstStart(span catalog.Span, step time.Duration, from time.Time) time.Time {
	if !span.Start.Before(from) {
		return span.Start
	}
	reach := from.Sub(span.Start) + step - 1
	return span.Start.Add(reach - reach%step)
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
