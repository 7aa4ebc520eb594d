package booking

import (
	"encoding/csv"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the zones of a machine without any

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corner/catalog"
	"corner/internal/fixtures"
	"corner/taking"
	"corner/walltime"
)

// at is minutes of a day from "18:00", or from "26:00" for 02:00 of the next.
func at(clock string) int {
	var h, m int
	if _, err := fmt.Sscanf(clock, "%d:%d", &h, &m); err != nil {
		panic(err)
	}
	return 60*h + m
}

// hoursOf reads "11:00-14:00 18:00-26:00".
func hoursOf(text string) []catalog.Interval {
	var all []catalog.Interval
	for part := range strings.FieldsSeq(text) {
		opens, closes, _ := strings.Cut(part, "-")
		all = append(all, catalog.Interval{Opens: at(opens), Closes: at(closes)})
	}
	return all
}

func TestStarts(t *testing.T) {
	t.Parallel()
	daily := func(text string) catalog.Hours {
		var h catalog.Hours
		for d := range h.Weekly {
			h.Weekly[d] = hoursOf(text)
		}
		return h
	}
	only := func(day time.Weekday, text string) catalog.Hours {
		var h catalog.Hours
		h.Weekly[(day+6)%7] = hoursOf(text)
		return h
	}
	daysFrom := func(first, others string) catalog.Hours { // Monday, and the days after it
		h := daily(others)
		h.Weekly[0], h.Weekly[6] = hoursOf(first), nil
		return h
	}
	except := func(h catalog.Hours, day walltime.Day, text string) catalog.Hours {
		h.Exceptions = []catalog.Exception{{Day: day, Intervals: hoursOf(text)}}
		return h
	}
	since := only(time.Monday, "20:00-43:00")
	since.Weekly[1], since.Weekly[2] = hoursOf("19:00-24:30"), hoursOf("00:30-10:00")
	overlapping := only(time.Monday, "22:00-26:00")
	overlapping.Weekly[1] = hoursOf("01:15-03:15")

	for name, c := range map[string]struct {
		zone           string
		hours          catalog.Hours
		duration, step int    // minutes
		from, to       string // wall time, of the zone
		want           string // clocks, with the offset where it matters
	}{
		"until closing and not over it": {"Asia/Shanghai", only(time.Monday, "11:00-14:00"), 60, 30, "2026-03-02T00:00", "2026-03-03T00:00", "11:00 11:30 12:00 12:30 13:00"},
		"split hours":                   {"Asia/Shanghai", only(time.Monday, "11:00-12:10 18:00-19:00"), 60, 10, "2026-03-02T00:00", "2026-03-03T00:00", "11:00 11:10 18:00"},
		"step longer than duration":     {"Asia/Shanghai", only(time.Monday, "10:00-12:00"), 20, 45, "2026-03-02T00:00", "2026-03-03T00:00", "10:00 10:45 11:30"},
		"exactly what fits":             {"Asia/Shanghai", only(time.Monday, "10:00-11:00"), 60, 60, "2026-03-02T00:00", "2026-03-03T00:00", "10:00"},
		"a minute too long":             {"Asia/Shanghai", only(time.Monday, "10:00-11:00"), 61, 60, "2026-03-02T00:00", "2026-03-03T00:00", ""},
		"across midnight":               {"Asia/Shanghai", only(time.Monday, "22:00-26:00"), 60, 60, "2026-03-02T00:00", "2026-03-04T00:00", "22:00 23:00 00:00 01:00"},
		"from after midnight":           {"Asia/Shanghai", only(time.Monday, "22:00-26:00"), 60, 60, "2026-03-03T00:00", "2026-03-04T00:00", "00:00 01:00"},
		"to in the night":               {"Asia/Shanghai", only(time.Monday, "22:00-26:00"), 60, 60, "2026-03-02T00:00", "2026-03-03T00:00", "22:00 23:00"},
		"longest night":                 {"Asia/Shanghai", only(time.Monday, "23:59-47:59"), 60, 600, "2026-03-03T12:00", "2026-03-05T00:00", "19:59"},
		"from between two starts":       {"Asia/Shanghai", only(time.Monday, "10:00-12:00"), 30, 30, "2026-03-02T10:01", "2026-03-03T00:00", "10:30 11:00 11:30"},
		"from at a start":               {"Asia/Shanghai", only(time.Monday, "10:00-12:00"), 30, 30, "2026-03-02T10:30", "2026-03-03T00:00", "10:30 11:00 11:30"},
		"to at a start":                 {"Asia/Shanghai", only(time.Monday, "10:00-12:00"), 30, 30, "2026-03-02T00:00", "2026-03-02T11:00", "10:00 10:30"},
		"closed that day":               {"Asia/Shanghai", except(daily("10:00-12:00"), walltime.DayOf(2026, 3, 3), ""), 60, 60, "2026-03-02T12:00", "2026-03-04T11:00", "10:00"},
		"other hours that day":          {"Asia/Shanghai", except(daily("10:00-12:00"), walltime.DayOf(2026, 3, 3), "23:00-25:00"), 60, 60, "2026-03-03T00:00", "2026-03-04T11:00", "23:00 00:00 10:00"},
		"a night into its morrow":       {"Asia/Shanghai", overlapping, 45, 15, "2026-03-03T00:45", "2026-03-03T02:00", "00:45 01:00 01:15 01:30 01:45"},
		"never open":                    {"Asia/Shanghai", catalog.Hours{}, 60, 60, "2026-03-02T00:00", "2026-03-30T00:00", ""},

		"gap, Berlin":               {"Europe/Berlin", daily("00:00-06:00"), 60, 60, "2026-03-29T00:00", "2026-03-30T00:00", "00:00+01 01:00+01 03:00+02 04:00+02 05:00+02"},
		"overlap, Berlin":           {"Europe/Berlin", daily("00:00-06:00"), 60, 60, "2026-10-25T00:00", "2026-10-26T00:00", "00:00+02 01:00+02 02:00+02 02:00+01 03:00+01 04:00+01 05:00+01"},
		"opening in the gap":        {"Europe/Berlin", daily("02:30-04:00"), 30, 30, "2026-03-29T00:00", "2026-03-30T00:00", "03:00+02 03:30+02"},
		"swallowed by the gap":      {"Europe/Berlin", daily("02:00-03:00"), 30, 30, "2026-03-29T00:00", "2026-03-30T00:00", ""},
		"opening in the overlap":    {"Europe/Berlin", daily("02:00-03:00"), 30, 30, "2026-10-25T00:00", "2026-10-26T00:00", "02:00+02 02:30+02 02:00+01 02:30+01"},
		"night over the gap":        {"Europe/Berlin", daily("23:00-28:00"), 120, 120, "2026-03-28T22:00", "2026-03-29T12:00", "23:00+01 01:00+01"},
		"gap, New York":             {"America/New_York", daily("01:00-04:00"), 60, 60, "2026-03-08T00:00", "2026-03-09T00:00", "01:00-05 03:00-04"},
		"overlap, New York":         {"America/New_York", daily("01:00-03:00"), 60, 60, "2026-11-01T00:00", "2026-11-02T00:00", "01:00-04 01:00-05 02:00-05"},
		"half a gap, Lord Howe":     {"Australia/Lord_Howe", daily("01:00-04:00"), 30, 30, "2026-10-04T00:00", "2026-10-05T00:00", "01:00+1030 01:30+1030 02:30+11 03:00+11 03:30+11"},
		"half overlap, Lord Howe":   {"Australia/Lord_Howe", daily("01:00-04:00"), 30, 30, "2026-04-05T00:00", "2026-04-06T00:00", "01:00+11 01:30+11 01:30+1030 02:00+1030 02:30+1030 03:00+1030 03:30+1030"},
		"an hour's grid, Lord Howe": {"Australia/Lord_Howe", daily("01:00-04:00"), 60, 60, "2026-04-05T00:00", "2026-04-06T00:00", "01:00+11 02:00+1030 03:00+1030"},

		"round the clock, over midnight":      {"Asia/Shanghai", daily("00:00-24:00"), 120, 60, "2026-03-02T21:30", "2026-03-03T02:00", "22:00 23:00 00:00 01:00"},
		"a night in two parts":                {"Asia/Shanghai", daily("00:00-01:30 22:30-24:00"), 60, 30, "2026-03-02T20:00", "2026-03-03T20:00", "22:30 23:00 23:30 00:00 00:30"},
		"two parts are one stretch":           {"Asia/Shanghai", daily("00:00-01:30 22:30-24:00"), 60, 60, "2026-03-02T20:00", "2026-03-03T20:00", "22:30 23:30 00:30"},
		"an exception after midnight":         {"Asia/Shanghai", except(only(time.Monday, "20:00-24:00"), walltime.DayOf(2026, 3, 3), "00:00-02:00"), 120, 60, "2026-03-02T20:00", "2026-03-04T00:00", "20:00 21:00 22:00 23:00 00:00"},
		"an exception breaks it off":          {"Asia/Shanghai", except(daily("00:00-24:00"), walltime.DayOf(2026, 3, 3), ""), 120, 60, "2026-03-02T20:00", "2026-03-04T03:00", "20:00 21:00 22:00 00:00 01:00 02:00"},
		"a whole day from noon":               {"Asia/Shanghai", daily("00:00-24:00"), 1440, 720, "2026-03-02T00:00", "2026-03-04T00:00", "00:00 12:00 00:00 12:00"},
		"a step that no day is a multiple of": {"Asia/Shanghai", daily("00:00-24:00"), 60, 350, "2026-03-02T00:00", "2026-03-04T00:00", "00:00 05:50 11:40 17:30 23:20 00:00 05:50 11:40 17:30 23:20"},
		"days from two in the afternoon":      {"Asia/Shanghai", daily("14:00-38:00"), 1320, 1440, "2026-03-02T00:00", "2026-03-04T00:00", "14:00 14:00"},
		"open since the day before last":      {"Asia/Shanghai", since, 60, 60, "2026-03-04T00:00", "2026-03-04T05:00", "00:00 00:30 01:30 02:30 03:30 04:30"},
		"open since Monday morning":           {"Asia/Shanghai", daysFrom("08:00-24:00", "00:00-24:00"), 60, 300, "2026-03-02T00:00", "2026-03-03T12:00", "08:00 13:00 18:00 23:00 00:00 05:00 10:00"},
		"round the clock, gap, Berlin":        {"Europe/Berlin", daily("00:00-24:00"), 120, 120, "2026-03-29T00:00", "2026-03-29T08:00", "00:00+01 04:00+02 06:00+02"},
		"round the clock, overlap, Berlin":    {"Europe/Berlin", daily("00:00-24:00"), 120, 120, "2026-10-25T00:00", "2026-10-25T08:00", "00:00+02 02:00+02 02:00+01 04:00+01 06:00+01"},
		"what the clocks skip is no break":    {"Europe/Berlin", daily("00:00-02:00 03:00-05:00"), 90, 30, "2026-03-29T00:00", "2026-03-29T12:00", "00:00+01 00:30+01 01:00+01 01:30+01 03:00+02 03:30+02"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			loc := zone(t, c.zone)
			s := &catalog.Service{Duration: time.Duration(c.duration) * time.Minute, Step: time.Duration(c.step) * time.Minute}
			p := &catalog.Place{Hours: c.hours}
			from, to := wall(t, loc, c.from), wall(t, loc, c.to)
			var got []string
			layout := "15:04"
			if strings.ContainsAny(c.want, "+-") {
				layout = "15:04-07"
				if c.zone == "Australia/Lord_Howe" {
					layout = "15:04-0700"
				}
			}
			starts(s, p, loc, from, to, func(slot taking.Slot) bool {
				got = append(got, strings.Replace(slot.Start.In(loc).Format(layout), "+1100", "+11", 1))
				if want := slot.Start.Add(s.Duration); !slot.End.Equal(want) {
					t.Errorf("slot %v ends at %v, want %v", slot.Start, slot.End, want)
				}
				if !isStart(s, p, loc, slot.Start) {
					t.Errorf("isStart(%v) = false for a slot", slot.Start)
				}
				for _, off := range []time.Duration{-time.Microsecond, time.Microsecond, time.Minute / 2} {
					if isStart(s, p, loc, slot.Start.Add(off)) {
						t.Errorf("isStart(%v) = true, %v from a slot", slot.Start.Add(off), off)
					}
				}
				return true
			})
			if diff := cmp.Diff(strings.Fields(c.want), got); diff != "" && len(got)+len(c.want) > 0 {
				t.Errorf("starts (-want +got):\n%s", diff)
			}
		})
	}
}

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatalf("zone %s: %v", name, err)
	}
	return loc
}

