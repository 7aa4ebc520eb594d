package api

import (
	"context"
	"net/http"

	"corner/api/rest"

	"github.com/danielgtaylor/huma/v2"

	"corner/catalog"
	"corner/fault"
	"corner/identity"
)

type categoryLabels struct {
	En string `json:"en" minLength:"1" maxLength:"40" example:"Milk tea kiosk"`
	Zh string `json:"zh" minLength:"1" maxLength:"40" example:"奶茶亭"`
}

type categoryNaming struct {
	Names categoryLabels `json:"names" doc:"What it is called: both languages are needed."`
	Words []string       `json:"words,omitempty" maxItems:"12" doc:"What else its places are called, in either language: they are found by these, too." example:"[\"boba stand\", \"奶茶摊\"]"`
}

type categoryBody struct {
	Key    string         `json:"key" pattern:"^[a-z0-9_]{2,40}$" doc:"Stable; what places and searches name." example:"milk_tea_kiosk"`
	Parent string         `json:"parent" minLength:"1" doc:"The key of the category above, at most the third from the top." example:"tea_drinks"`
	Names  categoryLabels `json:"names" doc:"What it is called: both languages are needed."`
	Words  []string       `json:"words,omitempty" maxItems:"12" doc:"What else its places are called, in either language: they are found by these, too." example:"[\"boba stand\", \"奶茶摊\"]"`
}

func (b *categoryNaming) parse() catalog.Naming {
	return catalog.Naming{En: b.Names.En, Zh: b.Names.Zh, Words: b.Words}
}

func (b *categoryBody) parse() catalog.NewCategory {
	return catalog.NewCategory{Key: b.Key, Parent: b.Parent, Naming: catalog.Naming{En: b.Names.En, Zh: b.Names.Zh, Words: b.Words}}
}

// categoryPatch is a merge patch of a categoryNaming.
type categoryPatch struct{}

// Schema is huma's way to describe a type.
func (categoryPatch) Schema(r huma.Registry) *huma.Schema {
	return rest.PatchOf(r, rest.TypeFor[categoryNaming]())
}

type reviseCategoryInput struct {
	Key string `path:"key" doc:"The category's key."`
	rest.IfMatchInput
}

func (a *API) routeCategoryChanges(s *rest.Server) {
	rest.RouteBody(s, rest.Operation{
		ID:       "addCategory",
		Method:   http.MethodPost,
		Path:     "/v1/categories",
		Tag:      tagSearch,
		Status:   http.StatusCreated,
		SignedIn: true,
		Creates:  true,
		Summary:  "Add a category",
		About: "An operator's right. It stands under one that is there, four levels deep at most, and is never taken away. Places under " +
			"`public` are found and never booked, like all there. " +
			"Merchants can register under it at once; other instances of this server know it within seconds.",
		Faults: []*fault.Error{identity.ErrOperatorsOnly, catalog.ErrCategoryTaken, catalog.ErrTooManyCategories},
		Example: categoryBody{
			Key: "milk_tea_kiosk", Parent: "tea_drinks", Names: categoryLabels{"Milk tea kiosk", "奶茶亭"}, Words: []string{"boba stand", "奶茶摊"},
		},
	}, a.addCategory)
	s.Whole(rest.TypeFor[categoryNaming]())
	rest.RouteBody(s, rest.Operation{
		ID:       "reviseCategory",
		Method:   http.MethodPatch,
		Path:     "/v1/categories/{key}",
		Tag:      tagSearch,
		SignedIn: true,
		Patches:  true,
		Summary:  "Rename an added category",
		About: "An operator's right. An RFC 7396 merge patch of `names` and `words`. Key and parent stay, and so do the categories that every " +
			"server has. " +
			"A place is found by the old words until it changes, or the index is rebuilt.",
		Faults: []*fault.Error{
			identity.ErrOperatorsOnly,
			catalog.ErrCategoryNotFound,
			catalog.ErrCategoryBuiltIn,
			catalog.ErrCategoryStale,
			rest.ErrIfMatchRequired,
		},
		Example: map[string]any{"names": map[string]any{"en": "Bubble tea kiosk"}},
	}, a.reviseCategory)
}

func (a *API) addCategory(ctx context.Context, c *rest.Call, _ *rest.KeyInput, body *categoryBody) (*categoryOutput, error) {
	n := body.parse()
	actor, err := c.Admit(rest.Check(func() error { return a.Catalog.CheckCategory(n) }))
	if err != nil {
		return nil, err
	}
	key, err := c.Key("categories.add", body)
	if err != nil {
		return nil, err
	}
	k, err := a.Catalog.AddCategory(ctx, actor, n, key)
	if err != nil {
		return nil, err
	}
	out := categoryAnswer(a.tree(), &k, c.Language)
	out.Location = "/v1/categories/" + k.Key
	return out, nil
}

func (a *API) reviseCategory(ctx context.Context, c *rest.Call, in *reviseCategoryInput, _ *categoryPatch) (*categoryOutput, error) {
	k, err := a.Catalog.Category(ctx, in.Key)
	if err != nil {
		return nil, err
	}
	if c.Repeated {
		return categoryAnswer(a.tree(), &k, c.Language), nil
	}
	if !rest.MatchesVersion(in.IfMatch, k.Version) {
		return nil, in.RefuseVersion(func(version int64) error {
			_, err := a.Catalog.ReviseCategory(ctx, c.Actor, k.Key, version, catalog.Naming{})
			return err
		})
	}
	var body categoryNaming
	if _, err := c.Merge(categoryNaming{Names: categoryLabels{k.En, k.Zh}, Words: k.Words}, &body); err != nil {
		return nil, err
	}
	n := body.parse()
	actor, err := c.Admit(n)
	if err != nil {
		return nil, err
	}
	if k, err = a.Catalog.ReviseCategory(ctx, actor, k.Key, k.Version, n); err != nil {
		return nil, err
	}
	return categoryAnswer(a.tree(), &k, c.Language), nil
}
