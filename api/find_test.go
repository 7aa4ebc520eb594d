package api_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"corner/api"
	"corner/catalog"
	"corner/discovery"
	"corner/discovery/discoverytest"
	"corner/geo"
	"corner/money"
	"corner/reviews"
)

// street is an API over a few places around 31.2304, 121.4737, on a Sunday at 15:00.
func street(t *testing.T) http.Handler {
	t.Helper()
	now := time.Date(2026, 11, 22, 7, 0, 0, 0, time.UTC)
	ix := discoverytest.NewPlain()
	service := func(name string, minor, to int64) discovery.Offering {
		return discovery.Offering{
			ID: "svc_1", Name: name, Price: money.Of(minor, "CNY"), PriceTo: money.Of(to, "CNY"), Duration: time.Hour, Bookable: true, AtHome: 1_000,
		}
	}
	at := func(east float64) geo.Point { return geo.Point{Lat: 31.2304, Lng: 121.4737 + east/95_070} }
	listings := []discovery.Listing{
		{
			Place:      "plc_wang",
			Names:      catalog.Names{Main: "老王面馆", En: "Wang's <Noodles>"},
			Category:   "noodles",
			Point:      at(130),
			Entrance:   at(131),
			Merchant:   "mer_1",
			Brand:      "wang",
			Phone:      "+862112345678",
			Attributes: []string{"cards", "wifi"},
			Traits:     catalog.TraitsOf("wheelchair=limited"),
			Rating:     reviews.Rating{Sum: 9, N: 2},
			Claimed:    true,
			Address:    "淮海中路 1 号",
			Photo:      "pht_1",
			Services:   []discovery.Offering{service("二人桌", 2_800, 5_600)},
		},
		{Place: "plc_zhang", Names: catalog.Names{Main: "张记面馆"}, Category: "noodles", Point: at(60), Approximate: true, Source: "osm:node/1"},
		{Place: "plc_wash", Names: catalog.Names{Main: "小李洗车"}, Category: "car_wash", Point: at(900)},
	}
	for i := range listings {
		listings[i].Version, listings[i].Live, listings[i].Zone = 1, true, "Asia/Shanghai"
	}
	listings[0].Hours.Weekly[6] = []catalog.Interval{{Opens: 600, Closes: 960}}
	listings[2].Hours.Weekly[0] = []catalog.Interval{{Opens: 600, Closes: 960}}
	if err := ix.Put(t.Context(), listings); err != nil {
		t.Fatal(err)
	}
	return newAPI(func(a *api.API) {
		a.Now = func() time.Time { return now }
		a.Finder = &discovery.Finder{Index: ix, Now: a.Now}
	})
}

const here = "lat=31.2304&lng=121.4737"

// nearly compares numbers: points are made of metres here, to some bits.
var nearly = cmpopts.EquateApprox(0, 1e-6)

// ask asks, and reads the JSON of an answer.
func ask(t *testing.T, h http.Handler, path string, headers ...string) (*httptest.ResponseRecorder, map[string]any) {
	t.Helper()
	m := map[string]string{}
	for i := 0; i+1 < len(headers); i += 2 {
		m[headers[i]] = headers[i+1]
	}
	w := do(t, h, http.MethodGet, path, "", m)
	var v map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
		t.Fatalf("%s: %v in %s", path, err, w.Body)
	}
	return w, v
}

// reach follows keys and indexes into an answer.
func reach(t *testing.T, v any, path ...any) any {
	t.Helper()
	for _, p := range path {
		switch p := p.(type) {
		case string:
			m, ok := v.(map[string]any)
			if !ok {
				t.Fatalf("%v: %v is no object", path, v)
			}
			v = m[p]
		case int:
			l, ok := v.([]any)
			if !ok || p >= len(l) {
				t.Fatalf("%v: %v has no item %d", path, v, p)
			}
			v = l[p]
		}
	}
	return v
}

func idsOf(t *testing.T, v map[string]any) (ids []string) {
	t.Helper()
	hits, _ := v["hits"].([]any)
	for i := range hits {
		id, _ := reach(t, hits, i, "place", "id").(string)
		ids = append(ids, id)
	}
	return ids
}

