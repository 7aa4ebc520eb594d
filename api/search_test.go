package api_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corner/api"
)

// TestSearchAnswerIsAsDeclared: what is written by hand is what the document promises, to
// the byte.
func TestSearchAnswerIsAsDeclared(t *testing.T) {
	t.Parallel()
	for name, both := range map[string]func(*rapid.T) (got, want []byte){
		"JSON":    func(t *rapid.T) ([]byte, []byte) { return api.AnswerBothWays(t, false) },
		"GeoJSON": func(t *rapid.T) ([]byte, []byte) { return api.AnswerBothWays(t, true) },
		"map":     api.MapBothWays,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) {
				got, want := both(t)
				if diff := cmp.Diff(string(want), string(got)); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			})
		})
	}
}

// TestFieldsLeaveOut: with fields a hit has the members named and no others, and they are
// the same.
func TestFieldsLeaveOut(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		names, all, some := api.MaskedHit(t)
		var whole, got map[string]any
		if err := json.Unmarshal(all, &whole); err != nil {
			t.Fatalf("%s: %v", all, err)
		}
		if err := json.Unmarshal(some, &got); err != nil {
			t.Fatalf("fields %v: %s: %v", names, some, err)
		}
		want := map[string]any{}
		for _, n := range names {
			outer, inner, nested := strings.Cut(n, ".")
			from, to := whole, want
			if nested {
				from, _ = whole[outer].(map[string]any)
				if to, _ = want[outer].(map[string]any); to == nil {
					to = map[string]any{}
					want[outer] = to
				}
				outer = inner
			}
			if v, there := from[outer]; there {
				to[outer] = v
			}
		}
		for _, n := range names {
			if n == "place" {
				want[n] = whole[n]
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("fields %v (-want +got):\n%s", names, diff)
		}
	})
}
