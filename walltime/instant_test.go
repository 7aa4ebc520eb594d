package walltime

import (
	"encoding/csv"
	"os"
	"slices"
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"
)

// transition is one row of the fixture.
type transition struct {
	zone          string
	at            time.Time
	before, after time.Duration // offsets east of UTC
	kind          string        // gap or overlap
	from, to      Wall          // the local times it skips or repeats
}

func transitions(t testing.TB) []transition {
	t.Helper()
	f, err := os.Open("testdata/dst_transitions_2025_2030.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	seconds := func(s string) time.Duration {
		d, err := time.ParseDuration(s + "s")
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	var all []transition
	for _, r := range rows[1:] {
		if r[4] != "gap" && r[4] != "overlap" {
			t.Logf("%s: %q: no transition", r[0], r[4])
			continue
		}
		at, err := time.Parse(time.RFC3339, r[1])
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, transition{r[0], at, seconds(r[2]), seconds(r[3]), r[4], parse(t, r[5]), parse(t, r[6])})
	}
	return all
}

func parse(t testing.TB, s string) Wall {
	t.Helper()
	at, err := time.Parse("2006-01-02T15:04:05", s)
	if err != nil {
		t.Fatal(err)
	}
	return Wall(at.Unix() / 60)
}

func load(t testing.TB, zone string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func equal(t *testing.T, what string, got, want time.Time) {
	t.Helper()
	if !got.Equal(want) {
		t.Errorf("%s: got %v, want %v", what, got.UTC(), want.UTC())
	}
}

// TestEveryTransition holds the rule at each gap and overlap of the fixture.
func TestEveryTransition(t *testing.T) {
	t.Parallel()
	for _, tr := range transitions(t) {
		loc, name := load(t, tr.zone), tr.zone+" "+tr.at.Format(time.DateOnly)
		if _, offset := tr.at.In(loc).Zone(); time.Duration(offset)*time.Second != tr.after {
			t.Errorf("%s: this zone data has offset %d, want %v; is it older than the fixture?", name, offset, tr.after)
			continue
		}
		for w := tr.from - 90; w < tr.to+90; w++ {
			want := time.Unix(int64(w)*60, 0)
			switch {
			case tr.kind == "gap" && w >= tr.from && w < tr.to:
				want = tr.at
			case tr.kind == "overlap" && w >= tr.to, tr.kind == "gap" && w >= tr.to:
				want = want.Add(-tr.after)
			default:
				want = want.Add(-tr.before)
			}
			equal(t, name+" "+w.String(), Instant(loc, w), want)
		}
		if tr.kind == "gap" {
			wallIs(t, loc, tr.at.Add(-time.Nanosecond), tr.from-1)
			wallIs(t, loc, tr.at, tr.to)
			continue
		}
		wallIs(t, loc, tr.at.Add(-time.Nanosecond), tr.to-1)
		wallIs(t, loc, tr.at, tr.to-1)
		wallIs(t, loc, tr.at.Add(tr.before-tr.after-time.Nanosecond), tr.to-1)
		wallIs(t, loc, tr.at.Add(tr.before-tr.after), tr.to)
	}
}

func wallIs(t *testing.T, loc *time.Location, at time.Time, want Wall) {
	t.Helper()
	if got := WallAt(loc, at); got != want {
		t.Errorf("%s: WallAt(%v): got %v, want %v", loc, at, got, want)
	}
}

// TestInterval is the law the room exists for, around every transition of every zone
// of the fixture, and around some that are stranger than any of those.
func TestInterval(t *testing.T) {
	t.Parallel()
	type spot struct {
		zone string
		at   time.Time
	}
	var spots []spot
	for _, tr := range transitions(t) {
		spots = append(spots, spot{tr.zone, tr.at})
	}
	for _, strange := range []struct{ zone, at string }{
		{"Pacific/Apia", "2011-12-30T10:00:00Z"},      // a whole day skipped
		{"Pacific/Kwajalein", "1993-08-21T12:00:00Z"}, // another
		{"America/Juneau", "1867-10-19T15:33:32Z"},    // a whole day twice; offsets with seconds
		{"Asia/Shanghai", "1900-12-31T15:54:17Z"},     // an offset of 8:05:43 before
		{"Africa/Monrovia", "1972-01-07T00:44:30Z"},   // 44:30
		{"Europe/Amsterdam", "1937-06-30T22:40:28Z"},
		{"America/Sao_Paulo", "2018-11-04T03:00:00Z"}, // jumps at midnight
		{"Asia/Gaza", "2026-03-28T00:00:00Z"},
		{"Africa/Casablanca", "2026-02-15T02:00:00Z"},
	} {
		at, err := time.Parse(time.RFC3339, strange.at)
		if err != nil {
			t.Fatal(err)
		}
		spots = append(spots, spot{strange.zone, at})
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.SampledFrom(spots).Draw(t, "spot")
		loc, err := time.LoadLocation(s.zone)
		if err != nil {
			t.Fatal(err)
		}
		around := rapid.OneOf(rapid.Int64Range(-7_500, 7_500), rapid.Int64Range(-200_000, 200_000))
		at := time.Unix(s.at.Unix()+around.Draw(t, "seconds"), rapid.Int64Range(0, 999_999_999).Draw(t, "ns"))
		_, offset := s.at.In(loc).Zone()
		base := Wall((s.at.Unix() + int64(offset)) / 60)
		o := base + Wall(around.Draw(t, "o")/60)
		c := base + Wall(around.Draw(t, "c")/60)
		begin, end, w := Instant(loc, o), Instant(loc, c), WallAt(loc, at)
		byInstant := !at.Before(begin) && at.Before(end)
		if byWall := o <= w && w < c; byInstant != byWall {
			t.Fatalf("%s: [%v, %v) is [%v, %v); at %v, wall %v: by instant %v, by wall %v",
				s.zone, o, c, begin, end, at.UTC(), w, byInstant, byWall)
		}
		if o <= c && begin.After(end) {
			t.Fatalf("%s: Instant falls from %v at %v to %v at %v", s.zone, begin, o, end, c)
		}
		if Instant(loc, w).After(at) || !Instant(loc, w+1).After(at) {
			t.Fatalf("%s: WallAt(%v) = %v is not the greatest", s.zone, at.UTC(), w)
		}
	})
}

