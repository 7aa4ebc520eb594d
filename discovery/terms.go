package discovery

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"corner/catalog"
	"corner/text"
)

// TermsOf is what a listing is found by, sorted and without repeats: its names, as
// written and as read; and as labels, which count less, its category and those above it,
// in both languages, and its services. Each begins with its Kind. Every index stores
// just these, so that every index finds the same.
func TermsOf(l *Listing) []string {
	terms := slices.Clone(labelTerms()[l.Category])
	for i, name := range [...]string{l.Names.Main, l.Names.Zh, l.Names.En} {
		if i == 0 || name != l.Names.Main {
			terms = appendName(terms, name)
		}
	}
	for i := range l.Services {
		terms = appendGrams(terms, text.Fold(l.Services[i].Name), LabelGram, LabelWord)
	}
	slices.Sort(terms)
	return slices.Compact(terms)
}

// labelTerms is the terms of each category's lineage, by key.
var labelTerms = sync.OnceValue(func() map[string][]string {
	m := make(map[string][]string, len(catalog.Categories))
	for _, c := range catalog.Categories {
		var terms []string
		for _, up := range catalog.Lineage(c.Key) {
			terms = appendGrams(terms, text.Fold(up.En), LabelGram, LabelWord)
			terms = appendGrams(terms, text.Fold(up.Zh), LabelGram, LabelWord)
		}
		m[c.Key] = terms
	}
	return m
})

func appendName(terms []string, name string) []string {
	folded := text.Fold(name)
	terms = appendGrams(terms, folded, NameGram, NameWord)
	var whole strings.Builder
	for r := range text.Runs(folded) {
		whole.WriteString(r.Text)
	}
	if whole.Len() == 0 {
		return terms
	}
	return appendPinyin(append(terms, term(WholeName, whole.String())), folded)
}

// appendGrams appends the words of folded, and the characters and pairs of its scripts
// without spaces.
func appendGrams(terms []string, folded string, gram, word Kind) []string {
	for r := range text.Runs(folded) {
		if r.Kind == text.Word {
			terms = append(terms, term(word, r.Text))
			continue
		}
		for i, c := range r.Text {
			terms = append(terms, term(gram, r.Text[i:i+utf8.RuneLen(c)]))
		}
		for pair := range text.Bigrams(r.Text) {
			terms = append(terms, term(gram, pair))
		}
	}
	return terms
}

// appendPinyin appends how the Han characters of a folded name are read. Which reading
// of a character is right here (行 xíng, háng) only a dictionary of words would know, so
// all are taken, but for the whole name, which is read in the commonest way.
func appendPinyin(terms []string, folded string) []string {
	var before []string
	var full, initials strings.Builder
	for _, r := range folded {
		readings := text.Readings(r)
		if len(readings) == 0 {
			continue
		}
		for _, s := range readings {
			terms = append(terms, term(Syllable, s))
			for _, b := range before {
				terms = append(terms, term(Syllables, b+" "+s), term(Initials, b[:1]+s[:1]))
			}
		}
		full.WriteString(readings[0])
		initials.WriteByte(readings[0][0])
		before = readings
	}
	if initials.Len() < 2 {
		return terms
	}
	return append(terms, term(WholePinyin, full.String()), term(WholePinyin, initials.String()))
}
