package rest

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// finish completes the document when all operations are in it.
func (s *Server) finish() {
	known := s.huma.OpenAPI().Components.Schemas.Map()
	// Of huma's own errors, which are never sent.
	delete(known, "ErrorModel")
	delete(known, "ErrorDetail")
	for _, schema := range s.answered() {
		// An answer may grow, so its schema is open, or the clients that are generated from it
		// refuse each new field. What a request may hold is checked all the same: see checkObject.
		if schema.AdditionalProperties == false {
			schema.AdditionalProperties = nil
		}
	}
	for _, item := range s.huma.OpenAPI().Paths {
		for _, op := range OperationsOf(item) {
			s.exemplify(op)
		}
	}
}

// answered is every schema of an object that an answer may hold.
func (s *Server) answered() []*huma.Schema {
	seen := map[*huma.Schema]bool{}
	var walk func(schema *huma.Schema)
	walk = func(schema *huma.Schema) {
		if schema == nil {
			return
		}
		schema = s.resolve(schema)
		if seen[schema] {
			return
		}
		seen[schema] = true
		walk(schema.Items)
		for _, p := range schema.Properties {
			walk(p)
		}
	}
	for _, item := range s.huma.OpenAPI().Paths {
		for _, op := range OperationsOf(item) {
			for _, r := range op.Responses {
				for _, media := range r.Content {
					walk(media.Schema)
				}
			}
		}
	}
	return slices.Collect(maps.Keys(seen))
}

// exemplify gives each JSON answer of an operation that has no example one that is made of
// the examples of its fields.
func (s *Server) exemplify(op *huma.Operation) {
	for _, r := range op.Responses {
		for media, content := range r.Content {
			if content.Example == nil && strings.HasSuffix(media, "json") {
				content.Example, _ = s.Example(content.Schema)
			}
		}
	}
}

// exampleTime is a moment, wherever a field has no example of its own.
const exampleTime = "2026-05-01T19:00:00+08:00"

// Example is a value as a schema describes it, and the fields, by path, for which there is
// none.
func (s *Server) Example(schema *huma.Schema) (v any, missing []string) {
	schema = s.resolve(schema)
	switch {
	case len(schema.Examples) > 0:
		return plainJSON(schema.Examples[0]), nil
	case schema.Default != nil:
		return plainJSON(schema.Default), nil
	case len(schema.Enum) > 0:
		return schema.Enum[0], nil
	case schema.Format == "date-time":
		return exampleTime, nil
	}
	switch schema.Type {
	case huma.TypeObject:
		object := map[string]any{}
		for _, name := range slices.Sorted(maps.Keys(schema.Properties)) {
			value, lacks := s.Example(schema.Properties[name])
			if value == nil && !slices.Contains(schema.Required, name) {
				continue // it may be absent, and is
			}
			for _, path := range lacks {
				missing = append(missing, strings.TrimSuffix(name+"."+path, "."))
			}
			object[name] = value
		}
		return object, missing
	case huma.TypeArray:
		value, lacks := s.Example(schema.Items)
		for _, path := range lacks {
			missing = append(missing, strings.TrimSuffix("[]."+path, "."))
		}
		if len(missing) > 0 {
			return nil, missing
		}
		return []any{value}, nil
	case huma.TypeBoolean:
		return true, nil
	}
	if schema.Nullable {
		return nil, nil
	}
	return nil, []string{""}
}

// plainJSON is an example as JSON decodes it.
func plainJSON(v any) any {
	raw, err := json.Marshal(v)
	if err != nil {
		panic("rest: an example that is no JSON: " + err.Error()) // of our own tags only
	}
	var plain any
	if err := json.Unmarshal(raw, &plain); err != nil {
		panic("rest: an example that is no JSON: " + err.Error())
	}
	return plain
}
