package memindex

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"corner/text"
)

// TestWithin holds lists of all sizes and densities against looking at every doc.
func TestWithin(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{1, 2, blockDocs - 1, blockDocs, blockDocs + 1, 2 * blockDocs, 1_000, 5_000} {
		for _, gap := range []int{1, 3, 200, 40_000} {
			docs, doc := make([]uint32, n), uint32(r.IntN(gap))
			var l list
			var table []byte
			for i := range docs {
				docs[i] = doc
				l.add(doc, &table)
				doc += 1 + uint32(r.IntN(gap))
			}
			p := readPostings(append(l.append(nil, table), "what follows"...))
			for range 50 {
				var spans []span
				for at := uint32(0); at < doc && len(spans) < 40; {
					at += uint32(r.IntN(1 + int(doc)/(1+r.IntN(60))))
					end := at + 1 + uint32(r.IntN(1+r.IntN(1+int(doc)/3)))
					spans, at = append(spans, span{at, end}), end
				}
				want := slices.DeleteFunc(slices.Clone(docs), func(d uint32) bool {
					return !slices.ContainsFunc(spans, func(s span) bool { return s.begin <= d && d < s.end })
				})
				if diff := cmp.Diff(want, p.within(spans, nil), cmpopts.EquateEmpty()); diff != "" {
					t.Fatalf("%d docs within %v (-want +got):\n%s", n, spans, diff)
				}
			}
			if all := p.within([]span{{0, doc}}, nil); p.n != n || !slices.Equal(all, docs) {
				t.Fatalf("%d docs are read as %d: %v", n, p.n, all)
			}
		}
	}
}

// TestDictionary holds looking up against a slice of strings.
func TestDictionary(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	for _, n := range []int{0, 1, 31, 32, 33, 1_000} {
		var terms []string
		for range n {
			terms = append(terms, strings.Repeat("same beginning ", r.IntN(3))+"ab\xff洗车"[r.IntN(4):]+fmt.Sprint(r.IntN(500)))
		}
		slices.Sort(terms)
		terms = slices.Compact(terms)
		var d dictionary
		d.setTerms(terms)
		for _, ask := range append(slices.Clone(terms), "", "a", "same", "same beginning ", "same beginning b", "\xff", "\xff\xff", "zz", "洗") {
			lo, hi := d.beginning(ask)
			first, _ := slices.BinarySearch(terms, ask)
			count := 0
			for _, term := range terms {
				if strings.HasPrefix(term, ask) {
					count++
				}
			}
			if lo != first || hi != first+count {
				t.Fatalf("of %d terms, %d to %d begin with %q, want %d to %d", len(terms), lo, hi, ask, first, first+count)
			}
			if i, found := d.find(ask); found != slices.Contains(terms, ask) || found && terms[i] != ask {
				t.Fatalf("find(%q) = %d, %v", ask, i, found)
			}
		}
	}
}

// TestNear holds the search for slips against trying all terms.
func TestNear(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	word := func() string {
		b := []rune("w")
		for range 1 + r.IntN(7) {
			b = append(b, []rune("aabbcé洗")[r.IntN(7)])
		}
		return string(b)
	}
	terms := []string{"n洗", "vab", "x"}
	for range 3_000 {
		terms = append(terms, word())
	}
	slices.Sort(terms)
	terms = slices.Compact(terms)
	var m matcher
	m.terms = new(dictionary)
	m.terms.setTerms(terms)
	found := 0
	for range 300 {
		ask := word()
		var want []string
		for _, term := range terms {
			if term[0] == 'w' && text.OneEdit(term[1:], ask[1:]) {
				want = append(want, term)
			}
		}
		var got []string
		m.near(ask)
		for _, id := range m.ids {
			got = append(got, m.terms.term(id))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("near %q (-want +got):\n%s", ask, diff)
		}
		found += len(want)
	}
	if found < 300 {
		t.Errorf("only %d terms were near: this tests too little", found)
	}
}
