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
		{"shop=something_new", "noodle", "other"},
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

func known(key string) bool { _, ok := catalog.CategoryOf(key); return ok }
