package catalog_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corner/catalog"
	"corner/fault"
	"corner/idempotency"
	"corner/identity"
)

// data is what an error tells the caller to go on with.
func data(err error) any {
	e, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return nil
	}
	return e.Data
}

func TestPublishSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	h := open(t)
	p := h.with(t, catalog.Draft{Names: catalog.Names{Main: "x"}, Category: "cafe"})
	_, err := h.PublishPlace(t.Context(), h.owner, p.ID)
	if !errors.Is(err, catalog.ErrIncomplete) {
		t.Fatalf("PublishPlace: got %v, want %v", err, catalog.ErrIncomplete)
	}
	if diff := cmp.Diff(any(catalog.Missing{"location", "hours"}), data(err)); diff != "" {
		t.Errorf("missing (-want +got):\n%s", diff)
	}
	if p, err = h.RevisePlace(t.Context(), h.owner, p.ID, p.Version, noodles()); err != nil {
		t.Fatal(err)
	}
	p, err = h.PublishPlace(t.Context(), h.owner, p.ID)
	if err != nil || p.State != catalog.Published || p.Version != 3 {
		t.Fatalf("PublishPlace: %s, version %d, %v; want published, 3", p.State, p.Version, err)
	}
	again, err := h.PublishPlace(t.Context(), h.owner, p.ID)
	if diff := cmp.Diff(p, again); diff != "" || err != nil {
		t.Errorf("PublishPlace again: %v (-want +got):\n%s", err, diff)
	}
	closed := noodles()
	closed.Hours = catalog.Hours{}
	_, err = h.RevisePlace(t.Context(), h.owner, p.ID, p.Version, closed)
	if !errors.Is(err, catalog.ErrIncomplete) {
		t.Errorf("taking away the hours of a published place: got %v, want %v", err, catalog.ErrIncomplete)
	}
}

func TestReviseNamesItsVersion(t *testing.T) {
	t.Parallel()
	h := open(t)
	p := h.draft(t)
	const n = 10
	errs := make([]error, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { _, errs[i] = h.RevisePlace(t.Context(), h.owner, p.ID, p.Version, noodles()) })
	}
	wg.Wait()
	won := 0
	for _, err := range errs {
		switch {
		case err == nil:
			won++
		case !errors.Is(err, catalog.ErrStale) || data(err) != fault.CurrentVersion(2):
			t.Errorf("a rival: got %v with %v, want %v with 2", err, data(err), catalog.ErrStale)
		}
	}
	if won != 1 {
		t.Errorf("%d of %d changes of one version went well, want 1", won, n)
	}
	for _, version := range []int64{0, 1, 3, -1} {
		if _, err := h.RevisePlace(t.Context(), h.owner, p.ID, version, noodles()); !errors.Is(err, catalog.ErrStale) {
			t.Errorf("version %d: got %v, want %v", version, err, catalog.ErrStale)
		}
	}
}

func TestTimesAreAsTheDatabaseKeepsThem(t *testing.T) {
	t.Parallel()
	h := open(t)
	made := h.draft(t)
	stored, err := h.PlaceAsIs(t.Context(), made.ID)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(made, stored); diff != "" {
		t.Errorf("what CreatePlace gave and what is stored (-gave +stored):\n%s", diff)
	}
	if want := now.Truncate(time.Microsecond); !made.CreatedAt.Equal(want) {
		t.Errorf("CreatedAt = %v, want %v", made.CreatedAt, want)
	}
}

func TestClaim(t *testing.T) {
	t.Parallel()
	h := open(t)
	p := h.imported(t, "osm:1")
	claim := func(a identity.Actor, id catalog.PlaceID, m identity.MerchantID) (catalog.Place, error) {
		p, _, err := h.ClaimPlace(t.Context(), a, id, m, identity.Origin{})
		return p, err
	}
	errs, wg := make([]error, 2), sync.WaitGroup{}
	wg.Go(func() { _, errs[0] = claim(h.owner, p.ID, h.merchant) })
	wg.Go(func() { _, errs[1] = claim(h.elsewhere, p.ID, h.others) })
	wg.Wait()
	winner, m, loser, theirs := h.owner, h.merchant, h.elsewhere, h.others
	if errs[0] != nil {
		errs[0], errs[1] = errs[1], errs[0]
		winner, m, loser, theirs = loser, theirs, winner, m
	}
	if errs[0] != nil || !errors.Is(errs[1], catalog.ErrClaimed) {
		t.Fatalf("two claims at one time: got %v, want one to go well and one %v", errs, catalog.ErrClaimed)
	}
	again, err := claim(winner, p.ID, m)
	if err != nil || again.Version != 2 || again.Merchant != m {
		t.Errorf("claimed again by its owner: version %d of %s, %v; want 2 of %s", again.Version, again.Merchant, err, m)
	}
	if _, err := claim(loser, h.draftOf(t, winner, m), theirs); !errors.Is(err, catalog.ErrPlaceNotFound) {
		t.Errorf("a draft of another: got %v, want %v", err, catalog.ErrPlaceNotFound)
	}
	// The directory has no say any more; the merchant has.
	renamed := noodles()
	renamed.Names.Main = "renamed"
	outcomes, _, err := h.Import(t.Context(), []catalog.Listing{{Source: "osm:1", Draft: renamed}})
	if err != nil || outcomes[0] != catalog.Claimed {
		t.Errorf("Import of a claimed place: %v, %v; want Claimed", outcomes, err)
	}
	if got, err := h.RevisePlace(
		t.Context(),
		winner,
		p.ID,
		again.Version,
		renamed,
	); err != nil || got.Names.Main != "renamed" ||
		got.State != catalog.Published {
		t.Errorf("RevisePlace by its owner: %q, %s, %v; want renamed and published", got.Names.Main, got.State, err)
	}
}

func (h shop) draftOf(t *testing.T, a identity.Actor, m identity.MerchantID) catalog.PlaceID {
	t.Helper()
	p, err := h.CreatePlace(t.Context(), a, m, elsewhere(), idempotency.Key{})
	if err != nil {
		t.Fatal(err)
	}
	return p.ID
}

// TestUnclaimedHasNoStaff: a role with no merchant is none.
func TestUnclaimedHasNoStaff(t *testing.T) {
	t.Parallel()
	h := open(t)
	p := h.imported(t, "osm:1")
	sly := identity.Actor{User: "usr_1", Roles: map[identity.MerchantID]identity.Role{"": identity.Owner}}
	if _, err := h.RevisePlace(t.Context(), sly, p.ID, p.Version, noodles()); !errors.Is(err, catalog.ErrPlaceNotFound) {
		t.Errorf("RevisePlace: got %v, want %v", err, catalog.ErrPlaceNotFound)
	}
	if _, err := h.AddService(t.Context(), sly, p.ID, soup(), idempotency.Key{}); !errors.Is(err, catalog.ErrPlaceNotFound) {
		t.Errorf("AddService: got %v, want %v", err, catalog.ErrPlaceNotFound)
	}
}
