package geo

import (
	"errors"
	"testing"
	"time"
	_ "time/tzdata"
)

// oldBorders are the file's zones that were right once, or are right beside the zone we
// name: want → got. Xinjiang and Tibet live by Beijing time in shops and offices, whatever
// the local habit; the others got a zone of their own, or changed zone, after the file.
var oldBorders = map[[2]string]bool{
	{"Asia/Urumqi", "Asia/Shanghai"}:             true,
	{"Asia/Kashgar", "Asia/Shanghai"}:            true,
	{"America/Santiago", "America/Punta_Arenas"}: true, // 2016
	{"America/Santiago", "America/Coyhaique"}:    true, // 2025
	{"America/Ojinaga", "America/Ciudad_Juarez"}: true, // 2022
	{"Asia/Hovd", "Asia/Ulaanbaatar"}:            true, // Zavkhan province
	{"Asia/Vladivostok", "Asia/Yakutsk"}:         true, // the New Siberian Islands
}

// TestZoneAgainstCities compares by UTC offset at noon of every day of a year, as a
// ninth of the file's ids are old aliases.
func TestZoneAgainstCities(t *testing.T) {
	t.Parallel()
	rows, old := fixture(t, "city_timezones_a.csv"), 0
	for _, row := range rows {
		p := pointOf(t, row, "lat", "lon")
		name, err := Zone(p)
		if err != nil {
			t.Errorf("%s: %v", row["city"], err)
			continue
		}
		day := firstDifference(t, name, row["tz"])
		switch {
		case day == "":
		case oldBorders[[2]string{row["tz"], name}]:
			old++
		default:
			t.Errorf("%s, %s %v: got %s, want %s; they part on %s", row["city"], row["iso2"], p, name, row["tz"], day)
		}
	}
	if old > 27 {
		t.Errorf("%d of %d cities lie across an old border, want at most 27", old, len(rows))
	}
}

func firstDifference(t *testing.T, a, b string) string {
	if a == b {
		return ""
	}
	locA, errA := time.LoadLocation(a)
	locB, errB := time.LoadLocation(b)
	if err := errors.Join(errA, errB); err != nil {
		t.Fatal(err)
	}
	for noon := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC); noon.Year() == 2026; noon = noon.AddDate(0, 0, 1) {
		_, offA := noon.In(locA).Zone()
		_, offB := noon.In(locB).Zone()
		if offA != offB {
			return noon.Format(time.DateOnly)
		}
	}
	return ""
}

func TestZone(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		p    Point
		want string
	}{
		{Point{31.2304, 121.4737}, "Asia/Shanghai"},
		{Point{22.2819, 114.1582}, "Asia/Hong_Kong"},
		{Point{-31.55, 159.08}, "Australia/Lord_Howe"},
		{Point{90, 0}, "Etc/GMT"},
		{Point{10, 180}, "Etc/GMT-12"},
		{Point{10, -180}, "Etc/GMT+12"},
	} {
		if got, err := Zone(tc.p); err != nil || got != tc.want {
			t.Errorf("Zone(%v): got %s, %v, want %s", tc.p, got, err, tc.want)
		}
	}
	var pe *PointError
	if _, err := Zone(Point{}); !errors.As(err, &pe) {
		t.Errorf("Zone of null island: got %v, want a PointError", err)
	}
}
