package discovery

import (
	"slices"
	"strings"
	"unicode/utf8"

	"corner/catalog"
	"corner/text"
)

// Text is what a person typed, taken apart for an index. A listing matches when one of
// Wholes does, or each of Parts. The zero Text matches everything.
type Text struct {
	Wholes []Way  // the text as the whole name of a place
	Parts  []Part // its words, and its stretches of scripts without spaces
}

// Part is a piece of a Text. It matches when one of its Ways does.
type Part struct {
	Share float64 // of the Text's score; all shares make 1
	Ways  []Way
}

// Way is one way in which a listing's terms can be what was typed. It matches when all
// of Terms are among the listing's, and one of them begins with Prefix, and one of them is
// within one edit of Near; what is empty asks nothing.
type Way struct {
	Kind   Kind // of its terms; where a name's characters are wanted, others may be a label's
	Terms  []string
	Prefix string
	// Near is a term of which one character may be added, left out or replaced, or two
	// neighbours exchanged, beyond its first byte (the Kind).
	Near string
}

// Kind is what of a listing a term is taken from. It is the first byte of the term.
type Kind byte

// The kinds of terms.
const (
	WholeName   Kind = '=' // a whole name, in one piece
	WholePinyin Kind = '~' // the pinyin of a whole name in full; and its initials
	NameGram    Kind = 'n' // a character, or two neighbours, of a name in a script without spaces
	NameWord    Kind = 'w' // a word of a name
	LabelGram   Kind = 'l' // the same of a label: the category and those above it, a service
	LabelWord   Kind = 'v'
	Syllable    Kind = 's' // how a character of a name is read
	Syllables   Kind = 'p' // how two neighbours are read, with a space between
	Initials    Kind = 'i' // the first letters of how two neighbours are read
)

// Weight is how much a way counts, 0 to 1: whole names first; characters of names before
// their pinyin, and characters of labels before mere initials; and what was meant by a slip of the
// finger last.
func (w *Way) Weight() float64 {
	switch {
	case w.Near != "":
		return 0.35
	case w.Kind == WholeName:
		return 1
	case w.Kind == NameWord && w.Prefix != "":
		return 0.7
	case w.Kind == NameGram && len(w.Terms) > 0 && w.Terms[0][0] == byte(LabelGram):
		return 0.65 // a name, and what the place is
	case w.Kind == NameGram, w.Kind == NameWord:
		return 0.8
	case w.Kind == WholePinyin:
		return 0.75
	case w.Kind == Syllable, w.Kind == Syllables:
		return 0.6
	case w.Kind == Initials:
		return 0.4 // two letters are the initials of many a name
	}
	return 0.5 // labels
}

// Bounds of what a person types. What lies beyond is dropped, not refused: that
// can only make a query match more, and a pasted page is a fair try.
const (
	maxTextRunes = 64 // after folding
	maxTextRuns  = 16
	maxCuts      = 8  // of a word into syllables
	maxCutsSeen  = 64 // of those that are weighed
)

// ParseText takes apart what a person typed. Its parts, which may be of several
// scripts, must all match, in any order.
//
//   - Characters of a script without spaces: one alone is wanted as it is; of
//     several in a row, every pair of neighbours, all in names or all in labels, or
//     those of a category at the end in labels, and the others in names.
//   - A word is wanted at the beginning of a word, or of the pinyin or the initials
//     of a name from any syllable on: "xiche", "xcd", "laowang" find 老王洗车店.
//   - A word of one letter or digit is wanted as a whole word: "7" is meant, while
//     nearly every place has some word that begins with an s.
//
// When there is nothing in q to search for, the Text is zero.
func ParseText(q string, tree *catalog.Tree) Text {
	var t Text
	folded, cut := text.FoldSome(q, maxTextRunes)
	whole, runes, n := "", 0, 0
	for r := range text.Runs(folded) {
		if n++; n > maxTextRuns {
			break
		}
		size := utf8.RuneCountInString(r.Text)
		if r.Kind == text.Word && size == 1 && cut && r.Last {
			continue // the first letter of a word that goes on beyond the bound is not a word
		}
		p := Part{Share: float64(size)}
		if r.Kind == text.Spaceless {
			p.Ways = gramWays(r.Text, size, tree)
		} else {
			p.Ways = wordWays(r.Text, size)
		}
		whole += r.Text
		runes += size
		t.Parts = append(t.Parts, p)
	}
	for i := range t.Parts {
		t.Parts[i].Share /= float64(runes)
	}
	if whole == "" || cut {
		return t
	}
	t.Wholes = []Way{{Kind: WholeName, Terms: []string{term(WholeName, whole)}}}
	if text.CanBeRead(whole) {
		t.Wholes = append(t.Wholes, Way{Kind: WholePinyin, Terms: []string{term(WholePinyin, whole)}})
	}
	return t
}

func term(k Kind, s string) string { return string(rune(k)) + s }

// gramWays are the ways of characters in a row: all of a name, all of labels, or a name with
// what the place is behind it, 星巴克咖啡.
func gramWays(s string, size int, tree *catalog.Tree) []Way {
	ways := []Way{{Kind: NameGram, Terms: gramTerms(nil, NameGram, s)}, {Kind: LabelGram, Terms: gramTerms(nil, LabelGram, s)}}
	if name, label := cutLabel(s, size, tree); name != "" {
		ways = append(ways, Way{Kind: NameGram, Terms: gramTerms(gramTerms(nil, LabelGram, label), NameGram, name)})
	}
	for i := range ways {
		slices.Sort(ways[i].Terms)
		ways[i].Terms = slices.Compact(ways[i].Terms)
	}
	return ways
}

