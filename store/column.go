package store

import (
	"database/sql"
	"fmt"
	"strings"
	"time"
)

// Micros is how an instant is stored: microseconds since 1970, 0 for the zero time.
func Micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// Instant scans what Micros stored.
func Instant(t *time.Time) sql.Scanner { return instant{t} }

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

// Span scans a duration stored in microseconds.
func Span(d *time.Duration) sql.Scanner { return span{d} }

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

// Joined is how a list of keys or ids is stored: with spaces between them.
func Joined[S ~string](list []S) string {
	var b strings.Builder
	for i, s := range list {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(string(s))
	}
	return b.String()
}

// Words scans what Joined wrote; nil for none.
func Words[S ~string](list *[]S) sql.Scanner { return words[S]{list} }

type words[S ~string] struct{ list *[]S }

// Scan implements sql.Scanner.
func (w words[S]) Scan(src any) error {
	text, err := Text(src)
	if err != nil {
		return err
	}
	*w.list = nil
	for word := range strings.FieldsSeq(text) {
		*w.list = append(*w.list, S(word))
	}
	return nil
}

// Text is a text column as either driver hands it to a sql.Scanner.
func Text(src any) (string, error) {
	switch v := src.(type) {
	case string:
		return v, nil
	case []byte:
		return string(v), nil
	}
	return "", fmt.Errorf("a text is stored as %T", src)
}
