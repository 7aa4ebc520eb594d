package main

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"

	"corner/privacy"
	"corner/store"
)

// aged are rows of each table that is purged, whose keeping began at $2; $1 is an id.
var aged = map[string]string{
	"sessions": `INSERT INTO sessions (id, user_id, generation, rotated_at, expires_at, ended_at, created_at)
		VALUES ($1, 'usr_1', 1, $2, $2 + 9000000000, $2, $2)`,
	"idempotency_keys": `INSERT INTO idempotency_keys (owner, token, op, input, subject, created_at) VALUES ('usr_1', $1, '', '', '', $2)`,
	"notices": `INSERT INTO notices (id, user_id, event_id, kind, subject, place_id, place_name, detail, read_at, created_at)
		VALUES ($1, 'usr_1', $1, 'decided', '', '', '', '', 0, $2)`,
	"uploads": `INSERT INTO uploads (id, user_id, place_id, service_id, kind, caption, bytes, received, pieces, photo_id, created_at, expires_at)
		VALUES ($1, 'usr_1', 'plc_1', '', 'item', '', 1, 0, '', '', $2, $2 + 86400000000)`,
	"looks":  `INSERT INTO looks (id, user_id, by_id, merchant_id, what, subject_id, hour, at) VALUES ($1, 'usr_1', 'usr_2', '', 'booking', $1, 0, $2)`,
	"events": `INSERT INTO events (id, kind, subject, place_id, actor_id, at) VALUES ($1, 'test.done', '', '', 'usr_1', $2)`,
}

// TestPurge: of each table for which privacy.Register names a period, the rows that are older go, and no others.
func TestPurge(t *testing.T) {
	t.Parallel()
	c := &Config{Data: t.TempDir(), Index: "mem:", Cache: "mem:", Blobs: "mem:", HoldFor: time.Minute}
	a, err := wire(t.Context(), c, slog.New(slog.DiscardHandler), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	exec := func(query string, args ...any) {
		t.Helper()
		if err := a.db.Write(t.Context(), func(tx *store.Tx) error { _, err := tx.Exec(t.Context(), query, args...); return err }); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
	}
	exec(`INSERT INTO users (id, phone, created_at) VALUES ('usr_1', '+1', 1)`)
	now := time.Now()
	tables := map[string]bool{}
	for _, r := range privacy.Register {
		if r.For == 0 || tables[r.Table] {
			continue
		}
		tables[r.Table] = true
		insert, known := aged[r.Table]
		if !known {
			t.Errorf("%s is purged after %s, and the test has no row of it", r.Table, r.For)
			continue
		}
		exec(insert, "old", now.Add(-r.For-time.Hour).UnixMicro())
		exec(insert, "young", now.Add(-r.For+time.Hour).UnixMicro())
	}
	if len(tables) != len(aged) {
		t.Errorf("%d tables are purged, and the test has rows of %d", len(tables), len(aged))
	}
	if err := a.forget(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := a.album.PurgeUploads(t.Context()); err != nil {
		t.Fatal(err)
	}
	for table := range tables {
		name := "id"
		if table == "idempotency_keys" {
			name = "token"
		}
		if got := left(t.Context(), t, a.db, table, name); !slices.Equal(got, []string{"young"}) {
			t.Errorf("of %s are left %v, want the young one", table, got)
		}
	}
}

func left(ctx context.Context, t *testing.T, db *store.DB, table, name string) []string {
	t.Helper()
	rows, err := db.Rows(ctx, fmt.Sprintf(`SELECT %s FROM %s WHERE %s IN ('old', 'young')`, name, table, name))
	list, err := store.CollectStrings(rows, err)
	if err != nil {
		t.Fatal(err)
	}
	return list
}
