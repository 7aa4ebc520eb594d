package api_test

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corner/api"
)

const reference = "../docs/api/reference.md"

// The reference for readers is written from the operations, so that it cannot drift.
func TestGoldenReference(t *testing.T) {
	t.Parallel()
	got := api.Reference()
	if *update {
		if err := os.WriteFile(reference, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(reference)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s is out of date; go test ./api -update writes it (-want +got):\n%s", reference, diff)
	}
}
