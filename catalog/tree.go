package catalog

import (
	"slices"
	"sync"
	"sync/atomic"
)

// Tree is what sorts of places there are: those of every server, and those that the
// operators of this one added. It never changes; With makes another. The zero Tree is
// empty.
type Tree struct {
	// List is all of it, parents before children. A tree With more begins as the one it
	// came from, so a category's place in the list stays what it is.
	List    []Category
	added   []Added
	lineage map[string][]Category
	words   map[string][]string
}

// BuiltIn is the tree of every server.
var BuiltIn = func() *Tree {
	t := &Tree{lineage: map[string][]Category{}, words: map[string][]string{}}
	for _, c := range builtInCategories {
		t.put(c, categoryWords[c.Key])
	}
	return t
}()

// With is the built-in tree and what was added to it, the oldest first. What has the key
// of a built-in category, which a newer Corner may have brought, or a parent that is not
// there, is left out.
func (t *Tree) With(added []Added) *Tree {
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
	line := t.lineage[key]
	if line == nil {
		return Category{}, false
	}
	return line[0], true
}

// Lineage is the category and everything above it, from the category up; empty
// for an unknown key. A place is found under each of them.
func (t *Tree) Lineage(key string) []Category { return slices.Clip(t.lineage[key]) }

// Words is what places of the category are called: its labels in both languages, and more.
func (t *Tree) Words(key string) []string { return slices.Clip(t.words[key]) }

// same reports whether nobody could tell the trees from each other.
func (t *Tree) same(o *Tree) bool {
	return slices.Equal(t.List, o.List) && slices.EqualFunc(t.added, o.added, func(a, b Added) bool {
		return a.Version == b.Version && slices.Equal(a.Words, b.Words)
	})
}

// present is the tree that this process goes by; see the package comment for why there
// is one for all.
var present = func() *atomic.Pointer[Tree] {
	p := new(atomic.Pointer[Tree])
	p.Store(BuiltIn)
	return p
}()

// refreshing is held by who makes another tree the present one.
var refreshing sync.Mutex

// Present is the tree as this process knows it now.
func Present() *Tree { return present.Load() }

// CategoryOf finds a category of the present tree by its key.
func CategoryOf(key string) (Category, bool) { return Present().Category(key) }

// Lineage is Tree.Lineage of the present tree.
func Lineage(key string) []Category { return Present().Lineage(key) }

// DiscoveryOnly reports whether places of the category can be found but never
// booked: public services, by law of the domain.
func DiscoveryOnly(key string) bool {
	line := Present().lineage[key]
	return len(line) > 0 && line[len(line)-1].Key == "public"
}

// OfTree makes a value of the present tree when it is first asked for, and again once the
// tree is another; of is called once a tree. What it returns is for many goroutines and
// costs two loads a call.
func OfTree[V any](of func(*Tree) V) func() V {
	type made struct {
		tree *Tree
		v    V
	}
	var last atomic.Pointer[made]
	var making sync.Mutex
	return func() V {
		t := Present()
		if m := last.Load(); m != nil && m.tree == t {
			return m.v
		}
		making.Lock()
		defer making.Unlock()
		t = Present()
		if m := last.Load(); m != nil && m.tree == t {
			return m.v
		}
		m := &made{t, of(t)}
		last.Store(m)
		return m.v
	}
}
