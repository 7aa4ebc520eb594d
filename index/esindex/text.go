package esindex

import (
	"strings"

	"corner/discovery"
)

// startKinds are the kinds of terms of which beginnings are asked (discovery.ParseText);
// beginnings of other kinds would be found too, slower.
var startKinds = string([]byte{
	byte(discovery.NameWord), byte(discovery.LabelWord), byte(discovery.Syllable), byte(discovery.Syllables),
})

// matches asks for what a text matches, without a score.
func matches(t discovery.Text) object {
	parts := make([]object, len(t.Parts))
	for i, p := range t.Parts {
		parts[i] = anyOf(each(p.Ways, way)...)
	}
	return anyOf(append(each(t.Wholes, way), object{"bool": object{"filter": parts}})...)
}

// scored asks for the same, scored as discovery.Text.Score: but in the engine's 32 bits.
func scored(t discovery.Text) object {
	parts := make([]object, len(t.Parts))
	for i, p := range t.Parts {
		parts[i] = best(each(p.Ways, func(w *discovery.Way) object { return weighed(w, p.Share) }))
	}
	wholes := each(t.Wholes, func(w *discovery.Way) object { return weighed(w, 1) })
	return best(append(wholes, object{"bool": object{"must": parts}}))
}

func each(ways []discovery.Way, f func(*discovery.Way) object) []object {
	all := make([]object, len(ways))
	for i := range ways {
		all[i] = f(&ways[i])
	}
	return all
}

// best scores as the best of its clauses.
func best(clauses []object) object {
	return object{"dis_max": object{"queries": clauses, "tie_breaker": 0}}
}

func weighed(w *discovery.Way, share float64) object {
	return object{"constant_score": object{"filter": way(w), "boost": w.Weight() * share}}
}

// way is discovery.Way.Matches.
func way(w *discovery.Way) object {
	var all []object
	for _, t := range w.Terms {
		all = append(all, term("terms", t))
	}
	if w.Prefix != "" {
		field := "terms"
		if strings.IndexByte(startKinds, w.Prefix[0]) >= 0 {
			field = "starts"
		}
		all = append(all, object{"prefix": object{field: w.Prefix}})
	}
	if w.Near != "" {
		// With this rewrite, all terms that are near count: max_expansions, which would
		// keep the first of them, bounds other rewrites only.
		all = append(all, object{"fuzzy": object{"terms": object{
			"value": w.Near, "fuzziness": 1, "transpositions": true, "prefix_length": 1, "rewrite": "constant_score",
		}}})
	}
	if len(all) == 1 {
		return all[0]
	}
	return object{"bool": object{"filter": all}}
}
