package text

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// isPlain reports whether a character is folded by itself, whatever stands before it. It is
// for speed: what is not plain is folded just as well.
func isPlain(r rune) bool {
	switch {
	case r < utf8.RuneSelf, isHan(r):
		return true
	case r < afterLatin:
		return latinForms[r] != foreignForm
	case r < 0x3000:
		return false
	}
	return r <= 0x3029 || // ideographic space and punctuation
		0x3041 <= r && r <= 0x3096 || 0x30A1 <= r && r <= 0x30FE || // kana
		0xAC00 <= r && r <= 0xD7A3 || // Hangul
		0xFF01 <= r && r <= 0xFF5E // ASCII at full width
}

// appendPlain appends what a plain character is compared as.
func appendPlain(b []byte, r rune) []byte {
	switch {
	case r < utf8.RuneSelf:
		if asciiForms[r] == 0 {
			return b
		}
		return append(b, asciiForms[r])
	case isHan(r):
		r = rune(hanForms[r-firstHan])
	case r < afterLatin:
		return append(b, latinForms[r]...)
	case r == 0x3000:
		return append(b, ' ')
	case 0xFF01 <= r && r <= 0xFF5E:
		return appendPlain(b, r-0xFF01+'!')
	}
	return utf8.AppendRune(b, r)
}

// asciiForms is what each character of ASCII is compared as; 0 is nothing.
var asciiForms = func() (forms [utf8.RuneSelf]byte) {
	for c := range forms {
		forms[c] = byte(unicode.ToLower(rune(c)))
	}
	forms[0] = ' '
	forms['\''], forms['`'] = 0, 0
	return forms
}()

// afterLatin is the first character after those of Europe's languages in Latin letters.
const afterLatin = 0x250

// foreignForm marks a character that the laws of Unicode take apart.
const foreignForm = "\xff"

// latinForms is what each character up to afterLatin is compared as.
var latinForms = func() (forms [afterLatin]string) {
	for r := rune(utf8.RuneSelf); r < afterLatin; r++ {
		forms[r] = foreignForm
		if s := string(r); norm.NFKC.IsNormalString(s) && norm.NFKC.PropertiesString(s).BoundaryBefore() {
			forms[r] = string(foldRune(nil, r))
		}
	}
	return forms
}()

// plainLatin is the letters that Unicode does not take apart.
var plainLatin = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'ł': "l", 'ı': "i", 'þ': "th", 'ħ': "h",
}
