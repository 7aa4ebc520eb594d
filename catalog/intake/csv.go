package intake

import (
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"

	"corner/catalog"
	"corner/geo"
)

// csvReader reads a table by its columns.
type csvReader struct {
	table     *table
	at        bound
	preset    Preset
	tree      *catalog.Tree
	directory string // where ids without a colon are from
}

// newCSV reads the header, and finds the preset by it where no columns are given.
func newCSV(r io.Reader, o Options) (*csvReader, error) {
	t, err := newTable(r)
	if err != nil {
		return nil, err
	}
	c := &csvReader{table: t, tree: o.Tree, directory: o.Directory}
	columns := o.Columns
	if len(columns) == 0 {
		if c.preset, err = presetOf(o.Preset, t.header); err != nil {
			return nil, err
		}
		columns = c.preset.columns()
	}
	if c.at, err = columns.bind(t.header); err != nil {
		return nil, err
	}
	return c, nil
}

// Next implements Reader.
func (c *csvReader) Next() (catalog.Listing, Row, error) {
	record, row, err := c.table.next()
	if err != nil {
		return catalog.Listing{}, row, err
	}
	row.ID = c.at.value(record, "id")
	l, reason := c.listing(record, &row)
	if reason != "" {
		return catalog.Listing{}, row, &RowError{Row: row, Reason: reason}
	}
	return l, row, nil
}

// listing is what a record says, or the reason why it is no listing.
func (c *csvReader) listing(record []string, row *Row) (l catalog.Listing, reason string) {
	value := func(field string) string { return c.at.value(record, field) }
	if _, has := c.at["id"]; has && row.ID == "" {
		return l, "id: is missing"
	}
	names := namesOf(value("name"), value("name_zh"), value("name_en"))
	if names.Main == "" {
		return l, "name: is missing in every language"
	}
	spot, reason := c.spot(record)
	if reason != "" {
		return l, reason
	}
	directory := c.directory
	if named := value("source"); named != "" {
		directory = named
	}
	source, ok := sourceOf(directory, row.ID, names, spot.Point)
	if !ok {
		return l, "id: is too long or no text"
	}
	l = catalog.Listing{
		Source: source,
		Draft: catalog.Draft{
			Names:    names,
			Category: c.preset.category(c.tree, value("category"), value("cuisine")),
			Location: spot,
			Address:  printable(value("address"), catalog.MaxAddress),
			Phone:    phoneOf(value("phone"), value("country")),
			Zone:     zoneOf(value("zone")),
			Traits:   catalog.TraitsOfTags(traitOf(value)),
		},
	}
	l.Hours, row.Hours = hoursOf(c.preset.hours(value("hours")))
	return l, ""
}

// traitOf is what a record says of a trait: in a column of its own, or among its tags.
func traitOf(value func(field string) string) func(key string) string {
	var tags map[string]string
	return func(key string) string {
		if v := value(key); v != "" {
			return v
		}
		if tags == nil {
			tags = map[string]string{}
			_ = json.Unmarshal([]byte(value("tags")), &tags) // what it cannot read it says nothing of
		}
		return tags[key]
	}
}

var systems = []geo.System{geo.WGS84, geo.GCJ02, geo.BD09}

// spot is where the place is, as the file has it; the catalogue computes with it.
func (c *csvReader) spot(record []string) (*catalog.Spot, string) {
	point, reason := pointOf(c.at.value(record, "lat"), c.at.value(record, "lng"))
	if reason != "" {
		return nil, reason
	}
	spot := &catalog.Spot{Point: point, System: geo.WGS84}
	if name := c.at.value(record, "coord_system"); name != "" {
		spot.System = geo.System(strings.ReplaceAll(strings.ToLower(name), "-", ""))
		if !slices.Contains(systems, spot.System) {
			return nil, "coord_system: is none of wgs84, gcj02, bd09"
		}
	}
	if metres := c.at.value(record, "accuracy_m"); metres != "" {
		m, err := strconv.ParseFloat(metres, 64)
		if err != nil {
			return nil, "accuracy_m: is not a number"
		}
		spot.Accuracy = geo.Metres(m)
	}
	return spot, ""
}
