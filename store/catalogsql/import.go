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
func (s Store) Import(
	ctx context.Context, entries []catalog.Entry, decide func(catalog.Stored) catalog.Outcome,
) ([]catalog.Outcome, error) {
	order := bySource(entries)
	outcomes := make([]catalog.Outcome, len(entries))
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		for i := range outcomes {
			outcomes[i] = catalog.Unchanged
		}
		for part := range slices.Chunk(order, importRows) {
			if err := importPlaces(ctx, t, entries, part, outcomes, decide); err != nil {
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
		` RETURNING id, source, version`
}()

// arrival is an entry on its way in: where it is among the entries, and its row.
type arrival struct {
	at     int
	row    []any
	digest string
}

// importPlaces stores the entries at part, which are of as many sources.
func importPlaces(
	ctx context.Context,
	t *store.Tx,
	entries []catalog.Entry,
	part []int,
	outcomes []catalog.Outcome,
	decide func(catalog.Stored) catalog.Outcome,
) error {
	arrivals := make([]arrival, 0, len(part))
	for _, i := range part {
		row, err := placeValues(&entries[i].Place)
		if err != nil {
			return err
		}
		arrivals = append(arrivals, arrival{i, row, digest(row)})
	}
	if err := judge(ctx, t, entries, arrivals, outcomes, decide); err != nil {
		return fmt.Errorf("look for %d places: %w", len(part), err)
	}
	events, services, err := write(ctx, t, entries, arrivals, outcomes)
	if err != nil {
		return fmt.Errorf("import %d places: %w", len(part), err)
	}
	if err := insertServices(ctx, t, services); err != nil {
		return fmt.Errorf("import services: %w", err)
	}
	return t.Emit(ctx, events...)
}

// judge writes what is to become of the arrivals, holding the places of their sources that
// are there, so that nobody claims one meanwhile.
func judge(
	ctx context.Context,
	t *store.Tx,
	entries []catalog.Entry,
	arrivals []arrival,
	outcomes []catalog.Outcome,
	decide func(catalog.Stored) catalog.Outcome,
) error {
	sources, bySource := make([]any, len(arrivals)), make(map[string]*arrival, len(arrivals))
	for k := range arrivals {
		a := &arrivals[k]
		source := entries[a.at].Place.Source
		sources[k], bySource[source], outcomes[a.at] = source, a, catalog.Created
	}
	rows, err := t.Rows(
		ctx,
		`SELECT source, merchant_id, digest FROM places WHERE source <> '' AND source IN (`+store.List(
			1,
			len(sources),
		)+`) ORDER BY source`+t.InOrder(),
		sources...)
	return store.Each(rows, err, func(r store.Scanner) error {
		var source, digest string
		var known catalog.Stored
		if err := r.Scan(&source, &known.Merchant, &digest); err != nil {
			return err
		}
		if a := bySource[source]; a != nil {
			known.Same = a.digest == digest
			outcomes[a.at] = decide(known)
		}
		return nil
	})
}

// write stores what is Created or Updated, and returns what has to be told of it and the
// services that come with it.
func write(
	ctx context.Context, t *store.Tx, entries []catalog.Entry, arrivals []arrival, outcomes []catalog.Outcome,
) (events []event.Event, services []catalog.Service, err error) {
	args, at := []any(nil), make(map[string]int, len(arrivals)) // by source
	for _, a := range arrivals {
		if outcomes[a.at] == catalog.Created || outcomes[a.at] == catalog.Updated {
			p := &entries[a.at].Place
			args, at[p.Source] = append(args, append(a.row, cellOf(p.Location), store.Micros(p.EndsAt()), a.digest, 1)...), a.at
		}
	}
	if len(at) == 0 {
		return nil, nil, nil
	}
	rows, err := t.Rows(ctx, insertPlaces+store.Values(1, len(at), insertWidth)+onSameSource, args...)
	err = store.Each(rows, err, func(r store.Scanner) error {
		var id catalog.PlaceID
		var source string
		var version int64
		if err := r.Scan(&id, &source, &version); err != nil {
			return err
		}
		entry, created := &entries[at[source]], outcomes[at[source]] == catalog.Created
		if created != (version == 1) {
			return store.ErrAgain // another import brought it between our look and now
		}
		if created {
			services = append(services, entry.Services...)
		}
		e := entry.Event
		e.Subject, e.Place = string(id), string(id)
		events = append(events, e)
		return nil
	})
	return events, services, err
}

// digest tells whether a place reads as it did at the last import: everything but
// its id, owner, version and times. Columns that came after the first ones count when they
// hold something, so that a directory read before they came is read as the same.
func digest(row []any) string {
	const first, times, later, ours = 2, 17, 21, 32 // in the order of PlaceColumns; what follows them is ours, and in no directory
	h := sha256.New()
	for _, v := range row[first:times] {
		fmt.Fprintf(h, "%v\x00", v)
	}
	for i, v := range row[later:ours] {
		if v != "" && v != 0.0 && v != int64(0) {
			fmt.Fprintf(h, "%d=%v\x00", i, v)
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
