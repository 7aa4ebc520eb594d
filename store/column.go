package store

import (
	"fmt"
	"strings"
	"time"

	"corner/catalog"
)

// micros is how an instant is stored: microseconds since 1970, 0 for the zero time.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// instant scans what micros stored.
type instant struct{ t *time.Time }

// Scan implements sql.Scanner.
func (i instant) Scan(src any) error {
	v, ok := src.(int64)
	if !ok {
		return fmt.Errorf("an instant is stored as %T", src)
	}
	*i.t = time.Time{}
	if v != 0 {
		*i.t = time.UnixMicro(v).UTC()
	}
	return nil
}

// span scans a duration stored in microseconds.
type span struct{ d *time.Duration }

// Scan implements sql.Scanner.
func (s span) Scan(src any) error {
	v, ok := src.(int64)
	if !ok {
		return fmt.Errorf("a duration is stored as %T", src)
	}
	*s.d = time.Duration(v) * time.Microsecond
	return nil
}

// hours scans opening hours.
type hours struct{ h *catalog.Hours }

// Scan implements sql.Scanner.
func (h hours) Scan(src any) error {
	switch v := src.(type) {
	case string:
		return h.h.UnmarshalText([]byte(v))
	case []byte:
		return h.h.UnmarshalText(v)
	}
	return fmt.Errorf("hours are stored as %T", src)
}

// joined is how a list of keys or ids is stored: with spaces between them.
func joined[S ~string](list []S) string {
	var b strings.Builder
	for i, s := range list {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(string(s))
	}
	return b.String()
}

// words scans what joined wrote; nil for none.
type words[S ~string] struct{ list *[]S }

// Scan implements sql.Scanner.
func (w words[S]) Scan(src any) error {
	var s string
	switch v := src.(type) {
	case string:
		s = v
	case []byte:
		s = string(v)
	default:
		return fmt.Errorf("a list is stored as %T", src)
	}
	*w.list = nil
	for word := range strings.FieldsSeq(s) {
		*w.list = append(*w.list, S(word))
	}
	return nil
}
