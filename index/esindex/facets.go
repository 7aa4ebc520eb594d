package esindex

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"corner/catalog"
	"corner/discovery"
)

// counted is the engine's counts.
type counted struct {
	Sure   sureCounts `json:"sure"`
	Unsure struct {
		N     int `json:"doc_count"`
		First struct {
			Hits struct {
				Hits []candidate `json:"hits"`
			} `json:"hits"`
		} `json:"first"`
	} `json:"unsure"`
	Cells struct {
		Buckets []cellCount `json:"buckets"`
	} `json:"cells"`
	Zones buckets `json:"zones"`
}

// sureCounts are those of sure hits.
type sureCounts struct {
	N          int       `json:"doc_count"`
	Categories buckets   `json:"categories"`
	Attributes buckets   `json:"attributes"`
	Traits     buckets   `json:"traits"`
	Brands     buckets   `json:"brands"`
	Tenths     stepsOfIt `json:"tenths"`
}

type buckets struct {
	Buckets []struct {
		Key string `json:"key"`
		N   int    `json:"doc_count"`
	} `json:"buckets"`
}

type stepsOfIt struct {
	Buckets map[string]struct {
		N int `json:"doc_count"`
	} `json:"buckets"`
}

// maxBrands bounds the brands that are counted: far more than a town has.
const maxBrands = 10_000

// facetsOf asks for counts of what is sure, and for the first of what is not.
func facetsOf(w *where) object {
	steps := object{}
	for _, step := range discovery.TenthsSteps {
		steps[strconv.Itoa(step)] = object{"range": object{"tenths": object{"gte": step}}}
	}
	byKey := func(field string, most int) object {
		return object{"terms": object{"field": field, "size": most}}
	}
	return withUnsure(w, object{"sure": object{
		"filter": all(w.sure),
		"aggs": object{
			"categories": byKey("categories", len(w.tree.All())),
			"attributes": byKey("attributes", catalog.MaxAttributes),
			"traits":     byKey("traits", catalog.MaxTraitValues),
			"brands":     byKey("brand", maxBrands),
			"tenths":     object{"filters": object{"filters": steps}},
		},
	}})
}

// firstUnsure is how many unsure candidates come with the counts; the engine's own limit
// for this way is 100.
const firstUnsure = 100

// withUnsure adds to aggs the first of what is not sure.
func withUnsure(w *where, aggs object) object {
	if len(w.sure) > 0 {
		aggs["unsure"] = object{
			"filter": w.unsure(),
			"aggs":   object{"first": object{"top_hits": object{"size": firstUnsure, "sort": []string{"_doc"}}}},
		}
	}
	return aggs
}

// tally is the facets of an answer.
func (x *Index) tally(ctx context.Context, q *discovery.Query, w *where, pin string, a *answer) (*discovery.Facets, error) {
	unsure, err := x.unsureHits(ctx, q, w, pin, a)
	if err != nil {
		return nil, err
	}
	sure := &a.Counted.Sure
	categories, attributes, brands := sure.Categories.counts(), sure.Attributes.counts(), sure.Brands.counts()
	traits := sure.Traits.counts()
	tenths := make(map[string]int)
	for step, b := range sure.Tenths.Buckets {
		tenths[step] = b.N
	}
	for _, l := range unsure {
		for _, c := range q.Tree.Lineage(l.Category) {
			categories[c.Key]++
		}
		for _, a := range l.Attributes {
			attributes[a]++
		}
		for _, word := range l.Traits.Words() {
			traits[word]++
		}
		if l.Brand != "" {
			brands[l.Brand]++
		}
		for _, step := range discovery.TenthsSteps {
			if l.Rating.Tenths() >= step {
				tenths[strconv.Itoa(step)]++
			}
		}
	}
	return &discovery.Facets{
		Total:      sure.N + len(unsure),
		Categories: most(categories), Attributes: most(attributes), Traits: most(traits), Brands: most(brands), Tenths: most(tenths),
	}, nil
}

func (b *buckets) counts() map[string]int {
	m := make(map[string]int, len(b.Buckets))
	for _, c := range b.Buckets {
		m[c.Key] = c.N
	}
	return m
}

// most are the highest counts, as discovery.Facets has them.
func most(m map[string]int) []discovery.Count {
	var list []discovery.Count
	for key, n := range m {
		if n > 0 {
			list = append(list, discovery.Count{Key: key, N: n})
		}
	}
	slices.SortFunc(list, func(a, b discovery.Count) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Key, b.Key)) })
	return list[:min(len(list), discovery.MaxFacet)]
}

// unsureHits are those of the unsure candidates that are hits. Only if there are many, the
// rest is asked for.
func (x *Index) unsureHits(ctx context.Context, q *discovery.Query, w *where, pin string, a *answer) ([]*discovery.Listing, error) {
	found := a.Counted.Unsure.First.Hits.Hits
	var hits []*discovery.Listing
	plain := *q
	plain.Sort = discovery.ByDistance // no relevance to work out
	j := x.judgeOf(&plain)
	judge := func() {
		for i := range found {
			if h, ok := j.hit(found[i].listing()); ok {
				hits = append(hits, h.Listing)
			}
		}
	}
	if a.Counted.Unsure.N <= len(found) {
		judge()
		return hits, nil
	}
	candidates := w
	if q.Sort == discovery.ByRelevance && !q.Text.IsEmpty() {
		candidates = &where{tree: w.tree, candidates: append(slices.Clip(w.candidates), matches(q.Text)), sure: w.sure}
	}
	body := object{
		"query": all(append(slices.Clip(candidates.candidates), w.unsure())),
		"sort":  []object{{"place": "asc"}}, "size": maxSize, "track_total_hits": false,
	}
	for {
		more, err := x.ask(ctx, pin, body)
		if err != nil {
			return nil, err
		}
		found = more.Hits.Hits
		judge()
		if len(found) < maxSize {
			return hits, nil
		}
		body["search_after"] = found[len(found)-1].Sort[:1]
	}
}
