package geo

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"
)

func near(a, b Point, degrees float64) bool {
	return math.Abs(a.Lat-b.Lat) <= degrees && math.Abs(a.Lng-b.Lng) <= degrees
}

func TestDatumAgainstGcoord(t *testing.T) {
	t.Parallel()
	for _, row := range sharedData(t, "coords_wgs84_gcj02_bd09_a.csv") {
		wgs := pointOf(t, row, "wgs_lat", "wgs_lon")
		for system, want := range map[System]Point{
			WGS84: wgs,
			GCJ02: pointOf(t, row, "gcj_lat", "gcj_lon"),
			BD09:  pointOf(t, row, "bd_lat", "bd_lon"),
		} {
			if got, err := FromWGS84(wgs, system); err != nil || !near(got, want, 1e-5) {
				t.Errorf("%s: FromWGS84(%v, %s): got %v, %v, want %v", row["name"], wgs, system, got, err, want)
			}
			if got, err := ToWGS84(want, system); err != nil || !near(got, wgs, 1e-5) {
				t.Errorf("%s: ToWGS84(%v, %s): got %v, %v, want %v", row["name"], want, system, got, err, wgs)
			}
		}
	}
}

// The same three, by hand from that file's public originals, so that something runs
// without it: one city of the mainland, and its neighbours abroad.
func TestDatumHere(t *testing.T) {
	t.Parallel()
	shenzhen := Point{22.5458236, 114.0527534}
	for system, want := range map[System]Point{GCJ02: {22.5431014, 114.0578659}, BD09: {22.5487584, 114.064418}} {
		if got, err := FromWGS84(shenzhen, system); err != nil || !near(got, want, 1e-5) {
			t.Errorf("FromWGS84(%s): got %v, %v, want %v", system, got, err, want)
		}
		if got, err := ToWGS84(want, system); err != nil || !near(got, shenzhen, 1e-5) {
			t.Errorf("ToWGS84(%s): got %v, %v, want %v", system, got, err, shenzhen)
		}
	}
	for _, abroad := range []Point{{22.2819, 114.1582}, {22.1987, 113.5439}, {25.0339, 121.5645}, {35.68, 139.76}, {40.71, -74.0}} {
		if got, err := FromWGS84(abroad, GCJ02); err != nil || got != abroad {
			t.Errorf("FromWGS84(%v): got %v, %v, want it unchanged", abroad, got, err)
		}
		if got, err := ToWGS84(abroad, GCJ02); err != nil || got != abroad {
			t.Errorf("ToWGS84(%v): got %v, %v, want it unchanged", abroad, got, err)
		}
	}
}

func TestDatumErrors(t *testing.T) {
	t.Parallel()
	for _, turn := range []func(Point, System) (Point, error){ToWGS84, FromWGS84} {
		var system *SystemError
		if _, err := turn(Point{31, 121}, "mars"); !errors.As(err, &system) || system.System != "mars" {
			t.Errorf("unknown system: got %v", err)
		}
		var point *PointError
		if _, err := turn(Point{121, 31}, GCJ02); !errors.As(err, &point) || point.Code != Swapped {
			t.Errorf("swapped axes: got %v", err)
		}
	}
}

func TestDatumRoundTrip(t *testing.T) {
	t.Parallel()
	systems := rapid.SampledFrom([]System{WGS84, GCJ02, BD09})
	back := func(t *rapid.T, p Point, s System) {
		q, err := FromWGS84(p, s)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := ToWGS84(q, s); err != nil || !near(got, p, 1e-9) {
			t.Fatalf("%v by %s over %v: got %v, %v", p, s, q, got, err)
		}
	}
	t.Run("mainland", func(t *testing.T) { // a part of the inland far from every border; Myanmar reaches to 28.5° N at 98.6° E
		rapid.Check(t, func(t *rapid.T) {
			p := Point{rapid.Float64Range(28, 38).Draw(t, "lat"), rapid.Float64Range(100, 117).Draw(t, "lng")}
			back(t, p, systems.Draw(t, "system"))
		})
	})
	t.Run("abroad", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			p := Point{rapid.Float64Range(-84, 84).Draw(t, "lat"), rapid.Float64Range(-170, 70).Draw(t, "lng")}
			if !p.Valid() {
				t.Skip("null island")
			}
			back(t, p, systems.Draw(t, "system"))
		})
	})
}

func TestMainland(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		p    Point
		want bool
	}{
		{"Luohu Commercial City, Shenzhen", Point{22.5325, 114.1150}, true},
		{"Futian Port, Shenzhen", Point{22.5195, 114.0680}, true},
		{"Sheung Shui, Hong Kong", Point{22.5012, 114.1280}, false},
		{"Lo Wu station, Hong Kong", Point{22.5283, 114.1132}, false},
		{"Heung Yuen Wai, Hong Kong", Point{22.5511, 114.1535}, false},
		{"Gongbei, Zhuhai", Point{22.2215, 113.5480}, true},
		{"Senado Square, Macau", Point{22.1936, 113.5399}, false},
		{"Kinmen", Point{24.4370, 118.3190}, false},
		{"Xiamen", Point{24.4600, 118.0800}, true},
		{"Urumqi", Point{43.8256, 87.6168}, true},
		{"Sansha", Point{16.8335, 112.3338}, true},
		{"Hanoi", Point{21.0285, 105.8542}, false},
		{"Seoul", Point{37.5665, 126.9780}, false},
		{"Vladivostok", Point{43.1155, 131.8855}, false},
	} {
		if got, err := Mainland(tc.p); err != nil || got != tc.want {
			t.Errorf("%s: got %v, %v, want %v", tc.name, got, err, tc.want)
		}
	}
}

func TestMainlandOfRealPlaces(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		file, lat, lng string
		want           bool
	}{
		{"hongkong_facilities_gov.csv", "lat", "lon", false},
		{"taiwan_restaurants_gov.csv", "lat", "lon", false},
		{"cn_cafes.csv", "lat", "lon", true},
		{"beijing_lodgings.csv", "lat", "lon", true},
		{"coords_wgs84_gcj02_bd09_a.csv", "wgs_lat", "wgs_lon", true},
	} {
		t.Run(tc.file, func(t *testing.T) {
			t.Parallel()
			for _, row := range sharedData(t, tc.file) {
				p := pointOf(t, row, tc.lat, tc.lng)
				if got, err := Mainland(p); err != nil || got != tc.want {
					t.Errorf("%s %s %v: got %v, %v, want %v", row["id"], row["name"], p, got, err, tc.want)
				}
			}
		})
	}
}
