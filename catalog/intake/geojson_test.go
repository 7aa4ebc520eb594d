package intake_test

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corner/catalog"
	"corner/catalog/intake"
	"corner/geo"
)

const noodles = `{"type": "Feature", "id": "node/1", "geometry": {"type": "Point", "coordinates": [114.1588, 22.2801, 7]}, "properties": {
	"name": "海記麵家", "name:en": "Hoi Kee \"Noodles\" }]", "amenity": "restaurant", "cuisine": "chinese;noodle", "opening_hours": "Mo-Su 07:00-22:00; PH off",
	"contact:phone": "2904 8603", "addr:country": "HK", "addr:city": "香港", "addr:street": "軒尼詩道", "addr:housenumber": "12", "layer": 1, "x": {"y": [null]}}}`

func noodleListing() catalog.Listing {
	return catalog.Listing{Source: "osm:node/1", Draft: catalog.Draft{
		Names: catalog.Names{Main: "海記麵家", En: `Hoi Kee "Noodles" }]`}, Category: "noodles", Phone: "+85229048603", Address: "香港軒尼詩道12号",
		Location: &catalog.Spot{Point: geo.Point{Lat: 22.2801, Lng: 114.1588}, System: geo.WGS84}, Hours: everyDay(420, 1320),
	}}
}

// collectionOf is a FeatureCollection, a feature a line.
func collectionOf(features ...string) string {
	for i := range features {
		features[i] = strings.ReplaceAll(features[i], "\n", " ")
	}
	return `{"type": "FeatureCollection", "generator": "x {[\" y", "bbox": [1, 2.5e1], "crs": {"a": [{}]}, "n": null,` + "\n\"features\": [\n" +
		strings.Join(
			features,
			",\n",
		) + "\n], \"timestamp\": \"now\"}\n"
}

