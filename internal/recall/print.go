package recall

import (
	"cmp"
	"fmt"
	"io"
	"text/tabwriter"
)

// Print writes the results as a table, and up to so many misses of each set.
func Print(out io.Writer, results []Result, misses int) error {
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "asked\tfound\trecall@10\tgoal\tms each\t  by")
	for i := range results {
		r := &results[i]
		n, verdict := len(r.Set.Questions), ""
		if r.Recall() < r.Set.Goal {
			verdict = " (MISSED)"
		}
		each := float64(r.Took.Microseconds()) / 1e3 / float64(max(n, 1))
		fmt.Fprintf(t, "%d\t%d\t%.3f\t%.2f\t%.2f\t  %s%s\n", n, n-len(r.Misses), r.Recall(), r.Set.Goal, each, r.Set.Name, verdict)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for i := range results {
		r := &results[i]
		for _, m := range r.Misses[:min(len(r.Misses), misses)] {
			_, err := fmt.Fprintf(out, "%s: %q does not find %q, but %q\n", r.Set.Name, m.Question.Text, m.Name, cmp.Or(m.First, "nothing"))
			if err != nil {
				return err
			}
		}
	}
	return nil
}
