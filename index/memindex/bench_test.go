package memindex_test

import (
	"testing"
	"time"

	"corner/discovery"
	"corner/discovery/discoverytest"
	"corner/geo"
	"corner/index/memindex"
)

const manyListings = 100_000

var noon = time.Date(2026, 5, 4, 4, 0, 0, 0, time.UTC)

// centers are where people ask: near places, in no order.
func centers(listings []discovery.Listing) []geo.Point {
	points := make([]geo.Point, 1024)
	for i := range points {
		points[i] = discoverytest.Beside(listings[i*7919%len(listings)].Point, 100, 100)
	}
	return points
}

func BenchmarkSearch(b *testing.B) {
	listings := discoverytest.Listings(1, manyListings)
	ix, at := built(b, listings...), centers(listings)
	for _, shape := range []struct {
		name string
		q    discovery.Query
	}{
		{"nearest20in2km", discovery.Query{Radius: 2_000}},
		{"category2km", discovery.Query{Radius: 2_000, Category: "dining"}},
		{"rareCategory50km", discovery.Query{Radius: 50_000, Category: "museum"}},
		{"openNow2km", discovery.Query{Radius: 2_000, Filter: discovery.Filter{OpenFrom: noon}}},
		{"openTwoHours2km", discovery.Query{Radius: 2_000, Filter: discovery.Filter{OpenFrom: noon, OpenTill: noon.Add(2 * time.Hour)}}},
		{"price2km", discovery.Query{Radius: 2_000, Filter: discovery.Filter{Price: discovery.PriceRange{Currency: "CNY", Max: 5_000}}}},
		{"bands2km", discovery.Query{Radius: 2_000, Band: 500}},
		{"relevance2km", discovery.Query{Radius: 2_000, Sort: discovery.ByRelevance}},
		{"rating2km", discovery.Query{Radius: 2_000, Sort: discovery.ByRating}},
		{"facets2km", discovery.Query{Radius: 2_000, Facets: true}},
		{"zh5km", discovery.Query{Radius: 5_000, Text: discovery.ParseText("老王洗车", nil)}},
		{"common5km", discovery.Query{Radius: 5_000, Text: discovery.ParseText("店", nil)}},
		{"pinyin5km", discovery.Query{Radius: 5_000, Text: discovery.ParseText("xiche", nil)}},
		{"initials5km", discovery.Query{Radius: 5_000, Text: discovery.ParseText("lwxc", nil)}},
		{"suggest5km", discovery.Query{Radius: 5_000, Text: discovery.ParseText("xi", nil), Sort: discovery.ByRelevance}},
		{"nothing5km", discovery.Query{Radius: 5_000, Text: discovery.ParseText("老李 laundry", nil)}},
	} {
		b.Run(shape.name, func(b *testing.B) {
			b.ReportAllocs()
			q, n, hits := shape.q, 0, 0
			q.Limit = 20
			if q.Sort == "" {
				q.Sort = discovery.ByDistance
			}
			for b.Loop() {
				q.Center = at[n%len(at)]
				n++
				page, err := ix.Search(b.Context(), q)
				if err != nil {
					b.Fatal(err)
				}
				hits += len(page.Hits)
			}
			b.ReportMetric(float64(hits)/float64(n), "hits/op")
		})
	}
}

// BenchmarkClusters is a map of a town.
func BenchmarkClusters(b *testing.B) {
	listings := discoverytest.Listings(1, manyListings)
	ix, at := built(b, listings...), centers(listings)
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		p := at[n%len(at)]
		q := discovery.MapQuery{
			Box:    geo.Box{South: max(-90, p.Lat-0.05), West: max(-180, p.Lng-0.05), North: min(90, p.Lat+0.05), East: min(180, p.Lng+0.05)},
			Center: p, Res: 8, Limit: discovery.MaxClusters,
		}
		if _, err := ix.Clusters(b.Context(), q); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPut is one edit among many listings, until it can be seen.
func BenchmarkPut(b *testing.B) {
	listings := discoverytest.Listings(1, manyListings)
	ix := built(b, listings...)
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		l := &listings[n*7919%len(listings)]
		l.Version++
		if err := ix.Put(b.Context(), listings[n*7919%len(listings):][:1]); err != nil {
			b.Fatal(err)
		}
		q := discovery.Query{Center: l.Point, Radius: 10, Sort: discovery.ByDistance, Limit: 100}
		page, err := ix.Search(b.Context(), q)
		if err != nil || len(page.Hits) == 0 {
			b.Fatalf("Search = %d hits, %v", len(page.Hits), err)
		}
	}
}

func BenchmarkRebuild(b *testing.B) {
	listings := discoverytest.Listings(1, manyListings)
	ix := memindex.New()
	b.ReportAllocs()
	for b.Loop() {
		err := ix.Rebuild(b.Context(), func(put func([]discovery.Listing) error) error { return put(listings) })
		if err != nil {
			b.Fatal(err)
		}
	}
}
