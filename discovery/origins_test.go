package discovery_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corner/discovery"
	"corner/discovery/discoverytest"
)

// TestOrigins holds that a listing's terms are those of its origins, together.
func TestOrigins(t *testing.T) {
	t.Parallel()
	for _, l := range discoverytest.Listings(20, 2_000) {
		var got []string
		discovery.Origins(&l, func(s discovery.Origin) { got = append(got, s.Terms(nil)...) })
		slices.Sort(got)
		if diff := cmp.Diff(discovery.TermsOf(&l, nil), slices.Compact(got)); diff != "" {
			t.Fatalf("the terms of the origins of %+v (-want +got):\n%s", l, diff)
		}
	}
}
