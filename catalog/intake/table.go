package intake

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// table reads a CSV file row by row.
type table struct {
	lines  lines
	row    *bufio.Reader // what csv reads: one row, set anew for each
	csv    *csv.Reader
	header []string
}

// ErrFormat is matched by the error of Open for a file that cannot be read.
var ErrFormat = errors.New("not a file that can be imported")

// newTable reads the header. Columns are parted by the sign that stands there most.
func newTable(r io.Reader) (*table, error) {
	// csv.NewReader reads from a bufio.Reader as it is, so resetting that one is all
	// it takes to hand the one csv.Reader row after row.
	row := bufio.NewReaderSize(nil, 4096)
	c := csv.NewReader(row)
	c.ReuseRecord, c.FieldsPerRecord = true, -1
	t := &table{lines: lines{from: bufio.NewReaderSize(r, maxLine)}, row: row, csv: c}
	first, err := t.lines.next()
	switch {
	case errors.Is(err, io.EOF):
		return nil, fmt.Errorf("%w: it is empty", ErrFormat)
	case err != nil:
		return nil, fmt.Errorf("read the header: %w", err)
	}
	text := bytes.TrimPrefix(first.text, []byte("\ufeff"))
	for _, sign := range ";\t|" {
		if strings.Count(string(text), string(sign)) > bytes.Count(text, []byte(string(c.Comma))) {
			c.Comma = sign
		}
	}
	header, err := t.split(text)
	if err != nil || first.long {
		return nil, fmt.Errorf("%w: its first line is no header of columns", ErrFormat)
	}
	for _, name := range header {
		t.header = append(t.header, strings.TrimSpace(name))
	}
	return t, nil
}

// next is the columns of the next row, valid until the next call. A quoted column
// may hold line ends, so a row that ends within quotation marks goes on in the next
// line; but if it does so for maxSpan lines, the mark was a mistake in the first.
func (t *table) next() ([]string, Row, error) {
	for {
		first, err := t.lines.next()
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
		record, err := t.split(first.text)
		if err != nil && bytes.Count(first.text, []byte{'"'})%2 == 1 {
			record, err = t.join(first, err)
		}
		switch {
		case err != nil:
			return nil, row, &RowError{row, reasonOf(err)}
		case len(record) != len(t.header):
			return nil, row, &RowError{row, fmt.Sprintf("it has %d columns, not %d", len(record), len(t.header))}
		}
		return record, row, nil
	}
}

// maxSpan is how many lines a row may have. The extract of 15 cities needs 3.
const maxSpan = 16

// join reads the lines after first until they make a row with it. If they never do,
// they are put back, and what was wrong with the first line stays.
func (t *table) join(first line, wrong error) ([]string, error) {
	text := bytes.Clone(first.text)
	var taken []line
	for range maxSpan - 1 {
		next, err := t.lines.next()
		if err != nil || next.long {
			break
		}
		next.text = bytes.Clone(next.text)
		taken = append(taken, next)
		text = append(text, next.text...)
		if record, err := t.split(text); err == nil && len(record) == len(t.header) {
			return record, nil
		}
	}
	t.lines.putBack(taken)
	return nil, wrong
}

func (t *table) split(text []byte) ([]string, error) {
	left := bytes.NewReader(text)
	t.row.Reset(left)
	record, err := t.csv.Read()
	if err == nil && t.row.Buffered()+left.Len() > 0 { // joined lines that are two rows
		return nil, csv.ErrQuote
	}
	return record, err
}
