package esindex

import "corner/discovery"

// Schema is the number that indices carry.
const Schema = schema

// Shape is what a schema number stands for: the mapping, and listings as documents.
func Shape(listings ...*discovery.Listing) []byte {
	shape := []any{mappings()}
	for _, l := range listings {
		shape = append(shape, documentOf(l, nil))
	}
	return jsonOf(shape)
}
