package api_test

import (
	"encoding/json"
	"testing"
	"time"

	"corner/api"
	"corner/catalog"
	"corner/fault"
	"corner/geo"
	"corner/media"
)

// TestProblemData: what refusals tell beside their own members, as it is written.
func TestProblemData(t *testing.T) {
	t.Parallel()
	found := catalog.Lookalikes{Merchant: "mer_1", Candidates: []catalog.Candidate{
		{
			Neighbour: catalog.Neighbour{
				ID:       "plc_1",
				Merchant: "mer_1",
				Names:    catalog.Names{Main: "老王面馆"},
				Category: "noodles",
				State:    catalog.Published,
			},
			Distance:   geo.Metres(29.7),
			Similarity: 0.876,
		},
	}}
	for _, c := range []struct {
		data any
		want string
	}{
		{nil, `null`},
		{fault.CurrentVersion(7), `{"current_version":7}`},
		{fault.Limited{Limit: 5, Reset: 1500 * time.Millisecond}, `{"limit":5,"reset_s":2}`},
		{catalog.Missing{"location", "hours"}, `{"missing":["/location","/hours"]}`},
		{media.HEIC, `{"format":"heic"}`},
		{found, `{"candidates":[{"id":"plc_1","name":"老王面馆","address":"","category":"noodles","distance_m":30,"similarity":0.88,` +
			`"same_phone":false,"claimed":true,"claimable":false,"own":true,"state":"published"}]}`},
	} {
		got, err := json.Marshal(api.ProblemData(c.data))
		if err != nil || string(got) != c.want {
			t.Errorf("%T is written as %s, %v, want %s", c.data, got, err, c.want)
		}
	}
}
