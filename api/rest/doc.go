// Package rest is how operations are served over HTTP, whatever they are about: reading
// and checking requests, idempotency keys and versions, merge patches, pages, problems,
// limits, uploads, and the OpenAPI document with its page.
//
//	s := rest.NewServer(rest.Options{Document: …, Actor: …, Log: log, Now: time.Now})
//	rest.RouteBody(s, rest.Operation{ID: "createHold", Method: "POST", Path: "/v1/holds", …}, a.createHold)
//	s.Finish()
//	http.Serve(l, s.Handler())
//
// Words: Operation: one method of one path, as the document describes it. Call: one
// request on its way, with everything that is wrong with it so far (Faults). Problem: the
// RFC 9457 document of a refusal.
//
// Laws:
//   - All faulty values of a request are told at once; what is checked here and what the
//     rooms check are one list.
//   - Nothing that changes something runs while a value is faulty (Call.Admit).
//   - What is our own mistake stays in the log.
//   - A request is bounded in bytes, time and number before anybody reads it.
package rest
