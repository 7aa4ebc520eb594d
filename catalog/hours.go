package catalog

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"corner/fault"
	"corner/walltime"
)

// Hours is when a place is open, in the wall time of its zone: every week the
// same, but for exceptions. The zero Hours means that nobody has told.
type Hours struct {
	Weekly     [7][]Interval // Monday first; each day sorted, without overlaps
	Exceptions []Exception   // sorted by date, one a date
	Closure    Closure       // on these days it is closed all the same
}

// Interval is a time of one day, in minutes from its midnight. It may end after
// the next midnight: 18:00 to 02:00 is {1080, 1560}.
type Interval struct {
	Opens  int // 0 … 1439
	Closes int // Opens < Closes ≤ Opens + 1440
}

// Exception replaces the weekly hours of one date. Without intervals the place is
// closed that day.
type Exception struct {
	Day       walltime.Day
	Intervals []Interval
}

// Span is a stretch of real time, Start included and End not.
type Span struct{ Start, End time.Time }

const minutesPerDay = 24 * 60

// Bounds of hours.
const (
	MaxIntervals  = 12 // of one day
	MaxExceptions = 400
)

// Known reports whether anything is known about the hours.
func (h *Hours) Known() bool {
	if len(h.Exceptions) > 0 {
		return true
	}
	for _, day := range h.Weekly {
		if len(day) > 0 {
			return true
		}
	}
	return false
}

// On is the intervals that begin on a date. All that is asked of hours is asked of it.
func (h *Hours) On(d walltime.Day) []Interval {
	if h.Closure.Covers(d) {
		return nil
	}
	return h.usual(d)
}

// usual is On without the closure.
func (h *Hours) usual(d walltime.Day) []Interval {
	if i, found := slices.BinarySearchFunc(h.Exceptions, d, func(e Exception, d walltime.Day) int { return int(e.Day - d) }); found {
		return h.Exceptions[i].Intervals
	}
	return h.Weekly[(d.Weekday()+6)%7] // time.Weekday begins on Sunday
}

// OpenAt reports whether the place is open at a wall time: in an interval of that
// day, or in one of the day before that lasts past midnight. With walltime.WallAt for
// the wall time of an instant, it is exact across daylight saving: it agrees with
// Spans by walltime's law.
func (h *Hours) OpenAt(w walltime.Wall) bool {
	d, minute := w.Day(), w.Minute()
	return covers(h.On(d), minute) || covers(h.On(d-1), minute+minutesPerDay)
}

// ShutAt reports whether it is for the closure that the place is not open at a wall time: on one
// of its days, or in the night of one.
func (h *Hours) ShutAt(w walltime.Wall) bool {
	d, minute := w.Day(), w.Minute()
	if h.OpenAt(w) {
		return false
	}
	return h.Closure.Covers(d) || h.Closure.Covers(d-1) && covers(h.usual(d-1), minute+minutesPerDay)
}

func covers(intervals []Interval, minute int) bool {
	for _, i := range intervals {
		if i.Opens <= minute && minute < i.Closes {
			return true
		}
	}
	return false
}

// Spans is the intervals that begin on a date, as real time in loc. An interval
// that daylight saving swallows whole is left out.
func (h *Hours) Spans(d walltime.Day, loc *time.Location) []Span {
	var spans []Span
	for _, i := range h.On(d) {
		s := Span{walltime.Instant(loc, d.At(i.Opens)), walltime.Instant(loc, d.At(i.Closes))}
		if s.Start.Before(s.End) {
			spans = append(spans, s)
		}
	}
	return spans
}

// Stretch is a stretch of wall time in which a place is open without a break.
type Stretch struct {
	Openings []walltime.Wall // where the intervals in it open, in order: the first is where it begins
	Closes   walltime.Wall
}

// Long is how many minutes it lasts by the clock on the wall.
func (s Stretch) Long() int { return int(s.Closes - s.Openings[0]) }

// Stretches is the intervals that begin on the days from first to last, joined where one follows
// another without a break, over midnight too: in order, and apart.
func (h *Hours) Stretches(first, last walltime.Day) []Stretch {
	var all []Stretch
	for d := first; d <= last; d++ {
		for _, i := range h.On(d) { // sorted
			opens, closes := d.At(i.Opens), d.At(i.Closes)
			n := len(all)
			if n == 0 || opens > all[n-1].Closes {
				all = append(all, Stretch{[]walltime.Wall{opens}, closes})
				continue
			}
			last := &all[n-1]
			last.Openings, last.Closes = append(last.Openings, opens), max(last.Closes, closes)
		}
	}
	return all
}

