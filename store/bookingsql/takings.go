package bookingsql

import (
	"context"
	"fmt"
	"strings"

	"corner/booking"
	"corner/store"
	"corner/taking"
)

// takingsText is how a booking keeps a copy of what it took: "kind id n", one a line.
// The rows that others count go when the booking ends; the copy stays.
func takingsText(takes []taking.Taking) string {
	lines := make([]string, len(takes))
	for i, t := range takes {
		lines[i] = fmt.Sprintf("%s %s %d", t.Ref.Kind, t.Ref.ID, t.N)
	}
	return strings.Join(lines, "\n")
}

// takings scans what takingsText wrote; nil for none.
type takings struct{ list *[]taking.Taking }

// Scan implements sql.Scanner.
func (s takings) Scan(src any) error {
	text, err := store.Text(src)
	if err != nil {
		return err
	}
	*s.list = nil
	for line := range strings.Lines(text) {
		var t taking.Taking
		if _, err := fmt.Sscanf(line, "%s %s %d", &t.Ref.Kind, &t.Ref.ID, &t.N); err != nil {
			return fmt.Errorf("takings are stored as %q: %w", line, err)
		}
		*s.list = append(*s.list, t)
	}
	return nil
}

// load reads a booking that is going to change. One that was held by the program before
// this has no copy of its takings yet: they are in the rows.
func load(ctx context.Context, t *store.Tx, id booking.ID) (booking.Booking, error) {
	b, err := store.One(t.Row(ctx, selectBooking+` WHERE id = $1`, string(id)), scanBooking, booking.ErrNotFound)
	if err != nil || len(b.Takes) > 0 {
		return b, err
	}
	rows, err := t.Rows(ctx, `SELECT kind, ref, n FROM takings WHERE booking_id = $1 ORDER BY kind, ref`, string(id))
	b.Takes, err = store.Collect(rows, err, func(r store.Scanner) (v taking.Taking, err error) {
		return v, r.Scan(&v.Ref.Kind, &v.Ref.ID, &v.N)
	})
	return b, err
}
