package catalogsql

import (
	"slices"
	"strings"
	"testing"
)

func columnsOf(list string) []string {
	return strings.Fields(strings.ReplaceAll(list, ",", " "))
}

// TestDigest holds that a directory read again changes a place if, and only if, something
// differs that an import may change. The digest goes by the positions of columns.
func TestDigest(t *testing.T) {
	t.Parallel()
	columns := columnsOf(PlaceColumns)
	row := make([]any, len(columns))
	for i, c := range columns {
		row[i] = c
	}
	plain := digest(row)
	// Those that are written with the digest, but are not read from the directory.
	follow := []string{"digest", "updated_at", "cell"}
	// Those that only the first import writes, but that are in its digest.
	once := []string{"state", "not_duplicate_of"}
	once = append(once, "closed_from", "closed_until") // 0 in whatever an import brings
	imported := columnsOf(importedColumns)
	for _, c := range imported {
		if !slices.Contains(columns, c) && !slices.Contains(follow, c) {
			t.Errorf("the import writes %s, which is no column of places", c)
		}
	}
	for i, c := range columns {
		changed := slices.Clone(row)
		changed[i] = "other"
		want := slices.Contains(imported, c) && !slices.Contains(follow, c) || slices.Contains(once, c)
		if got := digest(changed) != plain; got != want {
			t.Errorf("another %s changes the digest: %v, want %v", c, got, want)
		}
	}
	// Digests are stored. One that comes out otherwise makes every place of every directory
	// change at the next import: new columns come behind these, and say nothing while empty.
	const pinned = 31
	for i := pinned; i < len(row); i++ {
		row[i] = ""
	}
	if got, want := digest(row), "fb49d97a3b856ae054932a131cdb0cbb"; got != want {
		t.Errorf("the digest of a row of its columns' names is %s, want %s", got, want)
	}
}
