package geo

import "math"

// ResAtZoom is the resolution, 0 to [FinestRes], whose cells are about 70 pixels wide
// on a web map of the zoom level (256 pixels to the tile): clusters that do not overlap.
func ResAtZoom(zoom float64) int {
	// Cells of resolution 7 are 2.4 km wide, 70 pixels at zoom 12 and 35° of latitude.
	// A resolution is √7 times as fine as the one before, a zoom level twice.
	res := 7 + (zoom-12)/math.Log2(math.Sqrt(7))
	return int(math.Round(math.Min(FinestRes, math.Max(0, res))))
}
