package geo

import (
	"bufio"
	"cmp"
	"encoding/json"
	"math"
	"os"
	"slices"
	"testing"

	"corner/internal/fixtures"
)

// TestNearbyTruth answers 400 searches over 59,362 real places, by ruler and by cells,
// and compares count, order and metres with the WGS-84 geodesic's.
func TestNearbyTruth(t *testing.T) {
	t.Parallel()
	type place struct {
		id    string
		at    Point
		cells [5]Cell
	}
	var places []place
	for _, row := range sharedData(t, "osm_merchants_15cities.csv") {
		p := pointOf(t, row, "lat", "lon")
		places = append(places, place{row["id"], p, Cells(p)})
	}
	type hit struct {
		id string
		d  Metres
	}
	for _, want := range truths(t) {
		center := Point{want.Lat, want.Lon}
		area, ruler := Cover(center, Metres(want.Radius)), RulerAt(center)
		var hits []hit
		for _, p := range places {
			if !ruler.Within(p.at, area.Radius) {
				continue
			}
			if area.Cells != nil && !area.Covers(p.cells[4]) {
				t.Fatalf("%v, %v m: %s is in the area, but not in its cells", center, want.Radius, p.id)
			}
			hits = append(hits, hit{p.id, ruler.Distance(p.at)})
		}
		if len(hits) != want.Count {
			t.Errorf("%v, %v m: got %d hits, want %d", center, want.Radius, len(hits), want.Count)
			continue
		}
		slices.SortFunc(hits, func(a, b hit) int {
			return cmp.Or(cmp.Compare(a.d, b.d), cmp.Compare(a.id, b.id))
		})
		for i, near := range want.Nearest {
			id, metres := near[0].(string), near[1].(float64)
			tied := math.Abs(float64(hits[i].d)-metres) <= 0.001 // the file's three decimals
			if !tied || hits[i].id != id && !slices.ContainsFunc(hits, func(h hit) bool {
				return h.id == id && math.Abs(float64(h.d)-metres) <= 0.001
			}) {
				t.Errorf("%v, %v m, place %d: got %v, want %v", center, want.Radius, i, hits[i], near)
			}
		}
	}
}

type truth struct {
	Lat, Lon float64
	Radius   float64 `json:"radius_m"`
	Count    int
	Nearest  [][2]any
}

func truths(t *testing.T) []truth {
	t.Helper()
	f, err := os.Open(fixtures.File(t, "nearby_truth_osm15.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []truth
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var one truth
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			t.Fatal(err)
		}
		all = append(all, one)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}
