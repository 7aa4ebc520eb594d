package discoverytest

import (
	"fmt"
	"time"

	"github.com/google/go-cmp/cmp"

	"corner/catalog"
	"corner/discovery"
	"corner/geo"
)

// filters holds every field of discovery.Filter by itself, in all orders.
func (s *suite) filters() {
	all := Listings(15, 2_000)
	s.put(all...)
	w := newWorld(all, nil)
	ask := asker{seeded(5), all}
	for _, field := range []struct {
		name string
		set  func(f *discovery.Filter, l *discovery.Listing)
	}{
		{"OpenFrom", func(f *discovery.Filter, _ *discovery.Listing) { f.OpenFrom = changes[ask.IntN(len(changes))] }},
		{"OpenTill", func(f *discovery.Filter, _ *discovery.Listing) {
			f.OpenFrom = changes[ask.IntN(len(changes))]
			f.OpenTill = f.OpenFrom.Add(catalog.MaxDuring)
		}},
		{"Price", func(f *discovery.Filter, _ *discovery.Listing) {
			f.Price = discovery.PriceRange{Currency: "HKD", Min: 9_000, Max: 15_000}
		}},
		{"PriceAtMost", func(f *discovery.Filter, l *discovery.Listing) {
			if len(l.Services) > 0 {
				f.Price = discovery.PriceRange{Currency: l.Services[0].Price.Currency, Max: l.Services[0].Price.Minor}
			}
		}},
		{"Tenths", func(f *discovery.Filter, l *discovery.Listing) { f.Tenths = l.Rating.Tenths() }},
		{"AtHome", func(f *discovery.Filter, _ *discovery.Listing) { f.AtHome = true }},
		{"Attributes", func(f *discovery.Filter, l *discovery.Listing) { f.Attributes = l.Attributes }},
		{"AttributeNobodyHas", func(f *discovery.Filter, _ *discovery.Listing) { f.Attributes = []string{"wifi", "women_only"} }},
		{"Trait", func(f *discovery.Filter, _ *discovery.Listing) { f.Traits = []string{"wheelchair=yes"} }},
		{"TraitEither", func(f *discovery.Filter, _ *discovery.Listing) {
			f.Traits = []string{"wheelchair=yes", "wheelchair=limited"}
		}},
		{"TraitNobodyHas", func(f *discovery.Filter, _ *discovery.Listing) { f.Traits = []string{"wheelchair=perhaps"} }},
		{"Brand", func(f *discovery.Filter, _ *discovery.Listing) { f.Brand = brands[ask.IntN(len(brands))] }},
		{"BrandNobodyHas", func(f *discovery.Filter, _ *discovery.Listing) { f.Brand = "none" }},
		{"Merchant", func(f *discovery.Filter, _ *discovery.Listing) { f.Merchant = merchants[ask.IntN(len(merchants))] }},
		{"Except", func(f *discovery.Filter, l *discovery.Listing) { f.Except = l.Place }},
	} {
		for _, sort := range []discovery.Sort{discovery.ByDistance, discovery.ByRating, discovery.ByRelevance, discovery.ByPrice} {
			for range 6 {
				l := ask.listing()
				q := discovery.Query{Center: Beside(l.Point, 30, 40), Radius: radii[1+ask.IntN(len(radii)-1)], Sort: sort, Limit: 30}
				field.set(&q.Filter, l)
				if sort == discovery.ByPrice && q.Filter.Price.Currency == "" {
					q.Filter.Price = discovery.PriceRange{Currency: "CNY", Max: 1 << 40}
				}
				s.same(w, q)
			}
		}
		if s.Failed() {
			s.Fatalf("the filter %s is not kept", field.name)
		}
	}
}

// boxes holds that a box is its parallels and meridians and nothing else, wherever it
// and the point that distances are from may be.
func (s *suite) boxes() {
	all := Listings(16, 2_000)
	s.put(all...)
	w := newWorld(all, nil)
	ask := asker{seeded(6), all}
	found := 0
	for range 400 {
		q := ask.query()
		q.Box = new(ask.box(ask.listing()))
		if ask.IntN(2) == 0 {
			q.Center = q.Box.Center()
		}
		if ask.IntN(2) == 0 {
			q.Text, q.Filter.OpenFrom, q.Filter.OpenTill = discovery.Text{}, time.Time{}, time.Time{}
		}
		found += len(w.page(q).Hits)
		s.same(w, q)
		q.Radius = 0 // has no meaning
		s.same(w, q)
	}
	if found < 1_000 {
		s.Errorf("the boxes found %d hits in all, want thousands: they test too little", found)
	}
	for range 10 {
		q := ask.query()
		q.Box, q.Limit, q.Facets = new(ask.box(ask.listing())), 13, true
		q.Text = discovery.Text{}
		s.allPages(w, q)
	}
}

// facets holds the counts of all that a query finds, whatever page is asked for.
func (s *suite) facets() {
	all := Listings(17, 2_500)
	s.put(all...)
	w := newWorld(all, nil)
	ask := asker{seeded(7), all}
	for range 150 {
		q := ask.query()
		q.Facets = true
		s.same(w, q)
		if hits := w.hits(q); len(hits) > 1 && (q.Sort != discovery.ByRelevance || s.opts.Tolerance == 0) {
			q.After = new(q.Mark(&hits[ask.IntN(len(hits))]))
			s.same(w, q)
		}
	}
}

// clusters holds what maps count.
func (s *suite) clusters() {
	all := Listings(18, 2_500)
	s.put(all...)
	w := newWorld(all, nil)
	s.settle()
	ask := asker{seeded(8), all}
	found := 0
	for range 250 {
		l := ask.listing()
		q := discovery.MapQuery{
			Box: ask.box(
				l,
			),
			Center: Beside(l.Point, 100, 100),
			Res:    ask.IntN(geo.FinestRes + 1),
			Limit:  []int{1, 3, 50, discovery.MaxClusters}[ask.IntN(4)],
		}
		if ask.IntN(2) == 0 {
			some := ask.query()
			q.Text, q.Category, q.Filter = some.Text, some.Category, some.Filter
		}
		want := w.clusters(q)
		found += len(want)
		got, err := s.ix.Clusters(s.Context(), q)
		if err != nil {
			s.Fatalf("Clusters(%+v): %v", q, err)
		}
		if diff := cmp.Diff(briefly(want), briefly(got)); diff != "" {
			s.Errorf("Clusters(%+v) (-want +got):\n%s", q, diff)
			continue
		}
		for i := range want {
			if off := geo.Distance(want[i].Point, got[i].Point); !(off <= 10) {
				s.Errorf("Clusters(%+v): the middle of %v is %v, %.1f m from %v", q, want[i].Cell, got[i].Point, off, want[i].Point)
			}
		}
	}
	if found < 1_000 {
		s.Errorf("the maps have %d clusters in all, want thousands: they test too little", found)
	}
}

// briefly is clusters without their points.
func briefly(clusters []discovery.Cluster) []string {
	var lines []string
	for _, c := range clusters {
		only := ""
		if c.Only != nil {
			only = fmt.Sprintf("%+v", *c.Only)
		}
		lines = append(lines, fmt.Sprintf("%v: %d %s", c.Cell, c.N, only))
	}
	return lines
}
