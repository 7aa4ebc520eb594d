package booking

import (
	"fmt"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the zones of a machine without any

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corner/catalog"
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
	except := func(h catalog.Hours, day walltime.Day, text string) catalog.Hours {
		h.Exceptions = []catalog.Exception{{Day: day, Intervals: hoursOf(text)}}
		return h
	}
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
		"an hour's grid, Lord Howe": {"Australia/Lord_Howe", daily("01:00-04:00"), 60, 60, "2026-04-05T00:00", "2026-04-06T00:00", "01:00+11 01:30+1030 02:30+1030"},
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

// TestStartsByMinutes compares with asking every minute of some days whether a slot
// may begin.
func TestStartsByMinutes(t *testing.T) {
	t.Parallel()
	zones := []*time.Location{zone(t, "Europe/Berlin"), zone(t, "America/New_York"), zone(t, "Australia/Lord_Howe"), zone(t, "Asia/Shanghai")}
	days := []walltime.Day{walltime.DayOf(2026, 3, 29), walltime.DayOf(2026, 11, 1), walltime.DayOf(2026, 4, 5), walltime.DayOf(2026, 10, 4)}
	rapid.Check(t, func(rt *rapid.T) {
		var p catalog.Place
		for d := range p.Hours.Weekly {
			for range rapid.IntRange(0, 2).Draw(rt, "intervals") {
				opens := 15 * rapid.IntRange(0, 95).Draw(rt, "opens")
				p.Hours.Weekly[d] = append(
					p.Hours.Weekly[d],
					catalog.Interval{Opens: opens, Closes: opens + 15*rapid.IntRange(1, 96).Draw(rt, "length")},
				)
			}
		}
		if err := p.Hours.Normalize(); err != nil {
			rt.Fatal(err)
		}
		s := catalog.Service{
			Duration: time.Duration(5*rapid.IntRange(1, 60).Draw(rt, "duration")) * time.Minute,
			Step:     time.Duration(5*rapid.IntRange(1, 60).Draw(rt, "step")) * time.Minute,
		}
		i := rapid.IntRange(0, 3).Draw(rt, "zone")
		day := days[rapid.IntRange(0, 3).Draw(rt, "day")]
		from := walltime.Instant(zones[i], day.At(rapid.IntRange(0, 1439).Draw(rt, "from")))
		to := from.Add(time.Duration(rapid.IntRange(1, 2000).Draw(rt, "minutes")) * time.Minute)
		var got, want []time.Time
		starts(&s, &p, zones[i], from, to, func(slot taking.Slot) bool { got = append(got, slot.Start); return true })
		for at := from; at.Before(to); at = at.Add(time.Minute) {
			if mayStart(&s, &p, zones[i], day, at) {
				want = append(want, at)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			rt.Fatalf("starts (-want +got):\n%s", diff)
		}
	})
}

func mayStart(s *catalog.Service, p *catalog.Place, loc *time.Location, near walltime.Day, at time.Time) bool {
	for day := near - 2; day <= near+3; day++ {
		for _, span := range p.Hours.Spans(day, loc) {
			if !at.Before(span.Start) && at.Sub(span.Start)%s.Step == 0 && !at.Add(s.Duration).After(span.End) {
				return true
			}
		}
	}
	return false
}
