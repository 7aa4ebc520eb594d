package esindex_test

import (
	"fmt"
	"slices"
	"testing"

	"corner/catalog"
	"corner/discovery"
	"corner/index/esindex"
)

// TestAllThatIsNear has more terms within one slip of a word than the engine expands
// unless told otherwise.
func TestAllThatIsNear(t *testing.T) {
	t.Parallel()
	const word = "abcde"
	var letters []rune
	for _, alphabet := range [][2]rune{{'a', 'z'}, {'0', '9'}, {'а', 'я'}, {'α', 'ω'}, {'ա', 'ֆ'}, {'ა', 'ჰ'}} {
		for r := alphabet[0]; r <= alphabet[1]; r++ {
			letters = append(letters, r)
		}
	}
	var all []discovery.Listing
	add := func(name string) {
		l := shop(fmt.Sprintf("%05d", len(all)), 1)
		l.Names, l.Services = catalog.Names{Main: name}, nil
		all = append(all, l)
	}
	for i := range len(word) + 1 {
		for _, r := range letters {
			add(word[:i] + string(r) + word[i:])
			if i < len(word) {
				add(word[:i] + string(r) + word[i+1:])
			}
		}
	}
	for _, far := range []string{"abdce", "abcd", "bacde", "abdcef", "acbed", "bcdea", "xabcdey"} {
		add(far)
	}
	text, _ := discovery.ParseText(word, nil).Lenient()
	x, law := built(t, esindex.Options{}), lawOf(t, all)
	for part := range slices.Chunk(all, 500) {
		if err := x.Put(t.Context(), part); err != nil {
			t.Fatal(err)
		}
	}
	q := anything
	q.Text, q.Facets = text, true
	want, err := law.Search(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	if want.Facets.Total < 1_500 || want.Facets.Total >= len(all) {
		t.Fatalf("the law finds %d of %d: the test shows nothing", want.Facets.Total, len(all))
	}
	settled(t, x, len(all))
	for _, order := range []discovery.Sort{discovery.ByDistance, discovery.ByRelevance} {
		q.Sort = order
		ask(t, x, law, q, 0)
	}
}
