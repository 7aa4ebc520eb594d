package api_test

import (
	"encoding/json"
	"testing"

	"corner/api"
)

// FuzzPatchPlace: a patch never panics, and what it does not touch stays.
func FuzzPatchPlace(f *testing.F) {
	f.Add(`{"phone":null,"location":{"lat":30}}`)
	f.Add(`{"hours":{"exceptions":[{"date":"2026-12-25","closed":true}]},"attributes":["wifi"]}`)
	f.Add(`{"location":null}`)
	f.Add(`{"location":{"entrance":{"lat":1e400}}}`)
	f.Add(`[]`)
	f.Fuzz(func(t *testing.T, patch string) {
		d, faults, err := api.PatchPlace(aPlace(), patch)
		if err != nil || len(faults) > 0 {
			return
		}
		var touched map[string]any
		if json.Unmarshal([]byte(patch), &touched) != nil {
			return
		}
		if _, ok := touched["address"]; !ok && d.Address != aPlace().Address {
			t.Errorf("the address became %q, and the patch does not touch it", d.Address)
		}
		if _, ok := touched["location"]; !ok && d.Location != nil {
			t.Error("the location is measured again, and the patch does not touch it")
		}
	})
}