func TestInstantOf(t *testing.T) {
	t.Parallel()
	utc := func(s string) time.Time {
		at, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	for _, tc := range []struct {
		name, zone  string
		year        int
		month       time.Month
		day, minute int
		want        string
	}{
		{"plain", "Asia/Shanghai", 2026, 11, 23, 9 * 60, "2026-11-23T01:00:00Z"},
		{"past midnight", "Asia/Shanghai", 2026, 11, 23, 26 * 60, "2026-11-23T18:00:00Z"},
		{"past midnight into a gap", "Africa/Cairo", 2026, 4, 23, 24*60 + 30, "2026-04-23T22:00:00Z"},
		{"past midnight beyond a gap", "Africa/Cairo", 2026, 4, 23, 26 * 60, "2026-04-23T23:00:00Z"},
		{"half an hour's gap", "Australia/Lord_Howe", 2026, 10, 4, 2*60 + 15, "2026-10-03T15:30:00Z"},
		{"half an hour's overlap", "Australia/Lord_Howe", 2026, 4, 5, 1*60 + 45, "2026-04-04T14:45:00Z"},
		{"after it", "Australia/Lord_Howe", 2026, 4, 5, 2 * 60, "2026-04-04T15:30:00Z"},
		{"a day that is not", "Pacific/Apia", 2011, 12, 30, 12 * 60, "2011-12-30T10:00:00Z"},
		{"October 32", "UTC", 2026, 10, 32, 0, "2026-11-01T00:00:00Z"},
		{"before 1970", "UTC", 1969, 12, 31, 23 * 60, "1969-12-31T23:00:00Z"},
	} {
		equal(t, tc.name, InstantOf(load(t, tc.zone), tc.year, tc.month, tc.day, tc.minute), utc(tc.want))
	}
}

func TestInstantsAreUTC(t *testing.T) {
	t.Parallel()
	if got := InstantOf(load(t, "Asia/Tokyo"), 2026, 1, 1, 0).Location(); got != time.UTC {
		t.Errorf("got location %v, want UTC", got)
	}
}

func TestDay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := Day(rapid.Int32Range(-500_000, 500_000).Draw(t, "day"))
		if got := DayOf(d.Date()); got != d {
			t.Fatalf("DayOf(%v.Date()) = %v", d, got)
		}
		if got, want := d.Weekday(), d.midnight().Weekday(); got != want {
			t.Fatalf("%v.Weekday(): got %v, want %v", d, got, want)
		}
		if y, _, _ := d.Date(); y >= 1 && y <= 9999 {
			if got, err := ParseDay(d.String()); err != nil || got != d {
				t.Fatalf("ParseDay(%v) = %v, %v", d, got, err)
			}
		}
		minute := rapid.IntRange(0, MinutesPerDay-1).Draw(t, "minute")
		if w := d.At(minute); w.Day() != d || w.Minute() != minute {
			t.Fatalf("%v.At(%d) is minute %d of %v", d, minute, w.Minute(), w.Day())
		}
	})
	if got := DayOf(2026, 11, 23); got.String() != "2026-11-23" || got.Weekday() != time.Monday {
		t.Errorf("got %v, a %v", got, got.Weekday())
	}
	if got, want := DayOf(2026, 11, 23).At(-30).String(), "2026-11-22T23:30"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if days := []Day{DayOf(1969, 12, 31), DayOf(1970, 1, 1)}; !slices.Equal(days, []Day{-1, 0}) {
		t.Errorf("got %d, want -1 and 0", days)
	}
}

