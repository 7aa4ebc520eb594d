package discovery_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corner/catalog"
	"corner/discovery"
	"corner/discovery/discoverytest"
	"corner/geo"
	"corner/money"
	"corner/reviews"
)

// street is a finder over a few places that have something to tell.
func street(t *testing.T) *discovery.Finder {
	t.Helper()
	ix := discoverytest.NewPlain()
	cut := func(name string, minor int64) discovery.Offering {
		return discovery.Offering{ID: "svc_1", Name: name, Price: money.Amount{Minor: minor, Currency: "CNY"}}
	}
	atHome := cut("上门剪发", 9_800)
	atHome.AtHome = 1_000
	listings := []discovery.Listing{
		{
			Place:    "plc_wang",
			Names:    catalog.Names{Main: "老王面馆", En: "Wang's Noodles"},
			Category: "noodles",
			Point:    east(30),
			Rating:   reviews.Rating{Sum: 8, N: 4},
			Services: []discovery.Offering{cut("二人桌", 2_800)},
		},
		{
			Place:      "plc_zhang",
			Names:      catalog.Names{Main: "张记面馆"},
			Category:   "noodles",
			Point:      east(60),
			Rating:     reviews.Rating{Sum: 45, N: 9},
			Attributes: []string{"wifi"},
		},
		{
			Place:    "plc_hair",
			Names:    catalog.Names{Main: "小李理发", En: "Starlight Hair"},
			Category: "haircut",
			Point:    east(700),
			Services: []discovery.Offering{cut("剪发", 3_800), atHome},
		},
		{Place: "plc_hotpot", Names: catalog.Names{Main: "重庆火锅"}, Category: "hotpot", Point: east(1_500), Brand: "chongqing"},
		{Place: "plc_far", Names: catalog.Names{Main: "Starbright Coffee"}, Category: "cafe", Point: east(20_000), Merchant: "mer_1"},
	}
	for i := range listings {
		l := &listings[i]
		l.Version, l.Live, l.Zone = 1, true, "Asia/Shanghai"
		l.Hours.Weekly[6] = []catalog.Interval{{Opens: 600, Closes: 960 + 60*i}} // the first closes at 16:00
	}
	put(t, ix, listings)
	return &discovery.Finder{Index: ix, Now: func() time.Time { return sunday }}
}

func search(t *testing.T, f *discovery.Finder, r discovery.Request) (discovery.Answer, []catalog.PlaceID) {
	t.Helper()
	a, err := f.Search(t.Context(), r)
	if err != nil {
		t.Fatalf("Search(%+v): %v", r, err)
	}
	return a, ids(a.Hits)
}

func ids(hits []discovery.Hit) (list []catalog.PlaceID) {
	for _, h := range hits {
		list = append(list, h.Listing.Place)
	}
	return list
}

