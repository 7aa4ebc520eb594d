package openinghours_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"corner/catalog"
	"corner/catalog/openinghours"
	"corner/fault"
	"corner/walltime"
)

// TestParse shows what a text is read as, in the form that Format writes.
func TestParse(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"24/7":                               "24/7",
		"Mo-Su 24/7":                         "24/7",
		"Mo-Su 00:00-00:00":                  "24/7",
		"09:00-18:00":                        "Mo-Su 09:00-18:00",
		"daily 9:00-18:00":                   "Mo-Su 09:00-18:00",
		"9:00 - 18:00 everyday":              "Mo-Su 09:00-18:00",
		"mo–fr 9.00—18.00":                   "Mo-Fr 09:00-18:00",
		"Monday-Friday: 9:00 am to 6 pm":     "Mo-Fr 09:00-18:00",
		"12am-12pm":                          "Mo-Su 00:00-12:00",
		"9h-22h":                             "Mo-Su 09:00-22:00",
		"10-22":                              "Mo-Su 10:00-22:00",
		"Fr-Mo 10:00-12:00":                  "Mo,Fr-Su 10:00-12:00",
		"Mo,We, Fr 10:00-12:00,13:00-17:00":  "Mo,We,Fr 10:00-12:00,13:00-17:00",
		"Mo-Fr 09:00-18:00; Sa 10:00-14:00;": "Mo-Fr 09:00-18:00; Sa 10:00-14:00",
		"Mo-Fr 09:00-18:00, Sa 10:00-14:00":  "Mo-Fr 09:00-18:00; Sa 10:00-14:00",
		"Mo-Su 09:00-18:00; We off":          "Mo-Tu,Th-Su 09:00-18:00",
		"Mo-Su 09:00-18:00; We 10:00-12:00":  "Mo-Tu,Th-Su 09:00-18:00; We 10:00-12:00",
		"Mo-Su 09:00-12:00, We 14:00-18:00":  "Mo-Tu,Th-Su 09:00-12:00; We 09:00-12:00,14:00-18:00",
		"Mo-Su 09:00-18:00; 12:00-13:00 off": "Mo-Su 09:00-12:00,13:00-18:00",
		`Mo-Sa 09:00-18:00; Su off "holy"`:   "Mo-Sa 09:00-18:00",
		"09:00-18:00; Mo off":                "Tu-Su 09:00-18:00",
		"Jan-Dec: Mo-Fr 10:00-18:00":         "Mo-Fr 10:00-18:00",
		"Monday to Friday: 8:45 a.m. to 1 p.m. & 2 p.m. to 6 p.m., Saturday, Sunday and Public Holidays: Closed": "Mo-Fr 08:45-13:00,14:00-18:00",
		"24 hours daily": "24/7",
		"24H":            "24/7",
		"每日11:00～22:00":  "Mo-Su 11:00-22:00",
		"周一至周五 9：00-18：00，週六 10:00-12:00，星期天休息": "Mo-Fr 09:00-18:00; Sa 10:00-12:00",
		"星期日 24 小時營業；星期一 24 小時營業":               "Mo,Su 00:00-24:00",
		"18:00-02:00":                              "Mo-Su 18:00-02:00",
		"Fr 18:00-26:00":                           "Fr 18:00-02:00",
		"Fr 11:00-33:30":                           "Fr 11:00-33:30",
		"Fr 17:00-12:00":                           "Fr 17:00-12:00",
		"Fr 10:00-34:00":                           "Fr 10:00-34:00",
		"Mo-Th 18:00-01:00, Fr-Su 18:00-03:00":     "Mo-Th 18:00-01:00, Fr-Su 18:00-03:00",
		"Mo-Th 18:00-01:00; Sa 18:00-03:00":        "Mo-Th 18:00-01:00, Sa 18:00-03:00",
		"Mo-Fr 09:00-18:00; PH off":                "Mo-Fr 09:00-18:00",
		"Mo-Fr 09:00-18:00; Su,PH 10:00-12:00":     "Mo-Fr 09:00-18:00; Su 10:00-12:00",
		"Mo-Fr 09:00-18:00; PH Su 10:00-12:00":     "Mo-Fr 09:00-18:00",
		"Mo-Fr 09:00-18:00; PH -1 day 10:00-12:00": "Mo-Fr 09:00-18:00",
		"Mo-Fr 09:00-18:00; 2026 Dec 25 off":       "Mo-Fr 09:00-18:00; 2026 Dec 25 off",
		"10:00-20:00; 2026 Dec 31-2027 Jan 1: 12:00-14:00; 2027 Jan 2-3 off": "Mo-Su 10:00-20:00; 2026 Dec 31 12:00-14:00; 2027 Jan 01 12:00-14:00; " +
			"2027 Jan 02 off; 2027 Jan 03 off",
		"2026 Dec 25 10:00-12:00": "2026 Dec 25 10:00-12:00",
	} {
		h, err := openinghours.Parse(text)
		if got := openinghours.Format(h); got != want || (err == nil) != (want != "") {
			t.Errorf("Parse(%q) = %q, %v; want %q", text, got, err, want)
		}
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]fault.Reason{
		"":                                     openinghours.NeverOpen,
		"24h-25h":                              openinghours.BadTime,
		"週一至週五 / 11:30-21:00":                  openinghours.Unreadable,
		"by arrangement":                       openinghours.Unreadable,
		"Mo-Fr, 10:00-12:00":                   openinghours.NoTimes,
		"Mo-Fr 10:0-12:00":                     openinghours.Unreadable,
		"Mo-Fr 10:00/12:00":                    openinghours.Unreadable,
		"Su PH 10:00-12:00":                    openinghours.Unreadable,
		"2026 Feb 30 off":                      openinghours.Unreadable,
		strings.Repeat(" ", 100_001):           openinghours.TooLong,
		"Mo-Fr":                                openinghours.NoTimes,
		"open":                                 openinghours.NoTimes,
		"25:00-26:00":                          openinghours.BadTime,
		"10:00-12:75":                          openinghours.BadTime,
		"8 am-21 pm":                           openinghours.BadTime,
		"10:00-36:00":                          openinghours.BadTime,
		"11:00-11:00":                          openinghours.NoLength,
		"11:00-9:30":                           openinghours.HalfOfDay,
		"12-9":                                 openinghours.HalfOfDay,
		"10-3pm":                               openinghours.HalfOfDay,
		"8-12":                                 openinghours.HalfOfDay,
		"Oct-Mar: Mo-Fr 10:00-12:00":           openinghours.Season,
		"Mo-Fr 10:00-12:00; Dec 25 off":        openinghours.Season,
		"week 1-53/2 Fr 09:00-12:00":           openinghours.Weeks,
		"Su[1] 10:00-12:00":                    openinghours.Weeks,
		"Mo-Fr 10:00-12:00; SH off":            openinghours.School,
		"sunrise-sunset":                       openinghours.Sun,
		"10:00-sunset":                         openinghours.Sun,
		"(sunrise+01:00)-20:00":                openinghours.Sun,
		"10:00-20:00 (kitchen to 19:00)":       openinghours.Unreadable,
		"18:00+":                               openinghours.OpenEnd,
		"18:00-22:00+":                         openinghours.OpenEnd,
		`"by appointment"`:                     openinghours.Remark,
		`Mo-Fr 10:00-12:00 "by appointment"`:   openinghours.Remark,
		`Mo-Fr 10:00-12:00 || "ring the bell"`: openinghours.Fallback,
		"11:30-14:30; 17:30-22:00":             openinghours.NoDays,
		"Mo-Su 11:30-14:30; Mo-Su 17:30-22:00": openinghours.NoEffect,
		"Mo 11:00-12:00; Mo off":               openinghours.NoEffect,
		"Mo-Th 11:00-00:00; Fr 11:00-02:00; Sa 12:00-02:00": openinghours.Night,
		"18:00-02:00; We off":                               openinghours.Night,
		"Mo-Fr 10:00-18:00 Sa 10:00-14:00":                  openinghours.Separator,
		"off":                                               openinghours.NeverOpen,
		"Mo off; PH 10:00-12:00":                            openinghours.NeverOpen,
		"2026 Jan 01-2028 Jan 01 off":                       openinghours.TooMany,
		many(13):                                            openinghours.TooMany,
	} {
		h, err := openinghours.Parse(text)
		refusal, ok := errors.AsType[*openinghours.RefusedError](err)
		if !ok || refusal.Reason != want {
			t.Errorf("Parse(%.60q) = %+v, %v; want %s", text, h, err, want.Code)
		}
	}
}

