package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"corner/store"
)

// Dump is every row of every table, as text and sorted: two dumps that are equal are of
// databases that hold the same.
func Dump(t testing.TB, db *store.DB) []string {
	t.Helper()
	tables := `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`
	if db.Dialect() == "postgres" {
		tables = `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'`
	}
	rows, err := db.Rows(t.Context(), tables)
	names, err := store.CollectStrings(rows, err)
	if err != nil {
		t.Fatalf("list the tables: %v", err)
	}
	var all []string
	for _, name := range names {
		rows, err := db.Rows(t.Context(), `SELECT * FROM `+name)
		if err != nil {
			t.Fatalf("read %s: %v", name, err)
		}
		columns, err := rows.Columns()
		if err != nil {
			t.Fatalf("columns of %s: %v", name, err)
		}
		err = store.Each(rows, nil, func(r store.Scanner) error {
			cells, targets := make([]any, len(columns)), make([]any, len(columns))
			for i := range cells {
				targets[i] = &cells[i]
			}
			if err := r.Scan(targets...); err != nil {
				return err
			}
			var line strings.Builder
			line.WriteString(name)
			for i, c := range columns {
				fmt.Fprintf(&line, " %s=%v", c, cells[i])
			}
			all = append(all, line.String())
			return nil
		})
		if err != nil {
			t.Fatalf("read %s: %v", name, err)
		}
	}
	slices.Sort(all)
	return all
}
