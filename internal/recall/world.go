package recall

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"corner/catalog"
	"corner/discovery"
	"corner/geo"
)

// World is the listings of one index, and what is asked of it.
type World struct {
	Listings []discovery.Listing
	Sets     []Set

	byID   map[catalog.PlaceID]int
	byName map[string]int // Names.Main → the first in Listings
}

// Read makes the world of the shared test data in a folder.
func Read(folder string) (*World, error) {
	w := &World{byID: map[catalog.PlaceID]int{}, byName: map[string]int{}}
	for _, read := range []func(string) error{w.readMerchants, w.readFacilities, w.readCafes, w.readBrands} {
		if err := read(folder); err != nil {
			return nil, err
		}
	}
	return w, w.ask(folder)
}

// add puts a listing into the world, of the brand that the catalogue would see in it.
func (w *World) add(l discovery.Listing) {
	l.Version, l.Live = 1, true
	l.Brand = catalog.BrandOf(l.Names)
	w.byID[l.Place] = len(w.Listings)
	if _, known := w.byName[l.Names.Main]; !known {
		w.byName[l.Names.Main] = len(w.Listings)
	}
	w.Listings = append(w.Listings, l)
}

// row is a line of a table, by the columns' names.
type row map[string]string

func (r row) point() (geo.Point, error) {
	lat, err := strconv.ParseFloat(r["lat"], 64)
	if err != nil {
		return geo.Point{}, fmt.Errorf("%s: %w", r["id"], err)
	}
	lng, err := strconv.ParseFloat(r["lon"], 64)
	if err != nil {
		return geo.Point{}, fmt.Errorf("%s: %w", r["id"], err)
	}
	return geo.Point{Lat: lat, Lng: lng}, nil
}

// table reads a file of the folder.
func table(folder, name string) ([]row, error) {
	f, err := os.Open(filepath.Join(folder, name))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	rows := make([]row, 0, len(lines))
	for _, line := range lines[1:] {
		r := make(row, len(line))
		for i, cell := range line {
			r[lines[0][i]] = cell
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// places adds the rows of a table as listings.
func (w *World) places(folder, name string, listing func(row) discovery.Listing) error {
	rows, err := table(folder, name)
	if err != nil {
		return err
	}
	for _, r := range rows {
		l := listing(r)
		l.Place = catalog.PlaceID(r["id"])
		if l.Point, err = r.point(); err != nil {
			return fmt.Errorf("reading %s: %w", name, err)
		}
		w.add(l)
	}
	return nil
}

func (w *World) readMerchants(folder string) error {
	return w.places(folder, "osm_merchants_15cities.csv", func(r row) discovery.Listing {
		return discovery.Listing{
			Names:    catalog.Names{Main: r["name"], Zh: r["name_zh"], En: r["name_en"]},
			Category: categoryOf(r["category"]),
			Zone:     r["tz"],
		}
	})
}

func (w *World) readFacilities(folder string) error {
	return w.places(folder, "hongkong_facilities_gov.csv", func(r row) discovery.Listing {
		names := catalog.Names{Main: r["name_zh"], En: r["name_en"]}
		if names.Main == "" {
			names.Main = r["name_en"]
		}
		return discovery.Listing{Names: names, Category: "public", Zone: "Asia/Hong_Kong"}
	})
}

func (w *World) readCafes(folder string) error {
	return w.places(folder, "cn_cafes.csv", func(r row) discovery.Listing {
		return discovery.Listing{Names: catalog.Names{Main: r["name"]}, Category: "cafe", Zone: "Asia/Shanghai"}
	})
}

// categoryOf is our category for OpenStreetMap's, "amenity=cafe".
func categoryOf(tag string) string {
	if key, ok := categories[tag]; ok {
		return key
	}
	return "other"
}

var categories = map[string]string{
	"amenity=restaurant": "restaurant", "amenity=cafe": "cafe", "shop=coffee": "cafe", "amenity=fast_food": "fast_food", "amenity=bar": "bar",
	"amenity=bank": "bank", "amenity=atm": "atm", "amenity=pharmacy": "pharmacy", "shop=convenience": "convenience",
	"shop=supermarket": "supermarket", "leisure=fitness_centre": "gym", "amenity=gym": "gym", "leisure=park": "park",
}
