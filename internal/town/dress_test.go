package town_test

import (
	"testing"

	"corner/catalog"
	"corner/geo"
	"corner/internal/town"
)

// TestDress: the town shows what merchants can say of a place and of what they sell.
func TestDress(t *testing.T) {
	t.Parallel()
	tn := town.Make(1)
	counts := map[string]int{}
	brands := map[string]int{}
	for i := range tn.Listings {
		l := &tn.Listings[i]
		for what, is := range map[string]bool{
			"attributes": len(l.Attributes) > 2, "branches": l.Branch != "", "approximate": l.Location.Accuracy > 50,
			"pinned": l.Location.How == catalog.MapPin, "doors": l.Location.Entrance != nil, "long menus": len(l.Offers) >= 40,
		} {
			if is {
				counts[what]++
			}
		}
		brands[catalog.BrandOf(l.Names)]++
		home := 0
		for _, o := range l.Offers {
			if o.PriceTo.Minor > o.Price.Minor {
				counts["ranges"]++
			}
			if o.AtHome != nil {
				home++
			}
			if o.Payment.Kind == catalog.PayPrepaid && o.Cancellation.Fee > 0 {
				counts["terms"]++
			}
		}
		if home > 0 {
			counts["at home"]++
		}
		if e := l.Location.Entrance; e != nil {
			if d := geo.Distance(*e, l.Location.Point); d < 10 || d > 50 {
				t.Errorf("%s: its door is %.0f m away", l.Source, d)
			}
		}
	}
	t.Logf("%v, brands %v", counts, brands)
	for what, least := range map[string]int{
		"attributes": 1_400, "branches": 200, "approximate": 4, "pinned": 200, "doors": 50, "long menus": 12, "ranges": 200, "terms": 50, "at home": 30,
	} {
		if counts[what] < least {
			t.Errorf("%s: %d, want %d or more", what, counts[what], least)
		}
	}
	if counts["approximate"] > 20 || brands["kfc"] != 4 || len(brands) < 5 {
		t.Errorf("%d approximate places, brands %v", counts["approximate"], brands)
	}
}

// TestLongMenus: a long menu stands under headings, in order, and each dish has a price.
func TestLongMenus(t *testing.T) {
	t.Parallel()
	tn := town.Make(1)
	for _, l := range tn.Listings {
		if len(l.Offers) < 40 {
			continue
		}
		headings, told, last := map[string]bool{}, 0, 0
		for _, o := range l.Offers {
			if o.Bookable {
				continue
			}
			if o.Section == "" || o.Position <= last || o.Price.Minor <= 0 {
				t.Errorf("%s: %q stands at %d after %d under %q for %d", l.Source, o.Name, o.Position, last, o.Section, o.Price.Minor)
			}
			headings[o.Section], last = true, o.Position
			if o.Description != "" {
				told++
			}
		}
		if len(headings) < 5 || told < 10 {
			t.Errorf("%s: %d headings, %d descriptions", l.Source, len(headings), told)
		}
	}
}
