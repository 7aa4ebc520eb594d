package discoverytest

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"corner/catalog"
	"corner/discovery"
	"corner/geo"
	"corner/walltime"
)

// world is what an index should know: the answers by looking at every listing.
type world struct {
	known map[catalog.PlaceID]*discovery.Listing
	terms map[*discovery.Listing][]string
	trees *catalog.Trees
}

func newWorld(listings []discovery.Listing, trees *catalog.Trees) *world {
	w := &world{map[catalog.PlaceID]*discovery.Listing{}, map[*discovery.Listing][]string{}, trees}
	w.put(listings)
	return w
}

func (w *world) put(listings []discovery.Listing) {
	for _, l := range listings {
		if old := w.known[l.Place]; old == nil || old.Version < l.Version {
			w.known[l.Place] = &l
			w.terms[&l] = discovery.TermsOf(&l, w.trees.Tree())
		}
	}
}

// found is every hit of q, in no order, whatever the limit and the mark.
func (w *world) found(q *discovery.Query) []discovery.Hit {
	var hits []discovery.Hit
	for _, l := range w.known {
		h := discovery.Hit{Listing: l, Distance: geo.Distance(q.Center, l.Point)}
		inside := h.Distance <= q.Radius
		if q.Box != nil {
			inside = q.Box.Contains(l.Point)
		}
		if !l.Live || !inside || !inCategory(q.Tree, l.Category, q.Category) || !passes(l, &q.Filter, q.Center) {
			continue
		}
		score := 0.0
		if !q.Text.IsEmpty() {
			if score = q.Text.Score(w.terms[l]); score == 0 {
				continue
			}
		}
		if q.Sort == discovery.ByRelevance {
			h.Relevance = discovery.Relevance(!q.Text.IsEmpty(), score, h.Distance, l.Rating)
		}
		hits = append(hits, h)
	}
	return hits
}

// hits is every hit of q in order, whatever the limit.
func (w *world) hits(q discovery.Query) []discovery.Hit {
	hits := w.found(&q)
	hits = slices.DeleteFunc(hits, func(h discovery.Hit) bool { return q.After != nil && !q.After.Before(q.Mark(&h)) })
	slices.SortFunc(hits, func(a, b discovery.Hit) int {
		if q.Mark(&a).Before(q.Mark(&b)) {
			return -1
		}
		return 1
	})
	return hits
}

// page is the answer to q.
func (w *world) page(q discovery.Query) discovery.Page {
	hits := w.hits(q)
	n := min(q.Limit, len(hits))
	p := discovery.Page{Hits: hits[:n], More: n < len(hits)}
	if q.Facets {
		p.Facets = facets(w.found(&q), q.Tree)
	}
	return p
}

func facets(found []discovery.Hit, tree *catalog.Tree) *discovery.Facets {
	categories, attributes, traits, brands, tenths := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	for _, h := range found {
		for _, c := range tree.Lineage(h.Listing.Category) {
			categories[c.Key]++
		}
		for _, a := range h.Listing.Attributes {
			attributes[a]++
		}
		for _, word := range h.Listing.Traits.Words() {
			traits[word]++
		}
		if b := h.Listing.Brand; b != "" {
			brands[b]++
		}
		for _, step := range discovery.TenthsSteps {
			if h.Listing.Rating.Tenths() >= step {
				tenths[strconv.Itoa(step)]++
			}
		}
	}
	return &discovery.Facets{
		Total:      len(found),
		Categories: counts(categories),
		Attributes: counts(attributes),
		Traits:     counts(traits),
		Brands:     counts(brands),
		Tenths:     counts(tenths),
	}
}

func counts(m map[string]int) []discovery.Count {
	var list []discovery.Count
	for key, n := range m {
		list = append(list, discovery.Count{Key: key, N: n})
	}
	slices.SortFunc(list, func(a, b discovery.Count) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Key, b.Key)) })
	return list[:min(len(list), discovery.MaxFacet)]
}

// clusters is the answer to q.
func (w *world) clusters(q discovery.MapQuery) []discovery.Cluster {
	found := w.found(&discovery.Query{Center: q.Center, Box: &q.Box, Text: q.Text, Category: q.Category, Filter: q.Filter})
	byCell := map[geo.Cell]*discovery.Cluster{}
	for _, h := range found {
		cell := geo.CellAt(h.Listing.Point, geo.FinestRes).Parent(q.Res)
		c := byCell[cell]
		if c == nil {
			c = &discovery.Cluster{Cell: cell, Only: h.Listing}
			byCell[cell] = c
		}
		if c.N++; c.N > 1 {
			c.Only = nil
		}
		c.Point.Lat += h.Listing.Point.Lat
		c.Point.Lng += math.Remainder(h.Listing.Point.Lng-cell.Center().Lng, 360)
	}
	var list []discovery.Cluster
	for _, c := range byCell {
		c.Point.Lat /= float64(c.N)
		c.Point.Lng = math.Remainder(c.Cell.Center().Lng+c.Point.Lng/float64(c.N), 360)
		list = append(list, *c)
	}
	slices.SortFunc(list, func(a, b discovery.Cluster) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Cell, b.Cell)) })
	return list[:min(len(list), q.Limit)]
}

func inCategory(tree *catalog.Tree, key, asked string) bool {
	return asked == "" || slices.ContainsFunc(tree.Lineage(key), func(c catalog.Category) bool { return c.Key == asked })
}

// passes is the law of discovery.Filter.
func passes(l *discovery.Listing, f *discovery.Filter, center geo.Point) bool {
	offers := func(is func(*discovery.Offering) bool) bool {
		return slices.ContainsFunc(l.Services, func(o discovery.Offering) bool { return is(&o) })
	}
	for _, a := range f.Attributes {
		if !slices.Contains(l.Attributes, a) {
			return false
		}
	}
	for _, asked := range f.Traits {
		key, _, _ := strings.Cut(asked, "=")
		if !slices.Contains(f.Traits, key+"="+l.Traits.Value(key)) {
			return false
		}
	}
	distance := geo.Distance(center, l.Point)
	return (f.OpenFrom.IsZero() || open(l, f.OpenFrom, f.OpenTill)) &&
		(f.Price.Currency == "" || offers(f.Price.Overlaps)) &&
		l.Rating.Tenths() >= f.Tenths &&
		(!f.AtHome || offers(func(o *discovery.Offering) bool { return o.AtHome > 0 && distance <= o.AtHome })) &&
		(f.Brand == "" || l.Brand == f.Brand) &&
		(f.Merchant == "" || l.Merchant == f.Merchant) &&
		(f.Except == "" || l.Place != f.Except)
}

func open(l *discovery.Listing, from, till time.Time) bool {
	loc, err := walltime.Zone(l.Zone)
	if err != nil {
		return false
	}
	if till.IsZero() {
		return l.Hours.OpenAt(walltime.WallAt(loc, from))
	}
	return l.Hours.OpenDuring(loc, from, till)
}