func wall(t testing.TB, loc *time.Location, text string) time.Time {
	t.Helper()
	w, err := time.ParseInLocation("2006-01-02T15:04", text, loc)
	if err != nil {
		t.Fatalf("wall time %s: %v", text, err)
	}
	return w
}

// TestStartsByMinutes compares with asking, for every minute of some days, whether the place is open
// at each minute of what would begin then, and whether the clock shows a whole number of steps.
func TestStartsByMinutes(t *testing.T) {
	t.Parallel()
	zones := []*time.Location{zone(t, "Europe/Berlin"), zone(t, "America/New_York"), zone(t, "Australia/Lord_Howe"), zone(t, "Asia/Shanghai")}
	days := []walltime.Day{walltime.DayOf(2026, 3, 29), walltime.DayOf(2026, 11, 1), walltime.DayOf(2026, 4, 5), walltime.DayOf(2026, 10, 4)}
	rapid.Check(t, func(rt *rapid.T) {
		var p catalog.Place
		day := days[rapid.IntRange(0, 3).Draw(rt, "day")]
		p.Hours = drawHours(rt, day)
		s := catalog.Service{
			Duration: time.Duration(5*rapid.IntRange(1, 288).Draw(rt, "duration")) * time.Minute,
			Step:     time.Duration(5*rapid.IntRange(1, 120).Draw(rt, "step")) * time.Minute,
		}
		loc := zones[rapid.IntRange(0, 3).Draw(rt, "zone")]
		from := walltime.Instant(loc, day.At(rapid.IntRange(-1440, 1439).Draw(rt, "from")))
		to := from.Add(time.Duration(rapid.IntRange(1, 3000).Draw(rt, "minutes")) * time.Minute)
		agrees(rt, &s, &p, loc, from, to)
	})
}

