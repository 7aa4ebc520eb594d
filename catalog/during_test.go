package catalog_test

import (
	"testing"
	"time"

	"corner/catalog"
)

func TestOpenDuring(t *testing.T) {
	t.Parallel()
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	day := func(intervals ...catalog.Interval) (h catalog.Hours) {
		for d := range h.Weekly {
			h.Weekly[d] = intervals
		}
		return h
	}
	lunch := day(
		catalog.Interval{Opens: 660, Closes: 840},
		catalog.Interval{Opens: 840, Closes: 900},
		catalog.Interval{Opens: 1080, Closes: 1320},
	)
	bar := day(catalog.Interval{Opens: 1200, Closes: 1620}) // 20:00 to 03:00
	always := day(catalog.Interval{Opens: 0, Closes: 1440})
	for name, c := range map[string]struct {
		hours      catalog.Hours
		from, till string // in London
		want       bool
	}{
		"inside":                   {lunch, "2026-05-04 11:00", "2026-05-04 14:00", true},
		"over two that touch":      {lunch, "2026-05-04 11:30", "2026-05-04 15:00", true},
		"a minute too long":        {lunch, "2026-05-04 11:30", "2026-05-04 15:01", false},
		"over the break":           {lunch, "2026-05-04 14:00", "2026-05-04 18:30", false},
		"before it opens":          {lunch, "2026-05-04 10:59", "2026-05-04 12:00", false},
		"past midnight":            {bar, "2026-05-04 23:00", "2026-05-05 03:00", true},
		"from after midnight":      {bar, "2026-05-05 01:00", "2026-05-05 02:59", true},
		"a night of 23 hours":      {bar, "2026-03-28 20:00", "2026-03-29 03:00", true},
		"a night of 25 hours":      {bar, "2026-10-24 20:00", "2026-10-25 03:00", true},
		"round the clock for long": {always, "2026-10-24 20:00", "2026-10-25 19:00", true},
		"nobody has told":          {catalog.Hours{}, "2026-05-04 11:00", "2026-05-04 11:01", false},
	} {
		parse := func(s string) time.Time {
			at, err := time.ParseInLocation("2006-01-02 15:04", s, london)
			if err != nil {
				t.Fatal(err)
			}
			return at
		}
		if got := c.hours.OpenDuring(london, parse(c.from), parse(c.till)); got != c.want {
			t.Errorf("%s: open from %s to %s = %v, want %v", name, c.from, c.till, got, c.want)
		}
	}
}
