package esindex_test

import (
	"slices"
	"testing"

	"corner/discovery"
	"corner/discovery/discoverytest"
	"corner/index/esindex"
)

// BenchmarkSearch asks an index of 100,000 listings.
func BenchmarkSearch(b *testing.B) {
	listings := discoverytest.Listings(1, 100_000)
	x := built(b, esindex.Options{}, listings...)
	base := discovery.Query{Center: listings[0].Point, Radius: 2000, Limit: 20, Sort: discovery.ByDistance}
	for _, shape := range []struct {
		name string
		with func(q *discovery.Query)
	}{
		{"nearest", func(*discovery.Query) {}},
		{"page", func(q *discovery.Query) { q.Limit = discovery.MaxLimit }},
		{"rating", func(q *discovery.Query) { q.Sort = discovery.ByRating }},
		{"category", func(q *discovery.Query) { q.Category = "dining" }},
		{"text", func(q *discovery.Query) { q.Radius, q.Text = 5000, discovery.ParseText("洗车") }},
		{"pinyin", func(q *discovery.Query) { q.Radius, q.Text = 5000, discovery.ParseText("xi") }},
		{"open", func(q *discovery.Query) { q.Filter.OpenFrom = moment }},
		{"wide", func(q *discovery.Query) { q.Radius = discovery.MaxRadius }},
		{"deep", func(q *discovery.Query) { q.Radius, q.After = 5000, &discovery.Mark{Distance: 1500} }},
	} {
		q := base
		shape.with(&q)
		b.Run(shape.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				page, err := x.Search(b.Context(), q)
				if err != nil || len(page.Hits) != q.Limit {
					b.Fatalf("%d hits, %v", len(page.Hits), err)
				}
			}
		})
	}
}

// BenchmarkRebuild is the time of 10,000 listings.
func BenchmarkRebuild(b *testing.B) {
	listings := discoverytest.Listings(1, 10_000)
	x := built(b, esindex.Options{})
	for b.Loop() {
		err := x.Rebuild(b.Context(), func(put func([]discovery.Listing) error) error {
			for part := range slices.Chunk(listings, 500) {
				if err := put(part); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}
