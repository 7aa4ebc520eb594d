package osm

import "strings"

// other is the category of what the tree has no branch for.
const other = "other"

// byTag is the branch for an OSM tag: all of the extract of 15 cities, and what other
// extracts of shops commonly hold. What is in none of the branches but clearly under
// a top one is put there.
var byTag = map[string]string{
	"amenity=restaurant": "restaurant", "amenity=food_court": "dining", "amenity=ice_cream": "dining", "shop=confectionery": "dining",
	"amenity=fast_food": "fast_food",
	"amenity=cafe":      "cafe", "shop=coffee": "cafe",
	"shop=tea": "teahouse", "amenity=teahouse": "teahouse", "shop=bubble_tea": "tea_drinks",
	"shop=bakery": "bakery", "shop=pastry": "bakery",
	"amenity=bar": "bar", "amenity=pub": "bar", "amenity=biergarten": "bar", "amenity=nightclub": "bar",

	"shop=dry_cleaning": "dry_cleaning", "shop=laundry": "laundry", "amenity=laundry": "laundrette",
	"shop=hairdresser": "haircut", "shop=beauty": "beauty", "shop=nails": "nails", "shop=massage": "massage", "leisure=spa": "massage",
	"tourism=hotel": "hotel", "tourism=motel": "hotel", "tourism=apartment": "lodging",
	"tourism=guest_house": "guesthouse", "tourism=hostel": "guesthouse",

	"amenity=bank": "bank", "amenity=atm": "atm", "amenity=bureau_de_change": "public",
	"amenity=post_office": "post_office", "amenity=toilets": "toilets",
	"amenity=townhall": "public", "amenity=library": "public", "amenity=police": "public",

	"leisure=fitness_centre": "gym", "amenity=gym": "gym", "leisure=sports_centre": "fitness",
	"leisure=fitness_station": "fitness", "amenity=dojo": "fitness", "leisure=swimming_pool": "swimming",
	"amenity=car_wash": "car_wash", "shop=car_repair": "car_repair", "amenity=fuel": "fuel",
	"shop=car": "car", "amenity=car_rental": "car", "amenity=charging_station": "car", "amenity=parking": "car",
	"office=estate_agent": "estate_agent", "shop=estate_agent": "estate_agent",

	"shop=convenience": "convenience", "shop=supermarket": "supermarket", "shop=florist": "florist", "shop=optician": "optician",
	"shop=greengrocer": "shopping", "shop=clothes": "shopping", "shop=books": "shopping", "shop=mall": "shopping", "shop=department_store": "shopping",

	"leisure=park": "park", "leisure=garden": "park", "tourism=museum": "museum",
	"leisure=playground": "leisure", "leisure=pitch": "leisure", "tourism=artwork": "leisure", "amenity=arts_centre": "leisure",
	"amenity=internet_cafe": "leisure", "amenity=cinema": "leisure", "amenity=theatre": "leisure", "amenity=fountain": "leisure",

	"amenity=pharmacy": "pharmacy", "shop=chemist": "pharmacy", "amenity=dentist": "dentist",
	"amenity=hospital": "hospital", "amenity=clinic": "health", "amenity=doctors": "health",
	"amenity=veterinary": "pet_care", "shop=pet": "pet_care",

	"amenity=coworking_space": other, "amenity=kindergarten": other, "amenity=place_of_worship": other,
	"amenity=bicycle_rental": other, "tourism=information": other,
}

// byCuisine refines a place to eat: the branch for words that stand in its cuisine,
// the first that matches. The column is free text ("noodle", "japanese_ramen", "bread/cake/coffee").
var byCuisine = []struct{ word, category string }{
	{"hotpot", "hotpot"},
	{"hot_pot", "hotpot"},
	{"steamboat", "hotpot"},
	{"shabu", "hotpot"},
	{"sukiyaki", "hotpot"},
	{"suki", "hotpot"},
	{"noodle", "noodles"},
	{"ramen", "noodles"},
	{"udon", "noodles"},
	{"soba", "noodles"},
	{"pho", "noodles"},
	{"laksa", "noodles"},
	{"bubble_tea", "tea_drinks"},
	{"milk_tea", "tea_drinks"},
	{"teahouse", "teahouse"},
	{"tea_shop", "teahouse"},
	{"tearoom", "teahouse"},
	{"tea", "teahouse"},
	{"bakery", "bakery"},
	{"pastry", "bakery"},
	{"bread", "bakery"},
	{"coffee_shop", "cafe"},
	{"coffee", "cafe"},
}

// refines says which branches a tag may be narrowed to: a restaurant that also pours
// coffee stays a restaurant, and a café with noodles a café.
var refines = map[string]map[string]bool{
	"restaurant": {"hotpot": true, "noodles": true},
	"fast_food":  {"noodles": true, "tea_drinks": true, "bakery": true},
	"cafe":       {"tea_drinks": true, "teahouse": true, "bakery": true},
}

// Category is the key in the catalogue's tree for an OSM category, "amenity=restaurant",
// and cuisine, "noodle;chinese"; "other" for what is unknown.
func Category(tags, cuisine string) string {
	key := other
	for tag := range strings.SplitSeq(tags, ";") {
		tag = strings.ToLower(strings.TrimSpace(tag))
		if !strings.Contains(tag, "=") { // "amenity=bicycle_rental;toilets"
			tag = "amenity=" + tag
		}
		if known, ok := byTag[tag]; ok && known != other {
			key = known
			break
		}
	}
	if cuisine == "" || refines[key] == nil {
		return key
	}
	words := wordsOf(cuisine)
	// The first word of a café decides: "coffee_shop;tea" is a café, "tea;coffee_shop" a teahouse.
	for _, w := range words {
		for _, c := range byCuisine {
			if !matches(w, c.word) {
				continue
			}
			if refines[key][c.category] {
				return c.category
			}
			if c.category == key {
				return key
			}
			break
		}
	}
	return key
}

func wordsOf(cuisine string) []string {
	return strings.FieldsFunc(strings.ToLower(cuisine), func(r rune) bool {
		return r == ';' || r == ',' || r == '/' || r == '&'
	})
}

// matches reports whether word stands in s at the boundaries of words, in the singular
// or plural.
func matches(s, word string) bool {
	s = "_" + strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '(' || r == ')' || r == '.' {
			return '_'
		}
		return r
	}, s) + "_"
	return strings.Contains(s, "_"+word+"_") || strings.Contains(s, "_"+word+"s_")
}
