package town

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"corner/catalog"
	"corner/geo"
	"corner/money"
)

// chance is something that so many of a hundred places have.
type chance struct {
	key     string // of catalog.Attributes, or a word of catalog.Traits
	percent int
}

// dress gives a listing what merchants add when they have time: what the place has, how
// its spot was measured, a door of its own, terms.
func (b *builder) dress(l *catalog.Listing, at lot, m *menu) {
	line := catalog.BuiltIn.Lineage(l.Category)
	for _, c := range line {
		for _, a := range table().found[c.Key] {
			if m != table().menus["listed"] && b.looks.IntN(100) < a.percent {
				if key, value, isTrait := strings.Cut(a.key, "="); isTrait {
					l.Traits = map[string]string{key: value}
					continue
				}
				l.Attributes = append(l.Attributes, a.key)
			}
		}
	}
	l.Location = b.measured(at, m == table().menus["homeHair"] || m == table().menus["homeWash"])
	if slices.Contains(table().doors, l.Category) {
		turn, far := b.looks.Float64()*2*math.Pi, 15+25*b.looks.Float64()
		door := spot{at.x + far*math.Cos(turn), at.y + far*math.Sin(turn)}.point()
		l.Location.Entrance = &door
	}
	if line[len(line)-1].Key != "lodging" {
		return
	}
	for i := range l.Offers {
		if o := &l.Offers[i]; o.Bookable {
			o.Payment = catalog.Payment{Kind: catalog.PayPrepaid}
			o.Cancellation = catalog.Cancellation{Free: 24 * time.Hour, Fee: money.BasisPoints(5_000)}
		}
	}
}

// measured is the spot as a phone in the doorway hands it over, or for some a pin on a map. Who
// works out of a van gives the neighbourhood.
func (b *builder) measured(at lot, van bool) *catalog.Spot {
	s := &catalog.Spot{Point: at.point(), System: geo.WGS84, How: catalog.GPS, Accuracy: geo.Metres(4 + b.looks.IntN(14))}
	switch {
	case van:
		s.Accuracy = geo.Metres(60 + b.looks.IntN(60))
	case b.looks.IntN(100) < 15:
		s.How, s.Accuracy = catalog.MapPin, 0
	}
	return s
}

// newLooks is the chance that dresses a town: one apart, so that more of it changes no
// name and no spot.
func newLooks(seed uint64) *rand.Rand {
	//nolint:gosec // G404: the same seed must make the same town
	return rand.New(rand.NewPCG(seed, 0x6c6f6f6b73))
}
