package discoverytest

import (
	"fmt"
	"math"

	"corner/catalog"
	"corner/discovery"
	"corner/geo"
	"corner/money"
	"corner/reviews"
)

// roughly tells how got is not an answer to q by relevance, if each Relevance may be off
// by the tolerance: its hits are found, in the order of their own marks, and none that is
// surely better is missing.
func (s *suite) roughly(w *world, q *discovery.Query, got discovery.Page) string {
	hits := w.hits(*q)
	law := map[catalog.PlaceID]discovery.Hit{}
	for _, h := range hits {
		law[h.Listing.Place] = h
	}
	n := min(q.Limit, len(hits))
	if len(got.Hits) != n || got.More != (n < len(hits)) {
		return fmt.Sprintf("%d hits, more: %v; want %d, more: %v", len(got.Hits), got.More, n, n < len(hits))
	}
	least := 0.0
	if n > 0 {
		least = hits[n-1].Relevance - 2*s.opts.Tolerance
	}
	for i := range got.Hits {
		h := &got.Hits[i]
		want, ok := law[h.Listing.Place]
		switch {
		case !ok:
			return fmt.Sprintf("hit %d is %s, which is none, or comes twice", i, h.Listing.Place)
		case math.Abs(h.Relevance-want.Relevance) > s.opts.Tolerance:
			return fmt.Sprintf("hit %d, %s, has the relevance %.4f, want %.4f", i, h.Listing.Place, h.Relevance, want.Relevance)
		case want.Relevance < least:
			return fmt.Sprintf("hit %d, %s, has the relevance %.4f, want at least %.4f", i, h.Listing.Place, want.Relevance, least)
		case i > 0 && !q.Mark(&got.Hits[i-1]).Before(q.Mark(h)):
			return fmt.Sprintf("hit %d, %s, is before %s, against their own relevances", i-1, got.Hits[i-1].Listing.Place, h.Listing.Place)
		}
		delete(law, h.Listing.Place)
		same := *h
		same.Relevance = want.Relevance
		if diff := difference(discovery.Page{Hits: []discovery.Hit{want}}, discovery.Page{Hits: []discovery.Hit{same}}); diff != "" {
			return diff
		}
	}
	var want discovery.Page
	if q.Facets {
		want.Facets = facets(w.found(q), nil)
	}
	return difference(want, discovery.Page{Facets: got.Facets})
}

