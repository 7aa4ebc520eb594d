package discovery

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"corner/catalog"
	"corner/text"
)

// Text is what a person typed, taken apart for an index. A listing matches when
// every one of Grams is among its own grams and every one of Prefixes begins one
// of its own words (Terms). The zero Text matches everything.
type Text struct {
	Grams    []string
	Prefixes []string
}

// Terms is what a listing's text is found by, sorted and without repeats. Every
// index stores just these, so that every index finds the same.
type Terms struct {
	// Grams are the characters, and the pairs of neighbouring characters, of
	// scripts written without spaces; and the words of one letter or digit.
	Grams []string
	// Words are the words of the other scripts, and the pinyin of the names: from
	// each syllable on, in full and as initials.
	Words []string
}

// Bounds of what a person types. What lies beyond is dropped, not refused: that
// can only make a query match more, and a pasted page is a fair try.
const (
	maxTextRunes = 64 // after folding
	maxTextRuns  = 16
)

// ParseText takes apart what a person typed. Its parts, which may be of several
// scripts, must all match, in any order.
//
//   - Characters of a script without spaces: one alone is wanted as it is; of
//     several in a row, every pair of neighbours.
//   - A word is wanted at the beginning of a word, or of the pinyin or the initials
//     of a name from any syllable on: "xiche", "xcd", "laowang" find 老王洗车店.
//   - A word of one letter or digit is wanted as a whole word: "7" is meant, while
//     nearly every place has some word that begins with an s.
//
// When there is nothing in q to search for, the Text is zero.
func ParseText(q string) Text {
	var t Text
	folded, cut := text.FoldSome(q, maxTextRunes)
	n := 0
	for r := range text.Runs(folded) {
		if n++; n > maxTextRuns {
			break
		}
		alone := utf8.RuneCountInString(r.Text) == 1
		switch {
		case r.Kind == text.Spaceless && !alone:
			t.Grams = slices.AppendSeq(t.Grams, text.Bigrams(r.Text))
		case r.Kind == text.Word && !alone:
			t.Prefixes = append(t.Prefixes, r.Text)
		case r.Kind == text.Word && cut && r.Last:
			// The first letter of a word that goes on beyond the bound is not a word.
		default:
			t.Grams = append(t.Grams, r.Text)
		}
	}
	t.Grams, t.Prefixes = unique(t.Grams), unique(t.Prefixes)
	return t
}

// Any reports whether t is zero, so that every listing matches.
func (t Text) Any() bool { return len(t.Grams) == 0 && len(t.Prefixes) == 0 }

// Matches is the law of matching at its plainest; indexes do the same, faster.
func (t Text) Matches(l Terms) bool {
	for _, g := range t.Grams {
		if _, found := slices.BinarySearch(l.Grams, g); !found {
			return false
		}
	}
	for _, p := range t.Prefixes {
		i, _ := slices.BinarySearch(l.Words, p)
		if i == len(l.Words) || !strings.HasPrefix(l.Words[i], p) {
			return false
		}
	}
	return true
}

// TermsOf is what a listing is found by: its names, the labels of its category and
// of those above it, in both languages, and the names of its services.
func TermsOf(l *Listing) Terms {
	labels := labelTerms()[l.Category]
	t := Terms{Grams: slices.Clone(labels.Grams), Words: slices.Clone(labels.Words)}
	for i, name := range [...]string{l.Names.Main, l.Names.Zh, l.Names.En} {
		if i == 0 || name != l.Names.Main {
			t.Words = appendPinyin(t.Words, t.add(name))
		}
	}
	for i := range l.Services {
		t.add(l.Services[i].Name)
	}
	t.Grams, t.Words = unique(t.Grams), unique(t.Words)
	return t
}

// labelTerms is the terms of each category's lineage, by key.
var labelTerms = sync.OnceValue(func() map[string]Terms {
	m := make(map[string]Terms, len(catalog.Categories))
	for _, c := range catalog.Categories {
		var t Terms
		for _, up := range catalog.Lineage(c.Key) {
			t.add(up.En)
			t.add(up.Zh)
		}
		m[c.Key] = t
	}
	return m
})

// add adds the terms of s, and returns s folded.
func (t *Terms) add(s string) string {
	folded := text.Fold(s)
	for r := range text.Runs(folded) {
		if r.Kind == text.Word {
			t.Words = append(t.Words, r.Text)
			if utf8.RuneCountInString(r.Text) == 1 {
				t.Grams = append(t.Grams, r.Text)
			}
			continue
		}
		for i, c := range r.Text {
			t.Grams = append(t.Grams, r.Text[i:i+utf8.RuneLen(c)])
		}
		t.Grams = slices.AppendSeq(t.Grams, text.Bigrams(r.Text))
	}
	return folded
}

func unique(terms []string) []string {
	slices.Sort(terms)
	return slices.Compact(terms)
}
