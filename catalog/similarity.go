package catalog

import (
	"math"

	"corner/geo"
)

// DuplicateFrom is the similarity from which two places are taken for one.
const DuplicateFrom = 0.72

// Similarity says how much two places look like one, from 0 to 1:
//
//		name × near × category, raised by a telephone that is the same
//
//	  - name is the likest pair of all names in all languages (nameLikeness), times ½ if
//	    both name a branch and not the same one.
//	  - near is 1 up to 60 m and falls to 0.6 at 150 m, and both pins' accuracies are
//	    taken off the distance before that.
//	  - category is 0.6 for two different sorts of which one is a public service or a
//	    park, whose names are often those of their neighbours (the bank and its cash
//	    machine), 0.9 for two of different trades, and 1 otherwise.
//	  - with the same telephone s becomes s + (1 - s)·s, and names in two scripts count 0.8: a shop that gives its number is
//	    known by it even in two languages, but a mall's number is not its shops'.
//	  - with two telephones that differ it is times 0.93.
func Similarity(tree *Tree, a, b *Neighbour) float64 {
	x, y := profileOf(a), profileOf(b)
	return similarity(tree, &x, &y, geo.Distance(a.Point, b.Point))
}

// profile is a place made ready to be compared with many.
type profile struct {
	names    []name
	branches []string
	category string
	phone    string
	accuracy geo.Metres
}

func profileOf(n *Neighbour) profile {
	p := profile{category: n.Category, phone: n.Phone, accuracy: n.Accuracy}
	p.names, p.branches = namesOf(n)
	return p
}

func similarity(tree *Tree, a, b *profile, distance geo.Metres) float64 {
	likeness, oneScript := likestNames(a.names, b.names)
	if likeness > 0 && otherBranch(a.branches, b.branches) {
		likeness /= 2
	}
	s := likeness * nearness(float64(distance-a.accuracy-b.accuracy)) * sameSort(tree, a.category, b.category)
	switch {
	case a.phone == "" || b.phone == "":
	case a.phone != b.phone:
		s *= 0.93
	case !oneScript:
		s = 0.8 * nearness(float64(distance-a.accuracy-b.accuracy)) * sameSort(tree, a.category, b.category)
	default:
		s += (1 - s) * s
	}
	return s
}

func nearness(metres float64) float64 {
	const full, far, least = 60, 150, 0.6
	return 1 - (1-least)*math.Min(1.5, math.Max(0, (metres-full)/(far-full)))
}

func sameSort(tree *Tree, a, b string) float64 {
	if a == b || a == "" || b == "" {
		return 1
	}
	x, y := tree.Lineage(a), tree.Lineage(b)
	switch {
	case tree.DiscoveryOnly(a) || tree.DiscoveryOnly(b) || a == "park" || b == "park":
		return 0.6
	case len(x) > 0 && len(y) > 0 && x[len(x)-1].Key == y[len(y)-1].Key, a == "other", b == "other":
		return 1
	}
	return 0.9
}
