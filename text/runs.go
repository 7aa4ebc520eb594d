package text

import (
	"iter"
	"unicode"
	"unicode/utf8"
)

// Kind of a stretch of characters.
type Kind uint8

// The kinds.
const (
	Separator Kind = iota
	Word           // letters and digits that stand between spaces
	Spaceless      // scripts that write no spaces between words
)

// Run is a stretch of characters of one kind.
type Run struct {
	Text string
	Kind Kind
	Last bool // it ends where the text ends
}

// Runs cuts folded text into its longest stretches of one kind, without separators.
func Runs(folded string) iter.Seq[Run] {
	return func(yield func(Run) bool) {
		start, current := 0, Separator
		for i, r := range folded {
			k := KindOf(r)
			if r >= utf8.RuneSelf && !isHan(r) && unicode.IsMark(r) {
				k = current // a mark belongs to what it stands on
			}
			if k == current {
				continue
			}
			if current != Separator && !yield(Run{folded[start:i], current, false}) {
				return
			}
			start, current = i, k
		}
		if current != Separator {
			yield(Run{folded[start:], current, true})
		}
	}
}

// Bigrams is the pairs of neighbouring characters of s.
func Bigrams(s string) iter.Seq[string] {
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

// KindOf is the kind of a folded character.
func KindOf(r rune) Kind {
	switch {
	case r < utf8.RuneSelf:
		if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
			return Word
		}
		return Separator
	case isHan(r):
		return Spaceless
	case r == 'ー', // of kana, though Unicode calls it common
		unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana,
			unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
		return Spaceless
	case unicode.IsLetter(r), unicode.IsNumber(r):
		return Word
	}
	return Separator
}
