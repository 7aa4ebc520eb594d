package api

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"corner/api/rest"

	"github.com/danielgtaylor/huma/v2"
)

type contentOf struct {
	schema  *huma.Schema
	example any
}

func encoded(v any) []byte {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return raw
}

// WithoutExample is what operations lack an example of.
func WithoutExample() []string {
	s := (&API{}).server()
	return withoutExample(s)
}

// WrongExamples is the examples of bodies that the schema of their operation refuses.
func WrongExamples() map[string][]string {
	s := (&API{}).server()
	wrong := map[string][]string{}
	r := rest.Schemas{Registry: s.OpenAPI().Components.Schemas}
	for path, item := range s.OpenAPI().Paths {
		for method, op := range rest.OperationsOf(item) {
			bodies := map[string]contentOf{}
			if op.RequestBody != nil {
				for media, c := range op.RequestBody.Content {
					bodies["request "+media] = contentOf{c.Schema, c.Example}
				}
			}
			for status, answer := range op.Responses {
				for media, c := range answer.Content {
					bodies[status+" "+media] = contentOf{c.Schema, c.Example}
				}
			}
			for name, c := range bodies {
				if c.example == nil {
					continue
				}
				var f rest.Faults
				v, err := rest.DecodeJSON(encoded(c.example))
				if err == nil {
					r.Check(&f, c.schema, "", v)
				}
				for _, field := range f.List {
					wrong[method+" "+path+" "+name] = append(wrong[method+" "+path+" "+name], field.Name+" "+field.Code)
				}
			}
		}
	}
	return wrong
}

// OperationIDs is every operationId of the document.
func OperationIDs() (ids []string) {
	s := (&API{}).server()
	for _, item := range s.OpenAPI().Paths {
		for _, op := range rest.OperationsOf(item) {
			ids = append(ids, op.OperationID)
		}
	}
	return ids
}

// withoutExample is what an operation lacks an example of, as "POST /v1/x: 201 name".
func withoutExample(s *rest.Server) (list []string) {
	for path, item := range s.OpenAPI().Paths {
		for method, op := range rest.OperationsOf(item) {
			if op.RequestBody != nil {
				for media, content := range op.RequestBody.Content {
					if content.Example == nil && strings.HasSuffix(media, "json") {
						list = append(list, fmt.Sprintf("%s %s: request %s", method, path, media))
					}
				}
			}
			for status, r := range op.Responses {
				n, err := strconv.Atoi(status)
				for media, content := range r.Content {
					_, lacks := s.Example(content.Schema)
					for _, field := range lacks {
						if err == nil && n < 300 && strings.HasSuffix(media, "json") {
							list = append(list, fmt.Sprintf("%s %s: %s %s", method, path, status, field))
						}
					}
				}
			}
		}
	}
	slices.Sort(list)
	return list
}
