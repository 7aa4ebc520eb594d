package store

import (
	"context"
	"fmt"
	"strings"

	"corner/geo"
)

// afterwards is what SQL alone cannot do for a migration, by its name; run in its
// transaction.
var afterwards = map[string]func(context.Context, *Tx) error{
	"0004_catalog": func(ctx context.Context, t *Tx) error { return t.fillCells(ctx) },
}

// fillCells gives the places of a database that had none their cells.
func (t *Tx) fillCells(ctx context.Context) error {
	type spot struct {
		id string
		at geo.Point
	}
	const atOnce = 100 // rows
	for after := ""; ; {
		rows, err := t.Rows(ctx, `SELECT id, lat, lng FROM places WHERE system <> '' AND id > $1 ORDER BY id LIMIT $2`, after, atOnce)
		part, err := Collect(rows, err, func(r Scanner) (s spot, err error) { return s, r.Scan(&s.id, &s.at.Lat, &s.at.Lng) })
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
			args = append(args, s.id, int64(geo.CellAt(s.at, geo.FinestRes)))
		}
		if _, err := t.Exec(
			ctx,
			`UPDATE places SET cell = v.column2 FROM (VALUES `+strings.Join(pairs, ", ")+`) AS v WHERE places.id = v.column1`,
			args...); err != nil {
			return fmt.Errorf("fill cells: %w", err)
		}
		after = part[len(part)-1].id
	}
}
