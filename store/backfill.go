package store

import (
	"context"
	"fmt"
	"strings"

	"corner/catalog"
)

// afterwards is what SQL alone cannot do for a migration, by its name; run in its
// transaction.
var afterwards = map[string]func(context.Context, *tx) error{
	"0004_catalog": func(ctx context.Context, t *tx) error { return t.fillCells(ctx) },
}

// fillCells gives the places of a database that had none their cells.
func (t *tx) fillCells(ctx context.Context) error {
	type spot struct {
		id string
		at catalog.Location
	}
	for after := ""; ; {
		rows, err := t.rows(ctx, `SELECT id, lat, lng FROM places WHERE system <> '' AND id > $1 ORDER BY id LIMIT $2`, after, importRows)
		part, err := collect(rows, err, func(r scanner) (s spot, err error) {
			s.at.System = "stored"
			return s, r.Scan(&s.id, &s.at.Point.Lat, &s.at.Point.Lng)
		})
		if err != nil {
			return fmt.Errorf("read places without a cell: %w", err)
		}
		if len(part) == 0 {
			return nil
		}
		var pairs []string
		var args []any
		for i, s := range part {
			pairs = append(pairs, fmt.Sprintf("(CAST($%d AS TEXT), CAST($%d AS BIGINT))", 2*i+1, 2*i+2))
			args = append(args, s.id, cellOf(s.at))
		}
		if _, err := t.exec(ctx, `UPDATE places SET cell = v.column2 FROM (VALUES `+strings.Join(pairs, ", ")+`) AS v WHERE places.id = v.column1`, args...); err != nil {
			return fmt.Errorf("fill cells: %w", err)
		}
		after = part[len(part)-1].id
	}
}
