package text

import (
	"iter"
	"slices"
	"strings"
	"sync"

	"github.com/mozillazg/go-pinyin"
)

// syllables is every syllable that some character is read as, sorted.
var syllables = sync.OnceValue(func() []string {
	seen := map[string]bool{}
	for r := range pinyin.PinyinDict {
		for _, s := range Readings(rune(r)) {
			seen[s] = true
		}
	}
	all := make([]string, 0, len(seen))
	for s := range seen {
		all = append(all, s)
	}
	slices.Sort(all)
	return all
})

const longestSyllable = 6 // zhuang

// Syllables cuts a word of Latin letters into the syllables of pinyin, in each way in which
// it can be cut, those with long first syllables first: "xian" is xian and xi an. The
// last syllable of a way may be the beginning of one, but for a single letter at the end
// that is none by itself.
func Syllables(word string) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		if isLetters(word) {
			cutSyllables(nil, word, endings(word), yield)
		}
	}
}

// endings says from which letters on a word can be cut to its end, so that nobody walks
// into one of the countless ways that do not get there.
func endings(word string) []bool {
	can := make([]bool, len(word)+1)
	can[len(word)] = true
	for at := len(word) - 1; at >= 0; at-- {
		for n := min(len(word)-at, longestSyllable); n > 0 && !can[at]; n-- {
			s := word[at : at+n]
			i, whole := slices.BinarySearch(syllables(), s)
			begins := i < len(syllables()) && strings.HasPrefix(syllables()[i], s)
			can[at] = whole && can[at+n] || begins && at+n == len(word)
		}
	}
	return can
}

func isLetters(s string) bool {
	for i := range len(s) {
		if s[i] < 'a' || s[i] > 'z' {
			return false
		}
	}
	return s != ""
}

// cutSyllables yields head with each way to cut rest; false when it shall stop.
func cutSyllables(head []string, rest string, can []bool, yield func([]string) bool) bool {
	for n := min(len(rest), longestSyllable); n > 0; n-- {
		if !can[n] {
			continue
		}
		s := rest[:n]
		i, whole := slices.BinarySearch(syllables(), s)
		if n == len(rest) {
			begins := i < len(syllables()) && strings.HasPrefix(syllables()[i], s)
			if (whole || begins) && !yield(append(slices.Clone(head), s)) {
				return false
			}
			continue
		}
		if whole && !cutSyllables(append(slices.Clone(head), s), rest[n:], can[n:], yield) {
			return false
		}
	}
	return true
}

// AreInitials reports whether a word can be the first letters of Chinese syllables, which
// never begin with i, u or v; one of more than 8 is not what people type.
func AreInitials(word string) bool {
	return len(word) >= 2 && len(word) <= 8 && isLetters(word) && !strings.ContainsAny(word, "iuv")
}
