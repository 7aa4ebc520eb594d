package catalog_test

import (
	"math"
	"testing"
	"time"

	"corner/catalog"
	"corner/geo"
)

// FuzzSpot: whatever a phone hands over, a spot is taken or named as faulty; what is taken
// is a point on earth, close to what was sent.
func FuzzSpot(f *testing.F) {
	f.Add(31.2304, 121.4737, "gcj02", 8.0, 31.2305, 121.4738, int64(0))
	f.Add(0.0, 0.0, "", 0.0, 0.0, 0.0, int64(0))
	f.Add(121.47, 31.23, "wgs84", -1.0, 0.0, 0.0, int64(-1))
	f.Add(math.NaN(), math.Inf(1), "bd09", math.NaN(), 90.0, 180.0, int64(math.MaxInt64))
	f.Add(-89.9999, 179.9999, "wgs84", 1e5, -89.9999, -179.9999, int64(1_795_000_000))
	f.Fuzz(func(t *testing.T, lat, lng float64, system string, accuracy, doorLat, doorLng float64, at int64) {
		spot := catalog.Spot{
			Point: geo.Point{Lat: lat, Lng: lng}, System: geo.System(system), Accuracy: geo.Metres(accuracy), How: catalog.GPS,
			MeasuredAt: time.Unix(at, 0), Entrance: &geo.Point{Lat: doorLat, Lng: doorLng},
		}
		l, err := catalog.Locate(spot, now)
		if err != nil {
			if len(faults(err)) == 0 {
				t.Errorf("refused without a field: %v", err)
			}
			return
		}
		if !l.Point.Valid() || !l.Entrance.Valid() {
			t.Errorf("%+v was taken as %+v", spot, l)
		}
		// The systems of the mainland are some 700 m off, and together with BD-09's 1.3 km.
		if off := geo.Distance(l.Point, l.Sent); off > 3_000 {
			t.Errorf("%+v was moved %v m", spot, off)
		}
		if c := l.Confidence(now, now); !(c >= 0 && c <= 1) {
			t.Errorf("confidence %v", c)
		}
		if area := catalog.Vicinity(l); len(area.Cells) == 0 || area.Res != geo.FinestRes {
			t.Errorf("the vicinity of %+v has %d cells of resolution %d", l, len(area.Cells), area.Res)
		}
	})
}
