package town_test

import (
	"context"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"corner/catalog"
	"corner/geo"
	"corner/identity"
	"corner/internal/town"
)

func TestSameSeedSameTown(t *testing.T) {
	t.Parallel()
	one, two, other := town.Make(7), town.Make(7), town.Make(8)
	if !reflect.DeepEqual(one.Listings, two.Listings) { // cmp takes seconds to find them equal
		t.Errorf("two towns of one seed (-one +two):\n%s", cmp.Diff(one.Listings, two.Listings))
	}
	if one.Showcase != two.Showcase || reflect.DeepEqual(one.Listings, other.Listings) {
		t.Error("the showcase differs, or two seeds make one town")
	}
}

func TestCounts(t *testing.T) {
	t.Parallel()
	tn := town.Make(1)
	if n := len(tn.Listings); n != 2_000 {
		t.Errorf("%d places, want 2000", n)
	}
	top, all := map[string]int{}, map[string]int{}
	var offers, bookable int
	for _, l := range tn.Listings {
		line := catalog.BuiltIn.Lineage(l.Category)
		if len(line) == 0 {
			t.Fatalf("%s: category %q", l.Source, l.Category)
		}
		all[l.Category]++
		top[line[len(line)-1].Key]++
		offers += len(l.Offers)
		if books(l) {
			bookable++
			if catalog.BuiltIn.DiscoveryOnly(l.Category) {
				t.Errorf("%s is a public service and bookable", l.Source)
			}
		}
	}
	t.Logf("%d offers; %d places take bookings; %v; %v", offers, bookable, top, all)
	for _, c := range catalog.BuiltIn.List {
		if c.Parent == "" && top[c.Key] == 0 {
			t.Errorf("no place of %s", c.Key)
		}
		if c.Parent != "" && all[c.Key] == 0 {
			t.Errorf("no place of %s", c.Key)
		}
	}
	if top["dining"] < 900 || bookable < 800 || bookable > 1_300 {
		t.Errorf("%d to eat, %d bookable", top["dining"], bookable)
	}
}

func books(l catalog.Listing) bool {
	for _, o := range l.Offers {
		if o.Bookable {
			return true
		}
	}
	return false
}

func TestListings(t *testing.T) {
	t.Parallel()
	tn := town.Make(1)
	phones, sources, names := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, l := range tn.Listings {
		if !strings.ContainsFunc(l.Names.Main, han) && !strings.HasPrefix(l.Names.Main, "KTV") {
			t.Errorf("%s: no Chinese in %q", l.Source, l.Names.Main)
		}
		if l.Names.En == "" || strings.ContainsFunc(l.Names.En, han) {
			t.Errorf("%s: the English name is %q", l.Source, l.Names.En)
		}
		if sources[l.Source] || names[l.Names.Main] {
			t.Errorf("%s: the source or %s again", l.Source, l.Names.Main)
		}
		sources[l.Source], names[l.Names.Main] = true, true
		if !l.Hours.Known() {
			t.Errorf("%s: no hours", l.Source)
		}
		if l.Phone != "" && (phones[l.Phone] || !strings.HasPrefix(l.Phone, "+865120")) {
			t.Errorf("%s: phone %s is taken, or may be somebody's", l.Source, l.Phone)
		}
		phones[l.Phone] = true
		if p, ok := identity.ParsePhone(l.Phone); l.Phone != "" && (!ok || p != l.Phone) {
			t.Errorf("%s: phone %s reads as %q, %v", l.Source, l.Phone, p, ok)
		}
		if n := len(l.Offers); n == 1 || n > 6 && n < 40 {
			t.Errorf("%s: %d services", l.Source, n)
		}
	}
}

func han(r rune) bool { return unicode.Is(unicode.Han, r) }

