package esindex

import "corner/discovery"

// asked is the query: scored as discovery.Relevance, if it is asked for by that.
func (o *order) asked(w *where) object {
	q := o.query
	if q.Sort != discovery.ByRelevance {
		return all(w.candidates)
	}
	formula, near, quality := relevanceAlone, discovery.NearWeightAlone, discovery.QualityWeightAlone
	query := object{"filter": w.candidates}
	if !q.Text.IsEmpty() {
		formula, near, quality = relevance, discovery.NearWeight, discovery.QualityWeight
		query["must"] = scored(q.Text)
	}
	return object{"script_score": object{
		"query": object{"bool": query},
		"script": o.script(formula, object{
			"half": discovery.HalfNear, "text": discovery.TextWeight, "near": near, "quality": quality,
		}),
	}}
}

// discovery.Relevance.
const (
	relevanceAlone = `params.near / (1 + d / params.half) + params.quality * (doc['score'].value - 1000) / 4000`
	relevance      = `params.text * _score + ` + relevanceAlone
)
