package esindex

import (
	"fmt"
	"math"

	"corner/discovery"
	"corner/geo"
)

// order is the order of a query as the engine can do it: nearly, for it measures
// otherwise. Its sort values are one or two numbers that stand for a Mark's First and
// Second, then a distance, but for relevance, then the place.
type order struct {
	query   *discovery.Query
	measure         // that of the order
	fine    measure // the finest
	doubt   float64 // by how much the engine's relevance may be wrong
}

func orderOf(q *discovery.Query, area geo.Area) *order {
	o := &order{query: q, fine: finest(q, area)}
	o.measure = o.fine
	if local(q, area) && q.Sort != discovery.ByRelevance && q.Band == 0 {
		o.measure = onSphere(q.Center, stretchAt(q.Center))
	}
	if q.Sort == discovery.ByRelevance {
		o.doubt = o.doubtIn(area)
	}
	return o
}

// doubtIn bounds by how much the engine's relevance differs from the law. With a distance
// of x km that is wrong by a part s, Nearness is wrong by s·x/(1+x)²·(1±s), which is
// at its most at 1 km.
func (o *order) doubtIn(area geo.Area) float64 {
	q, weight := o.query, discovery.NearWeightAlone
	if !q.Text.IsEmpty() {
		weight = discovery.NearWeight
	}
	x := 1.0
	if q.Box != nil {
		least := geo.Distance(q.Center, area.Center) - area.Radius
		x = math.Max(x, float64(least/discovery.HalfNear)*0.99)
	}
	s := math.Max(o.most-1, 1-o.least)
	const float = 1e-6 // the engine keeps scores in 32 bits
	return weight*(1.02*s*x/((1+x)*(1+x))+o.blur/float64(discovery.HalfNear)) + float
}

// keys are the sort keys.
func (o *order) keys() []object {
	q := o.query
	place := object{"place": "asc"}
	if q.Sort == discovery.ByRelevance {
		return []object{{"_score": "desc"}, place}
	}
	keys := []object{o.distanceKey(), place}
	score := object{"score": "desc"}
	switch {
	case q.Sort == discovery.ByRating:
		return append([]object{score}, keys...)
	case q.Sort == discovery.ByPrice:
		return append(
			[]object{{leastField(q.Filter.Price.Currency): object{"order": "asc", "unmapped_type": "long", "missing": unpriced}}},
			keys...)
	case q.Band > 0:
		return append([]object{o.bandKey(), score}, keys...)
	}
	return keys
}

// unpriced sorts behind all prices.
const unpriced = 1 << 53

func (o *order) distanceKey() object {
	if o.byScript() {
		return o.sorted("d", nil)
	}
	return object{"_geo_distance": object{"at": spotOf(o.center), "order": "asc", "unit": "m"}}
}

// byScript reports whether the order needs a script: the engine's own distance does not.
func (o *order) byScript() bool { return o.measure.prelude != onSphere(o.center, o.stretch).prelude }

// bandKey is the lowest band that a place can be in.
func (o *order) bandKey() object {
	return o.sorted("Math.floor(Math.max(0, d - params.blur) * params.least / params.band)", object{
		"blur": o.blur, "least": o.least, "band": o.query.Band,
	})
}

// start is what the candidates for a page come after, in the engine's order: whatever
// is not before q.After in ours is behind it. Nil: from the start.
func (o *order) start() []any {
	q := o.query
	if q.After == nil {
		return nil
	}
	m := q.After
	seen := math.Max(0, o.seenFrom(m.Distance))
	switch {
	case q.Sort == discovery.ByRelevance:
		return []any{(0.5-float64(m.First))/1e6 + o.doubt, ""}
	case q.Sort == discovery.ByRating:
		return []any{-m.First, seen, ""}
	case q.Sort == discovery.ByPrice:
		return []any{min(m.First, unpriced), seen, ""}
	case q.Band > 0: // what is at the inner edge of a band may be sorted with the one before
		inner := o.seenFrom(geo.Metres(m.First) * q.Band)
		return []any{math.Floor(math.Max(0, inner-o.blur) * o.least / float64(q.Band)), math.MaxInt32, 0, ""}
	}
	return []any{seen, ""}
}

// passed asks for what is surely not after q.After, though it may be behind start: places
// that were on the pages before. Nil: nothing worth asking for.
func (o *order) passed() object {
	q := o.query
	if q.After == nil || q.Sort == discovery.ByRelevance {
		return nil
	}
	m := q.After
	params := object{"near": o.fine.seenFrom(m.Distance)}
	condition := "d <= params.near"
	ring := m.Distance // beyond which the condition need not be looked at
	switch {
	case q.Sort == discovery.ByRating:
		condition += " && doc['score'].value == params.score"
		params["score"] = -m.First
	case q.Sort == discovery.ByPrice:
		condition += " && (doc.containsKey(params.field) && doc[params.field].size() > 0 ? doc[params.field].value : params.none) == params.price"
		params["field"], params["price"], params["none"] = leastField(q.Filter.Price.Currency), min(m.First, unpriced), unpriced
	case q.Band > 0:
		condition = "d <= params.band || d <= params.next && (doc['score'].value > params.score || doc['score'].value == params.score && d <= params.near)"
		ring = geo.Metres(m.First+1) * q.Band
		params["score"], params["band"], params["next"] = -m.Second, o.fine.seenFrom(geo.Metres(m.First)*q.Band), o.fine.seenFrom(ring)
	}
	if o.byScript() {
		return o.fine.holds(condition, params)
	}
	return all([]object{disc(o.center, o.seenTo(ring)), o.fine.holds(condition, params)})
}

// horizon is a mark that no hit behind a candidate comes before, when sort are the
// candidate's sort values.
func (o *order) horizon(sort []any) (m discovery.Mark, err error) {
	q := o.query
	var numbers [3]float64
	for i := range o.numbers() {
		if numbers[i], err = number(sort, i); err != nil {
			return m, err
		}
	}
	first := numbers[0]
	switch {
	case q.Sort == discovery.ByRelevance:
		m.First = discovery.RelevanceKey(first + o.doubt)
		return m, nil
	case q.Sort == discovery.ByRating:
		m.First = -int64(first)
	case q.Sort == discovery.ByPrice && first >= unpriced:
		m.First = discovery.NoPrice
	case q.Sort == discovery.ByPrice:
		m.First = int64(first)
	case q.Band > 0:
		m.First, m.Second = int64(first), -int64(numbers[1])
	}
	m.Distance = o.atLeast(numbers[o.numbers()-1])
	return m, nil
}

// numbers is how many numbers the sort values begin with.
func (o *order) numbers() int { return len(o.keys()) - 1 }

func number(sort []any, i int) (float64, error) {
	if i < len(sort) {
		if n, ok := sort[i].(float64); ok {
			return n, nil
		}
	}
	return 0, fmt.Errorf("sort values %v are not of our order", sort)
}
