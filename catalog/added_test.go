package catalog_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"corner/catalog"
	"corner/fault"
	"corner/idempotency"
	"corner/identity"
)

func kiosk() catalog.NewCategory {
	return catalog.NewCategory{
		Key:    "milk_tea_kiosk",
		Parent: "tea_drinks",
		Naming: catalog.Naming{En: " Milk tea kiosk ", Zh: "奶茶亭", Words: []string{"摊", "摊 "}},
	}
}

func TestAddCategory(t *testing.T) {
	t.Parallel()
	h, empty := open(t), open(t)
	defer func() {
		if err := empty.RefreshTree(t.Context()); err != nil || empty.Tree() != catalog.BuiltIn {
			t.Errorf("a database without added ones: %d categories, %v; want %d", len(empty.Tree().List), err, len(catalog.BuiltIn.List))
		}
	}()
	ofTree := catalog.OfTree(func(t *catalog.Tree) int { return len(t.List) })
	size := func() int { return ofTree(h.Tree()) }
	before, old := size(), h.Tree()
	for name, a := range map[string]identity.Actor{"a stranger": h.stranger, "an owner": h.owner} {
		if _, err := h.AddCategory(t.Context(), a, kiosk(), idempotency.Key{}); !errors.Is(err, identity.ErrOperatorsOnly) {
			t.Errorf("by %s: got %v, want %v", name, err, identity.ErrOperatorsOnly)
		}
	}
	boss := operator(h.stranger)
	a, err := h.AddCategory(t.Context(), boss, kiosk(), idempotency.Key{})
	if err != nil || a.Version != 1 || a.En != "Milk tea kiosk" || !slices.Equal(a.Words, []string{"摊"}) || a.AddedBy != boss.User {
		t.Fatalf("AddCategory: %+v, %v", a, err)
	}
	if c, ok := h.Tree().Category("milk_tea_kiosk"); !ok || c != a.Category || size() != before+1 {
		t.Errorf("CategoryOf: %v, %v of %d; want %v of %d", c, ok, size(), a.Category, before+1)
	}
	if _, known := old.Category("milk_tea_kiosk"); known || ofTree(old) != before {
		t.Error("the tree that somebody goes by has changed under him")
	}
	for key, want := range map[string]error{"milk_tea_kiosk": catalog.ErrCategoryTaken, "noodles": catalog.ErrCategoryTaken} {
		n := kiosk()
		n.Key = key
		if _, err := h.AddCategory(t.Context(), boss, n, idempotency.Key{}); !errors.Is(err, want) {
			t.Errorf("%s again: got %v, want %v", key, err, want)
		}
	}
	van := kiosk()
	van.Key, van.Parent = "bank_van", "bank"
	if _, err := h.AddCategory(
		t.Context(),
		boss,
		van,
		idempotency.Key{},
	); err != nil || !h.Tree().DiscoveryOnly("bank_van") ||
		h.Tree().DiscoveryOnly("milk_tea_kiosk") {
		t.Errorf("under public: %v, found only: %v; want so", err, h.Tree().DiscoveryOnly("bank_van"))
	}

	deep := kiosk()
	deep.Key, deep.Parent = "fourth", a.Key
	if _, err := h.AddCategory(t.Context(), boss, deep, idempotency.Key{}); err != nil {
		t.Errorf("on the fourth level: %v", err)
	}
	deep.Key, deep.Parent = "fifth", "fourth"
	if _, err := h.AddCategory(t.Context(), boss, deep, idempotency.Key{}); !errors.Is(err, fault.ErrInvalid) {
		t.Errorf("on the fifth level: got %v, want %v", err, fault.ErrInvalid)
	}

	name := catalog.Naming{En: "Tea kiosk", Zh: "茶亭"}
	for what, c := range map[string]struct {
		actor   identity.Actor
		key     string
		version int64
		want    error
	}{
		"by an owner":    {h.owner, a.Key, 1, identity.ErrOperatorsOnly},
		"a built-in one": {boss, "noodles", 0, catalog.ErrCategoryBuiltIn},
		"an unknown one": {boss, "volcano", 1, catalog.ErrCategoryNotFound},
		"a stale one":    {boss, a.Key, 7, catalog.ErrCategoryStale},
	} {
		if _, err := h.ReviseCategory(t.Context(), c.actor, c.key, c.version, name); !errors.Is(err, c.want) {
			t.Errorf("ReviseCategory %s: got %v, want %v", what, err, c.want)
		}
	}
	if _, err := h.ReviseCategory(t.Context(), boss, a.Key, 1, name); err != nil {
		t.Fatal(err)
	}
	if got := h.Tree().Words(a.Key); !slices.Equal(got, []string{"Tea kiosk", "茶亭"}) {
		t.Errorf("Words after ReviseCategory: %q, want the new labels alone", got)
	}
}

func TestNewCategoryFaults(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("长", catalog.MaxLabel+1)
	for name, c := range map[string]struct {
		change func(*catalog.NewCategory)
		want   []string // pointer code
	}{
		"nothing at all": {
			func(n *catalog.NewCategory) { *n = catalog.NewCategory{} },
			[]string{"key bad_format", "parent required", "names.en required", "names.zh required"},
		},
		"letters":          {func(n *catalog.NewCategory) { n.Key = "Kiosk" }, []string{"key bad_format"}},
		"a long key":       {func(n *catalog.NewCategory) { n.Key = strings.Repeat("k", 41) }, []string{"key bad_format"}},
		"an unknown one":   {func(n *catalog.NewCategory) { n.Parent = "volcano" }, []string{"parent unknown"}},
		"long labels":      {func(n *catalog.NewCategory) { n.En, n.Zh = long, long }, []string{"names.en too_long", "names.zh too_long"}},
		"two lines":        {func(n *catalog.NewCategory) { n.Words = []string{"a", "b\nc", ""} }, []string{"words.1 bad_format", "words.2 required"}},
		"too many words":   {func(n *catalog.NewCategory) { n.Words = make([]string, catalog.MaxWords+1) }, []string{"words too_many_items"}},
		"nothing is wrong": {func(*catalog.NewCategory) {}, nil},
	} {
		n := kiosk()
		c.change(&n)
		var got []string
		if e, ok := errors.AsType[*fault.Error]((&catalog.Catalog{}).CheckCategory(n)); ok {
			for _, f := range e.Fields {
				got = append(got, f.Name+" "+f.Code)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: faults %q, want %q", name, got, c.want)
		}
	}
}

// full is a store with as many added categories as there can be.
type full struct{ catalog.Store }

func (full) AddedCategories(context.Context) ([]catalog.AddedCategory, error) {
	list := make([]catalog.AddedCategory, catalog.MaxAdded)
	for i := range list {
		list[i] = catalog.AddedCategory{Category: catalog.Category{Key: fmt.Sprint("k", i), Parent: "bar"}}
	}
	return list, nil
}

func TestTooManyCategories(t *testing.T) {
	t.Parallel()
	h := open(t)
	c := &catalog.Catalog{Store: full{h.Store}, Now: h.Now}
	if _, err := c.AddCategory(t.Context(), operator(h.stranger), kiosk(), idempotency.Key{}); !errors.Is(err, catalog.ErrTooManyCategories) {
		t.Errorf("one more: got %v, want %v", err, catalog.ErrTooManyCategories)
	}
}
