package osm

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"corner/catalog"
	"corner/geo"
	"corner/identity"
	"corner/walltime"
)

// Columns is the header of the format, the columns in their order.
var Columns = []string{
	"id", "name", "name_zh", "name_en", "category", "cuisine", "lat", "lon", "address",
	"city", "country", "tz", "phone", "website", "opening_hours", "brand", "extra",
}

const (
	colID = iota
	colName
	colNameZh
	colNameEn
	colCategory
	colCuisine
	colLat
	colLon
	colAddress
	_ // city
	_ // country
	colZone
	colPhone
)

// Row says where in the file a listing was found.
type Row struct {
	Line int    // of its first line; the header is line 1
	ID   string // the first column, if the row could be split
}

// Reader reads an extract. Make it with NewReader.
type Reader struct {
	lines lines
	row   *bufio.Reader // what csv reads: one row, set anew for each
	csv   *csv.Reader
}

// ErrFormat is matched by the error of NewReader for a file that is something else.
var ErrFormat = errors.New("not an OpenStreetMap extract in CSV")

// NewReader checks the header of an extract.
func NewReader(r io.Reader) (*Reader, error) {
	// csv.NewReader reads from a bufio.Reader as it is, so resetting that one is all
	// it takes to hand the one csv.Reader row after row.
	row := bufio.NewReaderSize(nil, 4096)
	c := csv.NewReader(row)
	c.ReuseRecord, c.FieldsPerRecord = true, -1
	rd := &Reader{lines: lines{from: bufio.NewReaderSize(r, maxLine)}, row: row, csv: c}
	first, err := rd.lines.next()
	switch {
	case errors.Is(err, io.EOF):
		return nil, fmt.Errorf("%w: it is empty", ErrFormat)
	case err != nil:
		return nil, fmt.Errorf("read the header: %w", err)
	}
	header, err := rd.split(bytes.TrimPrefix(first.text, []byte("\ufeff")))
	if err != nil || !slices.Equal(header, Columns) {
		return nil, fmt.Errorf("%w: its first line is not %q", ErrFormat, strings.Join(Columns, ","))
	}
	return rd, nil
}

// Next is the next listing of the file. The error is io.EOF after the last one; a
// *RowError for a row that gives no listing, after which reading goes on; or that of
// the file, which is final.
func (r *Reader) Next() (catalog.Listing, Row, error) {
	record, row, err := r.record()
	if err != nil {
		return catalog.Listing{}, row, err
	}
	row.ID = strings.TrimSpace(record[colID])
	l, reason := r.listing(record)
	if reason != "" {
		return catalog.Listing{}, row, &RowError{Row: row, Reason: reason}
	}
	return l, row, nil
}

// record is the columns of the next row, valid until the next call. A quoted column
// may hold line ends, so a row that ends within quotation marks goes on in the next
// line; but if it does so for maxSpan lines, the mark was a mistake in the first.
func (r *Reader) record() ([]string, Row, error) {
	for {
		first, err := r.lines.next()
		if err != nil {
			return nil, Row{Line: first.number}, err
		}
		row := Row{Line: first.number}
		if len(bytes.TrimSpace(first.text)) == 0 {
			continue
		}
		if first.long {
			return nil, row, &RowError{row, fmt.Sprintf("the line is longer than %d bytes", maxLine)}
		}
		record, err := r.split(first.text)
		if err != nil && bytes.Count(first.text, []byte{'"'})%2 == 1 {
			record, err = r.join(first, err)
		}
		switch {
		case err != nil:
			return nil, row, &RowError{row, reasonOf(err)}
		case len(record) != len(Columns):
			return nil, row, &RowError{row, fmt.Sprintf("it has %d columns, not %d", len(record), len(Columns))}
		}
		return record, row, nil
	}
}

// maxSpan is how many lines a row may have. The extract of 15 cities needs 3.
const maxSpan = 16

// join reads the lines after first until they make a row with it. If they never do,
// they are put back, and what was wrong with the first line stays.
func (r *Reader) join(first line, wrong error) ([]string, error) {
	text := bytes.Clone(first.text)
	var taken []line
	for range maxSpan - 1 {
		next, err := r.lines.next()
		if err != nil || next.long {
			break
		}
		next.text = bytes.Clone(next.text)
		taken = append(taken, next)
		text = append(text, next.text...)
		if record, err := r.split(text); err == nil && len(record) == len(Columns) {
			return record, nil
		}
	}
	r.lines.putBack(taken)
	return nil, wrong
}

