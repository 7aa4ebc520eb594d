package discovery

import (
	"iter"
	"unicode"
	"unicode/utf8"
)

// kind of a stretch of characters.
type kind uint8

const (
	separator kind = iota
	word           // letters and digits that stand between spaces
	spaceless      // scripts that write no spaces between words
)

type run struct {
	text string
	kind kind
	last bool // it ends where the text ends
}

// runs cuts folded text into its longest stretches of one kind.
func runs(folded string) iter.Seq[run] {
	return func(yield func(run) bool) {
		start, current := 0, separator
		for i, r := range folded {
			k := kindOf(r)
			if unicode.IsMark(r) {
				k = current // a mark belongs to what it stands on
			}
			if k == current {
				continue
			}
			if current != separator && !yield(run{folded[start:i], current, false}) {
				return
			}
			start, current = i, k
		}
		if current != separator {
			yield(run{folded[start:], current, true})
		}
	}
}

// bigrams is the pairs of neighbouring characters of s.
func bigrams(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		before := 0
		for i, r := range s {
			if i > 0 && !yield(s[before:i+utf8.RuneLen(r)]) {
				return
			}
			before = i
		}
	}
}

// kindOf is the kind of a folded character.
func kindOf(r rune) kind {
	switch {
	case r < utf8.RuneSelf:
		if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
			return word
		}
		return separator
	case r == 'ー', // of kana, though Unicode calls it common
		unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana,
			unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
		return spaceless
	case unicode.IsLetter(r), unicode.IsNumber(r):
		return word
	}
	return separator
}
