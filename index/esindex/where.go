package esindex

import (
	"strings"
	"time"

	"corner/catalog"
	"corner/discovery"
	"corner/geo"
)

// where is what a search asks of documents. All hits are candidates, and candidates that
// are sure are hits; of the others, the domain knows. Few are not sure: those within a
// millimetre of the edge, in zones that this process has not met, or with
// hours that join.
type where struct {
	tree       *catalog.Tree
	candidates []object
	sure       []object // empty: all candidates are
}

// either asks for candidates by one clause, and is sure of them by a narrower one.
func (w *where) either(candidates, sure object) {
	w.candidates = append(w.candidates, candidates)
	w.sure = append(w.sure, sure)
}

func (w *where) add(clauses ...object) { w.candidates = append(w.candidates, clauses...) }

// unsure asks for the candidates that are not sure.
func (w *where) unsure() object { return object{"bool": object{"must_not": all(w.sure)}} }

// whereOf is q, but for its After, and for its text if that is asked for apart to score.
func (x *Index) whereOf(q *discovery.Query, area geo.Area) *where {
	w := &where{tree: q.Tree}
	w.add(term("live", true))
	if area.Cells != nil {
		cells := make([]string, len(area.Cells))
		for i, c := range area.Cells {
			cells[i] = c.String()
		}
		w.add(terms("cells", cells))
	}
	if q.Box != nil {
		w.add(inBox(q.Box)...)
	} else {
		w.within(q.Center, q.Radius)
	}
	if q.Category != "" {
		w.add(term("categories", q.Category))
	}
	if !q.Text.IsEmpty() && q.Sort != discovery.ByRelevance {
		w.add(matches(q.Text))
	}
	w.filter(&q.Filter, q.Center)
	if f := &q.Filter; !f.OpenFrom.IsZero() {
		last := f.OpenFrom
		if !f.OpenTill.IsZero() {
			last = f.OpenTill.Add(-time.Nanosecond)
		}
		w.either(x.zones.open(f.OpenFrom, last))
	}
	return w
}

// inBox is exact: the fields have all bits of the coordinates.
func inBox(b *geo.Box) []object {
	between := func(field string, from, to float64) object {
		return object{"range": object{field: object{"gte": from, "lte": to}}}
	}
	lat := between("lat", b.South, b.North)
	if b.West <= b.East {
		return []object{lat, between("lng", b.West, b.East)}
	}
	return []object{lat, anyOf(between("lng", b.West, 180), between("lng", -180, b.East))}
}

// within asks for what is no farther than radius, which is MaxRadius at most.
func (w *where) within(center geo.Point, radius geo.Metres) {
	s, fine := stretchAt(center), byChord(center)
	sure := []object{fine.holds("d <= params.limit", object{"limit": radius - edge})}
	if inner := s.seenFrom(radius); inner > 0 {
		sure = append(sure, disc(center, inner)) // the script is asked about the ring between the discs alone
	}
	w.either(disc(center, s.seenTo(radius)), anyOf(sure...))
}

func (w *where) filter(f *discovery.Filter, center geo.Point) {
	if f.Price.Currency != "" {
		w.add(priceIn(f.Price))
	}
	if f.Tenths > 0 {
		w.add(object{"range": object{"tenths": object{"gte": f.Tenths}}})
	}
	for _, a := range f.Attributes {
		w.add(term("attributes", a))
	}
	for _, words := range byTrait(f.Traits) {
		w.add(object{"terms": object{"traits": words}})
	}
	if f.Brand != "" {
		w.add(term("brand", f.Brand))
	}
	if f.Merchant != "" {
		w.add(term("merchant", f.Merchant))
	}
	if f.Except != "" {
		w.add(object{"bool": object{"must_not": object{"ids": object{"values": []any{f.Except}}}}})
	}
	if f.AtHome {
		w.add(object{"range": object{"at_home": object{"gt": 0}}})
		fine, farther := byChord(center), func(by float64) object { return object{"farther": by} }
		const comes = "d <= doc['at_home'].value * params.farther"
		w.either(fine.holds(comes, farther(1+homeSlack)), fine.holds(comes, farther(1-homeSlack)))
	}
}

// homeSlack is far more than byChord is wrong by, as a part of a distance that anybody
// goes.
const homeSlack = 1e-5

func term(field string, value any) object { return object{"term": object{field: value}} }

func terms(field string, values []string) object {
	if values == nil {
		values = []string{}
	}
	return object{"terms": object{field: values}}
}

func anyOf(clauses ...object) object {
	return object{"bool": object{"should": clauses, "minimum_should_match": 1}}
}

func all(clauses []object) object { return object{"bool": object{"filter": clauses}} }

// byTrait is words by the trait that they name, of each of which a place has one.
func byTrait(words []string) map[string][]string {
	sets := map[string][]string{}
	for _, word := range words {
		key, _, _ := strings.Cut(word, "=")
		sets[key] = append(sets[key], word)
	}
	return sets
}
