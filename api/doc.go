// Package api is Corner over HTTP, for phones: JSON under /v1, described by an
// OpenAPI document that comes out of the very structs that are read and written.
//
// Words: Wire struct: the JSON of one resource,
// unexported, in the file of that resource. Operation, Call and Problem are
// those of api/rest.
//
// Laws:
//   - No business rule. A handler decodes, parses the wire struct into a request of
//     a room, calls the room, and renders. Middleware says who acts; the room says
//     whether they may.
//   - All faults of a request are named in one answer: those that the schema shows
//     and those that the room sees, each by its JSON pointer or parameter. An answer
//     never holds the bad value, and nothing of ours but its code.
//   - Every operation is in the document, with every code it can answer.
//
// The framework below is api/rest, the only room with gin: it knows no resource. How a body
// is checked: rest/schema.go holds it against the schema that the document
// shows. huma's own validator is not used, for its answers quote the value, it lets
// 28.0 pass as an integer, and it cannot tell its reasons apart but by their text.
//
// An app serves it so:
//
//	handler := (&api.API{Accounts: accounts, Catalog: catalog, /* … */ Log: log, Now: time.Now}).Handler()
package api
