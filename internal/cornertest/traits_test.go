package cornertest_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corner/internal/cornertest"
)

// TestTraits follows one trait the whole way: told at the registration, shown, found by,
// counted, changed, taken back, and read from OpenStreetMap in both forms.
func TestTraits(t *testing.T) {
	t.Parallel()
	setup := cornertest.Setup{Data: t.TempDir()}
	dir := t.TempDir()
	const header = "id,name,name_zh,name_en,category,cuisine,lat,lon,address,city,country,tz,phone,website,opening_hours,brand,extra\n"
	table := header + `osm:node/1,Kavárna,,,amenity=cafe,,50.0875,14.4213,,,CZ,Europe/Prague,,,,,"{""wheelchair"":""designated""}"` + "\n" +
		`osm:node/2,Hospoda,,,amenity=pub,,50.0876,14.4213,,,CZ,Europe/Prague,,,,,"{""wheelchair"":""no"",""level"":""0""}"` + "\n" +
		`osm:node/3,Bistro,,,amenity=fast_food,,50.0877,14.4213,,,CZ,Europe/Prague,,,,,"{""wheelchair"":""???"","` + "\n"
	feature := `{"type":"FeatureCollection","features":[{"type":"Feature","id":"node/4","properties":{"name":"Bar","amenity":"bar","wheelchair":"limited"},` +
		`"geometry":{"type":"Point","coordinates":[14.4213,50.0878]}}]}`
	for name, text := range map[string]string{"extract.csv": table, "bar.geojson": feature} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		cornertest.Run(t, setup, "import", path)
	}
	s := cornertest.Start(t, setup)
	guest := s.Anybody()
	const near = "/v1/search?lat=50.0875&lng=14.4213&radius=500"
	for asked, want := range map[string]string{
		"": "Kavárna Hospoda Bistro Bar", "&wheelchair=yes": "Kavárna", "&wheelchair=no": "Hospoda", "&wheelchair=limited": "Bar",
		"&wheelchair=yes,limited": "Kavárna Bar", "&wheelchair=limited&category=cafe": "",
	} {
		a := guest.Get(t, near+asked).Want(t, 200)
		var names []string
		for i := range a.Len(t, "hits") {
			names = append(names, a.Text(t, "hits."+string(rune('0'+i))+".place.name"))
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%q finds %q, want %q", asked, got, want)
		}
	}
	a := guest.Get(t, near+"&facets=true&fields=place.wheelchair").Want(t, 200)
	if a.Text(t, "hits.0.place.wheelchair") != "yes" || a.Len(t, "facets.traits") != 3 ||
		a.Text(t, "facets.traits.0.key") != "wheelchair=limited" {
		t.Errorf("got %s; want the trait of hits and its counts", a.Body)
	}
	if a := guest.Get(t, near+"&wheelchair=perhaps").Want(t, 422); a.Text(t, "errors.0.parameter") != "wheelchair" {
		t.Errorf("a value that is none: got %s", a.Body)
	}

	sh := openShop(t, s, "平地面馆", 31.3115, 120.6290, 5)
	path := "/v1/places/" + sh.place
	change := func(patch string, status int) *cornertest.Answer {
		t.Helper()
		etag := sh.owner.Get(t, path).Header.Get("ETag")
		return sh.owner.Do(t, "PATCH", path, patch, "If-Match", etag, "Content-Type", "application/merge-patch+json").Want(t, status)
	}
	if a := change(`{"wheelchair": "limited"}`, 200); a.Text(t, "wheelchair") != "limited" {
		t.Errorf("after the change: %s", a.Body)
	}
	if a := change(`{"wheelchair": "perhaps"}`, 422); !strings.Contains(string(a.Body), "/wheelchair") {
		t.Errorf("a value that is none: got %s", a.Body)
	}
	change(`{"address": "人民路 1"}`, 200)
	if a := sh.owner.Get(t, path+"/history").Want(t, 200); !strings.Contains(string(a.Body), `"/wheelchair"`) {
		t.Errorf("the history does not tell of it: %s", a.Body)
	}
	find(t, guest, sh, "&wheelchair=limited")
	change(`{"wheelchair": null}`, 200)
	if a := guest.Get(t, path).Want(t, 200); strings.Contains(string(a.Body), "wheelchair") {
		t.Errorf("after it was taken back: %s", a.Body)
	}
}
