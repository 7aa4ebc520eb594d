package api_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corner/api"
	"corner/catalog"
	"corner/fault"
	"corner/geo"
)

func aPlace() catalog.Place {
	return catalog.Place{
		ID:       "plc_1",
		Names:    catalog.Names{Main: "面馆", En: "Noodles"},
		Category: "noodles",
		Phone:    "+862112345678",
		Address:  "x",
		Zone:     "Asia/Shanghai",
		Location: catalog.Location{
			Point:    geo.Point{Lat: 31.2, Lng: 121.4},
			Sent:     geo.Point{Lat: 31.25, Lng: 121.45},
			System:   geo.GCJ02,
			Accuracy: 8,
		},
		Hours: catalog.Hours{Weekly: [7][]catalog.Interval{{{Opens: 600, Closes: 1200}}}},
	}
}

func TestPatchPlace(t *testing.T) {
	t.Parallel()
	at := func(lat, lng float64, s geo.System, a geo.Metres) *catalog.Spot {
		return &catalog.Spot{Point: geo.Point{Lat: lat, Lng: lng}, System: s, Accuracy: a}
	}
	base := catalog.Draft{
		Names:    aPlace().Names,
		Category: "noodles",
		Phone:    "+862112345678",
		Address:  "x",
		Zone:     "Asia/Shanghai",
		Hours:    aPlace().Hours,
	}
	for patch, change := range map[string]func(*catalog.Draft){
		`{}`:                               func(*catalog.Draft) {},
		`{"phone":null,"address":null}`:    func(d *catalog.Draft) { d.Phone, d.Address = "", "" },
		`{"names":{"en":null,"zh":"老面馆"}}`: func(d *catalog.Draft) { d.Names.En, d.Names.Zh = "", "老面馆" },
		`{"names":null}`:                   func(d *catalog.Draft) { d.Names.En = "" },
		`{"location":{"lat":30}}`:          func(d *catalog.Draft) { d.Location, d.Zone = at(30, 121.45, geo.GCJ02, 8), "" },
		`{"location":{"lat":30,"lng":1,"coord_system":null,"accuracy_m":null},"time_zone":"Europe/Paris"}`: func(d *catalog.Draft) {
			d.Location, d.Zone = at(30, 1, "", 0), "Europe/Paris"
		},
		`{"time_zone":null}`: func(d *catalog.Draft) { d.Zone = "" },
		`{"hours":null}`:     func(d *catalog.Draft) { d.Hours = catalog.Hours{} },
		`{"name":null}`:      func(d *catalog.Draft) { d.Names.Main = "" },
		`{"attributes":["wifi"],"not_duplicate_of":["plc_2"]}`: func(d *catalog.Draft) {
			d.Attributes, d.NotDuplicateOf = []string{"wifi"}, []catalog.PlaceID{"plc_2"}
		},
		`{"location":{"entrance":{"lat":31.2501,"lng":121.4501},"how":"gps","measured_at":"2026-05-01T18:00:00+08:00"}}`: func(d *catalog.Draft) {
			d.Location, d.Zone = at(31.25, 121.45, geo.GCJ02, 8), ""
			d.Location.Entrance, d.Location.How = &geo.Point{Lat: 31.2501, Lng: 121.4501}, catalog.GPS
			d.Location.MeasuredAt = time.Date(2026, 5, 1, 10, 0, 0, 0, time.UTC)
		},
		`{"hours":{"weekly":[{"day":"tue","opens":"18:00","closes":"02:00"}]}}`: func(d *catalog.Draft) {
			d.Hours = catalog.Hours{Weekly: [7][]catalog.Interval{1: {{Opens: 1080, Closes: 1560}}}}
		},
	} {
		want := base
		change(&want)
		got, fields, err := api.PatchPlace(aPlace(), patch)
		if err != nil || len(fields) > 0 {
			t.Errorf("%s: %v, %v", patch, err, fields)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", patch, diff)
		}
	}
	for patch, want := range map[string]string{
		`{"name":3}`:                       "/name wrong_type",
		`{"location":null}`:                "/location required",
		`{"location":{"lat":null}}`:        "/location/lat required",
		`{"location":7}`:                   "/location wrong_type",
		`{"state":"published"}`:            "/state unexpected",
		`{"names":{"fr":"x"}}`:             "/names/fr unexpected",
		`{"category":3,"time_zone":false}`: "/category wrong_type /time_zone wrong_type",
		`{"hours":{"weekly":[{"day":"mon","opens":"9:00","closes":"24:01"},{"day":"mo","opens":"09:00","closes":"10:00"}]}}`: "/hours/weekly/1/day unknown /hours/weekly/0/opens bad_format /hours/weekly/0/closes bad_format",
	} {
		_, fields, err := api.PatchPlace(aPlace(), patch)
		if got := show(fields); err != nil || got != want {
			t.Errorf("%s: got %q, %v, want %q", patch, got, err, want)
		}
	}
}

