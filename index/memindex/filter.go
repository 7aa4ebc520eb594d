package memindex

import (
	"slices"
	"strings"
	"time"

	"corner/catalog"
	"corner/discovery"
	"corner/geo"
	"corner/walltime"
)

// filter decides on docs of one segment, the cheapest and the most often fatal first.
type filter struct {
	*discovery.Filter
	kinds      *kinds
	anyKind    bool
	attributes uint64
	traits     []uint64 // of each trait that is asked for, the values that will do
	merchant   uint16
	plain      bool // asks for nothing but a kind
	nothing    bool // lets nothing pass, in any segment

	// Of the segment at hand:
	on    *segment
	dead  marks
	brand uint32
	none  bool  // lets nothing pass here
	open  []tri // by schedule
	walls []wall
}

// tri is whether a schedule is open, once that has been asked.
type tri uint8

const (
	unknown tri = iota
	closed
	opened
)

// wall is the wall time in a zone at Filter.OpenFrom.
type wall struct {
	loc  *time.Location
	time walltime.Wall
}

func (f *filter) begin(asked *discovery.Filter, category string, tree *catalog.Tree) {
	f.Filter, f.nothing = asked, false
	f.walls = f.walls[:0]
	kinds, ok := below(tree)[category]
	if !ok {
		f.nothing = true // nothing can be of an unknown category
		return
	}
	f.kinds, f.anyKind = kinds, category == ""
	f.attributes = attributeSet(asked.Attributes)
	for _, key := range asked.Attributes {
		if _, known := catalog.AttributeNumber(key); !known {
			f.nothing = true
		}
	}
	f.traits = traitSets(f.traits[:0], asked.Traits)
	f.merchant = merchantHash(asked.Merchant)
	f.plain = kinds.others == nil && asked.OpenFrom.IsZero() && asked.Price.Currency == "" && asked.Tenths == 0 && !asked.AtHome &&
		f.attributes == 0 && len(f.traits) == 0 && asked.Brand == "" && asked.Merchant == "" && asked.Except == ""
}

// look makes the filter ready for a part.
func (f *filter) look(p part) {
	f.on, f.dead, f.none, f.brand = p.segment, p.dead, false, 0
	if f.plain {
		return
	}
	if f.Brand != "" {
		i := slices.Index(f.on.brands, f.Brand)
		f.none = i < 0
		f.brand = uint32(max(i, 0))
	}
	if !f.OpenFrom.IsZero() {
		f.open = append(f.open[:0], make([]tri, len(f.on.schedules))...)
	}
}

// passes decides on a doc, all but how far it is.
func (f *filter) passes(doc uint32) bool {
	on := f.on
	if !f.anyKind && !f.kinds.has[on.category[doc]] {
		return false
	}
	if f.dead.n > 0 && f.dead.has(doc) {
		return false
	}
	return f.plain || f.rest(doc)
}

func (f *filter) rest(doc uint32) bool {
	on := f.on
	switch {
	case f.kinds.others != nil && on.category[doc] == otherCategory && !f.kinds.others[on.listings[doc].Category],
		int(on.tenths[doc]) < f.Tenths,
		f.Brand != "" && on.brand[doc] != f.brand,
		f.attributes != 0 && on.featureSets[on.features[doc]].attributes&f.attributes != f.attributes,
		len(f.traits) > 0 && !f.like(on.featureSets[on.features[doc]].traits),
		f.Merchant != "" && (on.merchant[doc] != f.merchant || on.listings[doc].Merchant != f.Merchant),
		f.Price.Currency != "" && on.able[doc]&hasServices == 0,
		f.AtHome && on.able[doc]&comesHome == 0,
		!f.OpenFrom.IsZero() && !f.isOpen(on.schedule[doc]),
		f.Except != "" && on.listings[doc].Place == f.Except:
		return false
	}
	return f.Price.Currency == "" ||
		slices.ContainsFunc(on.listings[doc].Services, func(o discovery.Offering) bool { return f.Price.Overlaps(&o) })
}

// like reports whether a place with these values has one of those asked for, of each trait.
func (f *filter) like(values uint64) bool {
	for _, wanted := range f.traits {
		if values&wanted == 0 {
			return false
		}
	}
	return true
}

// traitSets appends a set for each trait that is named: the values that will do.
func traitSets(sets []uint64, words []string) []uint64 {
	for i, word := range words {
		key, _, _ := strings.Cut(word, "=")
		of := func(other string) bool { return strings.HasPrefix(other, key) && other[len(key)] == '=' }
		if slices.ContainsFunc(words[:i], of) {
			continue // it was named before
		}
		var set uint64
		for _, other := range words[i:] {
			if n, known := catalog.TraitNumber(other); known && of(other) {
				set |= 1 << n
			}
		}
		sets = append(sets, set)
	}
	return sets
}

// comes reports whether a doc that is so far away brings a service home, if that is asked.
func (f *filter) comes(doc uint32, distance geo.Metres) bool {
	if !f.AtHome {
		return true
	}
	for i := range f.on.listings[doc].Services {
		if home := f.on.listings[doc].Services[i].AtHome; home > 0 && distance <= home {
			return true
		}
	}
	return false
}

// isOpen asks each schedule once.
func (f *filter) isOpen(n uint32) bool {
	s := &f.on.schedules[n]
	if s.loc == nil {
		return false
	}
	if f.open[n] == unknown {
		f.open[n] = closed
		if f.OpenTill.IsZero() && s.hours.OpenAt(f.wall(s.loc)) || !f.OpenTill.IsZero() && s.hours.OpenDuring(s.loc, f.OpenFrom, f.OpenTill) {
			f.open[n] = opened
		}
	}
	return f.open[n] == opened
}

func (f *filter) wall(loc *time.Location) walltime.Wall {
	for i := range f.walls { // few: who searches is in one zone, or near two
		if f.walls[i].loc == loc {
			return f.walls[i].time
		}
	}
	w := walltime.WallAt(loc, f.OpenFrom)
	f.walls = append(f.walls, wall{loc, w})
	return w
}
