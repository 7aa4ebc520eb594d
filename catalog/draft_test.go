package catalog_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corner/catalog"
	"corner/fault"
	"corner/geo"
	"corner/idempotency"
)

// TestDraftNamesAllFaults: all at once, each by its pointer.
func TestDraftNamesAllFaults(t *testing.T) {
	t.Parallel()
	h := open(t)
	bad := catalog.Draft{
		Names: catalog.Names{Main: "  ", Zh: strings.Repeat("面", catalog.MaxName+1), En: "bell\a"}, Category: "volcano",
		Location: &catalog.Spot{Point: geo.Point{Lat: 121.5, Lng: 31.2}, Accuracy: -1},
		Address:  strings.Repeat("x", catalog.MaxAddress+1), Phone: "138 0013 8000", Zone: "Mars/Olympus",
	}
	bad.Hours.Weekly[2] = []catalog.Interval{{Opens: 700, Closes: 600}}
	want := []string{
		"names.zh too_long",
		"names.en bad_format",
		"category unknown",
		"address too_long",
		"phone bad_format",
		"location.accuracy out_of_range",
		"location.lat swapped",
		"location.lng swapped",
		"hours.weekly.2 out_of_range",
		"zone unknown",
	}
	_, err := h.CreatePlace(t.Context(), h.owner, h.merchant, bad, idempotency.Key{})
	if diff := cmp.Diff(want, faults(err)); diff != "" {
		t.Errorf("CreatePlace: faults (-want +got):\n%s", diff)
	}
	p := h.draft(t)
	_, err = h.RevisePlace(t.Context(), h.owner, p.ID, p.Version, bad)
	if diff := cmp.Diff(want, faults(err)); diff != "" {
		t.Errorf("RevisePlace: faults (-want +got):\n%s", diff)
	}
	if got, err := h.PlaceAsIs(t.Context(), p.ID); err != nil || got.Version != 1 {
		t.Errorf("the place after a refused change: version %d, %v; want 1", got.Version, err)
	}
	for _, s := range []string{"138 0013 8000", "volcano", "Mars", "121.5"} {
		if e, _ := errors.AsType[*fault.Error](err); e != nil && strings.Contains(e.Error(), s) {
			t.Errorf("the error %q carries the value %q", e.Error(), s)
		}
	}
}

func TestSpotFaults(t *testing.T) {
	t.Parallel()
	h := open(t)
	nan, inf := math.NaN(), math.Inf(1)
	both := func(code string) []string { return []string{"location.lat " + code, "location.lng " + code} }
	for name, c := range map[string]struct {
		spot catalog.Spot
		want []string
	}{
		"swapped":                 {catalog.Spot{Point: geo.Point{Lat: 121.47, Lng: 31.23}}, both("swapped")},
		"null island":             {catalog.Spot{}, both("null_island")},
		"not a number":            {catalog.Spot{Point: geo.Point{Lat: nan, Lng: nan}}, both("not_a_number")},
		"not a number, one":       {catalog.Spot{Point: geo.Point{Lat: 31, Lng: nan}}, []string{"location.lng not_a_number"}},
		"infinite":                {catalog.Spot{Point: geo.Point{Lat: inf, Lng: 121}}, []string{"location.lat infinite"}},
		"latitude off the earth":  {catalog.Spot{Point: geo.Point{Lat: 91, Lng: 121}}, []string{"location.lat out_of_range"}},
		"longitude off the earth": {catalog.Spot{Point: geo.Point{Lat: 31, Lng: 181}}, []string{"location.lng out_of_range"}},
		"unknown system":          {catalog.Spot{Point: geo.Point{Lat: 31, Lng: 121}, System: "cgcs"}, []string{"location.system unknown"}},
		"accuracy not a number":   {catalog.Spot{Point: geo.Point{Lat: 31, Lng: 121}, Accuracy: geo.Metres(nan)}, []string{"location.accuracy out_of_range"}},
		"accuracy of the planet":  {catalog.Spot{Point: geo.Point{Lat: 31, Lng: 121}, Accuracy: 1e7}, []string{"location.accuracy out_of_range"}},
	} {
		d := noodles()
		d.Location = &c.spot
		_, err := h.CreatePlace(t.Context(), h.owner, h.merchant, d, idempotency.Key{})
		if diff := cmp.Diff(c.want, faults(err)); diff != "" {
			t.Errorf("%s: faults (-want +got):\n%s", name, diff)
		}
	}
}

// TestSpotIsStoredInWGS84 beside what was sent, whatever the system.
func TestSpotIsStoredInWGS84(t *testing.T) {
	t.Parallel()
	h := open(t)
	shanghai := geo.Point{Lat: 31.2304, Lng: 121.4737}
	for _, system := range []geo.System{"", geo.WGS84, geo.GCJ02, geo.BD09} {
		as := system
		if as == "" {
			as = geo.WGS84
		}
		sent, err := geo.FromWGS84(shanghai, as)
		if err != nil {
			t.Fatal(err)
		}
		d := noodles()
		d.Names.Main = map[geo.System]string{"": "老王", geo.WGS84: "Fleur", geo.GCJ02: "南翔小笼", geo.BD09: "Zum Adler"}[system]
		d.Location = &catalog.Spot{Point: sent, System: system, Accuracy: 51}
		l := h.with(t, d).Location
		if off := geo.Distance(l.Point, shanghai); off > 0.01 {
			t.Errorf("sent in %q: it stands %v m away, want 0", system, off)
		}
		if l.Sent != sent || l.System != as || l.Accuracy != 51 || !l.Approximate() {
			t.Errorf("sent in %q: kept %+v, want as it was sent, approximate", system, l)
		}
		if moved := geo.Distance(sent, shanghai) > 100; moved != (as != geo.WGS84) {
			t.Errorf("%q moves the point: %v", system, moved)
		}
	}
}

func TestZoneFollowsThePoint(t *testing.T) {
	t.Parallel()
	h := open(t)
	p := h.draft(t)
	step := func(what string, d catalog.Draft, want string) {
		t.Helper()
		var err error
		p, err = h.RevisePlace(t.Context(), h.owner, p.ID, p.Version, d)
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if p.Zone != want {
			t.Errorf("%s: zone %q, want %q", what, p.Zone, want)
		}
	}
	if p.Zone != "Asia/Shanghai" {
		t.Errorf("zone of a place in Shanghai: %q, want Asia/Shanghai", p.Zone)
	}
	d := noodles()
	d.Location = &catalog.Spot{Point: geo.Point{Lat: 40.7306, Lng: -73.9866}}
	step("moved to New York", d, "America/New_York")
	d.Location, d.Zone = nil, "Europe/London"
	step("told otherwise", d, "Europe/London")
	d.Zone = ""
	step("left where it is", d, "America/New_York")
	if got := p.Location.Point; got != (geo.Point{Lat: 40.7306, Lng: -73.9866}) {
		t.Errorf("left where it is: it stands at %v", got)
	}
	for _, zone := range []string{"Local", "../etc/passwd", "/UTC", "Asia", "asia shanghai"} {
		d.Zone = zone
		_, err := h.RevisePlace(t.Context(), h.owner, p.ID, p.Version, d)
		if diff := cmp.Diff([]string{"zone unknown"}, faults(err)); diff != "" {
			t.Errorf("zone %q (-want +got):\n%s", zone, diff)
		}
	}
}