// drawHours draws some that join, overlap and break off, with exceptions around a day.
func drawHours(rt *rapid.T, day walltime.Day) (h catalog.Hours) {
	one := func() (all []catalog.Interval) {
		switch rapid.IntRange(0, 3).Draw(rt, "kind of day") {
		case 0:
			return []catalog.Interval{{Opens: 0, Closes: 1440}}
		case 1:
			return []catalog.Interval{{Opens: 0, Closes: 120}, {Opens: 180, Closes: 300}, {Opens: 1200, Closes: 1440}}
		}
		for range rapid.IntRange(0, 2).Draw(rt, "intervals") {
			opens := 15 * rapid.IntRange(0, 95).Draw(rt, "opens")
			all = append(all, catalog.Interval{Opens: opens, Closes: opens + 15*rapid.IntRange(1, 96).Draw(rt, "length")})
		}
		return all
	}
	for d := range h.Weekly {
		h.Weekly[d] = one()
	}
	for d := range rapid.IntRange(0, 3).Draw(rt, "exceptions") {
		h.Exceptions = append(h.Exceptions, catalog.Exception{Day: day - 1 + walltime.Day(d), Intervals: one()})
	}
	if err := h.Normalize(); err != nil {
		rt.Fatal(err)
	}
	return h
}

