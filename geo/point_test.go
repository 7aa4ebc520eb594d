package geo

import (
	"errors"
	"math"
	"testing"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	nan, inf := math.NaN(), math.Inf(1)
	for _, tc := range []struct {
		lat, lng    float64
		field, code string // both empty: valid
	}{
		{22.3, 114.2, "", ""},
		{90, 180, "", ""},
		{-90, -180, "", ""},
		{0, 1, "", ""},
		{1, 0, "", ""},
		{0, 0, FieldBoth, NullIsland},
		{math.Copysign(0, -1), 0, FieldBoth, NullIsland},
		{114.2, 22.3, FieldBoth, Swapped},
		{-122.4, 37.8, FieldBoth, Swapped},
		{180, 90, FieldBoth, Swapped},
		{90.001, 90.001, FieldLat, OutOfRange},
		{114.2, 114.2, FieldLat, OutOfRange},
		{181, 22, FieldLat, OutOfRange},
		{22, 180.5, FieldLng, OutOfRange},
		{91, 181, FieldBoth, OutOfRange},
		{nan, 1, FieldLat, NotANumber},
		{1, nan, FieldLng, NotANumber},
		{nan, nan, FieldBoth, NotANumber},
		{inf, 1, FieldLat, Infinite},
		{1, -inf, FieldLng, Infinite},
		{-inf, inf, FieldBoth, Infinite},
		{nan, 200, FieldLat, NotANumber},
		{100, nan, FieldLat, OutOfRange},
	} {
		err := Check(tc.lat, tc.lng)
		if valid := (Point{tc.lat, tc.lng}).Valid(); valid != (err == nil) {
			t.Errorf("Point{%v,%v}.Valid() = %v, but Check says %v", tc.lat, tc.lng, valid, err)
		}
		var got PointError
		if pe := (*PointError)(nil); errors.As(err, &pe) {
			got = *pe
		}
		if want := (PointError{tc.field, tc.code}); got != want {
			t.Errorf("Check(%v, %v): got %+v, want %+v", tc.lat, tc.lng, got, want)
		}
	}
}
