package discovery_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corner/catalog"
	"corner/discovery"
	"corner/fault"
	"corner/geo"
	"corner/identity"
	"corner/reviews"
)

// sunday is one at 15:00 in Shanghai.
var sunday = time.Date(2026, 11, 22, 7, 0, 0, 0, time.UTC)

// box is a few streets around the middle of Shanghai.
var box = geo.Box{South: shanghai.Lat - 0.01, West: shanghai.Lng - 0.01, North: shanghai.Lat + 0.01, East: shanghai.Lng + 0.01}

var openNow = discovery.Wish{OpenNow: true}

// finder is one over n places, a pace apart, that open for an hour one after the other.
func finder(t *testing.T, n int, pace float64) (*discovery.Finder, []catalog.PlaceID) {
	t.Helper()
	ix := newIndex()
	listings, ids := make([]discovery.Listing, n), make([]catalog.PlaceID, n)
	for i := range listings {
		ids[i] = catalog.PlaceID(fmt.Sprintf("plc_%04d", (i*7919)%10_000))
		listings[i] = discovery.Listing{
			Place: ids[i], Version: 1, Live: true, Names: catalog.Names{Main: "老王面馆"}, Category: "noodles", Point: east(float64(i) * pace),
			Zone: "Asia/Shanghai", Rating: reviews.Rating{Sum: int64(i % 4 * 10), N: int64(i % 4 * 2)}, // many tie
		}
		listings[i].Hours.Weekly[6] = []catalog.Interval{{Opens: 600, Closes: 901 + i}} // the first closes at 15:01
	}
	put(t, ix, listings)
	return &discovery.Finder{Index: ix, Now: func() time.Time { return sunday }}, ids
}

func put(t *testing.T, ix discovery.Index, listings []discovery.Listing) {
	t.Helper()
	if err := ix.Put(t.Context(), listings); err != nil {
		t.Fatal(err)
	}
}

// faults are the pointers and codes of an input error.
func faults(err error) (all []string) {
	e, _ := errors.AsType[*fault.Error](err)
	if e == nil {
		return nil
	}
	for _, f := range e.Fields {
		all = append(all, f.Name+" "+f.Code)
	}
	return all
}

