package esindex

import (
	"slices"

	"corner/discovery"
	"corner/geo"
)

// judge decides which candidates are hits of a query. Text, category and what else is
// looked up by its name are the engine's word.
type judge struct {
	query *discovery.Query
	zones *zones
	ruler geo.Ruler
}

func (x *Index) judgeOf(q *discovery.Query) *judge {
	return &judge{query: q, zones: &x.zones, ruler: geo.RulerAt(q.Center)}
}

// hit is a candidate as a hit, if it is one, wherever in the order.
func (j *judge) hit(l *discovery.Listing) (discovery.Hit, bool) {
	q, f := j.query, &j.query.Filter
	h := discovery.Hit{Listing: l, Distance: j.ruler.Distance(l.Point)}
	inside := h.Distance <= q.Radius
	if q.Box != nil {
		inside = q.Box.Contains(l.Point)
	}
	if !inside || !f.OpenFrom.IsZero() && !j.zones.isOpen(l, f) || f.AtHome && !comes(l, h.Distance) {
		return h, false
	}
	if q.Sort == discovery.ByRelevance {
		score := 0.0
		if !q.Text.IsEmpty() {
			score = q.Text.Score(discovery.TermsOf(l, q.Tree))
		}
		h.Relevance = discovery.Relevance(!q.Text.IsEmpty(), score, h.Distance, l.Rating)
	}
	return h, true
}

// comes reports whether some service of a listing is brought so far.
func comes(l *discovery.Listing, distance geo.Metres) bool {
	return slices.ContainsFunc(l.Services, func(o discovery.Offering) bool { return o.AtHome > 0 && distance <= o.AtHome })
}