// gramTerms appends the pairs of neighbours of s, or s itself if it is one character.
func gramTerms(terms []string, k Kind, s string) []string {
	if utf8.RuneCountInString(s) == 1 {
		return append(terms, term(k, s))
	}
	for pair := range text.Bigrams(s) {
		terms = append(terms, term(k, pair))
	}
	return terms
}

// cutLabel takes the longest word for a category from the end of s, if it leaves a name.
func cutLabel(s string, size int, tree *catalog.Tree) (name, label string) {
	if size < 3 {
		return "", ""
	}
	words := labelWords(tree)
	for i := range s {
		if i > 0 && words[s[i:]] {
			return s[:i], s[i:]
		}
	}
	return "", ""
}

// labelWords is every word for a category of two characters and more, in a script without
// spaces.
var labelWords = catalog.OfTree(func(t *catalog.Tree) map[string]bool {
	words := map[string]bool{}
	for _, c := range t.List {
		for _, word := range t.Words(c.Key) {
			for r := range text.Runs(text.Fold(word)) {
				if r.Kind == text.Spaceless && utf8.RuneCountInString(r.Text) >= 2 {
					words[r.Text] = true
				}
			}
		}
	}
	return words
})

// wordWays are the ways of a word: as one, as pinyin however it can be cut into
// syllables, as initials.
func wordWays(s string, size int) []Way {
	if size == 1 {
		return []Way{{Kind: NameWord, Terms: []string{term(NameWord, s)}}, {Kind: LabelWord, Terms: []string{term(LabelWord, s)}}}
	}
	ways := []Way{
		{Kind: NameWord, Terms: []string{term(NameWord, s)}},
		{Kind: NameWord, Prefix: term(NameWord, s)},
		{Kind: LabelWord, Prefix: term(LabelWord, s)},
	}
	for _, cut := range likelyCuts(s) {
		if len(cut) == 1 {
			ways = append(ways, Way{Kind: Syllable, Prefix: term(Syllable, cut[0])})
			continue
		}
		w := Way{Kind: Syllables, Prefix: term(Syllables, cut[len(cut)-2]+" "+cut[len(cut)-1])}
		for i := range cut[:len(cut)-2] {
			w.Terms = append(w.Terms, term(Syllables, cut[i]+" "+cut[i+1]))
		}
		slices.Sort(w.Terms)
		w.Terms = slices.Compact(w.Terms)
		ways = append(ways, w)
	}
	if text.AreInitials(s) {
		w := Way{Kind: Initials}
		for i := range len(s) - 1 {
			w.Terms = append(w.Terms, term(Initials, s[i:i+2]))
		}
		slices.Sort(w.Terms)
		w.Terms = slices.Compact(w.Terms)
		ways = append(ways, w)
	}
	return ways
}

// likelyCuts are ways to cut a word into syllables, those with the fewest syllables first: lao, not
// la o.
func likelyCuts(s string) [][]string {
	var cuts [][]string
	for cut := range text.Syllables(s) {
		if cuts = append(cuts, cut); len(cuts) == maxCutsSeen {
			break
		}
	}
	slices.SortStableFunc(cuts, func(a, b []string) int { return len(a) - len(b) })
	return cuts[:min(len(cuts), maxCuts)]
}

// minNear is how many letters a word has in which a slip is looked for.
const minNear = 5

// Lenient is t with one slip allowed in each word of five letters or more; and whether
// there is such a word.
func (t Text) Lenient() (Text, bool) {
	parts, found := slices.Clone(t.Parts), false
	for i := range parts {
		for _, w := range parts[i].Ways {
			if w.Kind != NameWord || w.Prefix == "" || utf8.RuneCountInString(w.Prefix) < 1+minNear {
				continue
			}
			found = true
			parts[i].Ways = append(slices.Clone(parts[i].Ways), Way{Kind: NameWord, Near: w.Prefix})
			break
		}
	}
	t.Parts = parts
	return t, found
}

// IsEmpty reports whether t is zero, so that every listing matches.
func (t Text) IsEmpty() bool { return len(t.Parts) == 0 }

// Score says how well a listing matches, more than 0 to 1: the weight of the best of
// Wholes, or, if that is more, the mean of the weights of each part's best way, by
// shares. 0 is no match. Terms are the listing's, sorted. This is the law at its
// plainest; indexes do the same, faster.
func (t Text) Score(terms []string) float64 {
	parts := 0.0
	for _, p := range t.Parts {
		best := best(p.Ways, terms)
		if best == 0 {
			parts = 0
			break
		}
		parts += p.Share * best
	}
	return max(best(t.Wholes, terms), parts)
}

func best(ways []Way, terms []string) (weight float64) {
	for i := range ways {
		if ways[i].Matches(terms) {
			weight = max(weight, ways[i].Weight())
		}
	}
	return weight
}

// Matches reports whether the way matches a listing's terms, which are sorted.
func (w *Way) Matches(terms []string) bool {
	for _, want := range w.Terms {
		if _, found := slices.BinarySearch(terms, want); !found {
			return false
		}
	}
	if w.Prefix != "" {
		i, _ := slices.BinarySearch(terms, w.Prefix)
		if i == len(terms) || !strings.HasPrefix(terms[i], w.Prefix) {
			return false
		}
	}
	return w.Near == "" || slices.ContainsFunc(terms, func(t string) bool { return t[0] == w.Near[0] && text.OneEdit(t[1:], w.Near[1:]) })
}
