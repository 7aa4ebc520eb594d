// Package osm says what OpenStreetMap's tags mean in the catalogue: which branch of the
// tree of categories a tag belongs to.
//
//	osm.Category("amenity=restaurant", "noodle;chinese") // "noodles"
//
// Law: whatever the tags, the category is one of the tree's; "other" for what nobody
// knows.
package osm
