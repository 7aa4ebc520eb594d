package catalog_test

import (
	"errors"
	"testing"
	"time"

	"corner/catalog"
	"corner/identity"
)

// called is a place of the merchant's with a name.
func (h shop) called(t *testing.T, name string) catalog.Place {
	t.Helper()
	d := elsewhere()
	d.Names = catalog.Names{Main: name}
	return h.with(t, d)
}

// rename gives a place another name, and nothing else.
func (h shop) rename(t *testing.T, p catalog.Place, name string) catalog.Place {
	t.Helper()
	d := catalog.Draft{
		Names: catalog.Names{
			Main: name,
		},
		Branch:   p.Branch,
		Category: p.Category,
		Address:  p.Address,
		Phone:    p.Phone,
		Hours:    p.Hours,
		Zone:     p.Zone,
		Brand:    "kfc", // which nobody asks
	}
	p, err := h.RevisePlace(t.Context(), h.manager, p.ID, p.Version, d)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func wantBrand(t *testing.T, what string, p catalog.Place, brand, claimed string) {
	t.Helper()
	if p.Brand != brand || p.BrandClaimed() != claimed {
		t.Errorf("%s: of brand %q and claims %q, want %q and %q", what, p.Brand, p.BrandClaimed(), brand, claimed)
	}
}

// TestBranding: a merchant's place has a brand if the merchant is the brand's or an operator said so, and as long as it is named so.
func TestBranding(t *testing.T) {
	t.Parallel()
	h := open(t)
	operator := identity.Actor{User: h.stranger.User, Operator: true}
	grant := func(p catalog.Place, brand string) (catalog.Place, error) {
		return h.GrantBrand(t.Context(), operator, p.ID, brand)
	}
	p := h.called(t, "肯德基（人民路店）")
	wantBrand(t, "registered", p, "", "kfc")
	if _, err := h.GrantBrand(t.Context(), h.owner, p.ID, "kfc"); !errors.Is(err, identity.ErrOperatorsOnly) {
		t.Errorf("an owner grants it: %v", err)
	}
	if err := h.GiveBrand(t.Context(), h.owner, p.ID, h.merchant, "kfc"); !errors.Is(err, identity.ErrOperatorsOnly) {
		t.Errorf("an owner gives it: %v", err)
	}
	for _, brand := range []string{"starbucks", "", "no_brand"} {
		if _, err := grant(p, brand); !errors.Is(err, catalog.ErrBrandNotClaimed) {
			t.Errorf("granted %q: %v", brand, err)
		}
		if err := h.GiveBrand(t.Context(), operator, p.ID, h.merchant, brand); !errors.Is(err, catalog.ErrBrandNotClaimed) {
			t.Errorf("given %q: %v", brand, err)
		}
	}
	if err := h.GiveBrand(t.Context(), operator, p.ID, h.others, "kfc"); !errors.Is(err, catalog.ErrBrandNotClaimed) {
		t.Errorf("given to another merchant: %v", err)
	}
	p, err := grant(p, "kfc")
	if err != nil {
		t.Fatal(err)
	}
	wantBrand(t, "granted", p, "kfc", "")
	wantBrand(t, "renamed within the brand", h.rename(t, p, "KFC"), "kfc", "")
	dropped, err := h.DropBrand(t.Context(), operator, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	wantBrand(t, "dropped", dropped, "", "kfc")

	// What is granted to one is not granted to the next; what is given to the merchant is.
	wantBrand(t, "another of the merchant's", h.called(t, "肯德基"), "", "kfc")
	if n, err := h.SetBrand(t.Context(), "", "kfc", h.merchant, true); err != nil || n != 2 {
		t.Errorf("given to %d places, %v; want 2", n, err)
	}
	mine := h.called(t, "肯德基（平江路店）")
	wantBrand(t, "of the brand's merchant", mine, "kfc", "")
	wantBrand(t, "renamed to a brand that is not the merchant's", h.rename(t, mine, "星巴克"), "", "starbucks")
	wantBrand(t, "renamed to one that is", h.rename(t, h.called(t, "老王"), "肯德基"), "kfc", "")
	wantBrand(t, "renamed away", h.rename(t, h.called(t, "肯德基"), "老王"), "", "")
}

// TestBrandingTakenBack: what is renamed and taken back has the brand of before; an imported place keeps its own until it is renamed.
func TestBrandingTakenBack(t *testing.T) {
	t.Parallel()
	h := open(t)
	operator := identity.Actor{User: h.stranger.User, Operator: true}
	takeBack := func(p catalog.Place) catalog.Place {
		t.Helper()
		p, err := h.TakeBack(t.Context(), operator, p.ID, time.Time{}, h.manager.User)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	d := elsewhere()
	d.Names, d.Brand = catalog.Names{Main: "家乡鸡"}, "kfc"
	_, _, err := h.Import(t.Context(), []catalog.Listing{{Source: "osm:node/77", Draft: d}})
	if err != nil {
		t.Fatal(err)
	}
	p, err := h.find(t.Context(), "osm:node/77")
	if err != nil {
		t.Fatal(err)
	}
	wantBrand(t, "imported, as the directory says", p, "kfc", "")
	p, _, err = h.ClaimPlace(t.Context(), h.manager, p.ID, h.merchant, identity.Origin{})
	if err != nil {
		t.Fatal(err)
	}
	wantBrand(t, "claimed", p, "kfc", "")
	p = h.rename(t, p, "星巴克")
	wantBrand(t, "renamed", p, "", "starbucks")
	if p, err = h.GrantBrand(t.Context(), operator, p.ID, "starbucks"); err != nil {
		t.Fatal(err)
	}
	p = takeBack(p)
	wantBrand(t, "taken back", p, "kfc", "")

	// The brand that was granted to a name goes with the name.
	own := h.rename(t, h.called(t, "老王"), "肯德基")
	if own, err = h.GrantBrand(t.Context(), operator, own.ID, "kfc"); err != nil {
		t.Fatal(err)
	}
	all, err := h.Store.History(t.Context(), own.ID, 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	if own = takeBack(own); own.Brand != "" {
		t.Errorf("%q, whose name was taken back (%d revisions), is of brand %q", own.Names.Main, len(all), own.Brand)
	}
}
