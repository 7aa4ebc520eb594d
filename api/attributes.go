package api

import (
	"context"
	"net/http"

	"corner/catalog"
)

type attribute struct {
	Key   string        `json:"key" doc:"Stable; what places and searches name." example:"wifi"`
	Name  string        `json:"name" doc:"In the language of Accept-Language." example:"Wi-Fi"`
	Names categoryNames `json:"names"`
}

type attributeCatalogue struct {
	Attributes []attribute `json:"attributes"`
}

type attributesOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         attributeCatalogue
}

func (s *surface) attributes() {
	route(s, operation{
		id: "listAttributes", method: http.MethodGet, path: "/v1/attributes", tag: tagSearch,
		summary: "What places can be said to have or allow", about: "All at once.",
	}, s.api.attributes)
}

func (a *API) attributes(_ context.Context, c *call, _ *empty) (*attributesOutput, error) {
	out := &attributesOutput{CacheControl: c.cacheControl("public, max-age=300")}
	for _, k := range catalog.Attributes {
		out.Body.Attributes = append(out.Body.Attributes, attribute{k.Key, k.Label(string(c.language)), categoryNames{k.En, k.Zh}})
	}
	return out, nil
}
