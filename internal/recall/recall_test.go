package recall_test

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"time"

	"corner/discovery"
	"corner/index/memindex"
	"corner/internal/fixtures"
	"corner/internal/recall"
)

// TestRecall holds the goals of search over the shared data.
func TestRecall(t *testing.T) {
	t.Parallel()
	world, err := recall.Read(fixtures.Folder(t))
	if errors.Is(err, fs.ErrNotExist) {
		fixtures.Missing(t, err.Error())
	}
	if err != nil {
		t.Fatal(err)
	}
	ix := memindex.New()
	err = ix.Rebuild(t.Context(), func(put func([]discovery.Listing) error) error { return put(world.Listings) })
	if err != nil {
		t.Fatal(err)
	}
	results, err := world.Measure(t.Context(), &discovery.Finder{Index: ix, Now: time.Now}, every)
	if err != nil {
		t.Fatal(err)
	}
	var table strings.Builder
	if err := recall.Print(&table, results, 10); err != nil {
		t.Error(err)
	}
	t.Logf("%d places\n%s", len(world.Listings), &table)
	for i := range results {
		if r := &results[i]; r.Recall() < r.Set.Goal {
			t.Errorf("%s: recall@10 is %.3f, want %.2f", r.Set.Name, r.Recall(), r.Set.Goal)
		}
	}
}
