package osm

import "strings"

// kinds are the keys of tags that say what a place is, the most telling first.
var kinds = []string{"amenity", "shop", "tourism", "leisure", "healthcare", "craft", "office"}

// Kinds is what the tags of a place say that it is, as Category reads it:
// "amenity=cafe;shop=bakery". A tag may hold several values.
func Kinds(tags map[string]string) string {
	var all []string
	for _, key := range kinds {
		for value := range strings.SplitSeq(tags[key], ";") {
			if value = strings.TrimSpace(value); value != "" && value != "no" {
				all = append(all, key+"="+value)
			}
		}
	}
	return strings.Join(all, ";")
}
