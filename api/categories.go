package api

import (
	"cmp"
	"context"
	"net/http"

	"corner/api/rest"

	"corner/catalog"
	"corner/fault"
)

type category struct {
	Key      string        `json:"key" doc:"Stable; what places and searches name." example:"noodles"`
	Parent   *string       `json:"parent" doc:"The key of the category above; null at the top." example:"dining"`
	Name     string        `json:"name" doc:"In the language of Accept-Language." example:"Noodles"`
	Names    categoryNames `json:"names"`
	Words    []string      `json:"words" doc:"What else its places are called, in either language." example:"[\"noodle\", \"面条\"]"`
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

type categoryInput struct {
	Key string `path:"key" doc:"The category's key."`
}

type categoryOutput struct {
	ETag     string `header:"ETag" doc:"The version of an added category, for If-Match."`
	Location string `header:"Location" doc:"Where the category is read. Only with 201."`
	Body     category
}

func (a *API) routeCategories(s *rest.Server) {
	rest.Route(s, rest.Operation{
		ID: "listCategories", Method: http.MethodGet, Path: "/v1/categories", Tag: tagSearch,
		Summary: "What sorts of places there are", About: "The whole tree at once. Operators add to it; nothing is ever taken away.",
	}, a.categories)
	rest.Route(s, rest.Operation{
		ID: "getCategory", Method: http.MethodGet, Path: "/v1/categories/{key}", Tag: tagSearch,
		Summary: "Read a category", About: "For anybody. One that an operator added has an ETag, for changing it.",
		Faults: []*fault.Error{catalog.ErrCategoryNotFound},
	}, a.category)
	a.routeCategoryChanges(s)
}

func (a *API) categories(_ context.Context, c *rest.Call, _ *rest.Empty) (*categoriesOutput, error) {
	out := &categoriesOutput{CacheControl: cacheControl(c, "public, max-age=300")}
	tree := a.tree()
	for _, k := range tree.All() {
		out.Body.Categories = append(out.Body.Categories, renderCategory(tree, k, tree.Words(k.Key)[2:], c.Language))
	}
	return out, nil
}

func (a *API) category(ctx context.Context, c *rest.Call, in *categoryInput) (*categoryOutput, error) {
	k, err := a.Catalog.Category(ctx, in.Key)
	if err != nil {
		return nil, err
	}
	return categoryAnswer(a.tree(), &k, c.Language), nil
}

func categoryAnswer(tree *catalog.Tree, a *catalog.AddedCategory, l rest.Language) *categoryOutput {
	out := &categoryOutput{Body: renderCategory(tree, a.Category, a.Words, l)}
	if a.Version > 0 {
		out.ETag = rest.FormatETag(a.Version)
	}
	return out
}

func renderCategory(tree *catalog.Tree, k catalog.Category, words []string, l rest.Language) category {
	w := category{
		Key: k.Key, Name: k.Label(string(l)), Names: categoryNames{k.En, k.Zh}, Words: append([]string{}, words...),
		Bookable: !tree.DiscoveryOnly(cmp.Or(k.Parent, k.Key)),
	}
	if k.Parent != "" {
		w.Parent = &k.Parent
	}
	return w
}

// tree is the tree of categories as this call sees it.
func (a *API) tree() *catalog.Tree {
	if a.Catalog == nil {
		return catalog.BuiltIn
	}
	return a.Catalog.Tree()
}
