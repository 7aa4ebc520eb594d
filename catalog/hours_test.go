package catalog_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corner/catalog"
	"corner/fault"
	"corner/walltime"
)

// on is hours of every day of the week.
func on(intervals ...catalog.Interval) (h catalog.Hours) {
	for d := range h.Weekly {
		h.Weekly[d] = append([]catalog.Interval(nil), intervals...)
	}
	return h
}

var (
	day       = catalog.Interval{Opens: 540, Closes: 1080}
	evening   = catalog.Interval{Opens: 1080, Closes: 1560} // 18:00 to 02:00
	allDay    = catalog.Interval{Opens: 0, Closes: 1440}
	lunch     = catalog.Interval{Opens: 660, Closes: 840}
	christmas = walltime.DayOf(2026, time.December, 25) // a Friday
)

func TestOpenAt(t *testing.T) {
	t.Parallel()
	split, fridays, holiday := on(lunch, evening), catalog.Hours{}, on(evening)
	fridays.Weekly[4] = []catalog.Interval{evening}
	holiday.Exceptions = []catalog.Exception{{Day: christmas}}
	eve := on(day)
	eve.Exceptions = []catalog.Exception{{Day: christmas, Intervals: []catalog.Interval{evening}}}
	for _, c := range []struct {
		name   string
		hours  catalog.Hours
		day    walltime.Day
		minute int
		want   bool
	}{
		{"nobody told", catalog.Hours{}, christmas, 720, false},
		{"the minute it opens", on(day), christmas, 540, true},
		{"the minute before", on(day), christmas, 539, false},
		{"the last minute", on(day), christmas, 1079, true},
		{"the minute it closes", on(day), christmas, 1080, false},
		{"between two intervals", split, christmas, 900, false},
		{"in the second", split, christmas, 1200, true},
		{"past midnight", split, christmas, 119, true},
		{"closed past midnight", split, christmas, 120, false},
		{"round the clock, at midnight", on(allDay), christmas, 0, true},
		{"round the clock, before it", on(allDay), christmas, 1439, true},
		{"past midnight of its only day", fridays, christmas + 1, 60, true},
		{"past midnight of no day of it", fridays, christmas, 60, false},
		{"the evening of a closed date", holiday, christmas, 1200, false},
		{"after midnight of a closed date, from the day before", holiday, christmas, 60, true},
		{"after midnight of the day after a closed date", holiday, christmas + 1, 60, false},
		{"a date with other hours", eve, christmas, 600, false},
		{"a date with other hours, that evening", eve, christmas, 1200, true},
		{"past midnight of a date with other hours", eve, christmas + 1, 60, true},
		{"the day after as ever", eve, christmas + 1, 600, true},
	} {
		if got := c.hours.OpenAt(c.day.At(c.minute)); got != c.want {
			t.Errorf("%s: OpenAt(%v) = %v, want %v", c.name, c.day.At(c.minute), got, c.want)
		}
	}
}

func TestNormalizeJoins(t *testing.T) {
	t.Parallel()
	type list = []catalog.Interval
	for name, c := range map[string]struct{ in, want list }{
		"nothing":                     {nil, nil},
		"sorts":                       {list{evening, lunch}, list{lunch, evening}},
		"joins what overlaps":         {list{{600, 700}, {650, 800}}, list{{600, 800}}},
		"joins what touches":          {list{{600, 700}, {700, 800}}, list{{600, 800}}},
		"drops what lies within":      {list{{600, 1600}, {650, 800}}, list{{600, 1600}}},
		"joins three":                 {list{{650, 900}, {600, 700}, {900, 950}}, list{{600, 950}}},
		"keeps a minute between":      {list{{600, 700}, {701, 800}}, list{{600, 700}, {701, 800}}},
		"twice the same":              {list{lunch, lunch}, list{lunch}},
		"a whole day":                 {list{allDay}, list{allDay}},
		"longer than a day, then cut": {list{allDay, evening}, list{{0, 120}, {120, 1560}}},
		"as long as can be":           {list{{0, 1440}, {1439, 2879}}, list{{0, 1439}, {1439, 2879}}},
	} {
		h := on(c.in...)
		for _, round := range []string{"once", "twice"} {
			if err := h.Normalize(); err != nil {
				t.Errorf("%s, normalized %s: %v", name, round, err)
			}
			if diff := cmp.Diff(c.want, h.Weekly[0]); diff != "" && len(c.want)+len(h.Weekly[0]) > 0 {
				t.Errorf("%s, normalized %s (-want +got):\n%s", name, round, diff)
			}
		}
	}
}

func TestNormalizeNamesAllFaults(t *testing.T) {
	t.Parallel()
	h := on(day)
	h.Weekly[0] = []catalog.Interval{{-1, 60}, {600, 700}}
	h.Weekly[1] = []catalog.Interval{{600, 600}}
	h.Weekly[2] = []catalog.Interval{{600, 599}}
	h.Weekly[3] = []catalog.Interval{{1440, 1500}}
	h.Weekly[4] = []catalog.Interval{{600, 2041}}
	h.Weekly[5] = make([]catalog.Interval, catalog.MaxIntervals+1)
	h.Exceptions = []catalog.Exception{{Day: christmas + 1}, {Day: christmas}, {Day: christmas + 1, Intervals: []catalog.Interval{{0, 1441}}}}
	want := []string{
		"weekly.0 out_of_range", "weekly.1 out_of_range", "weekly.2 out_of_range", "weekly.3 out_of_range", "weekly.4 out_of_range",
		"weekly.5 too_many_items", "exceptions.2 out_of_range", "exceptions.2 twice",
	}
	if diff := cmp.Diff(want, faults(h.Normalize())); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	many := catalog.Hours{Exceptions: make([]catalog.Exception, catalog.MaxExceptions+1)}
	for i := range many.Exceptions {
		many.Exceptions[i].Day = walltime.Day(i)
	}
	if diff := cmp.Diff([]string{"exceptions too_many_items"}, faults(many.Normalize())); diff != "" {
		t.Errorf("faults of too many exceptions (-want +got):\n%s", diff)
	}
}

// faults are the pointers and codes of an input error.
func faults(err error) (all []string) {
	e, ok := errors.AsType[*fault.Error](err)
	if !ok || !errors.Is(err, fault.ErrInvalid) {
		return nil
	}
	for _, f := range e.Fields {
		all = append(all, f.Name+" "+f.Code)
	}
	return all
}

func TestSpans(t *testing.T) {
	t.Parallel()
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	forward := walltime.DayOf(2026, time.March, 8) // 02:00 becomes 03:00
	at := func(hour, minute int) time.Time { return time.Date(2026, 3, 8, hour, minute, 0, 0, time.UTC) }
	for name, c := range map[string]struct {
		in   catalog.Interval
		want []catalog.Span
	}{
		"over the gap":         {catalog.Interval{Opens: 60, Closes: 240}, []catalog.Span{{at(6, 0), at(8, 0)}}},
		"swallowed by the gap": {catalog.Interval{Opens: 120, Closes: 180}, nil},
		"begins in the gap":    {catalog.Interval{Opens: 150, Closes: 240}, []catalog.Span{{at(7, 0), at(8, 0)}}},
	} {
		h := on(c.in)
		if diff := cmp.Diff(c.want, h.Spans(forward, newYork)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
