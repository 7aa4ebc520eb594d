package memindex_test

import (
	"testing"

	"corner/catalog"
	"corner/index/memindex"
)

// TestEveryCategoryHasANumber, however many operators add, and none has that of none.
func TestEveryCategoryHasANumber(t *testing.T) {
	t.Parallel()
	if most := len(catalog.BuiltIn.List) + catalog.MaxAdded; most > memindex.NoCategory {
		t.Errorf("the tree can have %d categories, and the index numbers %d", most, memindex.NoCategory)
	}
}
