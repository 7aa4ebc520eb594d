package bench_test

import (
	"strings"
	"testing"

	"corner/index/memindex"
	"corner/internal/bench"
)

// TestEngine holds that the bench runs to its end, and says a line for each question.
func TestEngine(t *testing.T) {
	var out strings.Builder
	if err := bench.Engine(t.Context(), &out, memindex.New(), bench.NewWorld(2_000, 20)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"2000 places", "nearest 20 in 2 km", "clusters", "an edit is found"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the bench says %q, want it to say %q", out.String(), want)
		}
	}
}
