package text

import (
	"strings"
	"unicode"

	"corner/fault"
)

// Why a text is not shown to others. The sets of characters are those of Unicode Technical Report 36
// and Technical Standard 39.
var (
	Invisible = fault.Reason{Code: "invisible", En: "has nothing that can be seen, or hides characters", Zh: "没有可见内容，或含有不可见字符"}
	Direction = fault.Reason{Code: "direction_control", En: "has characters that turn the direction of writing", Zh: "含有改变书写方向的字符"}
	Control   = fault.Reason{Code: "bad_format", En: "has control characters", Zh: "含有控制字符"}
	Mixed     = fault.Reason{Code: "mixed_scripts", En: "mixes alphabets that look alike within a word", Zh: "同一个词中混用了外形相似的不同字母"}
)

// Flaw is what is wrong with a text that others will see, if anything is. An empty text has no flaw,
// and neither has HTML, which is escaped where it is shown.
func Flaw(s string) (fault.Reason, bool) {
	if s == "" {
		return fault.Reason{}, false
	}
	var before rune
	seen := false
	for _, r := range s {
		switch {
		case unicode.IsControl(r) && r != '\n' || r == unicode.ReplacementChar:
			return Control, true
		case turns(r):
			return Direction, true
		case unicode.Is(hidden, r), isTag(r) && before != flag && !isTag(before):
			return Invisible, true
		}
		seen = seen || !unicode.IsSpace(r) && !unicode.Is(blank, r)
		before = r
	}
	switch {
	case !seen:
		return Invisible, true
	case mixesAlphabets(s):
		return Mixed, true
	}
	return fault.Reason{}, false
}

// FlawOfLine is Flaw for a text of one line.
func FlawOfLine(s string) (fault.Reason, bool) {
	if strings.ContainsRune(s, '\n') {
		return Control, true
	}
	return Flaw(s)
}

// Shows reports whether a character belongs in a text that others see: one that does not is hidden,
// turns the direction of writing, or controls something.
func Shows(r rune) bool {
	return !unicode.IsControl(r) && r != unicode.ReplacementChar && !turns(r) && !unicode.Is(hidden, r)
}

// turns are the embeddings, overrides and isolates of the bidirectional algorithm (UAX 9).
func turns(r rune) bool { return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 }

// Visible is s without the spaces and the marks that nobody sees around it: what a copied name
// brings along.
func Visible(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == 0x200B || r == 0xFEFF || r == 0x2060 })
}

// hidden are characters that take no room and mean nothing in a name or a sentence. Joiners
// (U+200C, U+200D) and marks of direction (U+200E, U+200F) are not among them: Persian, Hindi,
// emoji and Hebrew need them.
var hidden = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x180E, Hi: 0x180E, Stride: 1},
	{Lo: 0x200B, Hi: 0x200B, Stride: 1},
	{Lo: 0x2060, Hi: 0x2065, Stride: 1},
	{Lo: 0x206A, Hi: 0x206F, Stride: 1},
	{Lo: 0xFEFF, Hi: 0xFEFF, Stride: 1},
	{Lo: 0xFFF9, Hi: 0xFFFB, Stride: 1},
}}

// blank are characters that show nothing by themselves.
var blank = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x00AD, Hi: 0x00AD, Stride: 1}, // soft hyphen
		{Lo: 0x034F, Hi: 0x034F, Stride: 1}, // grapheme joiner
		{Lo: 0x061C, Hi: 0x061C, Stride: 1},
		{Lo: 0x115F, Hi: 0x1160, Stride: 1}, // Hangul fillers
		{Lo: 0x17B4, Hi: 0x17B5, Stride: 1},
		{Lo: 0x200C, Hi: 0x200F, Stride: 1},
		{Lo: 0x2800, Hi: 0x2800, Stride: 1}, // Braille without a dot
		{Lo: 0x3164, Hi: 0x3164, Stride: 1},
		{Lo: 0xFE00, Hi: 0xFE0F, Stride: 1}, // variation selectors
		{Lo: 0xFFA0, Hi: 0xFFA0, Stride: 1},
	},
	R32:         []unicode.Range32{{Lo: 0xE0000, Hi: 0xE0FFF, Stride: 1}},
	LatinOffset: 1,
}

// flag is the black flag, which tag characters make the flag of a land: that of Scotland.
const flag = 0x1F3F4

func isTag(r rune) bool { return r >= 0xE0000 && r <= 0xE007F }

// alike are the alphabets whose letters are taken for each other's: A, Α and А. A word has letters
// of one of them, whatever else it has: what UTS 39 §5.2 calls moderately restrictive, where
// Chinese, Japanese and Korean mix with Latin, too.
var alike = []*unicode.RangeTable{
	unicode.Latin,
	unicode.Greek,
	unicode.Cyrillic,
	unicode.Armenian,
	unicode.Cherokee,
	unicode.Coptic,
	unicode.Lisu,
}

func mixesAlphabets(s string) bool {
	ascii := true
	for i := range len(s) {
		ascii = ascii && s[i] < 0x80
	}
	if ascii {
		return false
	}
	of := -1 // the alphabet of the word so far
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) {
			of = -1
			continue
		}
		for i, alphabet := range alike {
			if !unicode.Is(alphabet, r) {
				continue
			}
			if of >= 0 && of != i {
				return true
			}
			of = i
		}
	}
	return false
}
