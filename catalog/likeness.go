package catalog

import (
	"strings"
	"unicode"

	"corner/text"
)

// name is one name of a place in one script, made ready to be compared.
type name struct {
	han  bool     // written without spaces: Han, kana, Hangul, Thai …
	core string   // what tells it from others of its trade, folded, without separators
	full string   // all of it, folded, without separators
	read []string // how a Chinese core is read, in syllables
}

// namesOf is the names of a place by language and script, each as it stands and
// without the branch it names, and those branches.
func namesOf(n *Neighbour) (names []name, branches []string) {
	seen := map[string]bool{}
	for _, s := range []string{n.Names.Main, n.Names.Zh, n.Names.En} {
		// What stands behind a bracket or a dash is a branch, or is not: BBVA - Catalunya
		// Caixa. So both are kept.
		for rest := strings.TrimSpace(text.Fold(s)); rest != "" && !seen[rest]; {
			seen[rest] = true
			names = append(names, readName(rest)...)
			var branch string
			if rest, branch = cutBranch(rest); branch != "" {
				branches = append(branches, branch)
			}
		}
	}
	if b := plainBranch(text.Fold(n.Branch)); b != "" {
		branches = append(branches, b)
	}
	return names, branches
}

// readName takes a folded name apart into what is written with and without spaces.
func readName(folded string) []name {
	var han, latin strings.Builder
	var words []string
	for r := range text.Runs(folded) {
		if r.Kind == text.Spaceless {
			han.WriteString(r.Text)
			continue
		}
		words = append(words, r.Text)
	}
	var names []name
	if han.Len() > 0 && len(words) > 0 && onlyNumbers(words) {
		// The 7 of 7仔 and the 365 of 365商務賓館 belong to it.
		whole := joined(folded)
		return []name{spaceless(whole)}
	}
	if han.Len() > 0 {
		names = append(names, spaceless(han.String()))
	}
	if len(words) > 0 {
		core := withoutGeneric(words)
		for _, w := range words {
			latin.WriteString(w)
		}
		names = append(names, name{core: strings.Join(core, ""), full: latin.String()})
	}
	return names
}

func onlyNumbers(words []string) bool {
	for _, w := range words {
		for _, r := range w {
			if !unicode.IsDigit(r) {
				return false
			}
		}
	}
	return true
}

func joined(folded string) string {
	var b strings.Builder
	for r := range text.Runs(folded) {
		b.WriteString(r.Text)
	}
	return b.String()
}

func spaceless(full string) name {
	n := name{han: true, core: trimGeneric(full), full: full}
	for _, r := range n.core {
		switch readings := text.Readings(r); {
		case len(readings) > 0:
			n.read = append(n.read, readings[0])
		default:
			n.read = append(n.read, string(r))
		}
	}
	return n
}

// likestNames is how alike the likest pair of names is, and whether there is a pair in
// one script at all.
func likestNames(a, b []name) (likeness float64, oneScript bool) {
	for i := range a {
		for j := range b {
			if a[i].han == b[j].han {
				oneScript = true
			}
			likeness = max(likeness, nameLikeness(&a[i], &b[j]))
		}
	}
	return likeness, oneScript
}

// nameLikeness is how alike two names are: of one script by characters, of two by how
// the Chinese one is read.
//
// In one script it is the greater of two likenesses of their cores, by edits and by
// pairs of characters, nine parts, and of the whole names, one part: words that name
// the trade (餐厅, restaurant, ltd) weigh little, as they say nothing of which it is.
// Names that differ but are read the same (a typist's mistake) count 0.9.
func nameLikeness(a, b *name) float64 {
	if a.han != b.han {
		return readLikeness(a, b)
	}
	core := alike(a.core, b.core)
	if a.han && core < 0.9 && len(a.read) >= 2 && strings.Join(a.read, " ") == strings.Join(b.read, " ") {
		core = 0.9
	}
	full := alike(a.full, b.full)
	if len(a.full) >= longName && full >= 0.88 {
		core = max(core, full)
	}
	return 0.9*core + 0.1*full
}

// longName is how many bytes a whole name has of which a slip of the finger tells less
// than what is left of it without the words for its trade: that of Chinese Food is all trade.
const longName = 9

// readLikeness compares a Chinese name as it is read with one in Latin letters.
func readLikeness(a, b *name) float64 {
	if b.han {
		a, b = b, a
	}
	read := strings.Join(a.read, "")
	if len(a.read) < 2 || read == "" || b.core == "" {
		return 0
	}
	return 0.9 * editLikeness(read, b.core)
}

func alike(a, b string) float64 {
	edits := editLikeness(a, b)
	if edits == 1 {
		return 1
	}
	return max(edits, pairLikeness(a, b))
}

// pairLikeness is Dice's coefficient of the pairs of neighbouring characters.
func pairLikeness(a, b string) float64 {
	count := map[string]int{}
	n, shared := 0, 0
	for p := range text.Bigrams(a) {
		count[p]++
		n++
	}
	for p := range text.Bigrams(b) {
		n++
		if count[p] > 0 {
			count[p]--
			shared++
		}
	}
	if n == 0 {
		return 0
	}
	return 2 * float64(shared) / float64(n)
}

// mostCompared bounds the characters of a name that are compared by edits.
const mostCompared = 64

// editLikeness is 1 less the share of characters to change, add, drop or swap with the
// next.
func editLikeness(a, b string) float64 {
	x, y := []rune(a), []rune(b)
	x, y = x[:min(len(x), mostCompared)], y[:min(len(y), mostCompared)]
	longest := max(len(x), len(y))
	if longest == 0 {
		return 0
	}
	var rows [3][mostCompared + 1]int // the one before the last, the last, the present
	for j := range len(y) + 1 {
		rows[1][j] = j
	}
	for i := range x {
		rows[2][0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			rows[2][j+1] = min(rows[1][j]+cost, rows[1][j+1]+1, rows[2][j]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				rows[2][j+1] = min(rows[2][j+1], rows[0][j-1]+1)
			}
		}
		rows[0], rows[1] = rows[1], rows[2]
	}
	return 1 - float64(rows[1][len(y)])/float64(longest)
}
