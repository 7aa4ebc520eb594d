package catalog_test

import (
	"fmt"
	"strings"
	"testing"

	"corner/catalog"
	"corner/geo"
	"corner/text"
)

// tally counts pairs of one kind.
type tally struct {
	kind        string
	same, loose bool // the pairs are of one place; they count in no total
	pairs, said int  // said to be one place
	wrong       []string
}

// compare counts a pair, and reports whether it is said to be one place.
func (s *tally) compare(a, b *catalog.Neighbour) bool {
	similarity := catalog.Similarity(catalog.BuiltIn, a, b)
	said := similarity >= catalog.DuplicateFrom
	s.pairs++
	if said {
		s.said++
	}
	if said != s.same && len(s.wrong) < 12 {
		s.wrong = append(
			s.wrong,
			fmt.Sprintf("%.2f %s | %s | %.0f m", similarity, called(*a), called(*b), float64(geo.Distance(a.Point, b.Point))),
		)
	}
	return said
}

// TestDuplicatesMeasured prints how well duplicates are told from neighbours, and holds
// it: precision 0.95 or more at a recall of 0.90 or more.
//
//	go test ./catalog -run TestDuplicatesMeasured -v
func TestDuplicatesMeasured(t *testing.T) {
	t.Parallel()
	all := realPlaces(t)
	for _, r := range table(t, "hk_trad_simp_queries.csv") {
		simplified[r["expected_id"]] = r["query_zh_hans"]
	}
	kinds := positives(all)
	apart, asked, places := negatives(all)
	kinds = append(kinds, apart...)
	var tp, fp, positive int
	var out strings.Builder
	fmt.Fprintf(&out, "%-44s %8s %8s %8s\n", "kind of pair", "pairs", "said one", "right")
	for _, k := range kinds {
		right := k.said
		switch {
		case k.loose:
		case k.same:
			positive, tp = positive+k.pairs, tp+k.said
		default:
			fp += k.said
			right = k.pairs - k.said
		}
		fmt.Fprintf(&out, "%-44s %8d %8d %7.2f%%\n", k.kind, k.pairs, k.said, 100*float64(right)/float64(max(1, k.pairs)))
	}
	precision, recall := float64(tp)/float64(max(1, tp+fp)), float64(tp)/float64(max(1, positive))
	fmt.Fprintf(&out, "of %d real places registered among their neighbours, %d (%.1f%%) would be asked whether they are one of those\n",
		places, asked, 100*float64(asked)/float64(max(1, places)))
	fmt.Fprintf(&out, "precision %.4f, recall %.4f over %d pairs of one place\n", precision, recall, positive)
	t.Logf("duplicates, told apart:\n%s", out.String())
	if testing.Verbose() {
		for _, k := range kinds {
			t.Logf("wrong in %q:\n  %s", k.kind, strings.Join(k.wrong, "\n  "))
		}
	}
	if precision < 0.95 || recall < 0.90 {
		t.Errorf("precision %.4f and recall %.4f, want 0.95 and 0.90", precision, recall)
	}
}

// measured chooses the half that the figures are of.
func measured(p realPlace) bool { return dice(p.id, "half", 2) == 1 }

func positives(all []realPlace) []*tally {
	var kinds []*tally
	for _, how := range perturbations {
		k := &tally{kind: how.kind, same: true, loose: how.loose}
		kinds = append(kinds, k)
		for i := range all {
			p := &all[i]
			// A twentieth of the places, and all whose simplified name is known.
			if !measured(*p) || simplified[p.id] == "" && dice(p.id, how.kind, 20) > 0 {
				continue
			}
			first := p.n
			if how.first != nil {
				first = how.first(*p)
			}
			if n, ok := how.make(*p); ok {
				k.compare(&first, &n)
			}
		}
	}
	return kinds
}

func called(n catalog.Neighbour) string {
	return fmt.Sprintf("%s/%s/%s %s %s", n.Names.Main, n.Names.Zh, n.Names.En, n.Category, n.Phone)
}

// negatives are all pairs of real places within 150 m of which one is measured: of one
// name (a chain's, or a place and what stands at it), of one building, and others. A
// place that is in the data twice is none: pairs of one name and one sort closer than
// 30 m are left out.
//
// The other results say how many places there are, and how many have a neighbour that
// they are taken for.
func negatives(all []realPlace) (kinds []*tally, asked, places int) {
	kinds = []*tally{
		{kind: "neighbours of one name, 30 m to 150 m"},
		{kind: "neighbours in one building (to 15 m)"},
		{kind: "other neighbours within 150 m"},
	}
	cells := map[geo.Cell][]int{}
	for i, p := range all {
		c := geo.CellAt(p.n.Point, geo.FinestRes)
		cells[c] = append(cells[c], i)
	}
	for i := range all {
		p := &all[i]
		if !measured(*p) || dice(p.id, "negative", 20) > 0 {
			continue
		}
		places++
		taken := false
		for _, c := range geo.Cover(p.n.Point, 150).Cells {
			for _, j := range cells[c] {
				q := &all[j]
				d := geo.Distance(p.n.Point, q.n.Point)
				alike := text.Fold(p.n.Names.Main) == text.Fold(q.n.Names.Main)
				if i == j || d > 150 || alike && d < 30 {
					continue
				}
				k := kinds[2]
				switch {
				case alike:
					k = kinds[0]
				case d < 15:
					k = kinds[1]
				}
				taken = k.compare(&p.n, &q.n) || taken
			}
		}
		if taken {
			asked++
		}
	}
	return kinds, asked, places
}
