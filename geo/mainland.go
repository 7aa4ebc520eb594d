package geo

// Mainland reports whether a WGS-84 point lies in mainland China, where maps are in
// GCJ-02: the zones Asia/Shanghai and Asia/Urumqi of the zone data, territorial waters
// included, less [notMainland]. Hong Kong, Macau and Taiwan have zones of their own.
// The first call for a point near China loads the zone data, and fails if that does.
//
// Rectangles will not do here: Shenzhen and Hong Kong share one river, and Luohu's
// shops stand 200 m from it. The simplified border errs by some tens of metres.
func Mainland(p Point) (bool, error) {
	if p.Lat < 3 || p.Lat > 54 || p.Lng < 73 || p.Lng > 136 {
		return false, nil
	}
	finder, err := zoneFinder()
	if err != nil {
		return false, err
	}
	switch finder.GetTimezoneName(p.Lng, p.Lat) {
	case "Asia/Shanghai", "Asia/Urumqi":
	default:
		return false, nil
	}
	for _, b := range notMainland {
		if p.Lat >= b.south && p.Lat <= b.north && p.Lng >= b.west && p.Lng <= b.east {
			return false, nil
		}
	}
	return true, nil
}

// notMainland lists what the simplified zone polygons give to Asia/Shanghai wrongly.
var notMainland = []struct{ south, west, north, east float64 }{
	{22.4850, 113.9430, 22.4960, 113.9550}, // Hong Kong's half of Shenzhen Bay Bridge and its cargo area
	{22.5450, 114.2240, 22.5470, 114.2268}, // Sha Tau Kok, south-west of Chung Ying Street
}