func TestSearchHit(t *testing.T) {
	t.Parallel()
	h := street(t)
	w, v := ask(t, h, "/v1/search?"+here+"&q=laowang&radius=500", "Accept-Language", "zh")
	want := `{"place":{"id":"plc_wang","name":"老王面馆","names":{"en":"Wang's <Noodles>"},"merchant_id":"mer_1","brand":"wang","category":"noodles","category_name":"面馆",` +
		`"location":{"lat":31.2304,"lng":121.47506741348479,"approximate":false},"entrance":{"lat":31.2304,"lng":121.47507793204903},"address":"淮海中路 1 号","phone":"+862112345678",` +
		`"time_zone":"Asia/Shanghai","attributes":["cards","wifi"],"wheelchair":"limited","claimed":true,"photo":"/v1/photos/pht_1/small","services":[{"id":"svc_1","name":"二人桌","price":{"amount":2800,"currency":"CNY"},` +
		`"price_to":{"amount":5600,"currency":"CNY"},"duration_minutes":60,"bookable":true,"at_home_m":1000}]},"distance_m":130.3,"walking_minutes":3,"open_now":true,"rating":{"average":4.5,"count":2}}`
	raw, _ := json.Marshal(reach(t, v, "hits", 0))
	var a, b any
	_ = json.Unmarshal(raw, &a)
	if err := json.Unmarshal([]byte(want), &b); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(b, a, nearly); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := w.Header().Get("Content-Type"); got != "application/json" {
		t.Errorf("Content-Type: got %q", got)
	}
	if w.Header().Get("Content-Length") == "" || !strings.Contains(w.Header().Get("Vary"), "Accept,") {
		t.Errorf("headers: %v; want a length, and Vary by Accept", w.Header())
	}
	if v["next_cursor"] != nil || v["radius_m"] != 500.0 || v["lenient"] != false || v["facets"] != nil {
		t.Errorf("got %s", w.Body)
	}
	_, v = ask(t, h, "/v1/search?"+here)
	if open := reach(t, v, "hits", 0, "open_now"); open != nil {
		t.Errorf("open_now of unknown hours: got %v, want null", open)
	}
	if open := reach(t, v, "hits", 2, "open_now"); open != false {
		t.Errorf("open_now on a day off: got %v, want false", open)
	}
}

func TestSearchQueries(t *testing.T) {
	t.Parallel()
	h := street(t)
	for query, want := range map[string][]string{
		here:                         {"plc_zhang", "plc_wang", "plc_wash"},
		"bbox=121.4,31.2,121.5,31.3": {"plc_zhang", "plc_wang", "plc_wash"}, // the middle is west of them
		"bbox=121.4,31.2,121.5,31.3&lat=31.2304&lng=121.484": {"plc_wash", "plc_wang", "plc_zhang"},
		"bbox=179.9,-17,-179.9,-16":                          nil,
		here + "&attributes=wifi,cards":                      {"plc_wang"},
		here + "&attributes=wifi,parking":                    nil,
		here + "&price_max=2800&currency=CNY":                {"plc_wang"},
		here + "&price_max=2799&currency=CNY":                nil,
		here + "&price_min=5600&currency=CNY":                {"plc_wang"},
		here + "&price_max=0&currency=CNY":                   nil,
		here + "&currency=CNY&sort=price":                    {"plc_wang"},
		here + "&min_rating=4.5":                             {"plc_wang"},
		here + "&min_rating=4.6":                             nil,
		here + "&at_home=true":                               {"plc_wang"},
		here + "&brand=wang":                                 {"plc_wang"},
		here + "&merchant_id=mer_1":                          {"plc_wang"},
		here + "&open_now=true":                              {"plc_wang"},
		here + "&open_at=2026-11-23T10:00:00%2B08:00":        {"plc_wash"},
		here + "&open_from=2026-11-22T15:00:00%2B08:00&open_till=2026-11-22T16:00:00%2B08:00": {"plc_wang"},
		here + "&open_from=2026-11-22T15:00:00%2B08:00&open_till=2026-11-22T16:01:00%2B08:00": nil,
		here + "&band=200":       {"plc_wang", "plc_zhang", "plc_wash"},
		here + "&sort=relevance": {"plc_zhang", "plc_wang", "plc_wash"},
		here + "&q=nooodles":     {"plc_wang"},
	} {
		w, v := ask(t, h, "/v1/search?"+query)
		if got := idsOf(t, v); w.Code != 200 || !slices.Equal(got, want) {
			t.Errorf("%s: got %d %v, want %v\n%s", query, w.Code, got, want, w.Body)
		}
		if lenient := strings.Contains(query, "nooodles"); v["lenient"] != lenient {
			t.Errorf("%s: lenient %v, want %v", query, v["lenient"], lenient)
		}
	}
}

