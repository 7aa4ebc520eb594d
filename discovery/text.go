package discovery

import (
	"iter"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/unicode/norm"

	"corner/catalog"
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
	folded, cut := fold(q, maxTextRunes)
	n := 0
	for r := range runs(folded) {
		if n++; n > maxTextRuns {
			break
		}
		alone := utf8.RuneCountInString(r.text) == 1
		switch {
		case r.kind == spaceless && !alone:
			t.Grams = slices.AppendSeq(t.Grams, bigrams(r.text))
		case r.kind == word && !alone:
			t.Prefixes = append(t.Prefixes, r.text)
		case r.kind == word && cut && r.last:
			// The first letter of a word that goes on beyond the bound is not a word.
		default:
			t.Grams = append(t.Grams, r.text)
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
	folded, _ := fold(s, noLimit)
	for r := range runs(folded) {
		if r.kind == word {
			t.Words = append(t.Words, r.text)
			if utf8.RuneCountInString(r.text) == 1 {
				t.Grams = append(t.Grams, r.text)
			}
			continue
		}
		for i, c := range r.text {
			t.Grams = append(t.Grams, r.text[i:i+utf8.RuneLen(c)])
		}
		t.Grams = slices.AppendSeq(t.Grams, bigrams(r.text))
	}
	return folded
}

func unique(terms []string) []string {
	slices.Sort(terms)
	return slices.Compact(terms)
}

// kind of a stretch of characters.
type kind uint8

const (
	separator kind = iota
	word           // letters and digits that stand between spaces
	spaceless      // scripts that write no spaces between words
)

type run struct {
	text string
	kind kind
	last bool // it ends where the text ends
}

// runs cuts folded text into its longest stretches of one kind.
func runs(folded string) iter.Seq[run] {
	return func(yield func(run) bool) {
		start, current := 0, separator
		for i, r := range folded {
			k := kindOf(r)
			if unicode.IsMark(r) {
				k = current // a mark belongs to what it stands on
			}
			if k == current {
				continue
			}
			if current != separator && !yield(run{folded[start:i], current, false}) {
				return
			}
			start, current = i, k
		}
		if current != separator {
			yield(run{folded[start:], current, true})
		}
	}
}

// bigrams is the pairs of neighbouring characters of s.
func bigrams(s string) iter.Seq[string] {
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

// kindOf is the kind of a folded character.
func kindOf(r rune) kind {
	switch {
	case r < utf8.RuneSelf:
		if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
			return word
		}
		return separator
	case r == 'ー', // of kana, though Unicode calls it common
		unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana,
			unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
		return spaceless
	case unicode.IsLetter(r), unicode.IsNumber(r):
		return word
	}
	return separator
}

const noLimit = int(^uint(0) >> 1)

// fold writes text in the one form in which it is compared: compatibility forms
// (full width, ligatures) resolved, in lower case, Latin letters without
// diacritics, apostrophes gone. Of that it returns at most limit characters, and
// whether there are more. What a person types and what a listing is called both
// go through here, so whatever else shall be the same for people (traditional
// and simplified characters, say) is made the same in foldRune and nowhere else.
func fold(s string, limit int) (folded string, cut bool) {
	b := make([]byte, 0, min(len(s), 4*maxTextRunes)+8)
	n, latin := 0, false
	var it norm.Iter
	for it.InitString(norm.NFKC, s); !it.Done(); {
		for segment := it.Next(); len(segment) > 0; {
			r, size := utf8.DecodeRune(segment)
			segment = segment[size:]
			if latin && unicode.Is(unicode.Mn, r) {
				continue // a diacritic that NFKC has no joined form for
			}
			from := len(b)
			b = foldRune(b, r)
			if len(b) > from {
				latin = 'a' <= b[from] && b[from] <= 'z'
			}
			if n += utf8.RuneCount(b[from:]); n > limit {
				return string(b[:from]), true
			}
		}
	}
	return string(b), false
}

// foldRune appends what a character is compared as: nothing, or some characters.
func foldRune(b []byte, r rune) []byte {
	r = unicode.ToLower(r)
	switch {
	case r < utf8.RuneSelf:
		if r == '\'' || r == '`' {
			return b
		}
		return append(b, byte(r))
	case strings.ContainsRune("‘’ʼʻ´", r), unicode.In(r, unicode.Cf, unicode.Variation_Selector):
		return b
	case unicode.Is(unicode.Latin, r):
		if parts := norm.NFD.PropertiesString(string(r)).Decomposition(); len(parts) > 0 {
			r, _ = utf8.DecodeRune(parts)
		}
		if plain, ok := plainLatin[r]; ok {
			return append(b, plain...)
		}
	case r == 'ς':
		r = 'σ'
	}
	return utf8.AppendRune(b, r)
}

// plainLatin is the letters that Unicode does not take apart.
var plainLatin = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'ł': "l", 'ı': "i", 'þ': "th", 'ħ': "h",
}

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
		if s := readings(r); len(s) > 0 && len(syllables) < maxSyllables {
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

// readings is how a Han character is read, without tones, the commonest first.
// 绿 is lv and lu, as keyboards and people write it.
func readings(r rune) []string {
	if r < '〇' {
		return nil
	}
	if known, ok := readingsOf.Load(r); ok {
		all, _ := known.([]string)
		return all
	}
	var all []string
	for toned := range strings.SplitSeq(pinyin.PinyinDict[int(r)], ",") {
		base := norm.NFD.String(toned)
		plain := strings.Map(func(r rune) rune {
			if r < utf8.RuneSelf {
				return r
			}
			return -1
		}, base)
		forms := []string{plain}
		if strings.ContainsRune(base, '\u0308') {
			forms = []string{strings.ReplaceAll(plain, "u", "v"), plain}
		}
		for _, f := range forms {
			if f != "" && !slices.Contains(all, f) {
				all = append(all, f)
			}
		}
	}
	readingsOf.Store(r, all)
	return all
}

var readingsOf sync.Map // rune → []string
