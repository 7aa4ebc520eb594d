package osm

import (
	"encoding/csv"
	"errors"
	"fmt"
)

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
