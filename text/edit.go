package text

import "unicode/utf8"

// OneEdit reports whether b is a, or a with one character added, left out or replaced, or
// with two neighbours exchanged (Damerau's four slips of a typist).
func OneEdit(a, b string) bool {
	i := 0 // up to where they are the same
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	for i > 0 && (i < len(a) && !utf8.RuneStart(a[i]) || i < len(b) && !utf8.RuneStart(b[i])) {
		i--
	}
	a, b = a[i:], b[i:]
	if a == b {
		return true
	}
	_, na := utf8.DecodeRuneInString(a)
	_, nb := utf8.DecodeRuneInString(b)
	if a[na:] == b || a == b[nb:] || na > 0 && nb > 0 && a[na:] == b[nb:] {
		return true
	}
	_, ma := utf8.DecodeRuneInString(a[na:])
	_, mb := utf8.DecodeRuneInString(b[nb:])
	return ma > 0 && mb > 0 && a[:na] == b[nb:nb+mb] && a[na:na+ma] == b[:nb] && a[na+ma:] == b[nb+mb:]
}
