package discoverytest

import (
	"math"
	"slices"

	"corner/catalog"
	"corner/discovery"
	"corner/geo"
)

// searches holds sets, order and pages against the world's.
func (s *suite) searches() {
	listings := Listings(3, 3_000)
	// A second reading of some, and the end of others.
	for i := range 300 {
		l := listings[i*7]
		l.Version += 1 + int64(i%3)
		switch i % 3 {
		case 0:
			l.Live = false
		case 1:
			l.Names.Main, l.Category = "小李洗车行 Car Wash", "car_wash"
			l.Hours, l.Zone = listings[i].Hours, listings[i].Zone // beside places of another zone
		case 2:
			l.Point, l.Zone = listings[i].Point, listings[i].Zone
		}
		listings = append(listings, l)
	}
	s.put(listings...)
	w := newWorld(listings, nil)

	ask := asker{seeded(4), listings[:3_000]}
	found := 0
	for range 600 {
		q := ask.query()
		found += len(w.page(q).Hits)
		s.same(w, q)
	}
	if found < 2_000 {
		s.Errorf("the queries found %d hits in all, want thousands: they test too little", found)
	}
	for range 30 {
		q := ask.query()
		q.Text = discovery.Text{}
		q.Limit = 1 + ask.IntN(40)
		q.Facets = ask.IntN(2) == 0
		s.allPages(w, q)
	}
}

// allPages pages to the end and holds the pages together against the world's hits.
func (s *suite) allPages(w *world, q discovery.Query) {
	s.Helper()
	want, got := w.hits(q), []discovery.Hit(nil)
	for {
		page := s.search(q)
		got = append(got, page.Hits...)
		if q.Facets {
			if diff := difference(discovery.Page{Facets: facets(w.found(&q), nil)}, discovery.Page{Facets: page.Facets}); diff != "" {
				s.Errorf("the facets of a page of %+v (-want +got):\n%s", q, diff)
			}
		}
		if !page.More || len(page.Hits) == 0 || len(got) > len(want) {
			break
		}
		q.After, q.Pin = new(q.Mark(&page.Hits[len(page.Hits)-1])), page.Pin
	}
	q.Limit, q.Facets, q.After = max(1, len(want)), false, nil
	if diff := s.differs(w, q, discovery.Page{Hits: got}); diff != "" {
		s.Errorf("all pages of %+v (-want +got):\n%s", q, diff)
	}
}

// edges holds bounds: the radius belongs to the disc, and ties go by id.
func (s *suite) edges() {
	var listings []discovery.Listing
	for _, l := range Listings(5, 120) {
		listings = append(listings, l)
		for i := range 3 { // of one spot
			twin := l
			twin.Place = catalog.PlaceID(string(rune('a'+(i*7)%3)) + string(l.Place))
			listings = append(listings, twin)
		}
	}
	w := newWorld(listings, nil)
	s.put(listings...)
	for i := range listings {
		p := listings[i].Point
		q := everything(Beside(p, float64(i), float64(3*i+1)))
		q.Limit = 1 + i%100
		q.Radius = geo.Distance(q.Center, p)
		s.same(w, q)
		q.Radius = geo.Metres(math.Nextafter(float64(q.Radius), 0))
		s.same(w, q)
		if i%10 == 0 {
			q.Radius = discovery.MaxRadius
			s.same(w, q)
			q.Center, q.Radius = p, 0.001
			s.same(w, q)
		}
	}
}

// empty holds that an index with nothing answers with nothing.
func (s *suite) empty() {
	s.same(newWorld(nil, nil), everything(towns[0].at))
	if err := s.ix.Ready(s.Context()); err != nil {
		s.Errorf("Ready = %v, want nil", err)
	}
	s.put()
}

// pagesWhilePut pages while places come, go and move, between any two pages. Places
// that stay must be seen once each.
func (s *suite) pagesWhilePut() {
	all := Listings(6, 1_500)
	at := towns[0].at
	q := everything(at)
	q.Limit = 17
	near := slices.DeleteFunc(all, func(l discovery.Listing) bool { return geo.Distance(l.Point, at) > q.Radius })
	staying, restless, newcomers := near[:80], near[80:100], near[100:]
	for _, sort := range []discovery.Sort{discovery.ByDistance, discovery.ByRating, discovery.ByRelevance, discovery.ByPrice} {
		s.put(near[:100]...)
		s.settle()
		q.Sort, q.After, q.Pin, q.Filter.Price.Currency = sort, nil, "", ""
		if sort == discovery.ByPrice {
			q.Filter.Price = discovery.PriceRange{Currency: "CNY", Max: math.MaxInt64}
		}
		seen, r := map[catalog.PlaceID]int{}, seeded(7)
		var last *discovery.Mark
		for range 40 {
			page := s.search(q)
			for i := range page.Hits {
				m := q.Mark(&page.Hits[i])
				if last != nil && !last.Before(m) {
					s.Errorf("%s: %+v comes after %+v", sort, m, *last)
				}
				last = &m
				seen[m.Place]++
			}
			if !page.More {
				break
			}
			q.After, q.Pin = last, page.Pin
			var changed []discovery.Listing
			for i := range restless {
				restless[i].Version++
				switch r.IntN(3) {
				case 0:
					restless[i].Live = !restless[i].Live
				case 1:
					restless[i].Point = Beside(at, r.NormFloat64()*2_000, r.NormFloat64()*2_000)
				case 2:
					restless[i].Rating = restless[i].Rating.Plus(1 + r.IntN(5))
				}
				changed = append(changed, restless[i])
			}
			if len(newcomers) > 2 {
				changed = append(changed, newcomers[:2]...)
				newcomers = newcomers[2:]
			}
			s.put(changed...)
			s.settle()
		}
		for _, l := range staying {
			if sort == discovery.ByPrice && l.LeastPrice("CNY") == discovery.NoPrice {
				continue // does not pass the filter
			}
			if seen[l.Place] != 1 {
				s.Errorf("%s: %s, which did not change, was seen %d times, want once", sort, l.Place, seen[l.Place])
			}
		}
	}
}
