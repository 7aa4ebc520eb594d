package api

import (
	"context"
	"encoding/json"
	"time"

	"corner/catalog"
	"corner/fault"
)

// What tests look at from inside, for it can only be reached through a store.

// Routes is every route of gin, as "GET /v1/places/:id".
func (a *API) Routes() []string {
	engine := a.server().engine
	var list []string
	for _, r := range engine.Routes() {
		list = append(list, r.Method+" "+r.Path)
	}
	return list
}

// Within is how long a call may take whose route differs from the others.
func (a *API) Within() map[string]time.Duration {
	s := a.server()
	return s.within
}

// ProblemOf is the problem that err becomes.
func ProblemOf(ctx context.Context, err error, acceptLanguage string) (status int, headers map[string][]string, document []byte) {
	c := &call{server: &Server{Options: Options{Data: problemData}}, id: "req_test", instance: "/v1/x", language: chooseLanguage(acceptLanguage)}
	p := c.problem(ctx, err)
	b, err := p.MarshalJSON()
	if err != nil {
		panic(err)
	}
	return p.Status, p.headers, b
}

// MergePatch is mergePatch over texts.
func MergePatch(target, patch string) (string, error) {
	t, err := decodeJSON([]byte(target))
	if err != nil {
		return "", err
	}
	p, err := decodeJSON([]byte(patch))
	if err != nil {
		return "", err
	}
	b, err := json.Marshal(mergePatch(t, p))
	return string(b), err
}

// ParseHours reads hours as a body has them, which must fit their schema.
func ParseHours(body string) (catalog.Hours, []fault.Field, error) {
	var h hours
	if err := json.Unmarshal([]byte(body), &h); err != nil {
		return catalog.Hours{}, nil, err
	}
	var f faults
	return h.parse(&f, "/hours"), f.list, nil
}

// RenderHours writes hours as a body has them.
func RenderHours(h catalog.Hours) string {
	b, err := json.Marshal(renderHours(&h))
	if err != nil {
		panic(err)
	}
	return string(b)
}

// PatchPlace is the draft that a patch makes of p.
func PatchPlace(p catalog.Place, patch string) (catalog.Draft, []fault.Field, error) {
	a := &API{}
	c := &call{server: a.server(), body: []byte(patch)}
	d, err := a.patched(c, &p)
	return d, c.faults.list, err
}

var (
	FormatCursor   = formatCursor
	ParseCursor    = parseCursor
	MatchesVersion = matchesVersion
	ClientAddress  = clientAddress
	RequestID      = requestID
	Digest         = digest
)

// ChooseLanguage is chooseLanguage.
func ChooseLanguage(header string) string { return string(chooseLanguage(header)) }

// What writes faults and their data.
var (
	ProblemData = problemData
	PointerTo   = pointerTo
)
