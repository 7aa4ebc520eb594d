package catalog

import (
	"bytes"
	"slices"

	"corner/walltime"
)

// Except sets what counts on the exception's date instead of the weekly hours.
func (h *Hours) Except(x Exception) {
	h.Forget(x.Day)
	h.Exceptions = append(h.Exceptions, x)
}

// Forget lets the weekly hours count on a date again.
func (h *Hours) Forget(day walltime.Day) {
	h.Exceptions = slices.DeleteFunc(h.Exceptions, func(e Exception) bool { return e.Day == day })
}

// equal compares hours that have been normalized.
func (h *Hours) equal(other *Hours) bool {
	a, err := h.MarshalText()
	b, err2 := other.MarshalText()
	return err == nil && err2 == nil && bytes.Equal(a, b)
}
