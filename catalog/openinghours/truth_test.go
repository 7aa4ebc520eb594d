package openinghours_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corner/catalog"
	"corner/catalog/openinghours"
	"corner/internal/fixtures"
	"corner/walltime"
)

// truth is a row of opening_hours_truth_a.jsonl: what the reference implementation
// reads in a text for the week from 2026-11-23.
type truth struct {
	Text       string      `json:"opening_hours"`
	Open       [][2]string `json:"open"`
	Lenient    bool        `json:"lenient"`     // it warned
	ParseError any         `json:"parse_error"` // it refused
}

// truths are the rows of the shared data.
func truths(t testing.TB) []truth {
	t.Helper()
	f, err := os.Open(fixtures.File(t, "opening_hours_truth_a.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []truth
	lines := bufio.NewScanner(f)
	for lines.Buffer(nil, 1<<20); lines.Scan(); {
		var row truth
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		all = append(all, row)
	}
	return all
}

// week is when hours are open in the week of the truth, as the truth writes it.
func week(h catalog.Hours) [][2]string {
	first := walltime.DayOf(2026, time.November, 23)
	var open [][2]walltime.Wall
	for d := first - 1; d < first+7; d++ {
		for _, v := range h.On(d) {
			from, to := max(d.At(v.Opens), first.At(0)), min(d.At(v.Closes), (first+7).At(0))
			if from < to {
				open = append(open, [2]walltime.Wall{from, to})
			}
		}
	}
	slices.SortFunc(open, func(a, b [2]walltime.Wall) int { return int(a[0] - b[0]) })
	out := [][2]string{}
	var last walltime.Wall
	for _, v := range open {
		if len(out) > 0 && v[0] <= last {
			last = max(last, v[1])
			out[len(out)-1][1] = last.String()
			continue
		}
		last = v[1]
		out = append(out, [2]string{v[0].String(), v[1].String()})
	}
	return out
}

// TestTruth: a text that the reference reads without a warning is read right or refused,
// and nearly all are read. Of the others, most are refused.
func TestTruth(t *testing.T) {
	t.Parallel()
	type score struct{ right, refused, wrong int }
	strict, lenient, unread, answered := score{}, score{}, 0, 0
	reasons := map[string]int{}
	for _, row := range truths(t) {
		h, err := openinghours.Parse(row.Text)
		refusal, refused := errors.AsType[*openinghours.RefusedError](err)
		if (err != nil) != refused {
			t.Fatalf("%q: %v", row.Text, err)
		}
		s := &strict
		switch {
		case row.ParseError != nil:
			if unread++; !refused {
				answered++
				t.Logf("read, which the reference does not: %q as %q", row.Text, openinghours.Format(h))
			}
			continue
		case row.Lenient:
			s = &lenient
		}
		diff := ""
		if !refused {
			diff = cmp.Diff(row.Open, week(h))
		}
		switch {
		case refused:
			s.refused++
			if !row.Lenient {
				reasons[refusal.Reason.Code]++
				t.Logf("refused: %q: %s", row.Text, refusal.Reason.En)
			}
		case diff == "":
			s.right++
		case row.Lenient:
			s.wrong++
			t.Logf("lenient and not the same: %q as %q; the reference: %v", row.Text, openinghours.Format(h), row.Open)
		default:
			s.wrong++
			t.Errorf("%q (-reference +got):\n%s", row.Text, diff)
		}
	}
	t.Logf("strict: %+v (refused for %v); lenient: %+v; of %d the reference cannot read, read: %d", strict, reasons, lenient, unread, answered)
	if lenient.wrong > 0 {
		t.Errorf("%d lenient rows are read otherwise than by the reference, want none", lenient.wrong)
	}
	if all := strict.right + strict.refused + strict.wrong; all != 2274 || strict.right*100 < all*95 {
		t.Errorf("%d of %d strict rows are right, want 95 %% of 2274", strict.right, all)
	}
}
