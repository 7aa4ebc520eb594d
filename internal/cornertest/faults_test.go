package cornertest_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"corner/internal/cornertest"
)

// pointers are those of a problem's errors, sorted.
func pointers(t *testing.T, a *cornertest.Answer) []string {
	t.Helper()
	var all []string
	for i := range a.Len(t, "errors") {
		at := fmt.Sprintf("errors.%d.", i)
		if v, ok := a.At(t, at+"pointer").(string); ok {
			all = append(all, v)
		} else {
			all = append(all, "?"+a.Text(t, at+"parameter"))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// TestEveryFaultAtOnce: whatever is wrong with a call, of its form or of its meaning,
// is named in one answer, in the language asked for, without the values.
func TestEveryFaultAtOnce(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{})
	sh := openShop(t, s, "挑错面馆", 31.3115, 120.6290, 2)
	for _, c := range []struct {
		method, path, body string
		want               []string
	}{
		{
			"POST", "/v1/merchants/" + sh.merchant + "/places", `{
			"name": "", "category": "spaceport", "location": {"lat": 121.47, "lng": 31.22, "coord_system": "mars"}, "phone": "sesame-open",
			"hours": {"weekly": [{"day": "funday", "opens": "25:00", "closes": "02:00"}]}, "time_zone": "Nowhere/Town", "sesame": 1}`,
			[]string{"/category", "/hours/weekly/0/day", "/hours/weekly/0/opens", "/location/coord_system", "/location/lat", "/phone", "/sesame", "/time_zone"},
		},
		{"POST", "/v1/merchants/" + sh.merchant + "/places", `{"name": 7, "services": [{"name": ""}], "attributes": ["sesame"]}`, []string{"/attributes/0", "/name", "/services/0/name"}},
		{
			"POST", "/v1/places/" + sh.place + "/services", `{"name": 7, "duration_minutes": 0, "price": {"amount": 28.5, "currency": "RMB"}, "bookable": true, "capacity": -1}`,
			[]string{"/capacity", "/duration_minutes", "/name", "/price/amount", "/price/currency"},
		},
		{"POST", "/v1/holds", `{"start": "tomorrow", "party": 0}`, []string{"/party", "/service_id", "/start"}},
		{
			"GET", "/v1/search?lat=91&lng=abc&radius=-1&category=spaceport&sort=luck&limit=1000&open_at=soon&cursor=sesame", "",
			[]string{"?category", "?cursor", "?lat", "?limit", "?lng", "?open_at", "?radius", "?sort"},
		},
	} {
		a := sh.owner.Do(t, c.method, c.path, c.body, "Accept-Language", "zh-CN,zh;q=0.9").WantCode(t, 422, "request.invalid")
		got := pointers(t, a)
		for _, w := range c.want {
			if !slices.Contains(got, w) {
				t.Errorf("%s %s: faults at %v, want %s among them", c.method, c.path, got, w)
			}
		}
		if strings.Contains(string(a.Body), "sesame-open") || strings.Contains(string(a.Body), "28.5") ||
			strings.Contains(string(a.Body), "spaceport") {
			t.Errorf("%s: the answer repeats what was sent: %s", c.path, a.Body)
		}
		if !strings.Contains(a.Text(t, "detail"), "无法使用") {
			t.Errorf("asked in Chinese, answered %q", a.Text(t, "detail"))
		}
	}
	sh.owner.Do(t, http.MethodPost, "/v1/merchants", `{"name": `).WantCode(t, 400, "request.malformed")
	sh.owner.Do(t, http.MethodPost, "/v1/merchants", `{"name": "`+strings.Repeat("大", 1<<20)+`"}`).Want(t, 413)
}

// TestEditing: a phone edits with the version it has seen, and is told when that is
// not the current one.
func TestEditing(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		s := cornertest.Start(t, setup)
		sh := openShop(t, s, "改版面馆", 31.3115, 120.6290, 2)
		path := "/v1/places/" + sh.place
		sh.owner.Patch(t, path, `{"name": "新"}`).WantCode(t, 428, "request.if_match_required")
		etag := sh.owner.Get(t, path).Want(t, 200).Header.Get("ETag")
		a := sh.owner.Patch(t, path, `{"names": {"en": "Second Edition"}, "phone": null}`, "If-Match", etag).Want(t, 200)
		if a.Text(t, "names.en") != "Second Edition" || a.At(t, "phone") != nil || a.Text(t, "name") != "改版面馆" {
			t.Errorf("after the patch: %s", a.Body)
		}
		stale := sh.owner.Patch(t, path, `{"name": "旧"}`, "If-Match", etag).WantCode(t, 412, "place.stale")
		if got, want := stale.Header.Get("ETag"), a.Header.Get("ETag"); got != want || stale.Text(t, "current_version") != a.Text(t, "version") {
			t.Errorf("412 names ETag %s and version %s, want %s", got, stale.Text(t, "current_version"), want)
		}
		sh.owner.Patch(t, path, `{"hours": null}`, "If-Match", a.Header.Get("ETag")).WantCode(t, 409, "place.incomplete")
		// A spot sent in another system is kept as it was sent, and moves the place.
		b := sh.owner.Patch(t, path, `{"location": {"lat": 31.3093, "lng": 120.6332, "coord_system": "gcj02"}}`, "If-Match", a.Header.Get("ETag")).
			Want(t, 200)
		if b.Text(t, "location.sent.coord_system") != "gcj02" || b.Text(t, "location.sent.lat") != "31.3093" ||
			b.Text(t, "location.lat") == "31.3093" {
			t.Errorf("location after moving: %s", b.Body)
		}
		// And without a zone of its own, a place has that of its spot.
		c := sh.owner.Patch(t, path, `{"location": {"lat": 43.8256, "lng": 87.6168, "coord_system": "wgs84"}}`, "If-Match", b.Header.Get("ETag")).
			Want(t, 200)
		if zone := c.Text(t, "time_zone"); zone != "Asia/Urumqi" && zone != "Asia/Shanghai" {
			t.Errorf("a place in Ürümqi is in zone %s", zone)
		}
		d := sh.owner.Patch(t, path, `{"location": {"lat": 48.8566, "lng": 2.3522, "coord_system": "wgs84"}}`, "If-Match", c.Header.Get("ETag")).
			Want(t, 200)
		if zone := d.Text(t, "time_zone"); zone != "Europe/Paris" {
			t.Errorf("a place in Paris is in zone %s", zone)
		}
	})
}
