package catalog

import (
	"slices"
	"sync"
	"sync/atomic"
)

// Tree is the categories that places can be of: the built-in ones and those that operators
// of this server added. A Tree never changes; With makes another. The methods of a nil Tree
// are those of BuiltIn.
type Tree struct {
	// List is all of it, parents before children. A tree With more begins as the one it
	// came from, so a category's place in the list stays what it is.
	List    []Category
	added   []AddedCategory
	lineage map[string][]Category
	words   map[string][]string
	derived sync.Map // by the key of an OfTree
}

// orBuiltIn is the tree, or BuiltIn for none.
func (t *Tree) orBuiltIn() *Tree {
	if t == nil {
		return BuiltIn
	}
	return t
}

// All is the List, of BuiltIn for no tree.
func (t *Tree) All() []Category { return t.orBuiltIn().List }

// BuiltIn is the tree of every server.
var BuiltIn *Tree

func init() { BuiltIn = builtIn() }

func builtIn() *Tree {
	t := &Tree{lineage: map[string][]Category{}, words: map[string][]string{}}
	for _, c := range builtInCategories {
		t.put(c, categoryWords[c.Key])
	}
	return t
}

// With is the built-in tree and what was added to it, the oldest first. What has the key
// of a built-in category, which a newer Corner may have brought, or a parent that is not
// there, is left out.
func (t *Tree) With(added []AddedCategory) *Tree {
	more := &Tree{lineage: map[string][]Category{}, words: map[string][]string{}}
	for _, c := range t.List {
		more.put(c, t.words[c.Key][2:])
	}
	for i := range added {
		a := &added[i]
		if more.lineage[a.Key] == nil && more.lineage[a.Parent] != nil {
			more.put(a.Category, a.Words)
			more.added = append(more.added, *a)
		}
	}
	return more
}

func (t *Tree) put(c Category, words []string) {
	t.List = append(t.List, c)
	t.lineage[c.Key] = append([]Category{c}, t.lineage[c.Parent]...)
	t.words[c.Key] = append([]string{c.En, c.Zh}, words...)
}

// Category finds one by its key.
func (t *Tree) Category(key string) (Category, bool) {
	line := t.orBuiltIn().lineage[key]
	if line == nil {
		return Category{}, false
	}
	return line[0], true
}

// Lineage is the category and everything above it, from the category up; empty
// for an unknown key. A place is found under each of them.
func (t *Tree) Lineage(key string) []Category { return slices.Clip(t.orBuiltIn().lineage[key]) }

// Words is what places of the category are called: its labels in both languages, and more.
func (t *Tree) Words(key string) []string { return slices.Clip(t.orBuiltIn().words[key]) }

// same reports whether nobody could tell the trees from each other.
func (t *Tree) same(o *Tree) bool {
	return slices.Equal(t.List, o.List) && slices.EqualFunc(t.added, o.added, func(a, b AddedCategory) bool {
		return a.Version == b.Version && slices.Equal(a.Words, b.Words)
	})
}

// DiscoveryOnly reports whether places of the category can be found but never
// booked: public services, by law of the domain.
func (t *Tree) DiscoveryOnly(key string) bool {
	line := t.orBuiltIn().lineage[key]
	return len(line) > 0 && line[len(line)-1].Key == "public"
}

// OfTree returns a function that computes a value of a tree once, and remembers it for as
// long as the tree lives. Many goroutines may call it.
func OfTree[V any](of func(*Tree) V) func(*Tree) V {
	key := new(int8) // its address tells this value from others made of the same tree
	return func(t *Tree) V {
		t = t.orBuiltIn()
		v, there := t.derived.Load(key)
		if !there {
			v, _ = t.derived.LoadOrStore(key, sync.OnceValue(func() V { return of(t) }))
		}
		once, _ := v.(func() V)
		return once()
	}
}

// Trees holds the latest tree. Whoever answers a question takes one Tree at its beginning
// and uses it to the end. The zero Trees, and a nil one, hold the built-in tree.
type Trees struct {
	present    atomic.Pointer[Tree]
	refreshing sync.Mutex // held by who makes another tree the present one
}

// Tree is the present one.
func (t *Trees) Tree() *Tree {
	if t == nil {
		return BuiltIn
	}
	return t.present.Load().orBuiltIn()
}

// Set makes another tree the present one. It must begin as the one before it.
func (t *Trees) Set(tree *Tree) { t.present.Store(tree) }