func TestSearchFaults(t *testing.T) {
	t.Parallel()
	h := street(t)
	for path, want := range map[string][]string{
		"search?lat=31":                           {"lng required"},
		"search?bbox=121,31,122,32&lng=121":       {"lat required"},
		"search?bbox=121,31,122":                  {"bbox bad_format"},
		"search?bbox=121,31,122,x":                {"bbox bad_format"},
		"search?bbox=121,31,122,NaN":              {"bbox bad_format"},
		"search?bbox=121,,122,32":                 {"bbox bad_format"},
		"search?bbox=121,32,122,31":               {"bbox out_of_range"},
		"search?bbox=121,31,122,32&radius=9":      {"radius both"},
		"search?" + here + "&fields=place.secret": {"fields unknown"},
		"search?" + here + "&fields=":             nil,
		"search?" + here + "&attributes=lava":     {"attributes unknown"},
		"search?" + here + "&attributes=" + strings.Repeat("wifi,", 10) + "wifi": {"attributes too_many_items"},
		"search?" + here + "&price_min=1":                                        {"currency required"},
		"search?" + here + "&price_min=1&currency=cny":                           {"currency bad_format"},
		"search?" + here + "&price_min=01&currency=CNY":                          {"price_min wrong_type"},
		"search?" + here + "&price_min=2&price_max=1&currency=CNY":               {"price_max out_of_range"},
		"search?" + here + "&sort=rating&band=100":                               {"band not_by_distance"},
		"search?" + here + "&open_from=soon&open_till=later":                     {"open_from bad_format", "open_till bad_format"},
		"search?" + here + "&open_till=2026-11-22T16:00:00Z":                     {"open_from required"},
		"search?" + here + "&min_rating=6":                                       {"min_rating out_of_range"},
		"map?zoom=3":                                                             {"bbox required"},
		"map?bbox=121,31,122,32&zoom=25":                                         {"zoom out_of_range"},
		"map?bbox=121,31,122,32&zoom=3&lat=3":                                    {"lng required"},
		"map?bbox=121,31,122,32&zoom=3&category=x&limit=9999":                    {"category unknown", "limit out_of_range"},
		"suggestions?" + here:                                                    {"q required"},
		"suggestions?q=x&limit=21":                                               {"lat required", "limit out_of_range", "lng required"},
	} {
		w := do(t, h, http.MethodGet, "/v1/"+path, "", nil)
		if want == nil {
			if w.Code != 200 {
				t.Errorf("%s: %d %s", path, w.Code, w.Body)
			}
			continue
		}
		if diff := cmp.Diff(want, readProblem(t, w).fields()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
}

func TestSearchPages(t *testing.T) {
	t.Parallel()
	h := street(t)
	for _, form := range []string{"", ".geojson"} {
		var got []string
		path := "/v1/search" + form + "?" + here + "&limit=1&radius=2000"
		for cursor := ""; ; {
			w, v := ask(t, h, path+cursor)
			if form == "" {
				got = append(got, idsOf(t, v)...)
			} else {
				id, _ := reach(t, v, "features", 0, "id").(string)
				got = append(got, id)
			}
			next, more := v["next_cursor"].(string)
			if !more {
				break
			}
			if cursor = "&cursor=" + url.QueryEscape(next); len(got) > 3 {
				t.Fatalf("no end of pages: %s", w.Body)
			}
		}
		if diff := cmp.Diff([]string{"plc_zhang", "plc_wang", "plc_wash"}, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", form, diff)
		}
	}
}

func TestSearchExtras(t *testing.T) {
	t.Parallel()
	h := street(t)
	_, v := ask(t, h, "/v1/search?"+here+"&facets=true&explain=true&q=%E9%9D%A2&limit=1", "Accept-Language", "zh")
	var want any
	if err := json.Unmarshal([]byte(`{"total":2,"categories":[{"key":"dining","name":"用餐","count":2},{"key":"noodles","name":"面馆","count":2}],
		"attributes":[{"key":"cards","name":"可刷卡","count":1},{"key":"wifi","name":"无线网络","count":1}],"brands":[{"key":"wang","count":1}],"traits":[{"key":"wheelchair=limited","name":"轮椅通行：部分可通行","count":1}],
		"ratings":[{"key":"30","count":1},{"key":"35","count":1},{"key":"40","count":1},{"key":"45","count":1}]}`), &want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(
		want,
		v["facets"],
		cmp.FilterPath(func(p cmp.Path) bool { return strings.Contains(p.String(), "brands") }, cmp.Ignore()),
	); diff != "" {
		t.Errorf("facets (-want +got):\n%s", diff)
	}
	if how := reach(t, v, "hits", 0, "explanation", "matches", 0, "how"); how != "name" {
		t.Errorf("explanation: got %v, want by name", how)
	}
	_, v = ask(t, h, "/v1/search?"+here+"&fields=place.name,distance_m&limit=1")
	if diff := cmp.Diff(
		map[string]any{"place": map[string]any{"name": "张记面馆"}, "distance_m": 60.1},
		reach(t, v, "hits", 0),
		nearly,
	); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
}

// TestSearchGeoJSON: it has a path of its own, and no header changes what an answer is.
func TestSearchGeoJSON(t *testing.T) {
	t.Parallel()
	h := street(t)
	for _, accept := range []string{"", "*/*", "application/json", "application/geo+json", "text/html", ";", "application/geo+json;q=0"} {
		w, v := ask(t, h, "/v1/search?"+here+"&limit=1", "Accept", accept)
		if got := w.Header().Get("Content-Type"); w.Code != 200 || got != "application/json" || v["hits"] == nil {
			t.Errorf("Accept %q: got %d %q, want JSON", accept, w.Code, got)
		}
		w, v = ask(t, h, "/v1/search.geojson?"+here+"&limit=1&fields=place.name", "Accept", accept)
		if got := w.Header().Get("Content-Type"); w.Code != 200 || got != "application/geo+json" {
			t.Errorf("Accept %q: got %d %q, want GeoJSON", accept, w.Code, got)
		}
		wanted := map[string]any{
			"type": "Feature", "id": "plc_zhang", "geometry": map[string]any{"type": "Point", "coordinates": []any{121.47433111391607, 31.2304}},
			"properties": map[string]any{"place": map[string]any{"name": "张记面馆"}},
		}
		if diff := cmp.Diff(wanted, reach(t, v, "features", 0), nearly); diff != "" {
			t.Errorf("Accept %q (-want +got):\n%s", accept, diff)
		}
	}
	if w := do(t, h, http.MethodGet, "/v1/search.geojson?lat=31", "", nil); readProblem(t, w).fields() == nil {
		t.Errorf("a search that is refused: got %d %s", w.Code, w.Body)
	}
}

func TestMap(t *testing.T) {
	t.Parallel()
	h := street(t)
	w, v := ask(t, h, "/v1/map?bbox=121,31,122,32&zoom=5", "Accept-Language", "zh")
	if got := w.Header().Get("Content-Type"); w.Code != 200 || got != "application/geo+json" {
		t.Fatalf("got %d %q", w.Code, got)
	}
	p, _ := reach(t, v, "features", 0, "properties").(map[string]any)
	if p["cluster"] != true || p["count"] != 3.0 || p["cell"] != reach(t, v, "features", 0, "id") || p["place"] != nil ||
		p["expansion_zoom"].(float64) <= 5 {
		t.Errorf("from afar: got %s", w.Body)
	}
	w, v = ask(t, h, "/v1/map?bbox=121,31,122,32&zoom=17&category=dining", "Accept-Language", "zh")
	names := map[any]bool{}
	for i := range 2 {
		p, _ := reach(t, v, "features", i, "properties").(map[string]any)
		if p["cluster"] != false || p["count"] != 1.0 || reach(t, p, "place", "category_name") != "面馆" {
			t.Errorf("from near: got %s", w.Body)
		}
		names[reach(t, p, "place", "name")] = true
	}
	if !names["老王面馆"] || !names["张记面馆"] {
		t.Errorf("from near: got %s", w.Body)
	}
}

func TestSuggestions(t *testing.T) {
	t.Parallel()
	h := street(t)
	w, v := ask(t, h, "/v1/suggestions?"+here+"&q=xiche", "Accept-Language", "zh")
	if reach(t, v, "places", 0, "id") != "plc_wash" || reach(t, v, "categories", 0, "name") != "洗车" ||
		w.Header().Get("Cache-Control") != "public, max-age=60" {
		t.Errorf("got %s, %v", w.Body, w.Header())
	}
	w, v = ask(t, h, "/v1/suggestions?"+here+"&q=%E4%BA%8C")
	if reach(t, v, "services", 0, "name") != "二人桌" || reach(t, v, "services", 0, "place_name") != "老王面馆" {
		t.Errorf("got %s", w.Body)
	}
	for language, want := range map[string]string{"zh": "肯德基", "en": "KFC"} {
		if w, v = ask(t, h, "/v1/suggestions?"+here+"&q=kfc", "Accept-Language", language); reach(t, v, "brands", 0, "name") != want {
			t.Errorf("KFC, %s: got %s", language, w.Body)
		}
	}
	w, _ = ask(t, h, "/v1/suggestions?"+here+"&q=%E9%BE%98")
	if got := strings.TrimSpace(w.Body.String()); got != `{"places":[],"services":[],"categories":[],"brands":[],"lenient":false}` {
		t.Errorf("nothing known: got %s", got)
	}
}

func TestAttributes(t *testing.T) {
	t.Parallel()
	w, v := ask(t, street(t), "/v1/attributes", "Accept-Language", "zh")
	list, _ := v["attributes"].([]any)
	want := map[string]any{"key": "wifi", "name": "无线网络", "names": map[string]any{"en": "Wi-Fi", "zh": "无线网络"}}
	if len(list) != len(catalog.Attributes) || w.Header().Get("Cache-Control") == "" {
		t.Fatalf("got %d attributes, %v", len(list), w.Header())
	}
	if diff := cmp.Diff(want, list[0]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