func TestWishes(t *testing.T) {
	t.Parallel()
	f := street(t)
	at := func(hour int) time.Time { return sunday.Add(time.Duration(hour-15) * time.Hour) }
	for name, c := range map[string]struct {
		r    discovery.Request
		want []catalog.PlaceID
	}{
		"everything, nearest first": {discovery.Request{}, []catalog.PlaceID{"plc_wang", "plc_zhang", "plc_hair", "plc_hotpot", "plc_far"}},
		"a band":                    {discovery.Request{Band: 100}, []catalog.PlaceID{"plc_zhang", "plc_wang", "plc_hair", "plc_hotpot", "plc_far"}},
		"by relevance":              {discovery.Request{Sort: discovery.ByRelevance}, []catalog.PlaceID{"plc_zhang", "plc_wang", "plc_hair", "plc_hotpot", "plc_far"}},
		"a box":                     {discovery.Request{Box: &box}, []catalog.PlaceID{"plc_wang", "plc_zhang", "plc_hair"}},
		"a text, by relevance":      {discovery.Request{Wish: discovery.Wish{Text: "面馆"}}, []catalog.PlaceID{"plc_zhang", "plc_wang"}},
		"a text, by distance":       {discovery.Request{Wish: discovery.Wish{Text: "面馆"}, Sort: discovery.ByDistance}, []catalog.PlaceID{"plc_wang", "plc_zhang"}},
		"cheap":                     {discovery.Request{Wish: discovery.Wish{Price: discovery.PriceRange{Currency: "CNY", Max: 3_000}}}, []catalog.PlaceID{"plc_wang"}},
		"dear first of all":         {discovery.Request{Wish: discovery.Wish{Price: discovery.PriceRange{Currency: "CNY", Min: 3_000, Max: 1e6}}}, []catalog.PlaceID{"plc_hair"}},
		"by price":                  {discovery.Request{Wish: discovery.Wish{Price: discovery.AnyPrice("CNY")}, Sort: discovery.ByPrice}, []catalog.PlaceID{"plc_wang", "plc_hair"}},
		"well rated":                {discovery.Request{Wish: discovery.Wish{Tenths: 45}}, []catalog.PlaceID{"plc_zhang"}},
		"by rating":                 {discovery.Request{Sort: discovery.ByRating, Radius: 1_000}, []catalog.PlaceID{"plc_zhang", "plc_hair", "plc_wang"}},
		"at home":                   {discovery.Request{Wish: discovery.Wish{AtHome: true}}, []catalog.PlaceID{"plc_hair"}},
		"with Wi-Fi":                {discovery.Request{Wish: discovery.Wish{Attributes: []string{"wifi"}}}, []catalog.PlaceID{"plc_zhang"}},
		"a brand":                   {discovery.Request{Wish: discovery.Wish{Brand: "chongqing"}}, []catalog.PlaceID{"plc_hotpot"}},
		"a merchant":                {discovery.Request{Wish: discovery.Wish{Merchant: "mer_1"}}, []catalog.PlaceID{"plc_far"}},
		"open at six":               {discovery.Request{Wish: discovery.Wish{OpenAt: at(18)}}, []catalog.PlaceID{"plc_hotpot", "plc_far"}},
		"open from five till seven": {discovery.Request{Wish: discovery.Wish{OpenFrom: at(17), OpenTill: at(19)}}, []catalog.PlaceID{"plc_hotpot", "plc_far"}},
		"open now":                  {discovery.Request{Wish: openNow, Limit: 1}, []catalog.PlaceID{"plc_wang"}},
	} {
		if c.r.Box == nil {
			c.r.Center = shanghai
		}
		if _, got := search(t, f, c.r); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

// TestSlips: what nobody is called is looked for with a slip of the finger, and said so.
func TestSlips(t *testing.T) {
	t.Parallel()
	f := street(t)
	for _, c := range []struct {
		r       discovery.Request
		lenient bool
		want    []catalog.PlaceID
	}{
		{discovery.Request{Wish: discovery.Wish{Text: "starlight"}}, false, []catalog.PlaceID{"plc_hair"}},
		{discovery.Request{Wish: discovery.Wish{Text: "starlihgt"}}, true, []catalog.PlaceID{"plc_hair"}},
		{discovery.Request{Wish: discovery.Wish{Text: "starlihgt"}, Radius: 1_000}, true, []catalog.PlaceID{"plc_hair"}},
		{discovery.Request{Wish: discovery.Wish{Text: "starlihgt"}, Box: &box}, true, []catalog.PlaceID{"plc_hair"}},
		{discovery.Request{Wish: discovery.Wish{Text: "starlihgt"}, Radius: 100}, false, nil},
		{discovery.Request{Wish: discovery.Wish{Text: "stra"}}, false, nil}, // too short to guess
	} {
		c.r.Center = shanghai
		a, got := search(t, f, c.r)
		if a.Lenient != c.lenient || !slices.Equal(got, c.want) {
			t.Errorf("%+v: got %v, lenient %v; want %v, %v", c.r, got, a.Lenient, c.want, c.lenient)
		}
	}
}

// TestSlipsPageOn: the pages after a lenient one are lenient.
func TestSlipsPageOn(t *testing.T) {
	t.Parallel()
	ix := discoverytest.NewPlain()
	var listings []discovery.Listing
	for i := range 10 {
		listings = append(listings, discovery.Listing{
			Place: catalog.PlaceID(
				fmt.Sprintf("plc_%d", i),
			),
			Version:  1,
			Live:     true,
			Zone:     "Asia/Shanghai",
			Category: "cafe",
			Point:    east(float64(i)),
			Names:    catalog.Names{Main: "Starlight"},
		})
	}
	put(t, ix, listings)
	f := &discovery.Finder{Index: ix, Now: func() time.Time { return sunday }}
	n := 0
	got := pages(t, f, discovery.Request{Center: shanghai, Limit: 3, Wish: discovery.Wish{Text: "starlihgt"}}, func(a discovery.Answer) {
		if n++; !a.Lenient || a.Radius != discovery.MaxRadius {
			t.Errorf("page %d: lenient %v, within %v; want as the first", n, a.Lenient, a.Radius)
		}
	})
	if len(got) != 10 || n != 4 {
		t.Errorf("got %d places on %d pages, want 10 on 4", len(got), n)
	}
}

// TestTextBeginsWithTheQuarter: nobody looks for a name in one street.
func TestTextBeginsWithTheQuarter(t *testing.T) {
	t.Parallel()
	f, _ := finder(t, 60, 10)
	a, _ := search(t, f, discovery.Request{Center: shanghai, Wish: discovery.Wish{Text: "面"}})
	if a.Radius != 2_000 {
		t.Errorf("searched %v, want 2 km", a.Radius)
	}
}

// pinned notes what pins it is asked with, and gives one.
type pinned struct {
	discovery.Index
	asked *[]string
}

func (p pinned) Search(ctx context.Context, q discovery.Query) (discovery.Page, error) {
	*p.asked = append(*p.asked, q.Pin)
	page, err := p.Index.Search(ctx, q)
	page.Pin = fmt.Sprintf("state %d", len(*p.asked))
	return page, err
}

func TestPinIsCarried(t *testing.T) {
	t.Parallel()
	f := street(t)
	var asked []string
	f.Index = pinned{f.Index, &asked}
	pages(t, f, discovery.Request{Center: shanghai, Radius: 50_000, Limit: 2}, func(discovery.Answer) {})
	if diff := cmp.Diff([]string{"", "state 1", "state 2"}, asked); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestExplain(t *testing.T) {
	t.Parallel()
	f := street(t)
	for text, want := range map[string][]discovery.Match{
		"":          nil,
		"老王面馆":      {{How: discovery.HowWholeName, Asked: "老王面馆", Weight: 1, Share: 1}},
		"lwmg":      {{How: discovery.HowWholePinyin, Asked: "lwmg", Weight: 0.75, Share: 1}},
		"老王":        {{How: discovery.HowName, Asked: "老王", Weight: 0.8, Share: 1}},
		"laowa":     {{How: discovery.HowPinyin, Asked: "lao wa", Weight: 0.6, Share: 1}},
		"lwm":       {{How: discovery.HowInitials, Asked: "lw wm", Weight: 0.4, Share: 1}},
		"二人":        {{How: discovery.HowLabel, Asked: "二人", Weight: 0.5, Share: 1}},
		"wang 二人":   {{How: discovery.HowName, Asked: "wang", Weight: 0.7, Share: 4. / 6}, {How: discovery.HowLabel, Asked: "二人", Weight: 0.5, Share: 2. / 6}},
		"noodels 王": {{How: discovery.HowSlip, Asked: "noodels", Weight: 0.35, Share: 7. / 8}, {How: discovery.HowName, Asked: "王", Weight: 0.8, Share: 1. / 8}},
	} {
		a, got := search(t, f, discovery.Request{Center: shanghai, Sort: discovery.ByRelevance, Explain: true, Wish: discovery.Wish{Text: text}})
		i := slices.Index(got, "plc_wang")
		if i < 0 || len(a.Why) != len(a.Hits) {
			t.Fatalf("%q: %v, %d explanations; want 老王面馆 among them, explained", text, got, len(a.Why))
		}
		e := a.Why[i]
		if diff := cmp.Diff(want, e.Matches); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
		sum := e.Text.Value*e.Text.Weight + e.Nearness.Value*e.Nearness.Weight + e.Quality.Value*e.Quality.Weight
		if math.Abs(sum-a.Hits[i].Relevance) > 1e-9 || math.Abs(e.Relevance-a.Hits[i].Relevance) > 1e-9 ||
			e.Score != a.Hits[i].Listing.Rating.Score() {
			t.Errorf("%q: factors make %v, told is %v, ranked by %v", text, sum, e.Relevance, a.Hits[i].Relevance)
		}
	}
	if a, _ := search(t, f, discovery.Request{Center: shanghai}); a.Why != nil {
		t.Error("explained what was not to be explained")
	}
}

func TestSuggest(t *testing.T) {
	t.Parallel()
	f := street(t)
	type names struct {
		Places, Services, Categories []string
		Lenient                      bool
	}
	for typed, want := range map[string]names{
		"":          {},
		"?":         {},
		"面":         {Places: []string{"张记面馆", "老王面馆"}, Categories: []string{"noodles", "bakery"}},
		"lao":       {Places: []string{"老王面馆"}},
		"laow":      {Places: []string{"老王面馆"}},
		"剪":         {Services: []string{"剪发", "上门剪发"}},
		"star":      {Places: []string{"Starlight Hair", "Starbright Coffee"}},
		"starb":     {Places: []string{"Starbright Coffee"}},
		"star c":    {Places: []string{"Starlight Hair", "Starbright Coffee"}}, // a word just begun
		"starbirg":  {Places: []string{}},
		"nood":      {Places: []string{"Wang's Noodles"}, Categories: []string{"noodles"}},
		"xiche":     {Categories: []string{"car_wash"}},
		"xcx":       {},
		"hg":        {Places: []string{"重庆火锅"}, Categories: []string{"hotpot"}},
		"starlihgt": {Places: []string{"Starlight Hair"}, Lenient: true},
	} {
		s, err := f.Suggest(t.Context(), discovery.SuggestRequest{Text: typed, Center: shanghai})
		if err != nil {
			t.Fatal(err)
		}
		var got names
		for _, h := range s.Places {
			name := h.Listing.Names.Main
			if h.Listing.Names.En != "" && typed != "" && typed[0] < 128 && h.Listing.Names.En[0]|32 == typed[0] || typed == "nood" {
				name = h.Listing.Names.En
			}
			got.Places = append(got.Places, name)
		}
		for _, v := range s.Services {
			got.Services = append(got.Services, v.Name)
		}
		for _, c := range s.Categories {
			got.Categories = append(got.Categories, c.Key)
		}
		got.Lenient = s.Lenient
		if len(want.Places) == 0 {
			want.Places = nil
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", typed, diff)
		}
	}
	_, err := f.Suggest(t.Context(), discovery.SuggestRequest{Text: "x", Center: geo.Point{Lat: 91, Lng: 1}, Limit: 21})
	if diff := cmp.Diff([]string{"lat out_of_range", "lng out_of_range", "limit out_of_range"}, faults(err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

func TestSuggestsEachNameOnce(t *testing.T) {
	t.Parallel()
	f, _ := finder(t, 30, 10) // all of one name
	s, err := f.Suggest(t.Context(), discovery.SuggestRequest{Text: "老王", Center: shanghai})
	if err != nil || len(s.Places) != 1 || s.Places[0].Listing.Names.Main != "老王面馆" {
		t.Errorf("got %d places, %v; want one", len(s.Places), err)
	}
}

func TestSimilar(t *testing.T) {
	t.Parallel()
	f := street(t)
	hits, err := f.Similar(t.Context(), "plc_wang", east(30), "noodles", 5)
	if got := ids(hits); err != nil || !slices.Equal(got, []catalog.PlaceID{"plc_zhang", "plc_hotpot"}) {
		t.Errorf("got %v, %v; want the other noodles, then what else one can eat nearby", got, err)
	}
	if hits, err = f.Similar(t.Context(), "plc_wang", east(30), "noodles", 1); err != nil || len(hits) != 1 {
		t.Errorf("one: got %v, %v", ids(hits), err)
	}
	_, err = f.Similar(t.Context(), "plc_wang", east(30), "noodles", 0)
	if diff := cmp.Diff([]string{"limit out_of_range"}, faults(err)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestMap(t *testing.T) {
	t.Parallel()
	f := street(t)
	near := geo.Box{South: shanghai.Lat - 0.1, West: shanghai.Lng - 0.1, North: shanghai.Lat + 0.1, East: shanghai.Lng + 0.1}
	count := func(r discovery.MapRequest) (n, singles int) {
		a, err := f.Map(t.Context(), r)
		if err != nil {
			t.Fatalf("Map(%+v): %v", r, err)
		}
		for _, c := range a.Clusters {
			if n += c.N; c.Only != nil {
				singles++
			}
			if (c.Only != nil) != (c.N == 1) || c.Cell.Res() != a.Res {
				t.Errorf("a cluster of %d in %v shows %v", c.N, c.Cell, c.Only)
			}
		}
		return n, singles
	}
	for _, c := range []struct {
		r          discovery.MapRequest
		n, singles int
	}{
		{discovery.MapRequest{Box: near, Zoom: 3}, 4, 0},
		{discovery.MapRequest{Box: near, Zoom: 18}, 4, 4},
		{discovery.MapRequest{Box: near, Zoom: 18, Limit: 3}, 4, 2}, // too many to show one by one: clusters
		{discovery.MapRequest{Box: near, Zoom: 3, Wish: discovery.Wish{Text: "面"}}, 2, 0},
		{discovery.MapRequest{Box: near, Zoom: 3, Wish: discovery.Wish{Category: "beauty"}}, 1, 1},
	} {
		if n, singles := count(c.r); n != c.n || singles != c.singles {
			t.Errorf("%+v: %d places, %d shown; want %d, %d", c.r, n, singles, c.n, c.singles)
		}
	}
	_, err := f.Map(t.Context(), discovery.MapRequest{
		Box: geo.Box{South: 2, North: 1}, Center: geo.Point{Lat: 91, Lng: 1}, Zoom: math.NaN(), Limit: 2_001, Wish: discovery.Wish{Category: "x"},
	})
	if diff := cmp.Diff(
		[]string{
			"box out_of_range",
			"lat out_of_range",
			"lng out_of_range",
			"zoom out_of_range",
			"limit out_of_range",
			"category unknown",
		},
		faults(err),
	); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

func TestExpansionZoom(t *testing.T) {
	t.Parallel()
	for res := range geo.FinestRes + 1 {
		zoom := discovery.ExpansionZoom(res)
		if zoom < discovery.SingleZoom && (geo.ResAtZoom(float64(zoom)) <= res || geo.ResAtZoom(float64(zoom-1)) > res) {
			t.Errorf("resolution %d: zoom %d is not the first of finer cells", res, zoom)
		}
	}
	if got := discovery.ExpansionZoom(geo.FinestRes); got != discovery.SingleZoom {
		t.Errorf("the finest: got %d, want %d", got, discovery.SingleZoom)
	}
}