func TestSearchNamesAllFaults(t *testing.T) {
	t.Parallel()
	f, _ := finder(t, 1, 1)
	good := discovery.Request{Center: shanghai}
	for name, c := range map[string]struct {
		change func(*discovery.Request)
		want   []string
	}{
		"none": {func(*discovery.Request) {}, nil},
		"all": {func(r *discovery.Request) {
			*r = discovery.Request{
				Center: geo.Point{Lat: 91, Lng: 181}, Radius: -1, Box: &geo.Box{South: 2, North: 1}, Sort: "luck", Band: -1, Limit: 101, Cursor: "x",
				Wish: discovery.Wish{
					Category: "volcano", OpenNow: true, OpenAt: sunday, OpenFrom: sunday, Price: discovery.PriceRange{Min: -1}, Tenths: 51,
					Attributes: []string{"lava"}, Brand: strings.Repeat("b", 65), Merchant: identity.MerchantID(strings.Repeat("m", 65)),
				},
			}
		}, []string{
			"lat out_of_range", "lng out_of_range", "radius out_of_range", "box out_of_range", "radius both", "sort unknown",
			"band out_of_range", "band not_by_distance", "limit out_of_range", "cursor bad_format", "category unknown", "open_at both", "open_till required", "open_from both", "currency required", "rating out_of_range", "attributes unknown", "brand too_long",
			"merchant too_long",
		}},
		"price upside down": {func(r *discovery.Request) { r.Price = discovery.PriceRange{Currency: "CNY", Min: 2, Max: 1} }, []string{"price_max out_of_range"}},
		"a price below 0":   {func(r *discovery.Request) { r.Price = discovery.PriceRange{Currency: "CNY", Min: -2, Max: -1} }, []string{"price_min out_of_range", "price_max out_of_range"}},
		"no such currency":  {func(r *discovery.Request) { r.Price = discovery.AnyPrice("XYZ") }, []string{"currency unknown"}},
		"by price in what":  {func(r *discovery.Request) { r.Sort = discovery.ByPrice }, []string{"currency required"}},
		"by price":          {func(r *discovery.Request) { r.Sort, r.Price = discovery.ByPrice, discovery.AnyPrice("CNY") }, nil},
		"open backwards":    {func(r *discovery.Request) { r.OpenFrom, r.OpenTill = sunday, sunday }, []string{"open_till out_of_range"}},
		"open for a day":    {func(r *discovery.Request) { r.OpenFrom, r.OpenTill = sunday, sunday.Add(catalog.MaxDuring) }, nil},
		"open for ever":     {func(r *discovery.Request) { r.OpenFrom, r.OpenTill = sunday, sunday.Add(catalog.MaxDuring+1) }, []string{"open_till out_of_range"}},
		"open till":         {func(r *discovery.Request) { r.OpenTill = sunday }, []string{"open_from required"}},
		"crowded":           {func(r *discovery.Request) { r.Attributes = slices.Repeat([]string{"wifi"}, 11) }, []string{"attributes too_many_items"}},
		"a band of ratings": {func(r *discovery.Request) { r.Sort, r.Band = discovery.ByRating, 100 }, []string{"band not_by_distance"}},
		"a band of a text":  {func(r *discovery.Request) { r.Text, r.Band = "面", 100 }, nil},
		"a box":             {func(r *discovery.Request) { r.Center, r.Box = geo.Point{}, &box }, nil},
		"a box on its head": {func(r *discovery.Request) { r.Box = &geo.Box{South: 1, North: -1} }, []string{"box out_of_range"}},

		"null island":         {func(r *discovery.Request) { r.Center = geo.Point{} }, []string{"lat out_of_range", "lng out_of_range"}},
		"swapped":             {func(r *discovery.Request) { r.Center = geo.Point{Lat: 121, Lng: 31} }, []string{"lat out_of_range", "lng out_of_range"}},
		"latitude":            {func(r *discovery.Request) { r.Center.Lat = math.NaN() }, []string{"lat out_of_range"}},
		"longitude":           {func(r *discovery.Request) { r.Center.Lng = -181 }, []string{"lng out_of_range"}},
		"radius not a number": {func(r *discovery.Request) { r.Radius = geo.Metres(math.NaN()) }, []string{"radius out_of_range"}},
		"radius too wide":     {func(r *discovery.Request) { r.Radius = discovery.MaxRadius + 1 }, []string{"radius out_of_range"}},
		"the widest":          {func(r *discovery.Request) { r.Radius = discovery.MaxRadius }, nil},
		"limit":               {func(r *discovery.Request) { r.Limit = -1 }, []string{"limit out_of_range"}},
		"the greatest limit":  {func(r *discovery.Request) { r.Limit = discovery.MaxLimit }, nil},
	} {
		r := good
		c.change(&r)
		_, err := f.Search(t.Context(), r)
		if diff := cmp.Diff(c.want, faults(err)); diff != "" || (err == nil) != (c.want == nil) {
			t.Errorf("%s: %v (-want +got):\n%s", name, err, diff)
		}
	}
}

// pages are the ids of all pages; between is called after each.
func pages(t *testing.T, f *discovery.Finder, r discovery.Request, between func(discovery.Answer)) (ids []catalog.PlaceID) {
	t.Helper()
	for range 1000 {
		a, err := f.Search(t.Context(), r)
		if err != nil {
			t.Fatalf("Search(%+v): %v", r, err)
		}
		for _, h := range a.Hits {
			ids = append(ids, h.Listing.Place)
		}
		between(a)
		if a.Next == "" {
			return ids
		}
		r.Cursor = a.Next
	}
	t.Fatal("a thousand pages and no end")
	return nil
}

func TestCursorPagesThroughEverything(t *testing.T) {
	t.Parallel()
	const n = 100
	f, ids := finder(t, n, 3)
	for _, sort := range []discovery.Sort{"", discovery.ByDistance, discovery.ByRating, discovery.ByRelevance} {
		for _, limit := range []int{1, 7, 50, 100} {
			r := discovery.Request{Center: shanghai, Radius: 5_000, Sort: sort, Limit: limit}
			got := pages(t, f, r, func(discovery.Answer) {})
			if sort == "" || sort == discovery.ByDistance {
				if diff := cmp.Diff(ids, got); diff != "" {
					t.Errorf("by %q, %d a page (-want +got):\n%s", sort, limit, diff)
				}
				continue
			}
			slices.Sort(got)
			if len(slices.Compact(got)) != n {
				t.Errorf("by %s, %d a page: %d places, want each of %d once", sort, limit, len(slices.Compact(got)), n)
			}
		}
	}
}

