package catalog_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"corner/catalog"
	"corner/walltime"
)

// zones whose clocks change: by an hour, half an hour, two, back in November and in
// April, at midnight, and over a whole day.
var zones = []string{
	"Asia/Shanghai", "America/New_York", "Europe/London", "Australia/Lord_Howe", "Antarctica/Troll", "America/Santiago",
	"Africa/Casablanca", "Asia/Kathmandu", "Pacific/Apia", "America/Havana", "Asia/Beirut",
}

// anyHours draws hours as somebody may send them, exceptions about a day.
func anyHours(about walltime.Day) *rapid.Generator[catalog.Hours] {
	interval := rapid.Custom(func(t *rapid.T) catalog.Interval {
		opens := rapid.IntRange(0, 1439).Draw(t, "opens")
		return catalog.Interval{Opens: opens, Closes: opens + rapid.IntRange(1, 1440).Draw(t, "length")}
	})
	intervals := rapid.SliceOfN(interval, 0, 3)
	return rapid.Custom(func(t *rapid.T) (h catalog.Hours) {
		for d := range h.Weekly {
			h.Weekly[d] = intervals.Draw(t, "day")
		}
		for _, away := range rapid.SliceOfNDistinct(rapid.IntRange(-4, 4), 0, 4, rapid.ID[int]).Draw(t, "dates") {
			h.Exceptions = append(h.Exceptions, catalog.Exception{Day: about + walltime.Day(away), Intervals: intervals.Draw(t, "exception")})
		}
		if rapid.IntRange(0, 3).Draw(t, "closure") == 0 {
			h.Closure.From = about + walltime.Day(rapid.IntRange(-3, 2).Draw(t, "closed from"))
			h.Closure.Until = h.Closure.From + walltime.Day(rapid.IntRange(1, 3).Draw(t, "days closed"))
		}
		return h
	})
}

// TestOpenAtIsSpans: a place is open at an instant just if one of its spans holds it.
func TestOpenAtIsSpans(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		loc, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		at := time.Unix(rapid.Int64Range(1_262_304_000, 1_893_456_000).Draw(t, "unix"), 0) // 2010 to 2029
		if from, to := at.In(loc).ZoneBounds(); rapid.Bool().Draw(t, "about a change") && !to.IsZero() && !from.IsZero() {
			at = to.Add(time.Duration(rapid.IntRange(-30*60, 30*60).Draw(t, "minutes off")) * time.Minute)
		}
		wall := walltime.WallAt(loc, at)
		h := anyHours(wall.Day()).Draw(t, "hours")
		if err := h.Normalize(); err != nil {
			t.Fatalf("Normalize: %v", err)
		}
		spanned := false
		for d := wall.Day() - 3; d <= wall.Day()+3; d++ { // on Samoa a date is missing
			spanned = spanned || slices.ContainsFunc(h.Spans(d, loc), func(s catalog.Span) bool { return !at.Before(s.Start) && at.Before(s.End) })
		}
		if open := h.OpenAt(wall); open != spanned {
			t.Fatalf("%v in %v: OpenAt = %v, within a span: %v", at.UTC(), loc, open, spanned)
		}
	})
}

// TestNormalizeKeepsTheHours: it changes no minute, and nothing the second time.
func TestNormalizeKeepsTheHours(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h := anyHours(christmas).Draw(t, "hours")
		sent := clone(h)
		slices.SortFunc(sent.Exceptions, func(a, b catalog.Exception) int { return int(a.Day - b.Day) })
		if err := h.Normalize(); err != nil {
			t.Fatalf("Normalize: %v", err)
		}
		for minute := -2 * 1440; minute < 8*1440; minute += 7 {
			if w := christmas.At(minute); h.OpenAt(w) != sent.OpenAt(w) {
				t.Fatalf("OpenAt(%v) = %v, before Normalize %v", w, h.OpenAt(w), sent.OpenAt(w))
			}
		}
		again := clone(h)
		if err := again.Normalize(); err != nil {
			t.Fatalf("Normalize of normalized hours %v: %v", h, err)
		}
		if diff := cmp.Diff(h, again, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("Normalize of normalized hours (-want +got):\n%s", diff)
		}
	})
}

func clone(h catalog.Hours) catalog.Hours {
	for d := range h.Weekly {
		h.Weekly[d] = slices.Clone(h.Weekly[d])
	}
	h.Exceptions = slices.Clone(h.Exceptions)
	for e := range h.Exceptions {
		h.Exceptions[e].Intervals = slices.Clone(h.Exceptions[e].Intervals)
	}
	return h
}

func TestHoursSurviveText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := anyHours(walltime.Day(rapid.IntRange(-100_000, 100_000).Draw(t, "day"))).Draw(t, "hours")
		if err := want.Normalize(); err != nil {
			t.Fatal(err)
		}
		text, err := want.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		got := catalog.Hours{Closure: want.Closure} // it is no part of the text, and stays
		if err := got.UnmarshalText(text); err != nil {
			t.Fatalf("UnmarshalText(%q): %v", text, err)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%q (-want +got):\n%s", text, diff)
		}
	})
}

// FuzzHoursText: whatever is stored, reading it does no harm, and what can be read is
// written back as it reads.
func FuzzHoursText(f *testing.F) {
	for _, s := range []string{
		"", ";;;;;;", "660-1560;;;;;;", "0-1440;0-1440;;;;;540-720,840-1080;2026-12-25=;2026-12-31=600-900,1080-1500",
		";;;;;", ";;;;;;x", "1-2,;;;;;;", ";;;;;;;2026-02-30=", "a=1-2;;;;;;", "99999999999999999999-1;;;;;;", "5--3;;;;;;",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var h, again catalog.Hours
		if h.UnmarshalText(text) != nil {
			return
		}
		_ = h.OpenAt(christmas.At(0))
		_ = h.Spans(christmas, time.UTC)
		out, err := h.MarshalText()
		if err != nil {
			t.Fatalf("MarshalText of what was read from %q: %v", text, err)
		}
		if err := again.UnmarshalText(out); err != nil || !reflect.DeepEqual(h, again) {
			t.Errorf("%q reads as %v, is written as %q, and then reads as %v (%v)", text, h, out, again, err)
		}
	})
}

func TestHoursTextRefuses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{";", ";;;;;", "x;;;;;;", "1;;;;;;", "1-;;;;;;", "-;;;;;;", "1-2,;;;;;;", ";;;;;;;1-2", ";;;;;;;2026-1=1-2", ";;;;;;2026-01-01=1-2", "2026-01-01=;;;;;;"} {
		h := on(day)
		if err := h.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("UnmarshalText(%q) went well, want an error", text)
		}
	}
}
