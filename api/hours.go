package api

import (
	"fmt"
	"slices"

	"corner/api/rest"

	"corner/catalog"
	"corner/fault"
	"corner/walltime"
)

type hours struct {
	Weekly     []weeklyHours   `json:"weekly,omitempty" maxItems:"84" doc:"When the place is open every week, in the wall time of its zone. Several intervals a day are fine, at most 12."`
	Exceptions []exceptionDate `json:"exceptions,omitempty" maxItems:"400" doc:"Dates on which the weekly hours do not count."`
}

type weeklyHours struct {
	Day    string `json:"day" enum:"mon,tue,wed,thu,fri,sat,sun" doc:"The day on which it opens." example:"mon"`
	Opens  string `json:"opens" doc:"HH:MM, 00:00 to 23:59." example:"11:00"`
	Closes string `json:"closes" doc:"HH:MM up to 24:00. Not after opens: of the next day." example:"02:00"`
}

type exceptionDate struct {
	Date      string         `json:"date" doc:"The date." example:"2026-12-25"`
	Closed    bool           `json:"closed,omitempty" doc:"True: not open at all. Then there are no intervals."`
	Intervals []dateInterval `json:"intervals,omitempty" maxItems:"12" doc:"When the place is open instead."`
}

type dateInterval struct {
	Opens  string `json:"opens" doc:"HH:MM, 00:00 to 23:59." example:"10:00"`
	Closes string `json:"closes" doc:"HH:MM up to 24:00. Not after opens: of the next day." example:"14:00"`
}

// days names the days as catalog.Hours counts them.
var days = []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

const midnight = walltime.MinutesPerDay

// Why hours cannot be, where fault has no word for it.
var (
	noTimeAtAll = fault.Reason{
		Code: "empty",
		En:   "is the time at which it opens; a whole day is 00:00 to 24:00",
		Zh:   "与开始时间相同；全天请写 00:00 至 24:00",
	}
	closedAndOpen = fault.Reason{Code: "both", En: "cannot be given for a day that is closed", Zh: "休息日不能再填写时段"}
)

// parse makes hours of the rooms out of the body's; pointers are the body's.
func (h *hours) parse(f *rest.Faults, pointer string) catalog.Hours {
	var out catalog.Hours
	if h == nil {
		return out
	}
	for i, w := range h.Weekly {
		at := rest.Below(pointer, "weekly", i)
		interval, ok := parseInterval(f, at, w.Opens, w.Closes)
		day := slices.Index(days, w.Day)
		if !f.Check(day >= 0, at+"/day", fault.Unknown) || !ok {
			continue
		}
		if f.Check(len(out.Weekly[day]) < catalog.MaxIntervals, at, fault.Crowded) {
			out.Weekly[day] = append(out.Weekly[day], interval)
		}
	}
	seen := map[walltime.Day]bool{}
	for i, e := range h.Exceptions {
		at := rest.Below(pointer, "exceptions", i)
		x, ok := e.parse(f, at)
		if ok && f.Check(!seen[x.Day], at+"/date", catalog.Twice) {
			seen[x.Day] = true
			out.Exceptions = append(out.Exceptions, x)
		}
	}
	return out
}

func (e exceptionDate) parse(f *rest.Faults, at string) (catalog.Exception, bool) {
	day, err := walltime.ParseDay(e.Date)
	ok := f.Check(err == nil, at+"/date", fault.BadFormat)
	x := catalog.Exception{Day: day}
	if e.Closed {
		return x, f.Check(len(e.Intervals) == 0, at+"/intervals", closedAndOpen) && ok
	}
	ok = f.Check(len(e.Intervals) > 0, at+"/intervals", fault.Required) && ok
	for i, v := range e.Intervals {
		interval, good := parseInterval(f, rest.Below(at, "intervals", i), v.Opens, v.Closes)
		ok = ok && good
		x.Intervals = append(x.Intervals, interval)
	}
	return x, ok
}

func parseInterval(f *rest.Faults, at, opens, closes string) (catalog.Interval, bool) {
	o, ok := parseClock(opens)
	c, ok2 := parseClock(closes)
	ok = f.Check(ok && o < midnight, at+"/opens", fault.BadFormat)
	if ok = f.Check(ok2, at+"/closes", fault.BadFormat) && ok; !ok {
		return catalog.Interval{}, false
	}
	if !f.Check(o != c, at+"/closes", noTimeAtAll) {
		return catalog.Interval{}, false
	}
	if c < o {
		c += midnight
	}
	return catalog.Interval{Opens: o, Closes: c}, true
}

// parseClock reads HH:MM, 00:00 to 24:00, as minutes from midnight.
func parseClock(s string) (int, bool) {
	if len(s) != 5 || s[2] != ':' {
		return 0, false
	}
	digits := [4]int{}
	for i, b := range []byte{s[0], s[1], s[3], s[4]} {
		if b < '0' || b > '9' {
			return 0, false
		}
		digits[i] = int(b - '0')
	}
	hour, minute := digits[0]*10+digits[1], digits[2]*10+digits[3]
	at := hour*60 + minute
	return at, minute < 60 && at <= midnight
}

// renderHours writes hours as a body has them; nil when nobody has told any.
func renderHours(h *catalog.Hours) *hours {
	if !h.Known() {
		return nil
	}
	out := &hours{}
	for d, day := range h.Weekly {
		for _, i := range clockIntervals(day) {
			out.Weekly = append(out.Weekly, weeklyHours{Day: days[d], Opens: i.Opens, Closes: i.Closes})
		}
	}
	for _, e := range h.Exceptions {
		out.Exceptions = append(out.Exceptions, exceptionDate{
			Date: e.Day.String(), Closed: len(e.Intervals) == 0, Intervals: clockIntervals(e.Intervals),
		})
	}
	return out
}

func clockIntervals(day []catalog.Interval) []dateInterval {
	var out []dateInterval
	for _, i := range day {
		// 24 hours and more from a time that is not midnight, which come of intervals
		// that touch, have no form of their own.
		if i.Closes-i.Opens >= midnight && i.Closes != midnight {
			half := min((i.Opens+i.Closes)/2, midnight-1)
			out = append(out, dateInterval{formatClock(i.Opens), formatClock(half)})
			i.Opens = half
		}
		out = append(out, dateInterval{formatClock(i.Opens), formatClock(i.Closes)})
	}
	return out
}

func formatClock(minute int) string {
	if minute > midnight {
		minute -= midnight
	}
	return fmt.Sprintf("%02d:%02d", minute/60, minute%60)
}

// openAt tells whether a place is open; nil when nobody has told its hours.
func openAt(h *catalog.Hours, w walltime.Wall) *bool {
	if !h.Known() && !h.Closure.Covers(w.Day()) {
		return nil
	}
	open := h.OpenAt(w)
	return &open
}
