package osm_test

import (
	"testing"

	"corner/catalog"
	"corner/catalog/osm"
)

func TestCategory(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ tags, cuisine, want string }{
		{"amenity=restaurant", "", "restaurant"},
		{"amenity=restaurant", "coffee_shop", "restaurant"},
		{"amenity=restaurant", "noodle", "noodles"},
		{"amenity=restaurant", "chinese;Noodles", "noodles"},
		{"amenity=restaurant", "japanese_ramen", "noodles"},
		{"amenity=restaurant", "cold noodles (naengmyeon)", "noodles"},
		{"amenity=restaurant", "shabu-shabu", "hotpot"},
		{"amenity=restaurant", "hot pot", "hotpot"},
		{"amenity=restaurant", "photo", "restaurant"}, // no pho
		{"amenity=restaurant", "steak", "restaurant"}, // no tea
		{"amenity=fast_food", "burger", "fast_food"},
		{"amenity=fast_food", "bubble_tea", "tea_drinks"},
		{"amenity=cafe", "coffee_shop;tea", "cafe"},
		{"amenity=cafe", "tea;coffee_shop", "teahouse"},
		{"amenity=cafe", "noodle", "cafe"},
		{"shop=coffee", "", "cafe"},
		{"leisure=fitness_centre", "", "gym"},
		{"amenity=bicycle_rental;toilets", "", "toilets"},
		{"amenity=place_of_worship", "", "other"},
		{"shop=something_new", "noodle", "shopping"}, // by its key
		{"shop=something_new;amenity=cafe", "", "cafe"},
		{"shop=vacant", "", "other"},
		{"office=company", "", "other"},
		{"healthcare=physiotherapist", "", "health"},
		{"", "", "other"},
		{" Amenity=Bank ", "", "bank"},
	} {
		if got := osm.Category(c.tags, c.cuisine); got != c.want {
			t.Errorf("Category(%q, %q) = %s, want %s", c.tags, c.cuisine, got, c.want)
		}
	}
}

func TestCategoryIsAlwaysInTheTree(t *testing.T) {
	t.Parallel()
	for _, tag := range osm.Tags() {
		for _, cuisine := range []string{"", "noodle", "hotpot", "bubble_tea", "tea", "bakery", "coffee"} {
			if key := osm.Category(tag, cuisine); !known(key) {
				t.Errorf("Category(%q, %q) = %q, which the tree does not have", tag, cuisine, key)
			}
		}
	}
}

func known(key string) bool { _, ok := catalog.BuiltIn.Category(key); return ok }

func TestKinds(t *testing.T) {
	t.Parallel()
	tags := map[string]string{"shop": "bakery; ", "amenity": "cafe;toilets", "name": "x", "office": "no", "tourism": "museum"}
	const want = "amenity=cafe;amenity=toilets;shop=bakery;tourism=museum"
	if got := osm.Kinds(tags); got != want {
		t.Errorf("Kinds(%v) = %q, want %q", tags, got, want)
	}
	if got := osm.Kinds(nil); got != "" {
		t.Errorf("Kinds of nothing = %q", got)
	}
}
