package api_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corner/api"
)

// FuzzMergePatch: whatever two texts of JSON, the patch is applied as RFC 7396 says: it
// never fails, doing it again changes nothing more, an empty patch of an object changes
// nothing, and no null that the patch brought stays in an object.
func FuzzMergePatch(f *testing.F) {
	f.Add(`{"a":{"b":1,"c":[1,2]},"d":null}`, `{"a":{"b":null,"e":{"f":null}},"d":"x"}`)
	f.Add(`{"name":"老王面馆","location":{"lat":31.2,"lng":121.4}}`, `{"location":{"accuracy_m":5},"names":{"en":"Wang"}}`)
	f.Add(`[1,2,3]`, `{"a":1}`)
	f.Add(`{"a":1}`, `null`)
	f.Add(`{"a":28.0}`, `{"a":{"a":{"a":{}}}}`)
	f.Fuzz(func(t *testing.T, target, patch string) {
		if !json.Valid([]byte(target)) || !json.Valid([]byte(patch)) {
			t.Skip()
		}
		once, err := api.MergePatch(target, patch)
		if err != nil {
			t.Fatalf("MergePatch(%s, %s): %v", target, patch, err)
		}
		twice, err := api.MergePatch(once, patch)
		if err != nil || twice != once {
			t.Errorf("again: got %s, %v, want %s", twice, err, once)
		}
		same, err := api.MergePatch(once, `{}`)
		if _, object := decode(t, once).(map[string]any); object && (err != nil || same != once) {
			t.Errorf("an empty patch: got %s, %v, want %s", same, err, once)
		}
		changes, ok := decode(t, patch).(map[string]any)
		if !ok {
			if diff := cmp.Diff(decode(t, patch), decode(t, once)); diff != "" {
				t.Errorf("a patch that is no object replaces (-patch +got):\n%s", diff)
			}
			return
		}
		merged, ok := decode(t, once).(map[string]any)
		if !ok {
			t.Fatalf("a patch that is an object made %s", once)
		}
		for k, v := range changes {
			if got, there := merged[k]; there != (v != nil) || there && got == nil {
				t.Errorf("member %q: there %v, %v; patched with %v", k, there, got, v)
			}
		}
	})
}

func decode(t *testing.T, s string) (v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(s), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

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
