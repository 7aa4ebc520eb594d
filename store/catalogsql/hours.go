package catalogsql

import (
	"corner/catalog"
	"corner/store"
)

// hours scans opening hours.
type hours struct{ h *catalog.Hours }

// Scan implements sql.Scanner.
func (h hours) Scan(src any) error {
	text, err := store.Text(src)
	if err != nil {
		return err
	}
	return h.h.UnmarshalText([]byte(text))
}
