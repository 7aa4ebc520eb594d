package text

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold writes text in the one form in which it is compared: compatibility forms
// (full width, ligatures) resolved, in lower case, Latin letters without
// diacritics, apostrophes gone, traditional Chinese characters and other variants as
// the simplified ones. What a person types and what a listing is called both go through
// here, so whatever else shall be the same for people is made the same in foldRune and
// nowhere else.
func Fold(s string) string {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || asciiForms[c] != c {
			return string(AppendFold(make([]byte, 0, len(s)+8), s))
		}
	}
	return s
}

// AppendFold appends Fold(s) to b.
func AppendFold(b []byte, s string) []byte {
	b, _ = appendFold(b, s, math.MaxInt)
	return b
}

// FoldSome is Fold up to limit characters of the result, and whether there are more.
func FoldSome(s string, limit int) (folded string, cut bool) {
	b, cut := appendFold(make([]byte, 0, min(len(s), 256)+8), s, limit)
	return string(b), cut
}

// appendFold takes plain characters from tables. The rest goes through the laws of Unicode,
// together with the character before it, which an accent may join.
func appendFold(b []byte, s string, limit int) (_ []byte, cut bool) {
	from, n, foreign := len(b), 0, false
	for i := 0; i < len(s) && !cut; {
		for ; i+1 < len(s) && s[i]|s[i+1] < utf8.RuneSelf && n < limit; i++ { // what most texts are, most directly
			if c := asciiForms[s[i]]; c != 0 {
				b = append(b, c)
				n++
			}
		}
		r, size := decode(s[i:])
		for isHan(r) && n < limit { // the same for Chinese
			next, after, afterSize := i+size, rune(0), 0
			if next < len(s) {
				if after, afterSize = decode(s[next:]); !isPlain(after) {
					break
				}
			}
			b = utf8.AppendRune(b, rune(hanForms[r-firstHan]))
			n++
			i, r, size = next, after, afterSize
		}
		if i == len(s) {
			break
		}
		if next := i + size; isPlain(r) && (next == len(s) || s[next] < utf8.RuneSelf || isPlain(first(s[next:]))) {
			before := len(b)
			b = appendPlain(b, r)
			if n += utf8.RuneCount(b[before:]); n > limit {
				return b[:before], true
			}
			i = next
			continue
		}
		end := i + size
		for end < len(s) && !isPlain(first(s[end:])) {
			_, size = decode(s[end:])
			end += size
		}
		b, n, cut = appendForeign(b, from, s[i:end], n, limit)
		i, foreign = end, true
	}
	// Where something between them has gone, characters may now join.
	for range 3 {
		if !foreign || norm.NFKC.IsNormal(b[from:]) {
			break
		}
		again := string(b[from:])
		b, _, _ = appendForeign(b[:from], from, again, 0, math.MaxInt)
	}
	return b, cut
}

// decode is utf8.DecodeRuneInString, fast for ASCII.
func decode(s string) (r rune, size int) {
	if s[0] < utf8.RuneSelf {
		return rune(s[0]), 1
	}
	return utf8.DecodeRuneInString(s)
}

func first(s string) rune {
	r, _ := decode(s)
	return r
}

// appendForeign appends the folded s to b, whose text begins at from and has n characters.
func appendForeign(b []byte, from int, s string, n, limit int) (_ []byte, total int, cut bool) {
	add := func(r rune) bool {
		if last := len(b) - 1; last >= from && 'a' <= b[last] && b[last] <= 'z' && unicode.Is(unicode.Mn, r) {
			return true // a diacritic that NFKC has no joined form for
		}
		before := len(b)
		b = foldRune(b, r)
		if n += utf8.RuneCount(b[before:]); n > limit {
			b, cut = b[:before], true
		}
		return !cut
	}
	if norm.NFKC.IsNormalString(s) {
		for _, r := range s {
			if !add(r) {
				break
			}
		}
		return b, n, cut
	}
	var it norm.Iter
	for it.InitString(norm.NFKC, s); !it.Done() && !cut; {
		for _, r := range string(it.Next()) {
			if !add(r) {
				break
			}
		}
	}
	return b, n, cut
}

// foldRune appends what a character is compared as: nothing, or some characters.
func foldRune(b []byte, r rune) []byte {
	if isHan(r) {
		return utf8.AppendRune(b, rune(hanForms[r-firstHan]))
	}
	r = unicode.ToLower(r)
	switch {
	case r < utf8.RuneSelf:
		if asciiForms[r] == 0 {
			return b
		}
		return append(b, asciiForms[r])
	case strings.ContainsRune("‘’ʼʻ´", r), unicode.In(r, unicode.Cf, unicode.Variation_Selector):
		return b
	case unicode.Is(unicode.Latin, r):
		if parts := norm.NFD.PropertiesString(string(r)).Decomposition(); len(parts) > 0 {
			r, _ = utf8.DecodeRune(parts)
		}
		if plain, ok := plainLatin[r]; ok {
			return append(b, plain...)
		}
	case r == 'ς':
		r = 'σ'
	}
	return utf8.AppendRune(b, r)
}