// Normalize sorts and joins what touches, and names what cannot be: names are
// /weekly/… and /exceptions/… as the domain orders them.
func (h *Hours) Normalize() error {
	var in fault.Input
	for d := range h.Weekly {
		h.Weekly[d] = normalizeDay(&in, fault.Name("weekly", d), h.Weekly[d])
	}
	in.Check(len(h.Exceptions) <= MaxExceptions, "exceptions", fault.Crowded)
	for e := range h.Exceptions {
		x := &h.Exceptions[e]
		x.Intervals = normalizeDay(&in, fault.Name("exceptions", e), x.Intervals)
	}
	slices.SortStableFunc(h.Exceptions, func(a, b Exception) int { return int(a.Day - b.Day) })
	for e := 1; e < len(h.Exceptions); e++ {
		in.Check(h.Exceptions[e].Day != h.Exceptions[e-1].Day, fault.Name("exceptions", e), Twice)
	}
	return in.Err()
}

// Twice is the reason for a second exception of one date.
var Twice = fault.Reason{Code: "twice", En: "is given twice", Zh: "重复"}

func normalizeDay(in *fault.Input, name string, day []Interval) []Interval {
	if !in.Check(len(day) <= MaxIntervals, name, fault.Crowded) {
		return day
	}
	slices.SortFunc(day, func(a, b Interval) int { return a.Opens - b.Opens })
	joined := day[:0]
	for _, i := range day {
		ok := 0 <= i.Opens && i.Opens < minutesPerDay && i.Opens < i.Closes && i.Closes <= i.Opens+minutesPerDay
		if !in.Check(ok, name, fault.OutOfRange) {
			continue
		}
		if n := len(joined); n > 0 && i.Opens <= joined[n-1].Closes {
			joined[n-1].Closes = max(joined[n-1].Closes, i.Closes)
			continue
		}
		joined = append(joined, i)
	}
	// What was joined may last longer than an interval may. It is the last of the day
	// then, for it goes past midnight, and is cut, so that hours read back are hours
	// that can be sent.
	if n := len(joined); n > 0 && joined[n-1].Closes > joined[n-1].Opens+minutesPerDay {
		cut := joined[n-1].Closes - minutesPerDay
		joined = append(joined, Interval{cut, joined[n-1].Closes})
		joined[n-1].Closes = cut
	}
	return joined
}

// MarshalText writes hours without the closure as one line, the form they are stored in: seven days
// from Monday and then the exceptions, "660-1560;;…;2026-12-25=;2026-12-31=600-900,1080-1500".
func (h Hours) MarshalText() ([]byte, error) {
	if !h.Known() {
		return nil, nil
	}
	var b []byte
	for d, day := range h.Weekly {
		if d > 0 {
			b = append(b, ';')
		}
		b = appendDay(b, day)
	}
	for _, e := range h.Exceptions {
		b = append(b, ';')
		b = append(b, e.Day.String()...)
		b = append(b, '=')
		b = appendDay(b, e.Intervals)
	}
	return b, nil
}

func appendDay(b []byte, day []Interval) []byte {
	for i, v := range day {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, int64(v.Opens), 10)
		b = append(b, '-')
		b = strconv.AppendInt(b, int64(v.Closes), 10)
	}
	return b
}

// errHours is for stored hours that this program did not write.
var errHours = fault.New(fault.Internal, "catalog.hours_unreadable", "stored hours are unreadable", "营业时间数据损坏")

// UnmarshalText reads what MarshalText wrote, and leaves the closure as it is.
func (h *Hours) UnmarshalText(text []byte) error {
	*h = Hours{Closure: h.Closure}
	if len(text) == 0 {
		return nil
	}
	parts := strings.Split(string(text), ";")
	if len(parts) < 7 {
		return errHours
	}
	for i, part := range parts {
		date, day, dated := strings.Cut(part, "=")
		if !dated {
			day = date
		}
		intervals, ok := parseDay(day)
		switch {
		case !ok, dated == (i < 7):
			return errHours
		case !dated:
			h.Weekly[i] = intervals
		default:
			d, err := walltime.ParseDay(date)
			if err != nil {
				return errHours
			}
			h.Exceptions = append(h.Exceptions, Exception{Day: d, Intervals: intervals})
		}
	}
	return nil
}

func parseDay(s string) ([]Interval, bool) {
	var day []Interval
	if s == "" {
		return nil, true
	}
	for part := range strings.SplitSeq(s, ",") {
		opens, closes, ok := strings.Cut(part, "-")
		o, err := strconv.Atoi(opens)
		c, err2 := strconv.Atoi(closes)
		if !ok || err != nil || err2 != nil {
			return nil, false
		}
		day = append(day, Interval{o, c})
	}
	return day, true
}