func TestCursorBelongsToItsRequest(t *testing.T) {
	t.Parallel()
	f, _ := finder(t, 50, 3)
	r := discovery.Request{Center: shanghai, Radius: 5_000, Limit: 5, Wish: discovery.Wish{Text: "面", Category: "dining", OpenNow: true}}
	first, err := f.Search(t.Context(), r)
	if err != nil || first.Next == "" {
		t.Fatalf("Search: %q, %v; want a next page", first.Next, err)
	}
	r.Cursor = first.Next
	for name, change := range map[string]func(*discovery.Request){
		"another center":   func(r *discovery.Request) { r.Center.Lat += 1e-9 },
		"another radius":   func(r *discovery.Request) { r.Radius++ },
		"no radius":        func(r *discovery.Request) { r.Radius = 0 },
		"another text":     func(r *discovery.Request) { r.Text = "面馆" },
		"another category": func(r *discovery.Request) { r.Category = "noodles" },
		"another sort":     func(r *discovery.Request) { r.Sort = discovery.ByRating },
		"a band":           func(r *discovery.Request) { r.Sort, r.Band = discovery.ByDistance, 100 },
		"a box":            func(r *discovery.Request) { r.Radius, r.Box = 0, &box },
		"a price":          func(r *discovery.Request) { r.Price = discovery.AnyPrice("CNY") },
		"a rating":         func(r *discovery.Request) { r.Tenths = 10 },
		"at home":          func(r *discovery.Request) { r.AtHome = true },
		"an attribute":     func(r *discovery.Request) { r.Attributes = []string{"wifi"} },
		"a brand":          func(r *discovery.Request) { r.Brand = "kfc" },
		"a merchant":       func(r *discovery.Request) { r.Merchant = "kfc" },
		"a while":          func(r *discovery.Request) { r.OpenNow, r.OpenFrom, r.OpenTill = false, sunday, sunday.Add(1) },
		"not open now":     func(r *discovery.Request) { r.OpenNow = false },
		"another moment":   func(r *discovery.Request) { r.OpenNow, r.OpenAt = false, sunday },
	} {
		q := r
		change(&q)
		_, err := f.Search(t.Context(), q)
		if diff := cmp.Diff([]string{"cursor bad_format"}, faults(err)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	r.Limit = 9 // a page may be of another length
	if a, err := f.Search(t.Context(), r); err != nil || len(a.Hits) != 9 {
		t.Errorf("another limit: %d hits, %v; want 9", len(a.Hits), err)
	}
}

// TestNoRadiusWidens: as wide as it takes to find a page of hits, and no wider.
func TestNoRadiusWidens(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pace   float64
		limit  int
		radius geo.Metres
		hits   int
	}{
		{10, 20, 500, 20},                   // 51 within 500 m
		{90, 6, 500, 6},                     // just a page within 500 m
		{90, 7, 2_000, 7},                   // one is missing
		{300, 20, 8_000, 20},                // 27
		{900, 20, discovery.MaxRadius, 20},  // 56
		{9_000, 20, discovery.MaxRadius, 6}, // all there is
		{90_000, 20, discovery.MaxRadius, 1},
	} {
		f, _ := finder(t, 60, c.pace)
		r := discovery.Request{Center: shanghai, Limit: c.limit, Sort: discovery.ByRating}
		a, err := f.Search(t.Context(), r)
		if err != nil || a.Radius != c.radius || len(a.Hits) != c.hits {
			t.Errorf(
				"places every %v m, %d a page: %d hits within %v, %v; want %d within %v",
				c.pace,
				c.limit,
				len(a.Hits),
				a.Radius,
				err,
				c.hits,
				c.radius,
			)
		}
		radius := a.Radius
		pages(t, f, r, func(a discovery.Answer) {
			if a.Radius != radius {
				t.Errorf("places every %v m: a later page searched %v, want %v as the first", c.pace, a.Radius, radius)
			}
		})
	}
}

// TestNearestGoOn: who asks for the nearest places without a radius can read on to the end
// of what a car reaches, street by street.
func TestNearestGoOn(t *testing.T) {
	t.Parallel()
	f, ids := finder(t, 100, 333)
	for _, limit := range []int{1, 2, 7, 100} {
		for _, band := range []geo.Metres{0, 100, 300} {
			r := discovery.Request{Center: shanghai, Limit: limit, Band: band}
			last := geo.Metres(0)
			got := pages(t, f, r, func(a discovery.Answer) {
				if a.Radius < last {
					t.Errorf("a page searched %v, after one that searched %v", a.Radius, last)
				}
				last = a.Radius
			})
			want := ids
			if band == 300 { // does not fit into the radii: the first one stays
				want = ids[:len(got)]
				if limit < 100 && last == discovery.MaxRadius {
					t.Errorf("bands of %v: went on to %v", band, last)
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%d a page, bands of %v (-want +got):\n%s", limit, band, diff)
			}
		}
	}
}

// TestOpenNowIsOneMoment: on every page that of the first, however long one reads.
func TestOpenNowIsOneMoment(t *testing.T) {
	t.Parallel()
	f, ids := finder(t, 40, 3)
	later := sunday
	f.Now = func() time.Time { return later }
	for _, r := range []discovery.Request{
		{Center: shanghai, Radius: 5_000, Limit: 7, Wish: openNow},
		{Center: shanghai, Radius: 5_000, Limit: 7},
	} {
		later = sunday
		got := pages(t, f, r, func(a discovery.Answer) {
			if !a.At.Equal(sunday) {
				t.Errorf("open now %v: a page is of %v, want %v as the first", r.OpenNow, a.At, sunday)
			}
			later = later.Add(10 * time.Minute) // ten places have closed
		})
		if diff := cmp.Diff(ids, got); diff != "" {
			t.Errorf("open now %v (-want +got):\n%s", r.OpenNow, diff)
		}
	}
	later = sunday.Add(20 * time.Minute)
	if got := pages(t, f, discovery.Request{Center: shanghai, Radius: 5_000, Wish: openNow}, func(discovery.Answer) {}); len(got) != 20 {
		t.Errorf("20 minutes later: %d are open, want 20", len(got))
	}
	at := discovery.Request{Center: shanghai, Radius: 5_000, Limit: 7, Wish: discovery.Wish{OpenAt: sunday.Add(30 * time.Minute)}}
	if got := pages(t, f, at, func(a discovery.Answer) {
		if !a.At.Equal(at.OpenAt) {
			t.Errorf("a page is of %v, want %v as asked", a.At, at.OpenAt)
		}
	}); len(got) != 10 {
		t.Errorf("open at 15:30: %d, want 10", len(got))
	}
}

func TestSearchAway(t *testing.T) {
	t.Parallel()
	f := discovery.Finder{Index: missing{}, Now: time.Now}
	_, err := f.Search(t.Context(), discovery.Request{Center: shanghai})
	refused(t, "Search of an index that was never built", err, discovery.ErrIndexMissing)
	_, err = f.Suggest(t.Context(), discovery.SuggestRequest{Text: "面", Center: shanghai})
	refused(t, "Suggest", err, discovery.ErrIndexMissing)
	_, err = f.Similar(t.Context(), "plc_1", shanghai, "noodles", 5)
	refused(t, "Similar", err, discovery.ErrIndexMissing)
	for _, zoom := range []float64{10, 18} {
		_, err = f.Map(t.Context(), discovery.MapRequest{Box: box, Zoom: zoom})
		refused(t, "Map", err, discovery.ErrIndexMissing)
	}
}

// missing is an index that was never built.
type missing struct{ discovery.Index }

func (missing) Search(context.Context, discovery.Query) (discovery.Page, error) {
	return discovery.Page{}, discovery.ErrIndexMissing
}

func (missing) Clusters(context.Context, discovery.MapQuery) ([]discovery.Cluster, error) {
	return nil, discovery.ErrIndexMissing
}

func (missing) Put(context.Context, []discovery.Listing) error { return discovery.ErrIndexMissing }
