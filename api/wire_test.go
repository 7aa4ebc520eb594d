package api_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corner/api"
	"corner/catalog"
	"corner/fault"
	"corner/geo"
	"corner/kv"
	"corner/uid"
)

func TestKindsAndStatuses(t *testing.T) {
	t.Parallel()
	for kind, want := range map[fault.Kind]int{
		fault.Internal: 500, fault.Malformed: 400, fault.Invalid: 422, fault.Unauthenticated: 401, fault.Forbidden: 403, fault.NotFound: 404,
		fault.Conflict: 409, fault.Stale: 412, fault.VersionRequired: 428, fault.TooMany: 429, fault.Unavailable: 503, fault.TooLarge: 413,
		fault.UnsupportedContent: 415,
	} {
		status, _, b := api.ProblemOf(t.Context(), fault.New(kind, "test.code", "words", "话"), "zh")
		if status != want {
			t.Errorf("kind %d: got %d, want %d", kind, status, want)
		}
		if told := strings.Contains(string(b), "话"); told != (kind != fault.Internal) {
			t.Errorf("kind %d: got %s", kind, b)
		}
	}
	if status, _, _ := api.ProblemOf(t.Context(), errors.Join(errors.New("limit tries"), kv.ErrUnavailable), ""); status != 503 {
		t.Errorf("kv away: got %d, want 503", status)
	}
}

func TestProblemCarriesWhatTheCallerNeeds(t *testing.T) {
	t.Parallel()
	err := catalog.ErrStale.WithData(fault.CurrentVersion(7))
	_, headers, b := api.ProblemOf(t.Context(), err, "")
	var got map[string]any
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	if got["current_version"] != 7.0 || got["code"] != "place.stale" || got["type"] != "/problems/place.stale" || headers["Etag"][0] != `"7"` {
		t.Errorf("got %s, %v", b, headers)
	}
	_, headers, _ = api.ProblemOf(t.Context(), api.ErrTooFast.After(1100*time.Millisecond), "")
	if headers["Retry-After"][0] != "2" {
		t.Errorf("Retry-After: got %v, want 2: rounded up", headers["Retry-After"])
	}
	var in fault.Input
	in.Add("/a/0", fault.Required)
	in.Add("?radius", fault.OutOfRange)
	_, _, b = api.ProblemOf(t.Context(), in.Err(), "zh")
	want := `"errors":[{"pointer":"/a/0","code":"required","message":"必填"},{"parameter":"radius","code":"out_of_range","message":"超出范围"}]`
	if !strings.Contains(string(b), want) {
		t.Errorf("got %s\nwant %s in it", b, want)
	}
}

func TestChooseLanguage(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]string{
		"": "en", "zh": "zh", "ZH-hant-HK": "zh", "en-GB,zh;q=0.9": "en", "en;q=0.5, zh-CN;q=0.8": "zh", "fr, zh;q=0.1": "zh", "fr": "en",
		"zh;q=0, en;q=0.1": "en", "zh;q=0": "en", "zh;q=x": "en", "zh;q=NaN": "en", "*": "en", "*;q=0.5, zh": "zh", "en,zh": "en", ",;": "en", "zhx": "en",
	} {
		if got := api.ChooseLanguage(header); got != want {
			t.Errorf("%q: got %s, want %s", header, got, want)
		}
	}
}

// The examples of RFC 7396, appendix A.
func TestMergePatch(t *testing.T) {
	t.Parallel()
	for _, tt := range [][3]string{
		{`{"a":"b"}`, `{"a":"c"}`, `{"a":"c"}`},
		{`{"a":"b"}`, `{"b":"c"}`, `{"a":"b","b":"c"}`},
		{`{"a":"b"}`, `{"a":null}`, `{}`},
		{`{"a":"b","b":"c"}`, `{"a":null}`, `{"b":"c"}`},
		{`{"a":["b"]}`, `{"a":"c"}`, `{"a":"c"}`},
		{`{"a":"c"}`, `{"a":["b"]}`, `{"a":["b"]}`},
		{`{"a":{"b":"c"}}`, `{"a":{"b":"d","c":null}}`, `{"a":{"b":"d"}}`},
		{`{"a":[{"b":"c"}]}`, `{"a":[1]}`, `{"a":[1]}`},
		{`["a","b"]`, `["c","d"]`, `["c","d"]`},
		{`{"a":"b"}`, `["c"]`, `["c"]`},
		{`{"a":"foo"}`, `null`, `null`},
		{`{"a":"foo"}`, `"bar"`, `"bar"`},
		{`{"e":null}`, `{"a":1}`, `{"a":1,"e":null}`},
		{`[1,2]`, `{"a":"b","c":null}`, `{"a":"b"}`},
		{`{}`, `{"a":{"bb":{"ccc":null}}}`, `{"a":{"bb":{}}}`},
	} {
		got, err := api.MergePatch(tt[0], tt[1])
		if err != nil || got != tt[2] {
			t.Errorf("%s with %s: got %s, %v, want %s", tt[0], tt[1], got, err, tt[2])
		}
	}
}

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

func FuzzCursor(f *testing.F) {
	f.Add("")
	f.Add(api.FormatCursor(uid.New("plc", time.UnixMilli(1_700_000_000_000))))
	f.Fuzz(func(t *testing.T, cursor string) {
		id, ok := api.ParseCursor("plc", cursor)
		if ok && api.FormatCursor(id) != cursor {
			t.Errorf("%q reads as %q, which is written %q", cursor, id, api.FormatCursor(id))
		}
		if ok && !uid.Valid("plc", id) {
			t.Errorf("%q reads as %q", cursor, id)
		}
	})
}

func TestMatchesVersion(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]bool{
		`"3"`: true, `"2", "3"`: true, ` "3" `: true, `W/"3"`: false, `"4"`: false, `3`: false, `*`: false, ``: false,
	} {
		if got := api.MatchesVersion(header, 3); got != want {
			t.Errorf("%s: got %v, want %v", header, got, want)
		}
	}
}

func TestClientAddress(t *testing.T) {
	t.Parallel()
	for ip, want := range map[string]string{
		"10.1.2.3": "10.1.2.3", "::ffff:10.1.2.3": "10.1.2.3", "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64", "fe80::1%eth0": "fe80::/64", "": "unknown", "@": "unknown",
	} {
		if got := api.ClientAddress(ip); got != want {
			t.Errorf("%q: got %q, want %q", ip, got, want)
		}
	}
}

func TestRequestID(t *testing.T) {
	t.Parallel()
	for given, kept := range map[string]bool{"a.B-9_": true, "": false, "a b": false, "x\n": false, "日": false, strings.Repeat("a", 65): false} {
		if got := api.RequestID(given, time.Now()); (got == given) != kept || len(got) > 64 || got == "" {
			t.Errorf("%q: got %q", given, got)
		}
	}
}
