package text

import (
	_ "embed"
	"strings"
	"unicode/utf8"
)

// variantLines says which characters are one for people; its head names source and licence.
//
//go:embed variants.txt
var variantLines string

// The Chinese characters that Fold looks up in a table: all of the Basic Multilingual Plane,
// but for those that Unicode keeps for compatibility, which NFKC resolves.
const (
	firstHan = 0x3400
	lastHan  = 0x9FFF
)

func isHan(r rune) bool { return firstHan <= r && r <= lastHan }

// hanForms is the character that each is compared as, by r - firstHan, and the ways back.
var hanForms, hanVariants = parseVariants(variantLines)

// parseVariants reads lines of characters that are one, the first standing for all.
func parseVariants(lines string) (forms *[lastHan - firstHan + 1]uint16, variants map[rune]string) {
	forms, variants = new([lastHan - firstHan + 1]uint16), make(map[rune]string, 3_000)
	for i := range forms {
		forms[i] = uint16(firstHan + i)
	}
	for line := range strings.Lines(lines) {
		if line = strings.TrimSuffix(line, "\n"); strings.HasPrefix(line, "#") {
			continue
		}
		first, size := utf8.DecodeRuneInString(line)
		variants[first] = line[size:]
		for _, r := range line[size:] {
			forms[r-firstHan] = uint16(first)
		}
	}
	return forms, variants
}
