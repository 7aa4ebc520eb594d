package intake

import (
	"encoding/csv"
	"errors"
	"fmt"

	"corner/catalog"
	"corner/fault"
)

// Reader gives the listings of a file.
type Reader interface {
	// Next is the next listing. The error is io.EOF after the last one; a *RowError for
	// a row that gives no listing, after which reading goes on; or that of the file,
	// which is final.
	Next() (catalog.Listing, Row, error)
}

// Row says where in the file a listing was found.
type Row struct {
	Line  int          // of its first line, from 1; a table's header counts
	ID    string       // as the file has it, if it could be read
	Hours fault.Reason // why its opening hours were not understood; zero if they were, or there are none
}

// RowError says that a row gives no listing, and why.
type RowError struct {
	Row    Row
	Reason string // for people: "lat: is not a number"; it quotes nothing of the row
}

func (e *RowError) Error() string { return fmt.Sprintf("line %d: %s", e.Row.Line, e.Reason) }

func reasonOf(err error) string {
	if errors.Is(err, csv.ErrQuote) || errors.Is(err, csv.ErrBareQuote) {
		return "a quotation mark stands where none can"
	}
	return "it cannot be split into columns"
}