// many is so many intervals of a day, with time between them.
func many(n int) string {
	var all []string
	for i := range n {
		at := walltime.DayOf(2026, 1, 1).At(i * 60).String()[11:13]
		all = append(all, at+":00-"+at+":30")
	}
	return strings.Join(all, ",")
}

// normalHours draws hours that are normal and known.
var normalHours = rapid.Custom(func(t *rapid.T) (h catalog.Hours) {
	interval := rapid.Custom(func(t *rapid.T) catalog.Interval {
		opens := rapid.IntRange(0, 1439).Draw(t, "opens")
		return catalog.Interval{Opens: opens, Closes: opens + rapid.IntRange(1, 1440).Draw(t, "length")}
	})
	day := rapid.OneOf(rapid.Just([]catalog.Interval{{Opens: 540, Closes: 1080}}), rapid.SliceOfN(interval, 0, 4))
	for d := range h.Weekly {
		h.Weekly[d] = append(h.Weekly[d], day.Draw(t, "day")...)
	}
	first := walltime.DayOf(2026, time.November, 23)
	for _, away := range rapid.SliceOfNDistinct(rapid.IntRange(-400, 4000), 0, 8, rapid.ID[int]).Draw(t, "dates") {
		h.Exceptions = append(
			h.Exceptions,
			catalog.Exception{Day: first + walltime.Day(away), Intervals: append([]catalog.Interval(nil), day.Draw(t, "exception")...)},
		)
	}
	return h
})

