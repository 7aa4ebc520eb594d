package intake_test

import (
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"corner/catalog/intake"
	"corner/internal/fixtures"
)

func TestPresetsCanBeParsed(t *testing.T) {
	t.Parallel()
	for _, p := range intake.Presets {
		if _, err := intake.ParseColumns(p.Columns); err != nil {
			t.Errorf("%s: %v", p.Name, err)
		}
	}
}

// TestPresets: each file of the shared data is known by its header, and all of its rows
// are places of the branches that it speaks of.
func TestPresets(t *testing.T) {
	t.Parallel()
	dir := fixtures.Folder(t)
	for name, want := range map[string]struct {
		rows, hours int            // hours: at least
		phones      int            // at least
		least       map[string]int // of a category
	}{
		"osm_merchants_15cities.csv": {59_362, 6_250, 4_300, map[string]int{"restaurant": 23_000, "cafe": 8_000, "bank": 7_000}},
		"hongkong_facilities_gov.csv": {15_406, 1_200, 7_500, map[string]int{
			"guesthouse": 1_500, "hotel": 248, "car_repair": 1_374, "hospital": 44, "health": 300, "post_office": 240, "museum": 18, "swimming": 38, "gym": 70,
			"public": 3_000, "other": 3_000, "leisure": 1_200, "fitness": 600,
		}},
		"taiwan_restaurants_gov.csv":   {4_350, 1_600, 3_400, map[string]int{"restaurant": 3_000, "dining": 500, "shopping": 300, "fast_food": 150}},
		"beijing_lodgings.csv":         {9_342, 0, 0, map[string]int{"guesthouse": 9_342}},
		"cn_cafes.csv":                 {339, 0, 0, map[string]int{"cafe": 339}},
		"nyc_sidewalk_cafes_seats.csv": {1_518, 0, 0, map[string]int{"restaurant": 1_518}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, err := os.Open(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			r, err := intake.Open(name, f, intake.Options{})
			if err != nil {
				t.Fatal(err)
			}
			rows, phones, hours, refused := 0, 0, 0, 0
			categories, sources := map[string]int{}, map[string]bool{}
			for {
				l, row, err := r.Next()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatalf("line %d: %v", row.Line, err)
				}
				rows++
				categories[l.Category]++
				sources[l.Source] = true
				if !known(l.Category) {
					t.Fatalf("line %d: category %q", row.Line, l.Category)
				}
				if l.Phone != "" {
					phones++
				}
				if l.Hours.Known() {
					hours++
				}
				if row.Hours.Code != "" {
					refused++
				}
			}
			t.Logf(
				"%d rows, %d with a phone, %d with hours, %d with hours that are not understood; %v",
				rows,
				phones,
				hours,
				refused,
				maps.Collect(maps.All(categories)),
			)
			if rows != want.rows || len(sources) != rows || hours < want.hours || phones < want.phones {
				t.Errorf("%d rows of %d sources, %d phones, %d hours; want %+v", rows, len(sources), phones, hours, want)
			}
			for key, least := range want.least {
				if categories[key] < least {
					t.Errorf("%d are %s, want at least %d", categories[key], key, least)
				}
			}
		})
	}
}
