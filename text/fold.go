package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold writes text in the one form in which it is compared: compatibility forms
// (full width, ligatures) resolved, in lower case, Latin letters without
// diacritics, apostrophes gone. What a person types and what a listing is called both
// go through here, so whatever else shall be the same for people (traditional
// and simplified characters, say) is made the same in foldRune and nowhere else.
func Fold(s string) string {
	folded, _ := FoldSome(s, int(^uint(0)>>1))
	return folded
}

// FoldSome is Fold up to limit characters of the result, and whether there are more.
func FoldSome(s string, limit int) (folded string, cut bool) {
	b := make([]byte, 0, min(len(s), 256)+8)
	n, latin := 0, false
	var it norm.Iter
	for it.InitString(norm.NFKC, s); !it.Done(); {
		for segment := it.Next(); len(segment) > 0; {
			r, size := utf8.DecodeRune(segment)
			segment = segment[size:]
			if latin && unicode.Is(unicode.Mn, r) {
				continue // a diacritic that NFKC has no joined form for
			}
			from := len(b)
			b = foldRune(b, r)
			if len(b) > from {
				latin = 'a' <= b[from] && b[from] <= 'z'
			}
			if n += utf8.RuneCount(b[from:]); n > limit {
				return string(b[:from]), true
			}
		}
	}
	return string(b), false
}

// foldRune appends what a character is compared as: nothing, or some characters.
func foldRune(b []byte, r rune) []byte {
	r = unicode.ToLower(r)
	switch {
	case r < utf8.RuneSelf:
		if r == '\'' || r == '`' {
			return b
		}
		return append(b, byte(r))
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

// plainLatin is the letters that Unicode does not take apart.
var plainLatin = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'ł': "l", 'ı': "i", 'þ': "th", 'ħ': "h",
}
