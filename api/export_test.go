package api

import (
	"encoding/json"
	"strings"
	"time"

	"corner/api/rest"

	"corner/catalog"
	"corner/fault"
)

// What tests look at from inside, for it can only be reached through a store.

// Routes is every route of gin, as "GET /v1/places/:id".
func (a *API) Routes() []string {
	return a.server().Routes()
}

// Within is how long a call may take whose route differs from the others.
func (a *API) Within() map[string]time.Duration {
	s, own := a.server(), map[string]time.Duration{}
	for _, route := range s.Routes() {
		method, path, _ := strings.Cut(route, " ")
		if within := s.Within(method, path); within != rest.Deadline {
			own[route] = within
		}
	}
	return own
}

// ParseHours reads hours as a body has them, which must fit their schema.
func ParseHours(body string) (catalog.Hours, []fault.Field, error) {
	var h hours
	if err := json.Unmarshal([]byte(body), &h); err != nil {
		return catalog.Hours{}, nil, err
	}
	var f rest.Faults
	return h.parse(&f, "/hours"), f.List, nil
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
	c := a.server().NewCall()
	c.Body = []byte(patch)
	d, err := a.patched(c, &p)
	return d, c.Faults.List, err
}

// ProblemData writes the data of refusals.
var ProblemData = problemData
