package esindex

import "corner/discovery"

// Schema is the number that indices carry.
const Schema = schema

// Shape is all that a schema number stands for: the mapping, and a listing as a document.
func Shape(l *discovery.Listing) []byte { return jsonOf([]any{mappings(), documentOf(l)}) }
