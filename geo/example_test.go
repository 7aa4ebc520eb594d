package geo_test

import (
	"fmt"

	"corner/geo"
)

func Example() {
	// A phone in Shanghai hands over its position in GCJ-02.
	here, err := geo.ToWGS84(geo.Point{Lat: 31.22844, Lng: 121.47824}, geo.GCJ02)
	if err != nil {
		panic(err)
	}
	cafe := geo.Point{Lat: 31.2330, Lng: 121.4760}

	area := geo.Cover(here, 500)
	fmt.Println("an index must look at the cafe's cell:", area.Covers(geo.Cells(cafe)[4]))
	fmt.Println("the cafe is in the area:", area.Contains(cafe))
	fmt.Printf("%.0f m to go\n", geo.Distance(here, cafe))
	// Output:
	// an index must look at the cafe's cell: true
	// the cafe is in the area: true
	// 363 m to go
}
