package catalogsql

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"corner/catalog"
	"corner/event"
	"corner/store"
)

// Rows written by one statement. Fewer statements are what makes an import fast on
// a server across the network; the width is bounded by the drivers' placeholders.
const importRows = 100

// Import implements catalog.Places. Of two entries of one source the first counts.
func (s Store) Import(ctx context.Context, entries []catalog.Entry) ([]catalog.Outcome, error) {
	order := bySource(entries)
	outcomes := make([]catalog.Outcome, len(entries))
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		for i := range outcomes {
			outcomes[i] = catalog.Unchanged
		}
		for part := range slices.Chunk(order, importRows) {
			if err := importPlaces(ctx, t, entries, part, outcomes); err != nil {
				return err
			}
		}
		return nil
	})
	return outcomes, err
}

// bySource is where the entries are, each source once and in order: two imports that
// take their rows in one order wait for each other and never in a circle.
func bySource(entries []catalog.Entry) []int {
	order := make([]int, len(entries))
	for i := range order {
		order[i] = i
	}
	source := func(i int) string { return entries[i].Place.Source }
	slices.SortStableFunc(order, func(i, j int) int { return strings.Compare(source(i), source(j)) })
	return slices.CompactFunc(order, func(i, j int) bool { return source(i) == source(j) })
}

// importedColumns are what a new reading of a directory may change.
const importedColumns = `name, name_zh, name_en, category, lat, lng, sent_lat, sent_lng, system, accuracy, address, phone, hours, zone, digest, updated_at,
	branch, brand, attributes, how, measured_at, entrance_lat, entrance_lng, sent_entrance_lat, sent_entrance_lng, traits, cell`

var onSameSource = func() string {
	var set []string
	for _, c := range strings.FieldsFunc(importedColumns, func(r rune) bool { return r == ',' || unicode.IsSpace(r) }) {
		set = append(set, c+" = excluded."+c)
	}
	return ` ON CONFLICT (source) WHERE source <> '' DO UPDATE SET version = places.version + 1, ` + strings.Join(set, ", ") +
		` WHERE places.merchant_id = '' AND places.digest <> excluded.digest RETURNING id, source, version`
}()

// importPlaces stores the entries at part, which are of as many sources.
func importPlaces(ctx context.Context, t *store.Tx, entries []catalog.Entry, part []int, outcomes []catalog.Outcome) error {
	type stored struct {
		id      catalog.PlaceID
		source  string
		version int64
	}
	args := make([]any, 0, len(part)*insertWidth)
	at := make(map[string]int, len(part)) // by source
	for _, i := range part {
		p := &entries[i].Place
		at[p.Source] = i
		row, err := placeValues(p)
		if err != nil {
			return err
		}
		args = append(args, append(row, cellOf(p.Location), digest(row), 1)...)
	}
	rows, err := t.Rows(ctx, insertPlaces+store.Values(1, len(part), insertWidth)+onSameSource, args...)
	changed, err := store.Collect(rows, err, func(r store.Scanner) (v stored, err error) { return v, r.Scan(&v.id, &v.source, &v.version) })
	if err != nil {
		return fmt.Errorf("import %d places: %w", len(part), err)
	}
	var events []event.Event
	var services []catalog.Service
	for _, c := range changed {
		i := at[c.source]
		entry := entries[i]
		outcomes[i] = catalog.Updated
		if c.version == 1 {
			outcomes[i] = catalog.Created
			services = append(services, entry.Services...)
		}
		e := entry.Event
		e.Subject, e.Place = string(c.id), string(c.id)
		events = append(events, e)
	}
	if len(changed) < len(part) {
		if err := claimed(ctx, t, at, outcomes); err != nil {
			return err
		}
	}
	if err := insertServices(ctx, t, services); err != nil {
		return fmt.Errorf("import services: %w", err)
	}
	return t.Emit(ctx, events...)
}

// claimed finds the places, by source, that are their merchants' now.
func claimed(ctx context.Context, t *store.Tx, at map[string]int, outcomes []catalog.Outcome) error {
	var sources []any
	for source, i := range at {
		if outcomes[i] == catalog.Unchanged {
			sources = append(sources, source)
		}
	}
	rows, err := t.Rows(
		ctx,
		`SELECT source FROM places WHERE merchant_id <> '' AND source <> '' AND source IN (`+store.List(1, len(sources))+`)`,
		sources...)
	return store.Each(rows, err, func(r store.Scanner) error {
		var source string
		err := r.Scan(&source)
		if i, ok := at[source]; ok {
			outcomes[i] = catalog.Claimed
		}
		return err
	})
}

// digest tells whether a place reads as it did at the last import: everything but
// its id, owner, version and times. Columns that came after the first ones count when they
// hold something, so that a directory read before they came is read as the same.
func digest(row []any) string {
	const first, times, later = 2, 17, 21 // in the order of PlaceColumns
	h := sha256.New()
	for _, v := range row[first:times] {
		fmt.Fprintf(h, "%v\x00", v)
	}
	for i, v := range row[later:] {
		if v != "" && v != 0.0 && v != int64(0) {
			fmt.Fprintf(h, "%d=%v\x00", i, v)
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