func BenchmarkWallAt(b *testing.B) {
	for _, zone := range []string{"Asia/Shanghai", "Europe/Prague"} {
		b.Run(zone, func(b *testing.B) {
			b.ReportAllocs()
			loc, at := load(b, zone), time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
			for b.Loop() {
				WallAt(loc, at)
			}
		})
	}
}

func BenchmarkInstant(b *testing.B) {
	for _, zone := range []string{"Asia/Shanghai", "Europe/Prague"} {
		b.Run(zone, func(b *testing.B) {
			b.ReportAllocs()
			loc, w := load(b, zone), DayOf(2026, 11, 23).At(600)
			for b.Loop() {
				Instant(loc, w)
			}
		})
	}
}

// TestNextShown compares with looking at the clock minute by minute, around every transition of the fixture.
func TestNextShown(t *testing.T) {
	t.Parallel()
	all := transitions(t)
	rapid.Check(t, func(rt *rapid.T) {
		tr := all[rapid.IntRange(0, len(all)-1).Draw(rt, "transition")]
		loc := load(t, tr.zone)
		step := rapid.IntRange(1, 200).Draw(rt, "step")
		from := tr.at.Add(time.Duration(rapid.IntRange(-300, 300).Draw(rt, "minutes")) * time.Minute)
		w := tr.from + Wall(rapid.IntRange(-2000, 2000).Draw(rt, "wall"))
		want := from
		for {
			_, offset := want.In(loc).Zone()
			if floorMod((want.Unix()+int64(offset))/60-int64(w), int64(step)) == 0 {
				break
			}
			want = want.Add(time.Minute)
		}
		if got := NextShown(loc, from, w, step); !got.Equal(want) {
			rt.Fatalf("%s: NextShown(%v, %v, %d) = %v, want %v", tr.zone, from, w, step, got, want)
		}
		if got := NextShown(loc, want.Add(-time.Nanosecond), w, step); !got.Equal(want) && want.Equal(from) {
			rt.Fatalf("%s: NextShown just before %v = %v", tr.zone, want, got)
		}
	})
}