// agrees fails the test unless starts yields what asking minute by minute says.
func agrees(t interface{ Fatalf(string, ...any) }, s *catalog.Service, p *catalog.Place, loc *time.Location, from, to time.Time) {
	var got, want []string
	name := func(at time.Time) string { return at.In(loc).Format("2006-01-02T15:04:05-07:00") }
	starts(s, p, loc, from, to, func(slot taking.Slot) bool { got = append(got, name(slot.Start)); return true })

	// Of each minute of the wall clock whether the place is open, for more than a day before and after.
	first := walltime.WallAt(loc, from).Day().At(-2 * 1440)
	n := walltime.WallAt(loc, to) - first + 4*1440
	open, opens, closes := make([]bool, n), make([]walltime.Wall, n), make([]walltime.Wall, n)
	for w := range n {
		if open[w] = p.Hours.OpenAt(first + w); w > 0 && open[w] && open[w-1] {
			opens[w] = opens[w-1]
		} else {
			opens[w] = w
		}
	}
	for w := n - 1; w >= 0; w-- {
		if closes[w] = w + 1; w+1 < n && open[w] && open[w+1] {
			closes[w] = closes[w+1]
		}
	}
	// For how many minutes from each on it is, backwards from the last that can be asked about.
	long := 0
	for at := from.Add(to.Sub(from).Truncate(time.Minute) + 25*time.Hour); !at.Before(from); at = at.Add(-time.Minute) {
		is := walltime.WallAt(loc, at) - first
		if long++; !open[is] {
			long = 0
		}
		if time.Duration(long)*time.Minute < s.Duration || !at.Before(to) {
			continue
		}
		grid := first + opens[is]
		if closes[is]-opens[is] > 1440 {
			for d := (first + is).Day() - 2; d <= (first + is).Day(); d++ {
				for _, i := range p.Hours.On(d) {
					if at := d.At(i.Opens); at <= first+is {
						grid = max(grid, at)
					}
				}
			}
		}
		_, offset := at.In(loc).Zone()
		if shown := (at.Unix() + int64(offset)) / 60; (shown-int64(grid))%int64(s.Step/time.Minute) == 0 {
			want = append(want, name(at))
		}
	}
	slices.Reverse(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("%v, %v every %v in %s: starts (-want +got):\n%s", p.Hours, s.Duration, s.Step, loc, diff)
	}
}

