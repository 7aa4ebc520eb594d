package esindex_test

import (
	"reflect"
	"testing"
	"time"

	diff "github.com/google/go-cmp/cmp"

	"corner/catalog"
	"corner/discovery"
	"corner/geo"
	"corner/index/esindex"
	"corner/money"
	"corner/reviews"
	"corner/walltime"
)

// whole is a listing with nothing left out.
var whole = discovery.Listing{
	Place:       "plc_whole",
	Version:     7,
	Live:        true,
	Source:      "osm:node/1",
	Names:       catalog.Names{Main: "老王 Wang's", Zh: "老王", En: "Wang's"},
	Category:    "car_wash",
	Point:       anywhere,
	Approximate: true,
	Address:     "人民路 1",
	Phone:       "+8613800000000",
	Hours: catalog.Hours{
		Weekly:     [7][]catalog.Interval{{{Opens: 480, Closes: 1560}}},
		Exceptions: []catalog.Exception{{Day: walltime.DayOf(2026, time.May, 1), Intervals: []catalog.Interval{{Opens: 1, Closes: 2}}}},
		Closure:    catalog.Closure{From: 20_000, Until: 20_003},
	},
	Zone:       "Asia/Shanghai",
	Claimed:    true,
	Merchant:   "mch_1",
	Brand:      "kfc",
	Attributes: []string{"parking", "wifi"},
	Traits:     catalog.TraitsOf("wheelchair=yes"),
	Entrance:   geo.Point{Lat: 31.2301, Lng: 121.4702},
	Photo:      "pho_1",
	Rating:     reviews.Rating{Sum: 13, N: 3},
	Services: []discovery.Offering{{
		ID: "svc_1", Name: "精洗", Price: money.Of(2_800, "CNY"), PriceTo: money.Of(9_900, "CNY"),
		Duration: 45 * time.Minute, Bookable: true, AtHome: 3_000.5,
	}},
}

// TestWhole holds that the engine keeps all of a listing, through a rebuild too. Who
// gives listings a field adds it above, and then to wireListing.
func TestWhole(t *testing.T) {
	t.Parallel()
	for _, v := range []reflect.Value{reflect.ValueOf(whole), reflect.ValueOf(whole.Services[0])} {
		for i := range v.NumField() {
			if v.Field(i).IsZero() {
				t.Errorf("%s.%s is left out", v.Type(), v.Type().Field(i).Name)
			}
		}
	}
	x := built(t, esindex.Options{})
	err := x.Rebuild(t.Context(), func(func([]discovery.Listing) error) error {
		return x.Put(t.Context(), []discovery.Listing{whole}) // so it is carried over
	})
	if err != nil {
		t.Fatal(err)
	}
	page := search(t, x, anything)
	if d := diff.Diff([]discovery.Hit{{Listing: &whole}}, page.Hits); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}
