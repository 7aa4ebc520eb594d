package api

import (
	"context"
	"net/http"

	"corner/catalog"
)

type category struct {
	Key      string        `json:"key" doc:"Stable; what places and searches name." example:"noodles"`
	Parent   *string       `json:"parent" doc:"The key of the category above; null at the top." example:"dining"`
	Name     string        `json:"name" doc:"In the language of Accept-Language." example:"Noodles"`
	Names    categoryNames `json:"names"`
	Bookable bool          `json:"bookable" doc:"False: such places are found here, never booked."`
}

type categoryNames struct {
	En string `json:"en" example:"Noodles"`
	Zh string `json:"zh" example:"面馆"`
}

type categoryTree struct {
	Categories []category `json:"categories" doc:"Parents before children."`
}

type categoriesOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         categoryTree
}

func (s *surface) categories() {
	route(s, operation{
		id: "listCategories", method: http.MethodGet, path: "/v1/categories", tag: tagSearch,
		summary: "What sorts of places there are", about: "The whole tree at once.",
	}, s.api.categories)
}

func (a *API) categories(_ context.Context, c *call, _ *empty) (*categoriesOutput, error) {
	out := &categoriesOutput{CacheControl: c.cacheControl("public, max-age=300")}
	for _, k := range catalog.Categories {
		w := category{
			Key: k.Key, Name: k.Label(string(c.language)), Names: categoryNames{k.En, k.Zh}, Bookable: !catalog.DiscoveryOnly(k.Key),
		}
		if k.Parent != "" {
			w.Parent = &k.Parent
		}
		out.Body.Categories = append(out.Body.Categories, w)
	}
	return out, nil
}