// TestRoundTrip: what Format writes, Parse reads as the same hours.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h := normalHours.Draw(t, "hours")
		if err := h.Normalize(); err != nil || !h.Known() {
			t.Skip()
		}
		text := openinghours.Format(h)
		got, err := openinghours.Parse(text)
		if diff := cmp.Diff(h, got, cmpopts.EquateEmpty()); err != nil || diff != "" {
			t.Fatalf("%q: %v (-want +got):\n%s", text, err, diff)
		}
	})
	if got := openinghours.Format(catalog.Hours{}); got != "" {
		t.Errorf("unknown hours are %q, want nothing", got)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"24/7", "Mo-Fr 09:00-18:00; Sa,PH 10:00-14:00; Su off", "18:00-02:00, Fr 18:00-26:00 || off", "Jan-Dec: Mo-We12:00-23:00", `"a`, "9am-6 p.m. daily",
		"2026 Dec 24-2027 Jan 2 off; 2026 Dec 31 10:00-34:00", "PH -1 day Su 08:00-21:30", "Su[1,-1] 09:30", "７:00～8:00", "\xff-\x00", "99999999999999999999:00-1",
		"0000 Jan 1-9999 Dec 31 off", "Mo-", ";;,", "10:00-12:00,,", "6時00分～10時30分", "24/7/7",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		h, err := openinghours.Parse(s)
		if err != nil {
			if r, ok := errors.AsType[*openinghours.RefusedError](err); !ok || r.Reason.En == "" || r.Reason.Zh == "" {
				t.Fatalf("%q: %v", s, err)
			}
			return
		}
		normal := catalog.Hours{Exceptions: append([]catalog.Exception(nil), h.Exceptions...)}
		for d := range h.Weekly {
			normal.Weekly[d] = append([]catalog.Interval(nil), h.Weekly[d]...)
		}
		if err := normal.Normalize(); err != nil || !h.Known() {
			t.Fatalf("%q gives %+v: %v", s, h, err)
		}
		if diff := cmp.Diff(normal, h, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%q is not normal:\n%s", s, diff)
		}
		again, err := openinghours.Parse(openinghours.Format(h))
		if diff := cmp.Diff(h, again, cmpopts.EquateEmpty()); err != nil || diff != "" {
			t.Fatalf("%q is written %q, and that: %v (-want +got):\n%s", s, openinghours.Format(h), err, diff)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := openinghours.Parse("Mo-Th 08:30-22:30; Fr 08:30-23:00; Sa-Su 09:30-23:00; PH off"); err != nil {
			b.Fatal(err)
		}
	}
}
