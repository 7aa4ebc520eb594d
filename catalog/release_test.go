package catalog_test

import (
	"errors"
	"testing"

	"corner/catalog"
	"corner/identity"
)

// operator runs the server.
func operator(a identity.Actor) identity.Actor {
	a.Operator = true
	return a
}

func TestReleasePlace(t *testing.T) {
	t.Parallel()
	h := open(t)
	p := h.imported(t, "osm:1")
	if _, _, err := h.ClaimPlace(t.Context(), h.owner, p.ID, h.merchant, identity.Origin{}); err != nil {
		t.Fatal(err)
	}
	for name, a := range map[string]identity.Actor{"a stranger": h.stranger, "the owner": h.owner, "another owner": h.elsewhere} {
		if _, err := h.ReleasePlace(t.Context(), a, p.ID); !errors.Is(err, identity.ErrOperatorsOnly) {
			t.Errorf("by %s: got %v, want %v", name, err, identity.ErrOperatorsOnly)
		}
	}
	if _, err := h.ReleasePlace(t.Context(), h.nobody, p.ID); !errors.Is(err, identity.ErrUnauthenticated) {
		t.Errorf("by nobody: got %v, want %v", err, identity.ErrUnauthenticated)
	}
	boss := operator(h.stranger)
	got, err := h.ReleasePlace(t.Context(), boss, p.ID)
	if err != nil || got.Merchant != "" || got.Version != 3 || got.State != catalog.Published {
		t.Fatalf("ReleasePlace: %+v, %v; want it published, nobody's, in version 3", got, err)
	}
	again, err := h.ReleasePlace(t.Context(), boss, p.ID)
	if err != nil || again.Version != 3 {
		t.Errorf("again: version %d, %v; want 3 still", again.Version, err)
	}
	if _, _, err := h.ClaimPlace(t.Context(), h.elsewhere, p.ID, h.others, identity.Origin{}); err != nil {
		t.Errorf("claimed by whose it is: %v", err)
	}
	if _, err := h.ReleasePlace(t.Context(), boss, h.draft(t).ID); !errors.Is(err, catalog.ErrDraftNotReleased) {
		t.Errorf("a draft: got %v, want %v", err, catalog.ErrDraftNotReleased)
	}
	for _, id := range []catalog.PlaceID{"", "plc_1", "plc_00000000000000000000000000"} {
		if _, err := h.ReleasePlace(t.Context(), boss, id); !errors.Is(err, catalog.ErrPlaceNotFound) {
			t.Errorf("place %q: got %v, want %v", id, err, catalog.ErrPlaceNotFound)
		}
	}
}

// TestOperatorsLook at everything, and change nothing of a merchant's.
func TestOperatorsLook(t *testing.T) {
	t.Parallel()
	h := open(t)
	boss, draft := operator(h.stranger), h.draft(t)
	_, e1 := h.Merchant(t.Context(), boss, h.merchant)
	_, e2 := h.Places(t.Context(), boss, h.merchant, "", 10)
	_, e3 := h.Place(t.Context(), boss, draft.ID)
	_, e4 := h.Services(t.Context(), boss, draft.ID, "", 10)
	for i, err := range []error{e1, e2, e3, e4} {
		if err != nil {
			t.Errorf("look %d: %v", i+1, err)
		}
	}
	_, e1 = h.RevisePlace(t.Context(), boss, draft.ID, draft.Version, noodles())
	_, e2 = h.PublishPlace(t.Context(), boss, draft.ID)
	for i, err := range []error{e1, e2} {
		if !errors.Is(err, catalog.ErrPlaceNotFound) {
			t.Errorf("change %d: got %v, want %v", i+1, err, catalog.ErrPlaceNotFound)
		}
	}
}
