package api

import (
	"context"
	"net/http"

	"corner/api/rest"

	"corner/catalog"
)

type attribute struct {
	Key   string        `json:"key" doc:"Stable; what places and searches name." example:"wifi"`
	Name  string        `json:"name" doc:"In the language of Accept-Language." example:"Wi-Fi"`
	Names categoryNames `json:"names"`
}

type attributeSet struct {
	Attributes []attribute `json:"attributes"`
	Traits     []trait     `json:"traits" doc:"What a place is like: members of a place that have one of a few values, and are absent while nobody has told them."`
}

type trait struct {
	Key    string        `json:"key" doc:"Stable; the member of places and the parameter of searches." example:"wheelchair"`
	Name   string        `json:"name" doc:"In the language of Accept-Language." example:"Wheelchair access"`
	Names  categoryNames `json:"names"`
	Values []attribute   `json:"values"`
}

type attributesOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         attributeSet
}

func (a *API) routeAttributes(s *rest.Server) {
	rest.Route(s, rest.Operation{
		ID: "getAttributes", Method: http.MethodGet, Path: "/v1/attributes", Tag: tagSearch,
		Summary: "What a place can be said to have", About: "The whole list at once.",
	}, a.attributes)
}

func (a *API) attributes(_ context.Context, c *rest.Call, _ *rest.Empty) (*attributesOutput, error) {
	out := &attributesOutput{CacheControl: "public, max-age=300"}
	if c.Actor.Known() {
		out.CacheControl = "no-store"
	}
	for _, k := range catalog.Attributes {
		out.Body.Attributes = append(
			out.Body.Attributes,
			attribute{Key: k.Key, Name: k.Label(string(c.Language)), Names: categoryNames{k.En, k.Zh}},
		)
	}
	for _, t := range catalog.Traits {
		body := trait{Key: t.Key, Name: t.Label(string(c.Language)), Names: categoryNames{t.En, t.Zh}}
		for _, v := range t.Values {
			body.Values = append(body.Values, attribute{Key: v.Key, Name: v.Label(string(c.Language)), Names: categoryNames{v.En, v.Zh}})
		}
		out.Body.Traits = append(out.Body.Traits, body)
	}
	return out, nil
}
