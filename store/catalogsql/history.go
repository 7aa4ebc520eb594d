package catalogsql

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"corner/catalog"
	"corner/event"
	"corner/store"
)

const historyColumns = `place_id, seq, subject, kind, version, actor_id, at, changes`

const historyWidth = 8

// record adds revisions to a place's history. The transaction has written the place's
// row before, so that no other one counts meanwhile.
func record(ctx context.Context, t *store.Tx, place catalog.PlaceID, revisions ...catalog.Revision) error {
	var seq int64
	if err := t.Row(ctx, `SELECT coalesce(max(seq), 0) FROM place_history WHERE place_id = $1`, string(place)).Scan(&seq); err != nil {
		return fmt.Errorf("read the history: %w", err)
	}
	for part := range slices.Chunk(revisions, importRows) {
		var args []any
		for _, r := range part {
			changes, err := json.Marshal(r.Changes)
			if err != nil {
				return fmt.Errorf("write the history: %w", err)
			}
			seq++
			args = append(args, string(place), seq, r.Subject, string(r.Kind), r.Version, string(r.Actor), store.Micros(r.At), string(changes))
		}
		if _, err := t.Exec(
			ctx,
			`INSERT INTO place_history (`+historyColumns+`) VALUES `+store.Values(1, len(part), historyWidth),
			args...); err != nil {
			return fmt.Errorf("write the history: %w", err)
		}
	}
	return nil
}

// created is the revisions of new services.
func created(list []catalog.Service, e event.Event) []catalog.Revision {
	e.Kind = catalog.ServiceCreated
	var all []catalog.Revision
	for i := range list {
		all = append(all, catalog.ServiceRevision(&catalog.Service{}, &list[i], e))
	}
	return all
}

// History implements catalog.Places.
func (s Store) History(ctx context.Context, id catalog.PlaceID, before int64, limit int) ([]catalog.Revision, error) {
	rows, err := s.DB.Rows(
		ctx,
		`SELECT `+historyColumns+` FROM place_history WHERE place_id = $1 AND (seq < $2 OR $2 = 0) ORDER BY seq DESC LIMIT $3`,
		string(id),
		before,
		limit,
	)
	return store.Collect(rows, err, scanRevision)
}

func scanRevision(r store.Scanner) (v catalog.Revision, err error) {
	var changes string
	if err := r.Scan(&v.Place, &v.Seq, &v.Subject, &v.Kind, &v.Version, &v.Actor, store.Instant(&v.At), &changes); err != nil {
		return v, err
	}
	return v, json.Unmarshal([]byte(changes), &v.Changes)
}
