package intake

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"corner/catalog"
	"corner/catalog/osm"
	"corner/geo"
)

// geoJSON reads features that bear OpenStreetMap's tags as properties.
type geoJSON struct {
	features  features
	directory string
}

func newGeoJSON(f features, o Options) *geoJSON { return &geoJSON{features: f, directory: o.Directory} }

// feature is a feature of RFC 7946.
type feature struct {
	Type       string         `json:"type"`
	ID         any            `json:"id"`
	Properties map[string]any `json:"properties"`
	Geometry   *geometry      `json:"geometry"`
}

type geometry struct {
	Type        string          `json:"type"`
	Coordinates json.RawMessage `json:"coordinates"`
}

func parseFeature(text []byte) (f feature, err error) { return f, json.Unmarshal(text, &f) }

// Next implements Reader.
func (g *geoJSON) Next() (catalog.Listing, Row, error) {
	text, line, err := g.features.next()
	row := Row{Line: line}
	if err != nil {
		return catalog.Listing{}, row, err
	}
	f, err := parseFeature(text)
	if err != nil || f.Type != "Feature" {
		return catalog.Listing{}, row, &RowError{row, "it is no feature"}
	}
	tags := f.tags()
	row.ID = f.id(tags)
	l, reason := g.listing(f, tags, &row)
	if reason != "" {
		return catalog.Listing{}, row, &RowError{row, reason}
	}
	return l, row, nil
}

func (g *geoJSON) listing(f feature, tags map[string]string, row *Row) (l catalog.Listing, reason string) {
	names := namesOf(tags["name"], first(tags, "name:zh", "name:zh-Hans", "name:zh-Hant"), tags["name:en"])
	if names.Main == "" {
		return l, "name: is missing in every language"
	}
	point, reason := f.Geometry.point()
	if reason != "" {
		return l, reason
	}
	source, ok := sourceOf(g.directory, row.ID, names, point)
	if !ok {
		return l, "id: is too long or no text"
	}
	l = catalog.Listing{
		Source: source,
		Draft: catalog.Draft{
			Names:    names,
			Category: osm.Category(osm.Kinds(tags), tags["cuisine"]),
			Location: &catalog.Spot{Point: point, System: geo.WGS84},
			Address:  printable(addressOf(tags), catalog.MaxAddress),
			Phone:    phoneOf(first(tags, "phone", "contact:phone", "contact:mobile", "mobile"), tags["addr:country"]),
			Traits:   catalog.TraitsOfTags(func(key string) string { return tags[key] }),
		},
	}
	l.Hours, row.Hours = hoursOf(tags["opening_hours"])
	return l, ""
}

// tags are the properties that are text; some tools keep the tags one level deeper.
func (f *feature) tags() map[string]string {
	properties := f.Properties
	if inner, ok := properties["tags"].(map[string]any); ok {
		properties = inner
	}
	tags := make(map[string]string, len(properties))
	for key, v := range properties {
		switch v := v.(type) {
		case string:
			tags[key] = strings.TrimSpace(v)
		case float64: // "addr:housenumber": 12
			tags[key] = fmt.Sprint(v)
		}
	}
	return tags
}

// element is how OpenStreetMap's ids are written by most tools.
var element = regexp.MustCompile(`^(node|way|relation)/[0-9]+$`)

// id is what the feature is known by, "" if it says nothing of the kind.
func (f *feature) id(tags map[string]string) string {
	id := first(tags, "@id", "id")
	for _, v := range []any{f.Properties["@id"], f.Properties["id"], f.ID} {
		switch v := v.(type) {
		case string:
			id = v
		case float64:
			id = fmt.Sprintf("%.0f", v)
		}
	}
	if element.MatchString(id) {
		return "osm:" + id
	}
	return id
}

// first is the first tag of several that is not empty.
func first(tags map[string]string, keys ...string) string {
	for _, k := range keys {
		if tags[k] != "" {
			return tags[k]
		}
	}
	return ""
}

// addressOf is the address in the order in which its language writes one.
func addressOf(tags map[string]string) string {
	if full := tags["addr:full"]; full != "" {
		return full
	}
	small := []string{"addr:housenumber", "addr:street", "addr:place", "addr:suburb", "addr:district", "addr:city", "addr:postcode"}
	street := first(tags, "addr:street", "addr:place")
	if strings.ContainsFunc(street, isHan) {
		whole := ""
		for _, k := range []string{"addr:province", "addr:city", "addr:district", "addr:suburb", "addr:street", "addr:place", "addr:housenumber"} {
			whole += tags[k]
		}
		if n := tags["addr:housenumber"]; n != "" && n[len(n)-1] >= '0' && n[len(n)-1] <= '9' {
			whole += "号"
		}
		return whole
	}
	var parts []string
	for _, k := range small {
		if tags[k] == "" {
			continue
		}
		if k == "addr:street" && tags["addr:housenumber"] != "" {
			parts[len(parts)-1] += " " + tags[k] // "12 High Street"
			continue
		}
		parts = append(parts, tags[k])
	}
	return strings.Join(parts, ", ")
}

func isHan(r rune) bool { return r >= 0x4e00 && r <= 0x9fff }