// TestStartsAtEveryTransition is the same at each change of clocks that the data of the project names, for
// a place that is always open and one whose day breaks off and begins around it.
func TestStartsAtEveryTransition(t *testing.T) {
	t.Parallel()
	f, err := os.Open(fixtures.File(t, "dst_transitions_2025_2030.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	always, broken := catalog.Hours{}, catalog.Hours{}
	for d := range always.Weekly {
		always.Weekly[d] = hoursOf("00:00-24:00")
		broken.Weekly[d] = hoursOf("00:00-01:30 02:15-03:00 05:00-26:00")
	}
	seen := 0
	for _, r := range rows[1:] {
		at, err := time.Parse(time.RFC3339, r[1])
		if err != nil {
			continue // a zone without any
		}
		seen++
		loc := zone(t, r[0])
		from, to := at.Add(-27*time.Hour), at.Add(27*time.Hour)
		for _, hours := range []catalog.Hours{always, broken} {
			p := &catalog.Place{Hours: hours}
			for _, s := range []catalog.Service{
				{Duration: 2 * time.Hour, Step: 2 * time.Hour},
				{Duration: 45 * time.Minute, Step: 15 * time.Minute},
				{Duration: 24 * time.Hour, Step: 12 * time.Hour},
			} {
				agrees(t, &s, p, loc, from, to)
			}
		}
		// Round the clock every two hours, the clock shows even hours, whatever it does.
		s := &catalog.Service{Duration: 2 * time.Hour, Step: 2 * time.Hour}
		n := 0
		starts(s, &catalog.Place{Hours: always}, loc, from, to, func(slot taking.Slot) bool {
			if local := slot.Start.In(loc); local.Hour()%2 != 0 || local.Minute() != 0 {
				t.Errorf("%s: a start at %s", r[0], local)
			}
			n++
			return true
		})
		if n < 25 || n > 28 {
			t.Errorf("%s: %d starts in 54 hours around %s", r[0], n, at)
		}
	}
	if seen < 200 {
		t.Errorf("%d changes of clocks in the data", seen)
	}
}
