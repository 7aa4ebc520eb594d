package discovery

import (
	"corner/geo"
	"corner/reviews"
)

// Relevance says how well a place answers, 0 to 1:
//
//	0.60·text + 0.25·nearness + 0.15·quality    where something was asked for by text
//	            0.65·nearness + 0.35·quality    where not
//
// text is Text.Score, 0 to 1. Nearness is 1 / (1 + distance / 1 km), so that it halves in
// the first kilometre. Quality is the Bayesian score of the verified reviews
// (reviews.Rating.Score), from one star to five. Every index computes this formula; one
// that measures on a sphere may differ by less than 0.02.
func Relevance(asked bool, text float64, distance geo.Metres, r reviews.Rating) float64 {
	return Weigh(asked, text, Nearness(distance), Quality(r))
}

// Weigh is Relevance of nearness and quality, for an index that keeps them its own way.
func Weigh(asked bool, text, nearness, quality float64) float64 {
	if asked {
		return TextWeight*text + NearWeight*nearness + QualityWeight*quality
	}
	return NearWeightAlone*nearness + QualityWeightAlone*quality
}

// The weights of Relevance.
const (
	TextWeight         = 0.60
	NearWeight         = 0.25
	QualityWeight      = 0.15
	NearWeightAlone    = 0.65
	QualityWeightAlone = 0.35
)

// HalfNear is the distance at which Nearness is a half.
const HalfNear geo.Metres = 1_000

// Nearness is 1 on the spot and falls with distance, to a half at HalfNear.
func Nearness(d geo.Metres) float64 { return 1 / (1 + float64(d/HalfNear)) }

// Quality is QualityOf a rating.
func Quality(r reviews.Rating) float64 { return QualityOf(r.Score()) }

// QualityOf is a rating's Score from 0, one star, to 1, five.
func QualityOf(score int) float64 { return float64(score-1_000) / 4_000 }
