package rest

import (
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"corner/fault"
)

const bearer = "bearer"

// catalogue is every fault that an operation can answer, by code.
type catalogue map[string]*fault.Error

// huma is the operation in huma's words.
func (op Operation) huma() huma.Operation {
	h := huma.Operation{
		OperationID: op.ID, Method: op.Method, Path: op.Path, Tags: []string{op.Tag}, Summary: op.Summary, Description: op.About,
		DefaultStatus: op.Status, SkipValidateParams: true, Responses: map[string]*huma.Response{},
		Security: []map[string][]string{},
	}
	switch {
	case op.SignedIn:
		h.Security = []map[string][]string{{bearer: {}}}
	case !op.Open && !op.SignsIn:
		h.Security = []map[string][]string{{}, {bearer: {}}}
	}
	return h
}

// refusals describes what the operation can refuse with, once its parameters are known.
func (s *Server) refusals(op Operation, h *huma.Operation, hasBody bool) {
	list := append(slices.Clone(op.Faults), op.commonFaults(hasBody)...)
	if len(h.Parameters) > 0 && !hasBody && slices.ContainsFunc(h.Parameters, func(p *huma.Param) bool { return p.In != "path" }) {
		list = append(list, fault.ErrInvalid)
	}
	byStatus := map[int][]*fault.Error{}
	for _, e := range list {
		status := StatusFor(e)
		if !slices.ContainsFunc(byStatus[status], func(o *fault.Error) bool { return o.Code == e.Code }) {
			byStatus[status] = append(byStatus[status], e)
		}
		s.Faults[e.Code] = e
	}
	schema := s.huma.OpenAPI().Components.Schemas.Schema(TypeFor[problem](), true, "Problem")
	for status, faults := range byStatus {
		h.Responses[strconv.Itoa(status)] = refusal(status, faults, schema)
	}
}

// otherForms describes the media types in which an operation answers by Accept.
func (s *Server) otherForms(op Operation, h *huma.Operation) {
	for media, shape := range op.Others {
		schema := s.huma.OpenAPI().Components.Schemas.Schema(reflect.TypeOf(shape), true, "")
		h.Responses[strconv.Itoa(http.StatusOK)].Content[media] = &huma.MediaType{Schema: schema}
	}
}

func refusal(status int, faults []*fault.Error, schema *huma.Schema) *huma.Response {
	var lines []string
	for _, e := range faults {
		lines = append(lines, fmt.Sprintf("- `%s`: %s", e.Code, e.En))
	}
	// One example: the others differ in what the lines above say.
	e := faults[0]
	example := map[string]any{
		"type": "/problems/" + e.Code, "title": http.StatusText(status), "status": status, "detail": e.En,
		"code": e.Code, "request_id": "req_01kay3c4zq8v0e5t7m2r9x6b1d",
	}
	if e.Kind == fault.Invalid {
		example["errors"] = []any{map[string]any{"pointer": "/name", "code": fault.Required.Code, "message": fault.Required.En}}
	}
	r := &huma.Response{
		Description: http.StatusText(status) + "\n\n" + strings.Join(lines, "\n"),
		Content:     map[string]*huma.MediaType{"application/problem+json": {Schema: schema, Example: example}},
	}
	if status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable {
		r.Headers = map[string]*huma.Param{
			"Retry-After": {Description: "Seconds after which to try again.", Schema: &huma.Schema{Type: huma.TypeInteger}},
		}
	}
	if status == http.StatusUnauthorized {
		r.Headers = map[string]*huma.Param{"WWW-Authenticate": {Description: "Bearer", Schema: &huma.Schema{Type: huma.TypeString}}}
	}
	if status == http.StatusPreconditionFailed {
		r.Headers = map[string]*huma.Param{"ETag": {Description: "The present version.", Schema: &huma.Schema{Type: huma.TypeString}}}
	}
	return r
}

// requestBody describes the body of an operation.
func (op Operation) requestBody(schema *huma.Schema) *huma.RequestBody {
	media := &huma.MediaType{Schema: schema, Example: op.Example}
	content := map[string]*huma.MediaType{"application/json": media}
	if op.Patches {
		content[mergePatchJSON] = media
	}
	return &huma.RequestBody{Required: !op.Optional, Content: content}
}

// PathOperation is the operation as the document holds it.
func (s *Server) PathOperation(op Operation) *huma.Operation {
	return OperationsOf(s.huma.OpenAPI().Paths[op.Path])[op.Method]
}

// OperationsOf is the operations of a path, by method: the one list of methods.
func OperationsOf(item *huma.PathItem) map[string]*huma.Operation {
	all := map[string]*huma.Operation{
		http.MethodGet: item.Get, http.MethodHead: item.Head, http.MethodPost: item.Post, http.MethodPut: item.Put,
		http.MethodPatch: item.Patch, http.MethodDelete: item.Delete, http.MethodOptions: item.Options, http.MethodTrace: item.Trace,
	}
	maps.DeleteFunc(all, func(_ string, op *huma.Operation) bool { return op == nil })
	return all
}

// TypeFor is the type T.
func TypeFor[T any]() reflect.Type { return reflect.TypeFor[T]() }

// Codes is every code of the catalogue, in order.
func (c catalogue) Codes() []string { return slices.Sorted(maps.Keys(c)) }