func show(fields []fault.Field) string {
	var list []string
	for _, f := range fields {
		list = append(list, f.Name+" "+f.Code)
	}
	return strings.Join(list, " ")
}

func TestHours(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"weekly":[{"day":"mon","opens":"11:00","closes":"02:00"}]}`:                                                                              "",
		`{"weekly":[{"day":"sun","opens":"00:00","closes":"24:00"}]}`:                                                                              "",
		`{"weekly":[{"day":"sun","opens":"23:59","closes":"24:00"}]}`:                                                                              "",
		`{"weekly":[{"day":"sun","opens":"10:00","closes":"10:00"}]}`:                                                                              "/hours/weekly/0/closes empty",
		`{"weekly":[{"day":"sun","opens":"00:00","closes":"00:00"}]}`:                                                                              "/hours/weekly/0/closes empty",
		`{"weekly":[{"day":"sun","opens":"24:00","closes":"25:00"}]}`:                                                                              "/hours/weekly/0/opens bad_format /hours/weekly/0/closes bad_format",
		`{"weekly":[{"day":"sun","opens":"1:00","closes":"10:60"}]}`:                                                                               "/hours/weekly/0/opens bad_format /hours/weekly/0/closes bad_format",
		`{"exceptions":[{"date":"2026-12-25","closed":true}]}`:                                                                                     "",
		`{"exceptions":[{"date":"2026-02-30","closed":true}]}`:                                                                                     "/hours/exceptions/0/date bad_format",
		`{"exceptions":[{"date":"2026-12-25"}]}`:                                                                                                   "/hours/exceptions/0/intervals required",
		`{"exceptions":[{"date":"2026-12-25","closed":true,"intervals":[{}]}]}`:                                                                    "/hours/exceptions/0/intervals both",
		`{"exceptions":[{"date":"2026-12-25","closed":true},{"date":"2026-12-25","intervals":[{"opens":"10:00","closes":"12:00"}]}]}`:              "/hours/exceptions/1/date twice",
		`{"exceptions":[{"date":"2026-12-25","intervals":[{"opens":"10:00","closes":"12:00"},{"opens":"13:00","closes":"13:00"}]}]}`:               "/hours/exceptions/0/intervals/1/closes empty",
		`{"weekly":[` + strings.Repeat(`{"day":"mon","opens":"10:00","closes":"11:00"},`, 12) + `{"day":"mon","opens":"12:00","closes":"13:00"}]}`: "/hours/weekly/12 too_many_items",
	} {
		h, fields, err := api.ParseHours(body)
		if err != nil {
			t.Fatalf("%s: %v", body, err)
		}
		if got := show(fields); got != want {
			t.Errorf("%s: got %q, want %q", body, got, want)
		}
		if want != "" {
			continue
		}
		if err := h.Normalize(); err != nil {
			t.Errorf("%s: the room refuses what was parsed: %v", body, err)
		}
		if got := api.RenderHours(h); got != body {
			t.Errorf("rendered: got %s, want %s", got, body)
		}
	}
	if got := api.RenderHours(catalog.Hours{}); got != "null" {
		t.Errorf("no hours: got %s, want null", got)
	}
}

// What is rendered can be sent back, and means the same.
func FuzzHours(f *testing.F) {
	f.Add(uint16(600), uint16(720), uint16(1200), uint16(600), byte(0))
	f.Add(uint16(0), uint16(1440), uint16(1439), uint16(1439), byte(6))
	f.Fuzz(func(t *testing.T, o1, l1, o2, l2 uint16, day byte) {
		at := func(o, l uint16) catalog.Interval {
			opens := int(o) % 1440
			length := 1 + int(l)%1439
			return catalog.Interval{Opens: opens, Closes: opens + length}
		}
		var h catalog.Hours
		h.Weekly[day%7] = []catalog.Interval{at(o1, l1), at(o2, l2)}
		h.Exceptions = []catalog.Exception{{Day: 20_000}, {Day: 20_001, Intervals: []catalog.Interval{at(o2, l1)}}}
		if err := h.Normalize(); err != nil {
			t.Fatal(err)
		}
		back, fields, err := api.ParseHours(api.RenderHours(h))
		if err != nil || len(fields) > 0 {
			t.Fatalf("%s: %v %v", api.RenderHours(h), err, fields)
		}
		if err := back.Normalize(); err != nil {
			t.Fatalf("%s: %v", api.RenderHours(h), err)
		}
		if diff := cmp.Diff(h, back); diff != "" {
			t.Errorf("%s (-want +got):\n%s", api.RenderHours(h), diff)
		}
	})
}
