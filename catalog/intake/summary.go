package intake

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"corner/catalog"
)

// Summary is what became of the rows of a file.
type Summary struct {
	Rows     int // all that were read, over all runs if it was broken off
	Resumed  int // of them, those that an earlier run had done
	New      int
	Changed  int
	Same     int
	Claimed  int // left alone, as they are their merchants' now
	Rejected int
	Reasons  map[string]int // why, and how often

	HoursUnknown int            // rows that have opening hours which were not understood
	Hours        map[string]int // why, and how often
}

func newSummary() Summary { return Summary{Reasons: map[string]int{}, Hours: map[string]int{}} }

func (s *Summary) count(o catalog.Outcome) {
	switch o {
	case catalog.Created:
		s.New++
	case catalog.Updated:
		s.Changed++
	case catalog.Unchanged:
		s.Same++
	case catalog.Claimed:
		s.Claimed++
	}
}

// Text is the summary for people: a line of counts, and a table of reasons.
func (s Summary) Text(took time.Duration) string {
	var b strings.Builder
	rate := float64(s.Rows-s.Resumed) / max(took.Seconds(), 0.001)
	fmt.Fprintf(&b, "%d rows in %s, %.0f a second: %d new, %d changed, %d as they were, %d claimed and left alone, %d rejected\n",
		s.Rows-s.Resumed, took.Round(10*time.Millisecond), rate, s.New, s.Changed, s.Same, s.Claimed, s.Rejected)
	if s.Resumed > 0 {
		fmt.Fprintf(&b, "%d rows more were done before the import was broken off, and are counted with them\n", s.Resumed)
	}
	writeReasons(&b, "rejected", s.Rejected, s.Reasons)
	writeReasons(&b, "hours not understood", s.HoursUnknown, s.Hours)
	return b.String()
}

// mostReasons is how many reasons a summary shows.
const mostReasons = 12

func writeReasons(b *strings.Builder, what string, n int, reasons map[string]int) {
	if n == 0 {
		return
	}
	fmt.Fprintf(b, "%s: %d\n", what, n)
	sorted := slices.SortedFunc(maps.Keys(reasons), func(x, y string) int {
		return cmp.Or(reasons[y]-reasons[x], strings.Compare(x, y))
	})
	for i, reason := range sorted {
		if i == mostReasons {
			fmt.Fprintf(b, "          and %d reasons more\n", len(sorted)-i)
			break
		}
		fmt.Fprintf(b, "%8d  %s\n", reasons[reason], reason)
	}
}
