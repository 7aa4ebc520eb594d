package catalog

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

	"corner/event"
	"corner/fault"
	"corner/idempotency"
	"corner/identity"
)

// AddedCategory is a category that an operator put into the tree. It is never removed, for
// there may be places of it.
type AddedCategory struct {
	Category
	Words   []string // what else its places are called, in either language
	Version int64    // grows with every change; the ETag. 0 for one that is built in

	AddedBy, ChangedBy   identity.UserID
	CreatedAt, UpdatedAt time.Time
}

// NewCategory is what an operator sends to add a category.
type NewCategory struct {
	Key    string
	Parent string
	Naming
}

// Naming is what a category is called. An operator may change it.
type Naming struct {
	En, Zh string
	Words  []string // in either language; places are found by them, too
}

// Bounds of what is added to the tree. MaxAdded is there so that no mistake fills it: the
// embedded index numbers categories in 16 bits.
const (
	MaxAdded = 10_000
	MaxDepth = 4
	MaxLabel = 40 // characters; of a word, too
	MaxWords = 12
)

// The events of the tree. They concern no place: every instance reads the tree again.
const (
	CategoryAdded   event.Kind = "category.added"
	CategoryChanged event.Kind = "category.changed"
)

// CategoryKeyPattern is what the key of an added category looks like.
const CategoryKeyPattern = `^[a-z0-9_]{2,40}$`

var categoryKey = regexp.MustCompile(CategoryKeyPattern)

func (n NewCategory) category(t *Tree) (AddedCategory, error) {
	var in fault.Input
	in.Check(categoryKey.MatchString(n.Key), "key", fault.BadFormat)
	above := t.Lineage(n.Parent)
	switch {
	case n.Parent == "":
		in.Add("parent", fault.Required)
	case len(above) == 0:
		in.Add("parent", fault.Unknown)
	case len(above) >= MaxDepth:
		in.Add("parent", tooDeep)
	}
	a := AddedCategory{Category: Category{Key: n.Key, Parent: n.Parent}}
	n.apply(&in, &a)
	return a, in.Err()
}

var tooDeep = fault.Reason{Code: "too_deep", En: "is on the lowest level, and nothing can stand under it", Zh: "已是最低一级，其下不能再添加类别"}

// Check names everything that is wrong with it.
func (n Naming) Check() error {
	var in fault.Input
	n.apply(&in, &AddedCategory{})
	return in.Err()
}

func (n Naming) apply(in *fault.Input, a *AddedCategory) {
	a.En = label(in, "names.en", n.En)
	a.Zh = label(in, "names.zh", n.Zh)
	a.Words = nil
	if !in.Check(len(n.Words) <= MaxWords, "words", fault.Crowded) {
		return
	}
	for i, w := range n.Words {
		if w = label(in, fault.Name("words", i), w); !slices.Contains(a.Words, w) {
			a.Words = append(a.Words, w)
		}
	}
}

// label is written, on one line.
func label(in *fault.Input, name, s string) string {
	s = written(in, name, s, MaxLabel, true)
	in.Check(!strings.Contains(s, "\n"), name, fault.BadFormat)
	return s
}

// AddCategory puts a category into the tree, under one that is there. Only operators may do
// it. This instance knows the category when AddCategory returns, the others within seconds.
// If the category was added but could not be read back, the error says so, and a repeat of
// key finds it added.
func (c *Catalog) AddCategory(ctx context.Context, actor identity.Actor, n NewCategory, key idempotency.Key) (AddedCategory, error) {
	if err := actor.RequireOperator(); err != nil {
		return AddedCategory{}, err
	}
	t, err := c.tree(ctx)
	if err != nil {
		return AddedCategory{}, err
	}
	a, err := n.category(t)
	if err != nil {
		return AddedCategory{}, err
	}
	if _, taken := BuiltIn.Category(a.Key); taken {
		return AddedCategory{}, ErrCategoryTaken
	}
	if _, again := t.Category(a.Key); !again && len(t.added) >= MaxAdded {
		return AddedCategory{}, ErrTooManyCategories
	}
	now := c.now()
	a.Version, a.AddedBy, a.ChangedBy, a.CreatedAt, a.UpdatedAt = 1, actor.User, actor.User, now, now
	if a, err = c.Store.AddCategory(ctx, a, key, event.New(CategoryAdded, a.Key, "", string(actor.User), now)); err != nil {
		return AddedCategory{}, err
	}
	return a, c.RefreshTree(ctx)
}

// ReviseCategory replaces the names of the given version of an added category. Only
// operators may do it. Places that were indexed before are found by the old words until
// they are indexed again, at their next change or by a reindex.
func (c *Catalog) ReviseCategory(ctx context.Context, actor identity.Actor, key string, version int64, n Naming) (AddedCategory, error) {
	if err := actor.RequireOperator(); err != nil {
		return AddedCategory{}, err
	}
	if _, builtIn := BuiltIn.Category(key); builtIn {
		return AddedCategory{}, ErrCategoryBuiltIn
	}
	a, err := c.Store.UpdateCategory(ctx, key, func(a *AddedCategory) ([]event.Event, error) {
		if a.Version != version {
			return nil, ErrCategoryStale.WithData(fault.CurrentVersion(a.Version))
		}
		var in fault.Input
		n.apply(&in, a)
		if err := in.Err(); err != nil {
			return nil, err
		}
		a.ChangedBy, a.UpdatedAt = actor.User, c.now()
		return []event.Event{event.New(CategoryChanged, a.Key, "", string(actor.User), a.UpdatedAt)}, nil
	})
	if err != nil {
		return AddedCategory{}, err
	}
	return a, c.RefreshTree(ctx)
}

// Category returns a category as the database has it, to anybody. A built-in one has no
// version. ErrCategoryNotFound if there is none.
func (c *Catalog) Category(ctx context.Context, key string) (AddedCategory, error) {
	if b, builtIn := BuiltIn.Category(key); builtIn {
		return AddedCategory{Category: b, Words: BuiltIn.Words(key)[2:]}, nil
	}
	return c.Store.Category(ctx, key)
}

// Tree is the tree as this catalogue knows it now.
func (c *Catalog) Tree() *Tree { return c.Trees.Tree() }

// RefreshTree reads the tree from the database.
func (c *Catalog) RefreshTree(ctx context.Context) error {
	// One at a time, so that who read earlier cannot come later.
	c.Trees.refreshing.Lock()
	defer c.Trees.refreshing.Unlock()
	t, err := c.tree(ctx)
	if err != nil || t.same(c.Tree()) {
		return err
	}
	c.Trees.Set(t)
	return nil
}

func (c *Catalog) tree(ctx context.Context) (*Tree, error) {
	added, err := c.Store.AddedCategories(ctx)
	if err != nil {
		return nil, err
	}
	return BuiltIn.With(added), nil
}