func geoJSON(t testing.TB, file string) (map[int]catalog.Listing, map[int]string) {
	t.Helper()
	r, err := intake.Open("places.geojson", strings.NewReader(file), intake.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return readAll(t, r)
}

func TestGeoJSON(t *testing.T) {
	t.Parallel()
	listings, reasons := geoJSON(t, "\ufeff"+collectionOf(
		noodles,
		`{"type":"Feature","properties":{"@id":"way/2","name":"Green","leisure":"park","addr:street":"High Street","addr:housenumber":12,"addr:city":"Town"},
			"geometry":{"type":"Polygon","coordinates":[[[10,50],[12,50],[12,54],[10,54],[10,50]],[[11,51],[11.5,51],[11,52],[11,51]]]}}`,
		`{"type":"Feature","properties":{"id":3,"tags":{"name:zh-Hans":"群岛","name:en":"Islands","tourism":"hotel;hostel"}},
			"geometry":{"type":"MultiPolygon","coordinates":[[[[179,-1],[-179,-1],[-179,1],[179,1],[179,-1]]],[[[-177,-1],[-177,1],[-175,1],[-175,-1],[-177,-1]]]]}}`,
		`{"type":"Feature","properties":{"name":"No id","opening_hours":"by arrangement"},"geometry":{"type":"Point","coordinates":[1,2]}}`,
		`{"type":"Feature","properties":{"name":"A road"},"geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}}`,
		`{"type":"Feature","properties":{"amenity":"bench"},"geometry":{"type":"Point","coordinates":[1,2]}}`,
		`{"type":"Feature","properties":{"name":"Nowhere"},"geometry":null}`,
		`{"type":"Feature","properties":{"name":"Swapped"},"geometry":{"type":"Point","coordinates":[22.3,114.1]}}`,
		`{"type":"Feature","properties":{"name":"Flat"},"geometry":{"type":"Polygon","coordinates":[[[1,2],[3]]]}}`,
		`{"type":"Feature","properties":{"name":"Empty"},"geometry":{"type":"Polygon","coordinates":[]}}`,
		`{"type":"Nature","properties":{}}`,
		`"a word"`,
		`12`,
		`{"type":"Feature","properties":{"name":"Bad number"},"geometry":{"type":"Point","coordinates":[1,02]}}`,
		`{"type":"Feature","id":"node/9","properties":{"name":"Last","shop":"florist"},"geometry":{"type":"Point","coordinates":[1,2]}}`,
	))
	at := func(lat, lng float64) *catalog.Spot {
		return &catalog.Spot{Point: geo.Point{Lat: lat, Lng: lng}, System: geo.WGS84}
	}
	source := listings[6].Source // made of name and position
	want := map[int]catalog.Listing{
		3: noodleListing(),
		4: {
			Source: "osm:way/2",
			Draft:  catalog.Draft{Names: catalog.Names{Main: "Green"}, Category: "park", Location: at(52, 11), Address: "12 High Street, Town"},
		},
		5:  {Source: "places:3", Draft: catalog.Draft{Names: catalog.Names{Main: "Islands", Zh: "群岛"}, Category: "hotel", Location: at(0, -178)}},
		6:  {Source: source, Draft: catalog.Draft{Names: catalog.Names{Main: "No id"}, Category: "other", Location: at(2, 1)}},
		17: {Source: "osm:node/9", Draft: catalog.Draft{Names: catalog.Names{Main: "Last"}, Category: "florist", Location: at(2, 1)}},
	}
	if diff := cmp.Diff(want, listings); diff != "" {
		t.Errorf("listings (-want +got):\n%s", diff)
	}
	if !strings.HasPrefix(source, "places:") {
		t.Errorf("the source of a feature without id is %q, want one of places:", source)
	}
	wantReasons := map[int]string{
		7:  "geometry: is neither a point nor an area",
		8:  "name: is missing in every language",
		9:  "geometry: is missing",
		10: "lat and lng: are swapped",
		11: "geometry: is not readable",
		12: "geometry: is not readable",
		13: "it is no feature",
		14: "it is no feature",
		15: "it is no feature",
		16: "it is no feature",
	}
	if diff := cmp.Diff(wantReasons, reasons); diff != "" {
		t.Errorf("reasons (-want +got):\n%s", diff)
	}
}

// The other forms of a file say the same, wherever their lines end.
func TestGeoJSONForms(t *testing.T) {
	t.Parallel()
	line := strings.ReplaceAll(noodles, "\n", " ")
	for name, file := range map[string]string{
		"a collection":        collectionOf(noodles),
		"on one line":         strings.ReplaceAll(collectionOf(noodles), "\n", " "),
		"without anything":    `{"features":[` + noodles + `]}`,
		"features, then type": `{"features":[` + noodles + `],"type":"FeatureCollection"}`,
		"lines":               line + "\n\n",
		"a line without end":  line,
		"records":             "\x1e" + noodles + "\n\x1e\n",
		"a broken line after": line + "\n" + line[:100] + "\n",
	} {
		listings, reasons := geoJSON(t, file)
		broken := strings.HasPrefix(name, "a broken")
		if len(listings) != 1 || (len(reasons) == 1) != broken {
			t.Errorf("%s: %d listings, reasons %v", name, len(listings), reasons)
		}
		for _, l := range listings {
			if diff := cmp.Diff(noodleListing(), l); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
		}
	}
}

func TestGeoJSONThatIsNone(t *testing.T) {
	t.Parallel()
	for _, file := range []string{`{}`, `{"type":"FeatureCollection"}`, `{"features":{}}`, `{"features" [`, `{x`, `{"a":`, `{"type":"Topology","objects":{}}`} {
		r, err := intake.Open("x.json", strings.NewReader(file), intake.Options{})
		if err == nil {
			_, _, err = r.Next()
		}
		if !errors.Is(err, intake.ErrFormat) {
			t.Errorf("%s: %v, want ErrFormat", file, err)
		}
	}
}

// A file that ends too early, and a feature that is too long, cost what they hold only.
func TestGeoJSONDamage(t *testing.T) {
	t.Parallel()
	long := `{"type":"Feature","properties":{"name":"` + strings.Repeat("长", 2<<20) + `"},"geometry":null}`
	whole := collectionOf(noodles, long, noodles)
	listings, reasons := geoJSON(t, whole)
	if len(listings) != 2 || len(reasons) != 1 || !strings.Contains(reasons[4], "longer") {
		t.Errorf("a long feature: %d listings, %v", len(listings), reasons)
	}
	listings, reasons = geoJSON(t, long+"\n"+strings.ReplaceAll(noodles, "\n", " ")+"\n")
	if len(listings) != 1 || len(reasons) != 1 {
		t.Errorf("a long line: %d listings, %v", len(listings), reasons)
	}
	for cut, want := range map[string]string{`"Last"`: "the file ends within a feature", `{"type":"Feature","properties":{"name":"Last"`: "the file ends within the list of features"} {
		file := collectionOf(noodles, `{"type":"Feature","properties":{"name":"Last"},"geometry":null}`)
		file, _, _ = strings.Cut(file, cut)
		listings, reasons = geoJSON(t, file)
		if len(listings) != 1 || len(reasons) != 1 || reasons[4] != want {
			t.Errorf("cut off before %s: %d listings, %v; want %q", cut, len(listings), reasons, want)
		}
	}
}

// endless is a collection of n features that is made while it is read.
type endless struct {
	n, at int
	rest  string
}

func (e *endless) Read(p []byte) (int, error) {
	if e.rest == "" {
		switch {
		case e.at == 0:
			e.rest = `{"type":"FeatureCollection","features":[`
		case e.at > e.n:
			return 0, io.EOF
		case e.at == e.n:
			e.rest = `{}]}`
		default:
			e.rest = fmt.Sprintf(
				`{"type":"Feature","id":"node/%d","properties":{"name":"Place %d","amenity":"cafe","opening_hours":"Mo-Fr 09:00-18:00"},`+
					`"geometry":{"type":"Point","coordinates":[%.5f,50.5]}},`,
				e.at,
				e.at,
				float64(e.at%100)+0.5,
			)
		}
		e.at++
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}

// TestGeoJSONIsStreamed: the memory does not grow with the file, of about 6 MB here.
func TestGeoJSONIsStreamed(t *testing.T) {
	const n = 40_000
	r, err := intake.Open("x.json", &endless{n: n}, intake.Options{})
	if err != nil {
		t.Fatal(err)
	}
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	rows := 0
	before, most := heap(), uint64(0)
	for ; err == nil; rows++ {
		if _, _, err = r.Next(); rows%10_000 == 0 {
			most = max(most, heap())
		}
	}
	if rows != n {
		t.Errorf("%d rows, then %v; want %d", rows, err, n)
	}
	if most > before+(1<<20) {
		t.Errorf("%d bytes more in use while reading, want less than a megabyte", most-before)
	}
}

func FuzzGeoJSON(f *testing.F) {
	f.Add(collectionOf(noodles))
	f.Add("\x1e" + noodles + "\n\x1e{}\n")
	f.Add(strings.ReplaceAll(noodles, "\n", " ") + "\n{\n")
	for _, s := range []string{`{"features":[`, `{"features":[{]}`, `{"a\"":"\\","features":["`, `{"features":[[[[`, `{"features":[1,,true ]`, "{\"type\":\"Feature\"}\n\xff"} {
		f.Add(s)
	}
	f.Add(
		collectionOf(`{"type":"Feature","properties":{"name":"x"},"geometry":{"type":"Polygon","coordinates":[[[1e308,-1e308],[1,2],[3,4]]]}}`),
	)
	f.Fuzz(func(t *testing.T, file string) {
		for _, format := range []string{"geojson", "geojsonl"} {
			r, err := intake.Open("fuzz.json", strings.NewReader(file), intake.Options{Format: format})
			if err != nil {
				t.Fatal(err)
			}
			for last := 0; ; {
				l, row, err := r.Next()
				var bad *intake.RowError
				if errors.Is(err, io.EOF) || errors.Is(err, intake.ErrFormat) {
					break
				}
				if err != nil && (!errors.As(err, &bad) || bad.Reason == "") {
					t.Fatal(err)
				}
				if err == nil {
					check(t, l)
				}
				if row.Line < last {
					t.Fatalf("line %d after line %d", row.Line, last)
				}
				last = row.Line
			}
		}
	})
}

func BenchmarkGeoJSON(b *testing.B) {
	const n = 10_000
	for b.Loop() {
		r, err := intake.Open("x.json", &endless{n: n}, intake.Options{})
		for err == nil {
			_, _, err = r.Next()
			var bad *intake.RowError
			if errors.As(err, &bad) {
				err = nil
			}
		}
		if !errors.Is(err, io.EOF) {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