func (r *Reader) split(text []byte) ([]string, error) {
	left := bytes.NewReader(text)
	r.row.Reset(left)
	record, err := r.csv.Read()
	if err == nil && r.row.Buffered()+left.Len() > 0 { // joined lines that are two rows
		return nil, csv.ErrQuote
	}
	return record, err
}

// listing is what a record says, or the reason why it is no listing.
func (r *Reader) listing(record []string) (l catalog.Listing, reason string) {
	id := strings.TrimSpace(record[colID])
	if id == "" || len(id) > catalog.MaxName || !utf8.ValidString(id) {
		return l, "id: is missing or too long"
	}
	names := namesOf(record)
	if names.Main == "" {
		return l, "name: is missing in every language"
	}
	point, reason := pointOf(record[colLat], record[colLon])
	if reason != "" {
		return l, reason
	}
	return catalog.Listing{
		Source: id,
		Draft: catalog.Draft{
			Names:    names,
			Category: Category(record[colCategory], record[colCuisine]),
			Location: &catalog.Spot{Point: point, System: geo.WGS84},
			Address:  printable(record[colAddress], catalog.MaxAddress),
			Phone:    phoneOf(record[colPhone]),
			Zone:     zoneOf(record[colZone]),
		},
	}, ""
}

// namesOf takes the name in the local language for the main one, and the two others
// where they say something else.
func namesOf(record []string) catalog.Names {
	n := catalog.Names{
		Main: printable(record[colName], catalog.MaxName),
		Zh:   printable(record[colNameZh], catalog.MaxName),
		En:   printable(record[colNameEn], catalog.MaxName),
	}
	for _, other := range []string{n.En, n.Zh} {
		if n.Main == "" {
			n.Main = other
		}
	}
	if n.Zh == n.Main {
		n.Zh = ""
	}
	if n.En == n.Main {
		n.En = ""
	}
	return n
}

func pointOf(lat, lon string) (p geo.Point, reason string) {
	var err error
	if p.Lat, err = strconv.ParseFloat(strings.TrimSpace(lat), 64); err != nil {
		return p, "lat: is not a number"
	}
	if p.Lng, err = strconv.ParseFloat(strings.TrimSpace(lon), 64); err != nil {
		return p, "lon: is not a number"
	}
	var bad *geo.PointError
	if errors.As(p.Check(), &bad) {
		return p, map[string]string{geo.FieldLat: "lat", geo.FieldLng: "lon", geo.FieldBoth: "lat and lon"}[bad.Field] + ": " + pointReasons[bad.Code]
	}
	return p, ""
}

var pointReasons = map[string]string{
	geo.NotANumber: "is not a number",
	geo.Infinite:   "is not a finite number",
	geo.OutOfRange: "is out of range",
	geo.Swapped:    "are swapped",
	geo.NullIsland: "are 0,0, which is no place",
}

// phoneOf is the first number of the column that says its country. One that does not
// is left out: guessed wrong, it would ring at a stranger's.
func phoneOf(s string) string {
	first, _, _ := strings.Cut(s, ";")
	phone, _ := identity.ParsePhone(strings.TrimSpace(first))
	return phone
}

// zoneOf is the zone, or "" if there is no such one: then the catalogue finds out.
func zoneOf(name string) string {
	if _, err := walltime.Zone(name); err != nil {
		return ""
	}
	return name
}

// printable is s on one line, without what cannot be shown, cut to most characters.
func printable(s string, most int) string {
	s = strings.TrimSpace(s)
	if strings.ContainsFunc(s, unprintable) {
		s = strings.Join(strings.FieldsFunc(s, unprintable), " ")
	}
	if len(s) <= most { // there are never more characters than bytes
		return s
	}
	n := 0
	for at := range s {
		if n == most {
			return strings.TrimSpace(s[:at])
		}
		n++
	}
	return s
}

func unprintable(r rune) bool { return r < ' ' || r == 0x7f || r == utf8.RuneError }
