package api

import (
	"bytes"
	"encoding/json"
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

// apiVersion is that of the interface, not of the program: /v1 grows only by addition.
const apiVersion = "1.0.0"

// The tags that operations are grouped by.
const (
	tagSignIn    = "sign-in"
	tagDevices   = "devices"
	tagMerchants = "merchants"
	tagPlaces    = "places"
	tagServices  = "services"
	tagPhotos    = "photos"
	tagSearch    = "search"
	tagBookings  = "bookings"
	tagVisits    = "visits"
	tagReviews   = "reviews"
	tagServer    = "server"
)

var tags = []*huma.Tag{
	{Name: tagSignIn, Description: "A phone number, a one-time code, tokens."},
	{Name: tagDevices, Description: "Where you are signed in."},
	{Name: tagMerchants, Description: "Businesses and who works for them."},
	{Name: tagPlaces, Description: "Spots that consumers can find: registered where they stand, published when complete."},
	{Name: tagServices, Description: "What places sell."},
	{Name: tagPhotos, Description: "What places and what they sell look like."},
	{Name: tagSearch, Description: "Finding places nearby."},
	{Name: tagBookings, Description: "Slots, holds and bookings."},
	{Name: tagVisits, Description: "Confirming at the counter that somebody came."},
	{Name: tagReviews, Description: "What verified visitors say."},
	{Name: tagServer, Description: "For who operates the server."},
}

const about = `Merchants register the exact spot and what is on offer; people nearby find it, book, come in, have the visit confirmed, and say how it was.

**Refusals** are RFC 9457 problems with a stable ` + "`code`" + `; ` + "`errors`" + ` names every faulty value of a request at once. **Texts for people** come in English or Chinese, by ` + "`Accept-Language`" + `. **Money** is whole minor units with an ISO 4217 currency. **Times** are RFC 3339. **Lists** go on with ` + "`next_cursor`" + `, which is null on the last page.

Every POST that creates takes an ` + "`Idempotency-Key`" + `: a phone that lost the answer repeats the call and gets it. A change of a place names the version it changes: ` + "`If-Match`" + ` with the ` + "`ETag`" + ` that was read. What is not yours and what is not there are answered alike.`

func humaConfig() huma.Config {
	return huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{
				Title: "Corner", Version: apiVersion, Description: about,
				Contact: &huma.Contact{Name: "The operator of this server"},
				License: &huma.License{Name: "Apache 2.0", Identifier: "Apache-2.0"},
			},
			Servers: []*huma.Server{{URL: "/", Description: "The server that answers this document."}},
			Tags:    tags,
			Components: &huma.Components{
				Schemas: huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer),
				SecuritySchemes: map[string]*huma.SecurityScheme{bearer: {
					Type: "http", Scheme: "bearer", BearerFormat: "JWT", Description: "The access_token of POST /v1/auth/tokens.",
				}},
			},
		},
		Formats:       formats(),
		DefaultFormat: "application/json",
	}
}

const bearer = "bearer"

// document is the OpenAPI document, laid out to be read and compared.
func (s *surface) document() []byte {
	var b bytes.Buffer
	raw, err := json.Marshal(s.huma.OpenAPI())
	if err == nil {
		err = json.Indent(&b, raw, "", "  ")
	}
	if err != nil {
		panic("api: encode the OpenAPI document: " + err.Error()) // of our own structs only
	}
	b.WriteByte('\n')
	return b.Bytes()
}

// catalogue is every fault that an operation can answer, by code.
type catalogue map[string]*fault.Error

// huma is the operation in huma's words.
func (op operation) huma() huma.Operation {
	h := huma.Operation{
		OperationID: op.id, Method: op.method, Path: op.path, Tags: []string{op.tag}, Summary: op.summary, Description: op.about,
		DefaultStatus: op.status, SkipValidateParams: true, Responses: map[string]*huma.Response{},
		Security: []map[string][]string{},
	}
	switch {
	case op.signedIn:
		h.Security = []map[string][]string{{bearer: {}}}
	case !op.open && op.tag != tagSignIn:
		h.Security = []map[string][]string{{}, {bearer: {}}}
	}
	return h
}

// refusals describes what the operation can refuse with, once its parameters are known.
func (s *surface) refusals(op operation, h *huma.Operation, hasBody bool) {
	list := append(slices.Clone(op.faults), op.commonFaults(hasBody)...)
	if len(h.Parameters) > 0 && !hasBody && slices.ContainsFunc(h.Parameters, func(p *huma.Param) bool { return p.In != "path" }) {
		list = append(list, fault.ErrInvalid)
	}
	byStatus := map[int][]*fault.Error{}
	for _, e := range list {
		status := statusFor(e)
		if !slices.ContainsFunc(byStatus[status], func(o *fault.Error) bool { return o.Code == e.Code }) {
			byStatus[status] = append(byStatus[status], e)
		}
		s.faults[e.Code] = e
	}
	schema := s.huma.OpenAPI().Components.Schemas.Schema(typeFor[problem](), true, "Problem")
	for status, faults := range byStatus {
		h.Responses[strconv.Itoa(status)] = refusal(status, faults, schema)
	}
}

// otherForms describes the media types in which an operation answers by Accept.
func (s *surface) otherForms(op operation, h *huma.Operation) {
	for media, shape := range op.others {
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
func (op operation) requestBody(schema *huma.Schema) *huma.RequestBody {
	media := &huma.MediaType{Schema: schema, Example: op.example}
	content := map[string]*huma.MediaType{"application/json": media}
	if op.patches {
		content[mergePatchJSON] = media
	}
	return &huma.RequestBody{Required: true, Content: content}
}

// pathOperation is the operation as the document holds it.
func (s *surface) pathOperation(op operation) *huma.Operation {
	return operationsOf(s.huma.OpenAPI().Paths[op.path])[op.method]
}

// operationsOf is the operations of a path, by method: the one list of methods.
func operationsOf(item *huma.PathItem) map[string]*huma.Operation {
	all := map[string]*huma.Operation{
		http.MethodGet: item.Get, http.MethodHead: item.Head, http.MethodPost: item.Post, http.MethodPut: item.Put,
		http.MethodPatch: item.Patch, http.MethodDelete: item.Delete, http.MethodOptions: item.Options, http.MethodTrace: item.Trace,
	}
	maps.DeleteFunc(all, func(_ string, op *huma.Operation) bool { return op == nil })
	return all
}

func typeFor[T any]() reflect.Type { return reflect.TypeFor[T]() }

// codes is every code of the catalogue, in order.
func (c catalogue) codes() []string { return slices.Sorted(maps.Keys(c)) }
