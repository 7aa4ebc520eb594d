package esindex_test

import (
	"slices"
	"strconv"
	"testing"

	"corner/discovery"
	"corner/discovery/discoverytest"
	"corner/geo"
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
		{"bands", func(q *discovery.Query) { q.Band = 500 }},
		{"price", func(q *discovery.Query) {
			q.Sort, q.Filter.Price = discovery.ByPrice, discovery.PriceRange{Currency: "CNY", Max: 20_000}
		}},
		{"relevance", func(q *discovery.Query) { q.Sort = discovery.ByRelevance }},
		{"category", func(q *discovery.Query) { q.Category = "dining" }},
		{"text", func(q *discovery.Query) { q.Radius, q.Text = 5000, discovery.ParseText("洗车", nil) }},
		{"text by relevance", func(q *discovery.Query) {
			q.Radius, q.Text, q.Sort = 5000, discovery.ParseText("洗车", nil), discovery.ByRelevance
		}},
		{"slip", func(q *discovery.Query) {
			q.Radius, q.Sort = 5000, discovery.ByRelevance
			q.Text, _ = discovery.ParseText("hrabour", nil).Lenient()
		}},
		{"pinyin", func(q *discovery.Query) { q.Radius, q.Text = 5000, discovery.ParseText("xi", nil) }},
		{"open", func(q *discovery.Query) { q.Filter.OpenFrom = moment }},
		{"facets", func(q *discovery.Query) { q.Radius, q.Facets = 5000, true }},
		{"box", func(q *discovery.Query) {
			q.Box = &geo.Box{South: q.Center.Lat - 0.05, West: q.Center.Lng - 0.05, North: q.Center.Lat + 0.05, East: q.Center.Lng + 0.05}
		}},
		{"box from afar", func(q *discovery.Query) {
			q.Box = &geo.Box{South: q.Center.Lat - 0.05, West: q.Center.Lng - 0.05, North: q.Center.Lat + 0.05, East: q.Center.Lng + 0.05}
			q.Center.Lat /= 2
		}},
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

// BenchmarkClusters draws a city of an index of 100,000 listings.
func BenchmarkClusters(b *testing.B) {
	listings := discoverytest.Listings(1, 100_000)
	x := built(b, esindex.Options{}, listings...)
	at := listings[0].Point
	for _, res := range []int{5, 7, 9} {
		m := discovery.MapQuery{
			Box:    geo.Box{South: at.Lat - 0.05, West: at.Lng - 0.05, North: at.Lat + 0.05, East: at.Lng + 0.05},
			Center: at, Res: res, Limit: discovery.MaxClusters,
		}
		b.Run(strconv.Itoa(res), func(b *testing.B) {
			for b.Loop() {
				if clusters, err := x.Clusters(b.Context(), m); err != nil || len(clusters) == 0 {
					b.Fatalf("%d clusters, %v", len(clusters), err)
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
