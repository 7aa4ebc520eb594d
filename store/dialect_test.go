package store_test

import (
	"errors"
	"testing"

	"corner/store"
	"corner/store/storetest"
)

func TestPlaceholdersBindByNumber(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		letters := []any{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"}
		for _, c := range []struct {
			query string
			args  []any
			want  string
		}{
			{`SELECT CAST($2 AS TEXT) || CAST($1 AS TEXT)`, letters[:2], "ba"},
			{`SELECT CAST($3 AS TEXT) || CAST($1 AS TEXT) || CAST($2 AS TEXT) || CAST($1 AS TEXT)`, letters[:3], "caba"},
			{
				`SELECT CAST($11 AS TEXT) || CAST($1 AS TEXT) || CAST($10 AS TEXT) ||
				CAST($2 AS TEXT) || CAST($3 AS TEXT) || CAST($4 AS TEXT) || CAST($5 AS TEXT) || CAST($6 AS TEXT) || CAST($7 AS TEXT) || CAST($8 AS TEXT) || CAST($9 AS TEXT)`,
				letters, "kajbcdefghi",
			},
		} {
			var read, within string
			if err := db.Row(t.Context(), c.query, c.args...).Scan(&read); err != nil {
				t.Fatalf("%s: %v", c.query, err)
			}
			err := db.Write(t.Context(), func(tx *store.Tx) error { return tx.Row(t.Context(), c.query, c.args...).Scan(&within) })
			if err != nil {
				t.Fatalf("%s in a transaction: %v", c.query, err)
			}
			if read != c.want || within != c.want {
				t.Errorf("%s = %q, and %q in a transaction; want %q", c.query, read, within, c.want)
			}
		}

		// The same of a statement that writes.
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			return errors.Join(
				do(t, tx, `CREATE TABLE test_pairs (one TEXT, two TEXT)`),
				do(t, tx, `INSERT INTO test_pairs (two, one) VALUES ($2, $1)`, "1", "2"))
		})
		var one, two string
		if err := errors.Join(err, db.Row(t.Context(), `SELECT one, two FROM test_pairs`).Scan(&one, &two)); err != nil {
			t.Fatal(err)
		}
		if one != "1" || two != "2" {
			t.Errorf("written by number: got one = %q, two = %q; want 1 and 2", one, two)
		}
	})
}

func TestNumbered(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                           "",
		"SELECT 1":                   "SELECT 1",
		"a = $2 AND b = $1":          "a = ?2 AND b = ?1",
		"($1,$2),($10,$11)":          "(?1,?2),(?10,?11)",
		"price > $1 AND '$' <> name": "price > ?1 AND '$' <> name",
	} {
		for range 2 { // the second answer is remembered
			if got := store.Numbered(in); got != want {
				t.Errorf("numbered(%q) = %q, want %q", in, got, want)
			}
		}
	}
}

func TestValues(t *testing.T) {
	t.Parallel()
	if got, want := store.Values(3, 2, 2), "($3,$4),($5,$6)"; got != want {
		t.Errorf("values(3, 2, 2) = %q, want %q", got, want)
	}
	if got, want := store.List(2, 3), "$2,$3,$4"; got != want {
		t.Errorf("list(2, 3) = %q, want %q", got, want)
	}
}
