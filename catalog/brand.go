package catalog

import (
	_ "embed"
	"encoding/csv"
	"strings"
	"sync"
)

// Brand is what the places of a chain have in common: the names by which people look for
// them, so that a search for KFC finds 肯德基.
type Brand struct {
	Key      string   // stable, "kfc"
	Name     string   // as its own customers say
	Zh, En   string   // "" if it has none
	Aliases  []string // what else it is called
	Category string   // a key of the Tree: what its places mostly are
}

// brandLines is the brands; its head names source and licence.
//
//go:embed brands.csv
var brandLines string

// Brands is every brand that is known, by key.
var Brands = parseBrands(brandLines)

func parseBrands(lines string) []Brand {
	r := csv.NewReader(strings.NewReader(lines))
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		panic(err) // the file is part of the program, and a test reads it
	}
	brands := make([]Brand, 0, len(rows)-1)
	for _, row := range rows[1:] {
		b := Brand{Key: row[0], Name: row[1], Zh: row[2], En: row[3], Category: row[5]}
		if row[4] != "" {
			b.Aliases = strings.Split(row[4], "|")
		}
		brands = append(brands, b)
	}
	return brands
}

// Names are all names of the brand, each once.
func (b *Brand) Names() []string {
	names := []string{b.Name}
	for _, n := range append([]string{b.Zh, b.En}, b.Aliases...) {
		if n != "" && n != b.Name {
			names = append(names, n)
		}
	}
	return names
}

var brandByKey = sync.OnceValue(func() map[string]*Brand {
	m := make(map[string]*Brand, len(Brands))
	for i := range Brands {
		m[Brands[i].Key] = &Brands[i]
	}
	return m
})

// BrandByKey finds a brand by its key.
func BrandByKey(key string) (Brand, bool) {
	if b, ok := brandByKey()[key]; ok {
		return *b, true
	}
	return Brand{}, false
}
