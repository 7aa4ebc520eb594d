package catalog_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"corner/catalog"
	"corner/geo"
	"corner/money"
)

// TestImportRefusesRows: the bad ones, each with its reasons, and takes the others.
func TestImportRefusesRows(t *testing.T) {
	t.Parallel()
	h := open(t)
	good := func(source string) catalog.Listing {
		return catalog.Listing{Source: source, Draft: noodles(), Offers: []catalog.Offer{soup()}}
	}
	bare, lost, nowhere, priced := good("osm:2"), good("osm:3"), good("osm:4"), good("")
	bare.Names.Main, bare.Category = "", "volcano"
	lost.Location = &catalog.Spot{Point: geo.Point{Lat: 121, Lng: 31}}
	nowhere.Location = nil
	priced.Offers = append(priced.Offers, soup())
	priced.Offers[1].Price = money.Of(-1, "CNY")
	closed := good("osm:5")
	closed.Hours = catalog.Hours{} // directories often do not tell
	outcomes, reasons, err := h.Import(t.Context(), []catalog.Listing{good("osm:1"), bare, lost, nowhere, priced, closed, good("osm:1")})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(
		[]catalog.Outcome{
			catalog.Created,
			catalog.Refused,
			catalog.Refused,
			catalog.Refused,
			catalog.Refused,
			catalog.Created,
			catalog.Unchanged,
		},
		outcomes,
	); diff != "" {
		t.Errorf("outcomes (-want +got):\n%s", diff)
	}
	got := make([][]string, len(reasons))
	for i, r := range reasons {
		got[i] = faults(r)
	}
	want := [][]string{
		nil,
		{"name required", "category unknown"},
		{"location.lat swapped", "location.lng swapped"},
		{"location required"},
		{"source required", "services.1.price.amount out_of_range"},
		nil, nil,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("reasons (-want +got):\n%s", diff)
	}
	p, err := h.find(t.Context(), "osm:1")
	if err != nil {
		t.Fatal(err)
	}
	if p.State != catalog.Published || p.Merchant != "" || p.Zone != "Asia/Shanghai" {
		t.Errorf("an imported place is %s, of %q, in %s; want published, of nobody, in Asia/Shanghai", p.State, p.Merchant, p.Zone)
	}
	if all, err := h.Services(t.Context(), h.nobody, p.ID, "", 10); err != nil || len(all) != 1 {
		t.Errorf("its services: %d, %v; want 1", len(all), err)
	}
}