// relevance holds the law of discovery.Relevance on a table of places and texts: all ways
// in which a text can match, near and far, praised and not.
func (s *suite) relevance() {
	at := towns[0].at
	var all []discovery.Listing
	for i, row := range []struct {
		names    catalog.Names
		category string
		service  string
		metres   float64
		rating   reviews.Rating
	}{
		{catalog.Names{Main: "老王洗车店", En: "Lao Wang's Car Wash"}, "car_wash", "精洗", 40, reviews.Rating{Sum: 50, N: 10}},
		{catalog.Names{Main: "老王洗车店"}, "car_wash", "", 900, reviews.Rating{}},
		{catalog.Names{Main: "小王洗车行"}, "car_wash", "打蜡", 15, reviews.Rating{Sum: 3, N: 3}},
		{catalog.Names{Main: "洗车"}, "other", "", 2_500, reviews.Rating{Sum: 200, N: 40}},
		{catalog.Names{Main: "车洗"}, "other", "", 20, reviews.Rating{}},
		{catalog.Names{Main: "Grand Pharmacy"}, "pharmacy", "Blood pressure", 300, reviews.Rating{Sum: 40, N: 9}},
		{catalog.Names{Main: "Pharmacie"}, "pharmacy", "", 4_900, reviews.Rating{Sum: 9, N: 2}},
		{catalog.Names{Main: "Farm"}, "other", "洗车", 310, reviews.Rating{Sum: 5, N: 1}},
		{catalog.Names{Main: "重庆银行"}, "bank", "", 700, reviews.Rating{Sum: 77, N: 20}},
		{catalog.Names{Main: "西安小吃", En: "Xi'an Snacks"}, "restaurant", "Car wash voucher", 120, reviews.Rating{Sum: 12, N: 3}},
		{catalog.Names{Main: "Café Élise"}, "cafe", "拿铁", 3_300, reviews.Rating{Sum: 25, N: 5}},
		{catalog.Names{Main: "7-Eleven"}, "convenience", "", 60, reviews.Rating{Sum: 1, N: 1}},
	} {
		l := discovery.Listing{
			Place: catalog.PlaceID(fmt.Sprintf("plc_%026d", i)), Version: 1, Live: true, Names: row.names, Category: row.category,
			Point: Beside(at, row.metres*0.6, row.metres*0.8), Zone: towns[0].zone, Rating: row.rating,
		}
		if row.service != "" {
			l.Services = []discovery.Offering{{ID: "svc_1", Name: row.service, Price: money.Amount{Minor: 100, Currency: "CNY"}}}
		}
		all = append(all, l)
	}
	s.put(all...)
	w := newWorld(all, nil)
	found := 0
	for _, typed := range []string{
		"", "老王洗车店", "洗车", "车", "laowangxichedian", "lwxcd", "xiche", "xi", "xian", "xc", "lao wang", "car wash", "car", "wash lao", "pharmacy", "pharmcay",
		"pharmasy", "grand", "chongqing", "zhongqing", "cqyh", "银行", "bank", "dining", "elise", "7", "7-eleven", "精洗", "老王 wash", "打蜡 小王", "nothing like it",
	} {
		text := discovery.ParseText(typed, nil)
		lenient, _ := text.Lenient()
		for _, t := range []discovery.Text{text, lenient} {
			for _, radius := range []geo.Metres{100, 1_000, discovery.MaxRadius} {
				q := discovery.Query{Center: at, Radius: radius, Text: t, Sort: discovery.ByRelevance, Limit: 50}
				found += len(w.page(q).Hits)
				s.same(w, q)
				q.Limit = 2
				s.allPages(w, q)
			}
		}
	}
	for _, t := range handmade {
		s.same(w, discovery.Query{Center: at, Radius: 5_000, Text: t, Sort: discovery.ByRelevance, Limit: 50})
	}
	if found < 200 {
		s.Errorf("the table finds %d hits in all, want hundreds: it tests too little", found)
	}
}

// handmade are texts that nobody's typing makes, but that the port allows.
var handmade = []discovery.Text{
	{Wholes: []discovery.Way{{Kind: discovery.WholeName, Terms: []string{"=洗车"}}}},
	{Wholes: []discovery.Way{{Kind: discovery.NameWord, Prefix: "wca"}, {Kind: discovery.WholeName, Terms: []string{"=洗车"}}}},
	{Parts: []discovery.Part{{Share: 1, Ways: []discovery.Way{{Kind: discovery.NameGram, Terms: []string{"n洗", "n车"}, Prefix: "sla"}}}}},
	{Parts: []discovery.Part{{Share: 1, Ways: []discovery.Way{{Kind: discovery.NameWord, Terms: []string{"wgrand"}, Near: "wpharmcy"}}}}},
	{
		Parts: []discovery.Part{
			{Share: 0.25, Ways: []discovery.Way{{Kind: discovery.Syllable, Prefix: "sx"}}},
			{Share: 0.75, Ways: []discovery.Way{{Kind: discovery.LabelWord, Prefix: "vc"}}},
		},
	},
	{Parts: []discovery.Part{{Share: 1, Ways: []discovery.Way{{Kind: discovery.LabelGram, Terms: []string{"l洗", "l精"}}}}}},
	{
		Parts: []discovery.Part{
			{
				Share: 1,
				Ways: []discovery.Way{
					{Kind: discovery.LabelGram, Terms: []string{"l汽", "l洗", "l打"}},
					{Kind: discovery.NameGram, Terms: []string{"n"}},
				},
			},
		},
	},
}