// Every listing passes the checks of the catalogue, whatever the seed.
func TestCatalogTakesEveryListing(t *testing.T) {
	t.Parallel()
	c := catalog.Catalog{Store: taker{}, Now: time.Now}
	for seed := range int64(3) {
		tn := town.Make(seed)
		_, reasons, err := c.Import(t.Context(), tn.Listings)
		if err != nil {
			t.Fatal(err)
		}
		for i, reason := range reasons {
			if reason != nil {
				t.Errorf("seed %d: %s: %v", seed, tn.Listings[i].Source, reason)
			}
		}
	}
}

// taker is a store of places that takes all of them and keeps none.
type taker struct{ catalog.Store }

func (taker) Import(_ context.Context, entries []catalog.Entry, _ func(catalog.Stored) catalog.Outcome) ([]catalog.Outcome, error) {
	return make([]catalog.Outcome, len(entries)), nil
}

func TestSpread(t *testing.T) {
	t.Parallel()
	tn := town.Make(1)
	var spots []geo.Point
	near, within := 0, 0
	cells := map[[2]int]int{}
	for _, l := range tn.Listings {
		p := l.Location.Point
		spots = append(spots, p)
		d := metres(p, tn.Center)
		if d > 5_500 {
			t.Errorf("%s is %.0f m from the center", l.Source, d)
		}
		if d < 2_000 {
			near++
		}
		if d < 1_000 {
			within++
		}
		cells[[2]int{int(p.Lat * 1000), int(p.Lng * 1000)}]++
	}
	closest := math.Inf(1)
	for i := range spots {
		for k := range i {
			closest = min(closest, metres(spots[i], spots[k]))
		}
	}
	fullest := 0
	for _, n := range cells {
		fullest = max(fullest, n)
	}
	t.Logf(
		"%d places within 1 km, %d within 2 km; nearest two %.1f m apart; %d of the 100 m squares used, the fullest holds %d",
		within,
		near,
		closest,
		len(cells),
		fullest,
	)
	if closest < 2 {
		t.Errorf("two places are %.2f m apart, want 2 m or more", closest)
	}
	if within < 400 || near < 1_200 || near > 1_990 {
		t.Errorf("%d places within 1 km, %d within 2 km: not a town", within, near)
	}
	// Along streets, not all over: few of the 100 m squares hold anything, some hold much.
	if len(cells) > 900 || fullest < 15 {
		t.Errorf("%d squares, the fullest with %d: too even", len(cells), fullest)
	}
}

// metres is the distance on a plane, enough for neighbours.
func metres(a, b geo.Point) float64 {
	return math.Hypot((a.Lat-b.Lat)*110_880, (a.Lng-b.Lng)*95_190)
}

func TestShowcase(t *testing.T) {
	t.Parallel()
	for seed := range int64(20) {
		tn := town.Make(seed)
		l := tn.Listings[tn.Showcase.Listing]
		if l.Category != "noodles" || l.Names.Main != tn.Showcase.Query || l.Names.En != tn.Showcase.QueryEn {
			t.Errorf("seed %d: the showcase is %+v", seed, l)
		}
		if d := metres(l.Location.Point, tn.Center); d > 600 {
			t.Errorf("seed %d: the showcase is %.0f m from the center", seed, d)
		}
		if o := l.Offers[tn.Showcase.Table]; !o.Bookable || o.Capacity < 10 {
			t.Errorf("seed %d: the table is %+v", seed, o)
		}
		if _, ok := identity.ParsePhone(tn.Showcase.Owner); !ok {
			t.Errorf("seed %d: owner %q", seed, tn.Showcase.Owner)
		}
	}
}

func TestClock(t *testing.T) {
	t.Parallel()
	present, past := time.Unix(2_000, 0), time.Unix(1_000, 0)
	c := town.Clock{Real: func() time.Time { return present }}
	for _, step := range []struct {
		do   func()
		want time.Time
	}{{func() {}, present}, {func() { c.Stand(past) }, past}, {func() { c.Stand(past.Add(1)) }, past.Add(1)}, {c.Release, present}} {
		step.do()
		if got := c.Now(); !got.Equal(step.want) {
			t.Errorf("the clock shows %v, want %v", got, step.want)
		}
	}
}
