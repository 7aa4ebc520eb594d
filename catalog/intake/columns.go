package intake

import (
	"fmt"
	"slices"
	"strings"

	"corner/catalog"
)

// Fields are what a column can be mapped to. Tags are a JSON object of OpenStreetMap's tags;
// of them the traits are taken that have no column.
var Fields = func() []string {
	list := []string{
		"id", "source", "name", "name_zh", "name_en", "category", "cuisine", "lat", "lng", "coord_system", "accuracy_m",
		"address", "phone", "country", "hours", "zone", "tags",
	}
	for _, t := range catalog.Traits {
		list = append(list, t.Key)
	}
	return list
}()

// Columns says which columns of a table make up which field.
type Columns map[string]column

// column is where a field's value comes from.
type column struct {
	constant string   // if names is empty
	names    []string // columns
	all      bool     // what they hold, one after the other, and not the first that holds anything
}

// ParseColumns reads "lat=y,lng=x,name=title|label,address=street+city,zone==Asia/Shanghai":
// a column; the first of several that is not empty; several together; a constant.
func ParseColumns(s string) (Columns, error) {
	c := Columns{}
	for part := range strings.SplitSeq(s, ",") {
		field, from, ok := strings.Cut(part, "=")
		field = strings.TrimSpace(field)
		if !ok || !slices.Contains(Fields, field) {
			return nil, fmt.Errorf("--columns: %q is not FIELD=COLUMN or FIELD==VALUE; the fields are %s", part, strings.Join(Fields, ", "))
		}
		if _, twice := c[field]; twice {
			return nil, fmt.Errorf("--columns: %s is given twice", field)
		}
		constant, isConstant := strings.CutPrefix(from, "=")
		switch {
		case isConstant:
			c[field] = column{constant: strings.TrimSpace(constant)}
		case strings.Contains(from, "+"):
			c[field] = column{names: trimmed(strings.Split(from, "+")), all: true}
		default:
			c[field] = column{names: trimmed(strings.Split(from, "|"))}
		}
	}
	return c, nil
}

func trimmed(all []string) []string {
	for i := range all {
		all[i] = strings.TrimSpace(all[i])
	}
	return all
}

// needs is what a place cannot do without.
var needs = []string{"name", "lat", "lng"}

// bound is columns in a table: where each field is found.
type bound map[string]place

type place struct {
	column
	at []int // of the names
}

// bind finds the columns in a header, where capitals do not count.
func (c Columns) bind(header []string) (bound, error) {
	b := bound{}
	for field, from := range c {
		p := place{column: from}
		for _, name := range from.names {
			i := slices.IndexFunc(header, func(h string) bool { return strings.EqualFold(h, name) })
			if i < 0 {
				return nil, fmt.Errorf("%w: --columns: %s=%s: the columns are %s", ErrFormat, field, name, strings.Join(header, ", "))
			}
			p.at = append(p.at, i)
		}
		b[field] = p
	}
	for _, field := range needs {
		if _, ok := b[field]; !ok && (field != "name" || b["name_zh"].at == nil && b["name_en"].at == nil) {
			return nil, fmt.Errorf("%w: --columns: no %s", ErrFormat, field)
		}
	}
	return b, nil
}

// value is a field of a record.
func (b bound) value(record []string, field string) string {
	p := b[field]
	if len(p.at) == 0 {
		return p.constant
	}
	var all []string
	for _, i := range p.at {
		v := strings.TrimSpace(record[i])
		if v != "" && !p.all {
			return v
		}
		if v != "" {
			all = append(all, v)
		}
	}
	return strings.Join(all, ", ")
}
