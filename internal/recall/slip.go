package recall

import (
	"math/rand/v2"
	"strings"
	"unicode/utf8"
)

// seed makes what is random the same every time.
const seed = 4

func seeded(stream uint64) *rand.Rand {
	return rand.New(rand.NewPCG(seed, stream)) //nolint:gosec // nothing secret is made of it
}

// slips is how many names with a slip are asked for.
const slips = 2_000

// askSlips asks for places by their English names, with a slip of the finger in one word of
// at least five letters.
func (w *World) askSlips() {
	random := seeded(2)
	s := Set{Name: "a slip in an English word", Goal: 0.90}
	for _, i := range random.Perm(len(w.Listings)) {
		if len(s.Questions) == slips {
			break
		}
		names := w.Listings[i].Names
		for _, n := range [...]string{names.En, names.Main} {
			if q, ok := withSlip(n, random); ok {
				s.Questions = append(s.Questions, Question{q, i})
				break
			}
		}
	}
	w.Sets = append(w.Sets, s)
}

// withSlip is an English name with a slip in one of its long words, if it has any.
func withSlip(name string, random *rand.Rand) (string, bool) {
	if strings.ContainsFunc(name, func(r rune) bool { return r >= utf8.RuneSelf }) {
		return "", false
	}
	words, long := strings.Fields(name), []int(nil)
	for i, word := range words {
		if len(word) >= 5 && strings.Trim(strings.ToLower(word), "abcdefghijklmnopqrstuvwxyz") == "" {
			long = append(long, i)
		}
	}
	if len(long) == 0 {
		return "", false
	}
	at := long[random.IntN(len(long))]
	for was := words[at]; strings.EqualFold(words[at], was); {
		words[at] = slip(was, random)
	}
	return strings.Join(words, " "), true
}

// slip is word with one letter added, left out, replaced, or exchanged with its neighbour.
func slip(word string, random *rand.Rand) string {
	at, letter := random.IntN(len(word)), string(rune('a'+random.IntN(26)))
	switch random.IntN(4) {
	case 0:
		return word[:at] + letter + word[at:]
	case 1:
		return word[:at] + word[at+1:]
	case 2:
		return word[:at] + letter + word[at+1:]
	}
	at = min(at, len(word)-2)
	return word[:at] + word[at+1:at+2] + word[at:at+1] + word[at+2:]
}
