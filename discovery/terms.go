package discovery

import (
	"slices"
	"sync"
	"unicode/utf8"

	"corner/catalog"
	"corner/text"
)

// TermsOf returns the terms by which a listing is found, sorted and without repeats. They
// come from its names and those of its brand, as written and as pronounced; and, as labels,
// which count less, from its services, its category and the categories above. Each term
// begins with its Kind. Every index stores exactly these, so that every index finds the
// same.
func TermsOf(l *Listing, tree *catalog.Tree) []string {
	var (
		letters [1_024]byte // enough for most, so that little is made to be thrown away
		ends    [192]int
		t       = terms{letters[:0], ends[:0]}
	)
	for i, name := range [...]string{l.Names.Main, l.Names.Zh, l.Names.En} {
		if i == 0 || name != l.Names.Main {
			t.name(text.Fold(name))
		}
	}
	for i := range l.Services {
		t.grams(text.Fold(l.Services[i].Name), LabelGram, LabelWord)
	}
	own := t.strings()
	slices.Sort(own)
	return merge(own, labelTerms(tree)[l.Category], brandTerms()[l.Brand])
}

// merge is three sorted lists as one, without repeats.
func merge(a, b, c []string) []string {
	all := make([]string, 0, len(a)+len(b)+len(c))
	for len(a)+len(b)+len(c) > 0 {
		least := &a
		if len(*least) == 0 || len(b) > 0 && b[0] < (*least)[0] {
			least = &b
		}
		if len(*least) == 0 || len(c) > 0 && c[0] < (*least)[0] {
			least = &c
		}
		if n := len(all); n == 0 || all[n-1] != (*least)[0] {
			all = append(all, (*least)[0])
		}
		*least = (*least)[1:]
	}
	return all
}

// labelTerms is the terms of each category's lineage, by key.
var labelTerms = catalog.OfTree(func(tree *catalog.Tree) map[string][]string {
	m := make(map[string][]string, len(tree.List))
	for _, c := range tree.List {
		var t terms
		for _, up := range tree.Lineage(c.Key) {
			for _, word := range tree.Words(up.Key) {
				t.grams(text.Fold(word), LabelGram, LabelWord)
			}
		}
		all := t.strings()
		slices.Sort(all)
		m[c.Key] = slices.Compact(all)
	}
	return m
})

// brandTerms is the terms of each brand's names, by key.
var brandTerms = sync.OnceValue(func() map[string][]string {
	m := make(map[string][]string, len(catalog.Brands))
	for i := range catalog.Brands {
		var t terms
		for _, n := range catalog.Brands[i].Names() {
			t.name(text.Fold(n))
		}
		all := t.strings()
		slices.Sort(all)
		m[catalog.Brands[i].Key] = slices.Compact(all)
	}
	return m
})

// appendName appends the terms of one name, unsorted.
func appendName(all []string, name string) []string {
	var t terms
	t.name(text.Fold(name))
	return append(all, t.strings()...)
}

// appendGrams appends the grams and words of a folded text, unsorted.
func appendGrams(all []string, folded string, gram, word Kind) []string {
	var t terms
	t.grams(folded, gram, word)
	return append(all, t.strings()...)
}

// terms are terms on their way: all their letters in one piece of memory, as a listing has
// dozens of them, and an index millions of listings.
type terms struct {
	letters []byte
	ends    []int // where each ends
}

func (t *terms) add(k Kind, parts ...string) {
	t.letters = append(t.letters, byte(k))
	for _, p := range parts {
		t.letters = append(t.letters, p...)
	}
	t.ends = append(t.ends, len(t.letters))
}

// strings is the terms as they were added.
func (t *terms) strings() []string {
	all, letters, start := make([]string, 0, len(t.ends)), string(t.letters), 0
	for _, end := range t.ends {
		all = append(all, letters[start:end])
		start = end
	}
	return all
}

// name adds a folded name. A name that is said twice over, 賈炳達道公園 Carpenter Road Park, is whole
// in each of the two.
func (t *terms) name(folded string) {
	t.grams(folded, NameGram, NameWord)
	start := len(t.letters)
	t.letters = append(t.letters, byte(WholeName))
	turns, before := 0, text.Separator
	for r := range text.Runs(folded) {
		if r.Kind != before {
			turns, before = turns+1, r.Kind
		}
		t.letters = append(t.letters, r.Text...)
	}
	if turns == 0 {
		t.letters = t.letters[:start]
		return
	}
	t.ends = append(t.ends, len(t.letters))
	whole := turns == 1
	if turns == 2 {
		whole = t.halves(folded)
	}
	t.pinyin(folded, whole)
}

// minHalf is how many characters of a script without spaces, or letters, make a name by
// themselves.
const minHalf = 3

// halves adds the two names that folded is, and reports whether it is two.
func (t *terms) halves(folded string) bool {
	var sizes [2]int // of spaceless scripts, of words
	for r := range text.Runs(folded) {
		sizes[r.Kind-text.Word] += utf8.RuneCountInString(r.Text)
	}
	if min(sizes[0], sizes[1]) < minHalf {
		return false
	}
	for _, k := range [...]text.Kind{text.Word, text.Spaceless} {
		t.letters = append(t.letters, byte(WholeName))
		for r := range text.Runs(folded) {
			if r.Kind == k {
				t.letters = append(t.letters, r.Text...)
			}
		}
		t.ends = append(t.ends, len(t.letters))
	}
	return true
}

// grams adds the words of folded, and the characters and pairs of its scripts without
// spaces.
func (t *terms) grams(folded string, gram, word Kind) {
	for r := range text.Runs(folded) {
		if r.Kind == text.Word {
			t.add(word, r.Text)
			continue
		}
		for i, c := range r.Text {
			t.add(gram, r.Text[i:i+utf8.RuneLen(c)])
		}
		for pair := range text.Bigrams(r.Text) {
			t.add(gram, pair)
		}
	}
}

// pinyin adds how the Han characters of a folded name are read. Which reading of a character
// is right here (行 xíng, háng) only a dictionary of words would know, so all are taken,
// but for the whole name, which is read in the commonest way.
func (t *terms) pinyin(folded string, whole bool) {
	var before []string
	var full, initials [256]byte
	n, m := 0, 0
	for _, r := range folded {
		readings := text.Readings(r)
		if len(readings) == 0 {
			continue
		}
		for _, s := range readings {
			t.add(Syllable, s)
			for _, b := range before {
				t.add(Syllables, b, " ", s)
				t.add(Initials, b[:1], s[:1])
			}
		}
		n += copy(full[n:], readings[0])
		m += copy(initials[m:], readings[0][:1])
		before = readings
	}
	if whole && m >= 2 {
		t.add(WholePinyin, string(full[:n]))
		t.add(WholePinyin, string(initials[:m]))
	}
}
