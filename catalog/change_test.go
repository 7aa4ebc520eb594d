package catalog_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"corner/catalog"
	"corner/walltime"
)

func TestNextChange(t *testing.T) {
	t.Parallel()
	loc, err := walltime.Zone("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	at := func(month time.Month, day, hour, minute int) time.Time {
		return time.Date(2026, month, day, hour, minute, 0, 0, loc)
	}
	daily := func(intervals ...catalog.Interval) (h catalog.Hours) {
		for d := range h.Weekly {
			h.Weekly[d] = intervals
		}
		return h
	}
	shop := daily(catalog.Interval{Opens: 540, Closes: 720}, catalog.Interval{Opens: 780, Closes: 1080})
	bar := daily(catalog.Interval{Opens: 1080, Closes: 1560})
	always := daily(catalog.Interval{Opens: 0, Closes: 1440})
	holiday := daily(catalog.Interval{Opens: 540, Closes: 1080})
	for d := range 40 {
		holiday.Exceptions = append(holiday.Exceptions, catalog.Exception{Day: walltime.DayOf(2026, 7, 1) + walltime.Day(d)})
	}
	closed := always
	closed.Exceptions = []catalog.Exception{{Day: walltime.DayOf(2026, 6, 10)}}
	for name, c := range map[string]struct {
		hours     catalog.Hours
		now, want time.Time
	}{
		"before it opens":            {shop, at(6, 1, 8, 0), at(6, 1, 9, 0)},
		"as it opens":                {shop, at(6, 1, 9, 0), at(6, 1, 12, 0)},
		"over lunch":                 {shop, at(6, 1, 12, 0), at(6, 1, 13, 0)},
		"in the evening":             {shop, at(6, 1, 20, 0), at(6, 2, 9, 0)},
		"past midnight":              {bar, at(6, 2, 1, 0), at(6, 2, 2, 0)},
		"over midnight":              {bar, at(6, 1, 23, 0), at(6, 2, 2, 0)},
		"round the clock":            {always, at(6, 1, 8, 0), time.Time{}},
		"until a day off":            {closed, at(6, 1, 8, 0), at(6, 10, 0, 0)},
		"on a day off":               {closed, at(6, 10, 8, 0), at(6, 11, 0, 0)},
		"closed for a month or more": {holiday, at(6, 30, 20, 0), time.Time{}},
		"clocks go forward":          {bar, at(3, 28, 23, 0), at(3, 29, 2, 0)},
	} {
		got, ok := c.hours.NextChange(loc, c.now)
		if ok != !c.want.IsZero() || !got.Equal(c.want) {
			t.Errorf("%s: got %v, %v, want %v", name, got, ok, c.want)
		}
	}
}

// Until the next change nothing changes, and then it does.
func TestNextChangeIsTheNext(t *testing.T) {
	t.Parallel()
	loc, err := walltime.Zone("Australia/Lord_Howe") // half an hour of daylight saving
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		var h catalog.Hours
		for d := range h.Weekly {
			for range rapid.IntRange(0, 2).Draw(t, "intervals") {
				opens := rapid.IntRange(0, 95).Draw(t, "opens") * 15
				h.Weekly[d] = append(h.Weekly[d], catalog.Interval{Opens: opens, Closes: opens + 15*rapid.IntRange(1, 95).Draw(t, "length")})
			}
		}
		if err := h.Normalize(); err != nil {
			t.Fatal(err)
		}
		now := time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 14*96).Draw(t, "quarter")) * 15 * time.Minute)
		open := func(at time.Time) bool { return h.OpenAt(walltime.WallAt(loc, at)) }
		got, ok := h.NextChange(loc, now)
		end := got
		if !ok {
			end = now.AddDate(0, 0, 30)
		}
		for at := now; at.Before(end); at = at.Add(15 * time.Minute) {
			if open(at) != open(now) {
				t.Fatalf("changes at %v already, not at %v", at, got)
			}
		}
		if ok && open(got) == open(now) {
			t.Fatalf("nothing changes at %v", got)
		}
	})
}
