package osm

import "strings"

// other is the category of what the tree has no branch for.
const other = "other"

// byTag is the branch for an OSM tag: all of the extract of 15 cities, and what other
// extracts of shops commonly hold. What is in none of the branches but clearly under
// a top one is put there.
var byTag = map[string]string{
	"amenity=restaurant": "restaurant",
	"amenity=food_court": "dining",
	"amenity=ice_cream":  "dining",
	"shop=confectionery": "dining",
	"amenity=fast_food":  "fast_food",
	"amenity=cafe":       "cafe",
	"shop=coffee":        "cafe",
	"shop=tea":           "teahouse",
	"amenity=teahouse":   "teahouse",
	"shop=bubble_tea":    "tea_drinks",
	"shop=bakery":        "bakery",
	"shop=pastry":        "bakery",
	"amenity=bar":        "bar",
	"amenity=pub":        "bar",
	"amenity=biergarten": "bar",
	"amenity=nightclub":  "bar",

	"shop=dry_cleaning":   "dry_cleaning",
	"shop=laundry":        "laundry",
	"amenity=laundry":     "laundrette",
	"shop=hairdresser":    "haircut",
	"shop=beauty":         "beauty",
	"shop=nails":          "nails",
	"shop=massage":        "massage",
	"leisure=spa":         "massage",
	"tourism=hotel":       "hotel",
	"tourism=motel":       "hotel",
	"tourism=apartment":   "lodging",
	"tourism=guest_house": "guesthouse",
	"tourism=hostel":      "guesthouse",

	"amenity=bank":             "bank",
	"amenity=atm":              "atm",
	"amenity=bureau_de_change": "public",
	"amenity=post_office":      "post_office",
	"amenity=toilets":          "toilets",
	"amenity=townhall":         "public",
	"amenity=library":          "public",
	"amenity=police":           "public",

	"leisure=fitness_centre":   "gym",
	"amenity=gym":              "gym",
	"leisure=sports_centre":    "fitness",
	"leisure=fitness_station":  "fitness",
	"amenity=dojo":             "fitness",
	"leisure=swimming_pool":    "swimming",
	"amenity=car_wash":         "car_wash",
	"shop=car_repair":          "car_repair",
	"amenity=fuel":             "fuel",
	"shop=car":                 "car",
	"amenity=car_rental":       "car",
	"amenity=charging_station": "car",
	"amenity=parking":          "car",
	"office=estate_agent":      "estate_agent",
	"shop=estate_agent":        "estate_agent",

	"shop=convenience":      "convenience",
	"shop=supermarket":      "supermarket",
	"shop=florist":          "florist",
	"shop=optician":         "optician",
	"shop=greengrocer":      "shopping",
	"shop=clothes":          "shopping",
	"shop=books":            "shopping",
	"shop=mall":             "shopping",
	"shop=department_store": "shopping",

	"leisure=park":          "park",
	"leisure=garden":        "park",
	"tourism=museum":        "museum",
	"leisure=playground":    "leisure",
	"leisure=pitch":         "leisure",
	"tourism=artwork":       "leisure",
	"amenity=arts_centre":   "leisure",
	"amenity=internet_cafe": "leisure",
	"amenity=cinema":        "leisure",
	"amenity=theatre":       "leisure",
	"amenity=fountain":      "leisure",

	"amenity=pharmacy":   "pharmacy",
	"shop=chemist":       "pharmacy",
	"amenity=dentist":    "dentist",
	"amenity=hospital":   "hospital",
	"amenity=clinic":     "health",
	"amenity=doctors":    "health",
	"amenity=veterinary": "pet_care",
	"shop=pet":           "pet_care",

	"shop=deli":                  "dining",
	"shop=alcohol":               "shopping",
	"shop=wine":                  "shopping",
	"shop=kiosk":                 "convenience",
	"shop=newsagent":             "convenience",
	"shop=general":               "convenience",
	"shop=butcher":               "shopping",
	"shop=seafood":               "shopping",
	"shop=hearing_aids":          "health",
	"shop=medical_supply":        "health",
	"shop=tyres":                 "car_repair",
	"shop=car_parts":             "car",
	"shop=motorcycle":            "car",
	"shop=motorcycle_repair":     "car_repair",
	"shop=pet_grooming":          "pet_care",
	"shop=cosmetics":             "beauty",
	"shop=tattoo":                "beauty",
	"shop=copyshop":              other,
	"shop=travel_agency":         other,
	"shop=bookmaker":             other,
	"shop=lottery":               other,
	"shop=storage_rental":        other,
	"shop=vacant":                other,
	"craft=bakery":               "bakery",
	"craft=caterer":              "dining",
	"craft=confectionery":        "dining",
	"craft=optician":             "optician",
	"craft=dressmaker":           "shopping",
	"craft=tailor":               "shopping",
	"craft=cleaning":             "home_cleaning",
	"tourism=chalet":             "lodging",
	"tourism=camp_site":          "lodging",
	"tourism=caravan_site":       "lodging",
	"tourism=attraction":         "leisure",
	"tourism=viewpoint":          "leisure",
	"tourism=zoo":                "leisure",
	"tourism=theme_park":         "leisure",
	"tourism=gallery":            "leisure",
	"tourism=aquarium":           "leisure",
	"leisure=yoga":               "yoga",
	"leisure=sauna":              "massage",
	"leisure=ice_rink":           "fitness",
	"leisure=stadium":            "fitness",
	"leisure=golf_course":        "fitness",
	"leisure=nature_reserve":     "park",
	"leisure=swimming_area":      "swimming",
	"healthcare=pharmacy":        "pharmacy",
	"healthcare=dentist":         "dentist",
	"healthcare=hospital":        "hospital",
	"healthcare=optometrist":     "optician",
	"amenity=public_bath":        "massage",
	"amenity=courthouse":         "public",
	"amenity=fire_station":       "public",
	"amenity=embassy":            "public",
	"amenity=community_centre":   "public",
	"amenity=social_facility":    "public",
	"office=government":          "public",
	"amenity=motorcycle_rental":  "car",
	"amenity=vehicle_inspection": "car",
	"amenity=driving_school":     other,

	"amenity=coworking_space":  other,
	"amenity=kindergarten":     other,
	"amenity=place_of_worship": other,
	"amenity=bicycle_rental":   other,
	"tourism=information":      other,
}

// byKey is the branch for a tag that byTag does not have, by its key.
var byKey = map[string]string{"shop": "shopping", "leisure": "leisure", "healthcare": "health"}

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
	key, loose := other, other
	for tag := range strings.SplitSeq(tags, ";") {
		tag = strings.ToLower(strings.TrimSpace(tag))
		if !strings.Contains(tag, "=") { // "amenity=bicycle_rental;toilets"
			tag = "amenity=" + tag
		}
		known, ok := byTag[tag]
		if ok && known != other {
			key = known
			break
		}
		if name, _, _ := strings.Cut(tag, "="); !ok && loose == other && byKey[name] != "" {
			loose = byKey[name]
		}
	}
	if key == other {
		key = loose
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
