package discovery

import (
	"strings"

	"corner/text"
)

// Bounds of the pinyin of one name.
const (
	maxSyllables = 24
	maxVariants  = 16 // ways to read it
)

// appendPinyin appends how the Han characters of a folded name are read: from each
// syllable on to the end, in full and as initials. Which reading of a character is
// right here (行 xíng, háng) only a dictionary of words would know, so all are
// taken, the rarer the later, while there are at most maxVariants.
func appendPinyin(words []string, folded string) []string {
	var syllables [][]string
	for _, r := range folded {
		if s := text.Readings(r); len(s) > 0 && len(syllables) < maxSyllables {
			syllables = append(syllables, s)
		}
	}
	if len(syllables) == 0 {
		return words
	}
	// A variant says which reading each syllable has. The next ones raise one
	// syllable at or after the last one raised, so none comes up twice, and those
	// with the commonest readings come first.
	type variant struct {
		reading     [maxSyllables]uint8
		first, last int // raised
	}
	queue := append(make([]variant, 0, maxVariants), variant{first: len(syllables) - 1})
	for q := 0; q < len(queue); q++ {
		v := queue[q]
		for i := v.last; i < len(syllables) && len(queue) < maxVariants; i++ {
			if next := v; int(v.reading[i])+1 < len(syllables[i]) {
				next.reading[i], next.first, next.last = v.reading[i]+1, min(v.first, i), i
				queue = append(queue, next)
			}
		}
		// From beyond its first raised syllable on, it reads as an earlier one does.
		words = appendSuffixes(words, syllables, v.reading[:len(syllables)], v.first)
	}
	return words
}

// appendSuffixes appends one reading of a name from each syllable up to last on,
// in full and as initials, but for single letters, which nobody can ask for.
func appendSuffixes(words []string, syllables [][]string, reading []uint8, last int) []string {
	var full, initials strings.Builder
	var starts [maxSyllables]int
	for i, r := range reading {
		starts[i] = full.Len()
		full.WriteString(syllables[i][r])
		initials.WriteByte(syllables[i][r][0])
	}
	for i := range last + 1 {
		for _, w := range [...]string{full.String()[starts[i]:], initials.String()[i:]} {
			if len(w) > 1 {
				words = append(words, w)
			}
		}
	}
	return words
}
