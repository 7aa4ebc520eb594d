package intake

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"corner/catalog"
)

// Preset is how to read a table that many have.
type Preset struct {
	Name    string
	Header  string // of the table, by which it is known
	Columns string // as ParseColumns reads them
	// branches are the categories for what the category column holds; the longest part
	// of it that is listed decides, and "" is for all the rest.
	branches map[string]string
	// rewrite makes opening hours of what the hours column holds.
	rewrite func(string) string
}

// OSMColumns is the header of an extract of OpenStreetMap in CSV.
var OSMColumns = []string{
	"id", "name", "name_zh", "name_en", "category", "cuisine", "lat", "lon", "address",
	"city", "country", "tz", "phone", "website", "opening_hours", "brand", "extra",
}

// Presets are the tables that are known.
var Presets = []Preset{
	{
		Name:    "osm",
		Header:  strings.Join(OSMColumns, ","),
		Columns: "id=id,source==osm,name=name,name_zh=name_zh,name_en=name_en,category=category,cuisine=cuisine,lat=lat,lng=lon,address=address,phone=phone,country=country,hours=opening_hours,zone=tz,tags=extra",
	},
	{
		Name: "hk-facilities",
		Header: "id,name_en,name_zh,category_en,category_zh,lat,lon,address_en,address_zh,district_en,district_zh,phone,opening_hours_en,opening_hours_zh," +
			"website,last_update",
		Columns: "id=id,source==hkgov,name=name_zh,name_en=name_en,category=category_en,lat=lat,lng=lon,address=address_zh|address_en,phone=phone,country==HK," +
			"hours=opening_hours_en,zone==Asia/Hong_Kong",
		branches: hongKong,
		rewrite:  plain,
	},
	{
		Name:   "taiwan-restaurants",
		Header: "id,name,description,category,lat,lon,address,county,town,zip,phone,opening_hours_text,website,parking",
		Columns: "id=id,source==twtb,name=name,category=category,lat=lat,lng=lon,address=address,phone=phone,country==TW,hours=opening_hours_text," +
			"zone==Asia/Taipei",
		branches: taiwan,
		// Its semicolons part what belongs together: "11:00-14:00；17:00-21:00".
		rewrite: func(s string) string {
			return strings.NewReplacer("；", ",", ";", ",").Replace(strings.Trim(plain(s), `"`))
		},
	},
	{
		Name:   "beijing-lodgings",
		Header: "id,name,district,lat,lon,room_type,accommodates,bedrooms,beds,instant_bookable,first_review,last_review,reviews,rating",
		// Inside Airbnb moves each lodging by up to 150 m.
		Columns: "id=id,source==iab,name=name,category==guesthouse,lat=lat,lng=lon,accuracy_m==150,address=district,zone==Asia/Shanghai",
	},
	{
		Name:    "cn-cafes",
		Header:  "id,name,city,lat,lon,download_speed,menu",
		Columns: "id=id,source==cncafe,name=name,category==cafe,lat=lat,lng=lon,zone==Asia/Shanghai",
	},
	{
		Name:    "nyc-sidewalk-cafes",
		Header:  "id,legal_name,trade_name,address,city,zip,lat,lon,seating_type,tables,chairs,licence_status,expires",
		Columns: "id=id,source==nycswc,name=trade_name|legal_name,category==restaurant,lat=lat,lng=lon,address=address+city+zip,zone==America/New_York",
	},
}

var (
	breaks = regexp.MustCompile(`(?i)(\s*(,|<br\s*/?>))+`)
	markup = regexp.MustCompile(`<[^>]*>|&nbsp;?`)
)

// plain is text without HTML; what stood on lines of its own is parted by commas.
func plain(s string) string {
	return strings.Trim(markup.ReplaceAllString(breaks.ReplaceAllString(s, ", "), " "), ", ")
}

// PresetNames are the names of the presets.
func PresetNames() []string {
	var names []string
	for _, p := range Presets {
		names = append(names, p.Name)
	}
	return names
}

// presetOf is the preset of a name, or, without one, that of a header.
func presetOf(name string, header []string) (Preset, error) {
	known := func(p Preset) bool { return p.Name == name || name == "" && p.Header == strings.Join(header, ",") }
	i := slices.IndexFunc(Presets, known)
	switch {
	case i >= 0:
		return Presets[i], nil
	case name != "":
		return Preset{}, fmt.Errorf("--preset: %q is none of %s", name, strings.Join(PresetNames(), ", "))
	}
	return Preset{}, fmt.Errorf("%w: its columns, %s, are of no preset (%s): say with --columns what they are",
		ErrFormat, strings.Join(header, ", "), strings.Join(PresetNames(), ", "))
}

// columns parses the preset's own; a test holds that they can be.
func (p Preset) columns() Columns {
	c, err := ParseColumns(p.Columns)
	if err != nil {
		panic("intake: preset " + p.Name + ": " + err.Error())
	}
	return c
}

func (p Preset) category(tree *catalog.Tree, value, cuisine string) string {
	if p.branches == nil {
		return categoryOf(tree, value, cuisine)
	}
	branch, longest := p.branches[""], 0
	for part, key := range p.branches {
		if len(part) > longest && strings.Contains(value, part) {
			branch, longest = key, len(part)
		}
	}
	return branch
}

func (p Preset) hours(s string) string {
	if p.rewrite == nil {
		return s
	}
	return p.rewrite(s)
}
