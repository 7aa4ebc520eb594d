package discoverytest

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"slices"
	"strconv"
	"testing"

	"corner/catalog"
	"corner/discovery"
	"corner/geo"
	"corner/internal/fixtures"
)

// Merchants is osm_merchants_15cities.csv as listings: real names and spots.
func Merchants(t testing.TB) []discovery.Listing {
	t.Helper()
	f, err := os.Open(fixtures.File(t, "osm_merchants_15cities.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	listings := make([]discovery.Listing, 0, len(rows)-1)
	for _, row := range rows[1:] {
		lat, err := strconv.ParseFloat(row[column["lat"]], 64)
		lng, err2 := strconv.ParseFloat(row[column["lon"]], 64)
		if err != nil || err2 != nil {
			t.Fatalf("row %q: %v, %v", row, err, err2)
		}
		category, ok := osmCategories[row[column["category"]]]
		if !ok {
			category = "other"
		}
		listings = append(listings, discovery.Listing{
			Place: catalog.PlaceID(row[column["id"]]), Version: 1, Live: true,
			Names:    catalog.Names{Main: row[column["name"]], Zh: row[column["name_zh"]], En: row[column["name_en"]]},
			Category: category,
			Point:    geo.Point{Lat: lat, Lng: lng},
			Zone:     row[column["tz"]],
		})
	}
	return listings
}

var osmCategories = map[string]string{
	"amenity=restaurant": "restaurant", "shop=convenience": "convenience", "amenity=cafe": "cafe", "amenity=bank": "bank",
	"shop=supermarket": "supermarket", "amenity=fast_food": "fast_food", "amenity=atm": "atm", "leisure=fitness_centre": "gym",
	"leisure=park": "park", "amenity=pharmacy": "pharmacy",
}

// Truth rebuilds ix with real shops and holds it against the answers another
// program computed along the ellipsoid: how many there are within the radius, and
// which are the 20 nearest, in order.
func Truth(t *testing.T, ix discovery.Index) {
	t.Helper()
	file, err := os.Open(fixtures.File(t, "nearby_truth_osm15.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	merchants := Merchants(t)
	err = ix.Rebuild(t.Context(), func(put func([]discovery.Listing) error) error {
		for batch := range slices.Chunk(merchants, 1_000) {
			if err := put(batch); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatalf("Rebuild: %v", err)
	}
	rows := 0
	for lines := bufio.NewScanner(file); lines.Scan(); rows++ {
		var row truth
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		row.check(t, ix)
	}
	t.Logf("%d rows of truth over %d places", rows, len(merchants))
	if rows == 0 {
		t.Error("there is no row of truth")
	}
}

type truth struct {
	Lat     float64
	Lon     float64
	RadiusM geo.Metres `json:"radius_m"`
	Count   int
	EdgeIDs []string `json:"edge_ids"`
	Nearest []near
}

// near is one of the nearest: [id, metres] in the file.
type near struct {
	id     string
	metres float64
}

// UnmarshalJSON implements json.Unmarshaler.
func (n *near) UnmarshalJSON(b []byte) error { return json.Unmarshal(b, &[2]any{&n.id, &n.metres}) }

func (row *truth) check(t *testing.T, ix discovery.Index) {
	t.Helper()
	q := discovery.Query{
		Center: geo.Point{Lat: row.Lat, Lng: row.Lon},
		Radius: row.RadiusM,
		Sort:   discovery.ByDistance,
		Limit:  discovery.MaxLimit,
	}
	var hits []discovery.Hit
	for {
		page, err := ix.Search(t.Context(), q)
		if err != nil {
			t.Fatalf("Search(%+v): %v", q, err)
		}
		hits = append(hits, page.Hits...)
		if !page.More {
			break
		}
		q.After, q.Pin = new(q.Mark(&page.Hits[len(page.Hits)-1])), page.Pin
	}
	// At the edge another model of the earth may count differently; elsewhere not.
	sure := 0
	for i := range hits {
		if !slices.Contains(row.EdgeIDs, string(hits[i].Listing.Place)) {
			sure++
		}
	}
	if row.Count < sure || row.Count > sure+len(row.EdgeIDs) {
		t.Errorf(
			"%v, %v within %v: %d places but for those at the edge, want %d but for up to %d",
			row.Lat,
			row.Lon,
			row.RadiusM,
			sure,
			row.Count,
			len(row.EdgeIDs),
		)
	}
	for i, want := range row.Nearest {
		if i >= len(hits) {
			t.Errorf("%v, %v: hit %d is missing, want %v", row.Lat, row.Lon, i, want)
			break
		}
		got := &hits[i]
		// Places of one distance have no order of truth.
		tie := slices.ContainsFunc(row.Nearest, func(n near) bool {
			return n.id == string(got.Listing.Place) && n.metres == want.metres
		}) || i == len(row.Nearest)-1
		if math.Abs(float64(got.Distance)-want.metres) > 0.001 || string(got.Listing.Place) != want.id && !tie {
			t.Errorf("%v, %v: hit %d is %s at %.4f m, want %s at %.3f m", row.Lat, row.Lon, i, got.Listing.Place, got.Distance, want.id, want.metres)
		}
	}
}
