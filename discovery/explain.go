package discovery

import (
	"strings"

	"corner/geo"
)

// Explanation says why a hit ranks where it does. It is computed from the listing by the
// law of Relevance, whatever engine has found it.
type Explanation struct {
	Relevance float64 // the sum of the factors: each its value times its weight
	Text      Factor  // of Text.Score
	Nearness  Factor
	Quality   Factor
	Distance  geo.Metres
	Score     int // reviews.Rating.Score, in thousandths of a star
	Matches   []Match
}

// Factor is a part of Relevance.
type Factor struct{ Value, Weight float64 }

// Match is a way in which the listing is what was typed.
type Match struct {
	How    How
	Asked  string  // what was looked for of the listing's terms
	Weight float64 // of the way
	Share  float64 // of the text's score
}

// How names a way of matching.
type How string

// The ways of matching.
const (
	HowWholeName   How = "whole_name"
	HowWholePinyin How = "whole_pinyin" // the pinyin of the whole name, or its initials
	HowName        How = "name"
	HowNameAndSort How = "name_and_sort" // a name, and what the place is behind it
	HowPinyin      How = "pinyin"
	HowInitials    How = "initials"
	HowLabel       How = "label" // the category or a service
	HowSlip        How = "slip"  // a word one slip of the finger away
)

// Explain says why a hit of q ranks where it does.
func Explain(q *Query, h *Hit) Explanation {
	e := Explanation{
		Nearness: Factor{Nearness(h.Distance), NearWeightAlone}, Quality: Factor{Quality(h.Listing.Rating), QualityWeightAlone},
		Distance: h.Distance, Score: h.Listing.Rating.Score(),
	}
	if q.Text.IsEmpty() {
		e.Relevance = Relevance(false, 0, h.Distance, h.Listing.Rating)
		return e
	}
	terms := TermsOf(h.Listing, q.Tree)
	score := q.Text.Score(terms)
	e.Text, e.Nearness.Weight, e.Quality.Weight = Factor{score, TextWeight}, NearWeight, QualityWeight
	e.Relevance = Relevance(true, score, h.Distance, h.Listing.Rating)
	if w := bestWay(q.Text.Wholes, terms); w != nil && w.Weight() >= score {
		e.Matches = []Match{matchOf(w, 1)}
		return e
	}
	for i := range q.Text.Parts {
		if w := bestWay(q.Text.Parts[i].Ways, terms); w != nil {
			e.Matches = append(e.Matches, matchOf(w, q.Text.Parts[i].Share))
		}
	}
	return e
}

// bestWay is the way of the greatest weight that matches; nil if none does.
func bestWay(ways []Way, terms []string) *Way {
	var found *Way
	for i := range ways {
		if w := &ways[i]; w.Matches(terms) && (found == nil || w.Weight() > found.Weight()) {
			found = w
		}
	}
	return found
}

func matchOf(w *Way, share float64) Match {
	m := Match{How: howOf(w), Weight: w.Weight(), Share: share}
	var asked []string
	for _, t := range w.Terms {
		asked = append(asked, t[1:])
	}
	for _, t := range [...]string{w.Prefix, w.Near} {
		if t != "" {
			asked = append(asked, t[1:])
		}
	}
	m.Asked = strings.Join(asked, " ")
	return m
}

func howOf(w *Way) How {
	switch {
	case w.Near != "":
		return HowSlip
	case w.Kind == WholeName:
		return HowWholeName
	case w.Kind == WholePinyin:
		return HowWholePinyin
	case w.Kind == NameGram && len(w.Terms) > 0 && w.Terms[0][0] == byte(LabelGram):
		return HowNameAndSort
	case w.Kind == NameGram, w.Kind == NameWord:
		return HowName
	case w.Kind == Syllable, w.Kind == Syllables:
		return HowPinyin
	case w.Kind == Initials:
		return HowInitials
	}
	return HowLabel
}
