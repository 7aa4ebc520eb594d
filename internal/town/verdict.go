package town

import "math/rand/v2"

// verdict is how a visit was: what the words of a review go by.
type verdict int

const (
	bad   verdict = iota // one or two stars
	mixed                // three
	good                 // four or five
)

func verdictOf(stars int) verdict {
	switch {
	case stars <= 2:
		return bad
	case stars == 3:
		return mixed
	}
	return good
}

// remarks is what people say in one language: for each verdict, of any shop.
type remarks [3][]string

// speech is what people say of one theme.
type speech struct{ zh, en remarks }

// stars is what a visitor of a place gives: mostly four and five, fewer where it is bad.
func stars(rng *rand.Rand, quality float64) int {
	luck := 0.62*quality + 0.38*rng.Float64() + 0.12*rng.NormFloat64()
	switch {
	case luck < 0.07:
		return 1
	case luck < 0.15:
		return 2
	case luck < 0.26:
		return 3
	case luck < 0.53:
		return 4
	}
	return 5
}

// words is a review: one or two remarks on the theme, and often something anybody
// would say, in the visitor's language.
func words(rng *rand.Rand, theme string, stars int, english bool) string {
	v := verdictOf(stars)
	of, closing, gap := table().speeches[theme].zh[v], table().speeches["any"].zh[v], ""
	if english {
		of, closing, gap = table().speeches[theme].en[v], table().speeches["any"].en[v], " "
	}
	order := rng.Perm(len(of))
	text := of[order[0]]
	if len(order) > 1 && rng.IntN(100) < 55 {
		text += gap + of[order[1]]
	}
	if rng.IntN(100) < 60 {
		text += gap + closing[rng.IntN(len(closing))]
	}
	return text
}
