package catalog_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corner/catalog"
	"corner/fault"
	"corner/idempotency"
	"corner/identity"
	"corner/money"
)

// haircut is an offer with a value in every field.
func haircut() catalog.Offer {
	return catalog.Offer{
		Name:         "剪发",
		Description:  "含洗吹",
		Section:      "发型",
		Position:     3,
		Duration:     45 * time.Minute,
		Price:        money.Of(8_000, "CNY"),
		PriceTo:      money.Of(20_000, "CNY"),
		Bookable:     true,
		Capacity:     2,
		Step:         15 * time.Minute,
		Rules:        rules,
		AtHome:       &catalog.AtHome{Radius: 5_000, Travel: 30 * time.Minute},
		Payment:      catalog.Payment{Kind: catalog.PayDeposit, Deposit: money.Of(2_000, "CNY")},
		Cancellation: catalog.Cancellation{Free: 24 * time.Hour, Fee: 5_000},
		Attributes:   []string{"wifi", "parking", "wifi"},
	}
}

// rules are those of a haircut.
var rules = catalog.Rules{
	Buffers: catalog.Buffers{Before: 5 * time.Minute, After: 10 * time.Minute}, Lead: time.Hour, Horizon: 30, PartyMin: 1, PartyMax: 2,
}

func TestOfferInFull(t *testing.T) {
	t.Parallel()
	h := open(t)
	p := h.published(t)
	v, err := h.AddService(t.Context(), h.manager, p.ID, haircut(), idempotency.Key{})
	if err != nil {
		t.Fatal(err)
	}
	want := catalog.Service{
		ID: v.ID, Place: p.ID, Name: "剪发", Description: "含洗吹", Section: "发型", Position: 3, Duration: 45 * time.Minute,
		Price: money.Of(8_000, "CNY"), PriceTo: money.Of(20_000, "CNY"), Bookable: true, Capacity: 2, Step: 15 * time.Minute, Rules: rules,
		AtHome:       catalog.AtHome{Radius: 5_000, Travel: 30 * time.Minute},
		Payment:      catalog.Payment{Kind: catalog.PayDeposit, Deposit: money.Of(2_000, "CNY")},
		Cancellation: catalog.Cancellation{Free: 24 * time.Hour, Fee: 5_000}, Attributes: []string{"parking", "wifi"},
		Version: 1, CreatedAt: now.Truncate(time.Microsecond), UpdatedAt: now.Truncate(time.Microsecond),
	}
	if diff := cmp.Diff(want, v); diff != "" {
		t.Errorf("AddService (-want +got):\n%s", diff)
	}
	for name, c := range map[string]struct {
		change func(*catalog.Offer)
		want   []string
	}{
		"a range backwards":         {func(o *catalog.Offer) { o.PriceTo.Minor = 7_999 }, []string{"price_to.amount out_of_range"}},
		"a range of two currencies": {func(o *catalog.Offer) { o.PriceTo.Currency = "HKD" }, []string{"price_to.currency other_currency"}},
		"next door only":            {func(o *catalog.Offer) { o.AtHome.Radius = 10 }, []string{"at_home.radius out_of_range"}},
		"half a minute away":        {func(o *catalog.Offer) { o.AtHome.Travel = 30 * time.Second }, []string{"at_home.travel out_of_range"}},
		"no deposit":                {func(o *catalog.Offer) { o.Payment.Deposit = money.Amount{} }, []string{"payment.deposit required"}},
		"a deposit over the price":  {func(o *catalog.Offer) { o.Payment.Deposit.Minor = 20_001 }, []string{"payment.deposit.amount out_of_range"}},
		"a deposit in yen":          {func(o *catalog.Offer) { o.Payment.Deposit.Currency = "JPY" }, []string{"payment.deposit.currency other_currency"}},
		"a deposit for nothing":     {func(o *catalog.Offer) { o.Payment.Kind = catalog.PayPrepaid }, []string{"payment.deposit unexpected"}},
		"paid in kind":              {func(o *catalog.Offer) { o.Payment = catalog.Payment{Kind: "eggs"} }, []string{"payment.kind unknown"}},
		"more than the price":       {func(o *catalog.Offer) { o.Cancellation.Fee = 10_001 }, []string{"cancellation.fee out_of_range"}},
		"half an hour":              {func(o *catalog.Offer) { o.Cancellation.Free = 30 * time.Minute }, []string{"cancellation.free out_of_range"}},
		"buffers of half a minute, and of a day": {func(o *catalog.Offer) {
			o.Rules.Buffers = catalog.Buffers{Before: 30 * time.Second, After: 24 * time.Hour}
		}, []string{"buffer_before out_of_range", "buffer_after out_of_range"}},
		"a horizon of a year":          {func(o *catalog.Offer) { o.Rules.Horizon = 365 }, []string{"horizon_days out_of_range"}},
		"a lead of half a year":        {func(o *catalog.Offer) { o.Rules.Lead = 180 * 24 * time.Hour }, []string{"lead out_of_range"}},
		"a lead longer than a horizon": {func(o *catalog.Offer) { o.Rules.Horizon, o.Rules.Lead = 1, 25*time.Hour }, []string{"lead out_of_range"}},
		"a party there is no room for": {func(o *catalog.Offer) { o.Rules.PartyMax = 3 }, []string{"party_max out_of_range"}},
		"fewer at most than at least":  {func(o *catalog.Offer) { o.Rules.PartyMin, o.Rules.PartyMax = 2, 1 }, []string{"party_max out_of_range"}},
		"more at least than seats":     {func(o *catalog.Offer) { o.Rules.PartyMin, o.Rules.PartyMax = 3, 0 }, []string{"party_min out_of_range"}},
		"what nobody has":              {func(o *catalog.Offer) { o.Attributes = []string{"wifi", "moat"} }, []string{"attributes.1 unknown"}},
		"all at once": {func(o *catalog.Offer) {
			o.Description, o.Section, o.Position = strings.Repeat("x", 2_001), strings.Repeat("x", 61), -1
		}, []string{"description too_long", "section too_long", "position out_of_range"}},
	} {
		o := haircut()
		home := *o.AtHome
		o.AtHome = &home
		c.change(&o)
		if diff := cmp.Diff(c.want, faults(o.Check())); diff != "" {
			t.Errorf("%s: faults (-want +got):\n%s", name, diff)
		}
	}
}

func TestMenu(t *testing.T) {
	t.Parallel()
	h := open(t)
	p := h.published(t)
	offers := make([]catalog.Offer, 300)
	for i := range offers {
		offers[i] = catalog.Offer{Name: string(rune('一' + i)), Price: money.Of(int64(i), "CNY")}
	}
	list, err := h.AddServices(t.Context(), h.manager, p.ID, offers, idempotency.Key{})
	if err != nil {
		t.Fatal(err)
	}
	stored, err := h.Services(t.Context(), h.nobody, p.ID, "", 500)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(list, stored); diff != "" {
		t.Errorf("a menu is listed in its order (-given +listed):\n%s", diff)
	}
	offers[7].Name, offers[299].Price.Currency = "", "???"
	_, err = h.AddServices(t.Context(), h.manager, p.ID, offers, idempotency.Key{})
	if diff := cmp.Diff([]string{"services.7.name required", "services.299.price.currency unknown"}, faults(err)); diff != "" {
		t.Errorf("faults of a menu (-want +got):\n%s", diff)
	}
	_, err = h.AddServices(t.Context(), h.manager, p.ID, nil, idempotency.Key{})
	if diff := cmp.Diff([]string{"services required"}, faults(err)); diff != "" {
		t.Errorf("faults of nothing (-want +got):\n%s", diff)
	}
	_, err = h.AddServices(t.Context(), h.manager, p.ID, slices.Repeat(offers[:1], 501), idempotency.Key{})
	if diff := cmp.Diff([]string{"services too_many_items"}, faults(err)); diff != "" {
		t.Errorf("faults of too much (-want +got):\n%s", diff)
	}
	if _, err := h.AddServices(
		t.Context(),
		h.manager,
		p.ID,
		slices.Repeat(offers[:1], 201),
		idempotency.Key{},
	); !errors.Is(
		err,
		catalog.ErrTooManyServices,
	) {
		t.Errorf("201 to 300: got %v, want %v", err, catalog.ErrTooManyServices)
	}
}

func TestReviseAndRetireService(t *testing.T) {
	t.Parallel()
	h := open(t)
	p := h.published(t)
	v, err := h.AddService(t.Context(), h.manager, p.ID, soup(), idempotency.Key{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.ReviseService(
		t.Context(),
		h.manager,
		v.ID,
		7,
		haircut(),
	); !errors.Is(err, catalog.ErrServiceStale) ||
		data(err) != fault.CurrentVersion(1) {
		t.Errorf("another version: got %v with %v, want %v with 1", err, data(err), catalog.ErrServiceStale)
	}
	for name, who := range map[string]identity.Actor{"the counter": h.counter, "a rival": h.elsewhere, "a stranger": h.stranger} {
		if _, err := h.ReviseService(t.Context(), who, v.ID, 1, haircut()); !errors.Is(err, catalog.ErrServiceNotFound) {
			t.Errorf("%s revises: got %v, want %v", name, err, catalog.ErrServiceNotFound)
		}
		if _, err := h.RetireService(t.Context(), who, v.ID, 1); !errors.Is(err, catalog.ErrServiceNotFound) {
			t.Errorf("%s retires: got %v, want %v", name, err, catalog.ErrServiceNotFound)
		}
	}
	v, err = h.ReviseService(t.Context(), h.manager, v.ID, 1, haircut())
	if err != nil || v.Name != "剪发" || v.Version != 2 {
		t.Fatalf("ReviseService: %q, version %d, %v; want 剪发, 2", v.Name, v.Version, err)
	}
	if _, err := h.RetireService(t.Context(), h.manager, v.ID, 1); !errors.Is(err, catalog.ErrServiceStale) {
		t.Errorf("retiring another version: got %v, want %v", err, catalog.ErrServiceStale)
	}
	for range 2 {
		if v, err = h.RetireService(t.Context(), h.manager, v.ID, 2); err != nil || !v.Retired() || v.Bookable || v.Version != 3 {
			t.Fatalf("RetireService: %+v, %v; want it retired, not bookable, version 3", v, err)
		}
	}
	if _, err := h.ReviseService(t.Context(), h.manager, v.ID, 3, soup()); !errors.Is(err, catalog.ErrRetired) {
		t.Errorf("revising what is retired: got %v, want %v", err, catalog.ErrRetired)
	}
	if list, err := h.Services(t.Context(), h.nobody, p.ID, "", 10); err != nil || len(list) != 0 {
		t.Errorf("the place sells %d things, %v; want none", len(list), err)
	}
	if got, _, err := h.Service(t.Context(), h.nobody, v.ID); err != nil || !got.Retired() {
		t.Errorf("a retired service cannot be read: %v", err)
	}
}

// TestPublicServicesStayUnbookable, whichever comes first.
func TestPublicServicesStayUnbookable(t *testing.T) {
	t.Parallel()
	h := open(t)
	bank := elsewhere()
	bank.Category = "bank"
	if _, err := h.CreatePlace(
		t.Context(),
		h.manager,
		h.merchant,
		bank,
		idempotency.Key{},
		soup(),
	); !errors.Is(
		err,
		catalog.ErrDiscoveryOnly,
	) {
		t.Errorf("a bank with a bookable service: got %v, want %v", err, catalog.ErrDiscoveryOnly)
	}
	p := h.with(t, bank)
	walkIn := soup()
	walkIn.Bookable = false
	v, err := h.AddService(t.Context(), h.manager, p.ID, walkIn, idempotency.Key{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.ReviseService(t.Context(), h.manager, v.ID, 1, soup()); !errors.Is(err, catalog.ErrDiscoveryOnly) {
		t.Errorf("made bookable: got %v, want %v", err, catalog.ErrDiscoveryOnly)
	}
	if _, err := h.AddServices(
		t.Context(),
		h.manager,
		p.ID,
		[]catalog.Offer{walkIn, soup()},
		idempotency.Key{},
	); !errors.Is(
		err,
		catalog.ErrDiscoveryOnly,
	) {
		t.Errorf("a bookable one on the menu: got %v, want %v", err, catalog.ErrDiscoveryOnly)
	}
	shop := h.with(t, elsewhere())
	v, err = h.AddService(t.Context(), h.manager, shop.ID, soup(), idempotency.Key{})
	if err != nil {
		t.Fatal(err)
	}
	public := elsewhere()
	public.Category = "post_office"
	if _, err := h.RevisePlace(t.Context(), h.manager, shop.ID, 1, public); !errors.Is(err, catalog.ErrDiscoveryOnly) {
		t.Errorf("a shop that takes bookings becomes a post office: got %v, want %v", err, catalog.ErrDiscoveryOnly)
	}
	if _, err := h.RetireService(t.Context(), h.manager, v.ID, 1); err != nil {
		t.Fatal(err)
	}
	if _, err := h.RevisePlace(t.Context(), h.manager, shop.ID, 1, public); err != nil {
		t.Errorf("once it takes none: %v", err)
	}
}

// TestExceptionsOneByOne: a closure on a holiday leaves other dates as they are.
func TestExceptionsOneByOne(t *testing.T) {
	t.Parallel()
	h := open(t)
	p := h.published(t)
	set := func(x catalog.Exception) {
		t.Helper()
		var err error
		if p, err = h.ReviseHours(t.Context(), h.manager, p.ID, p.Version, func(h *catalog.Hours) { h.Except(x) }); err != nil {
			t.Fatal(err)
		}
	}
	set(catalog.Exception{Day: 20_800})
	set(catalog.Exception{Day: 20_700, Intervals: []catalog.Interval{{Opens: 600, Closes: 700}}})
	set(catalog.Exception{Day: 20_800, Intervals: []catalog.Interval{{Opens: 700, Closes: 800}}})
	want := []catalog.Exception{
		{
			Day:       20_700,
			Intervals: []catalog.Interval{{Opens: 600, Closes: 700}},
		},
		{Day: 20_800, Intervals: []catalog.Interval{{Opens: 700, Closes: 800}}},
	}
	if diff := cmp.Diff(want, p.Hours.Exceptions); diff != "" {
		t.Errorf("exceptions (-want +got):\n%s", diff)
	}
	before := p.Version
	set(want[0])
	if p.Version != before {
		t.Errorf("setting what is set made version %d, want %d still", p.Version, before)
	}
	p, err := h.ReviseHours(t.Context(), h.manager, p.ID, p.Version, func(h *catalog.Hours) { h.Forget(20_700) })
	if err != nil || len(p.Hours.Exceptions) != 1 {
		t.Errorf("Forget: %v exceptions, %v; want the other one", p.Hours.Exceptions, err)
	}
	_, err = h.ReviseHours(t.Context(), h.manager, p.ID, p.Version, func(h *catalog.Hours) {
		h.Except(catalog.Exception{Day: 1, Intervals: []catalog.Interval{{Opens: 9, Closes: 8}}})
	})
	if diff := cmp.Diff([]string{"hours.exceptions.1 out_of_range"}, faults(err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

func TestBranchesAndName(t *testing.T) {
	t.Parallel()
	h := open(t)
	if _, _, err := h.Branches(t.Context(), h.nobody, h.merchant, "", 10); !errors.Is(err, identity.ErrMerchantNotFound) {
		t.Errorf("a merchant without a place: got %v, want %v", err, identity.ErrMerchantNotFound)
	}
	h.draft(t)
	p := h.published(t)
	m, list, err := h.Branches(t.Context(), h.nobody, h.merchant, "", 10)
	if err != nil || m.Name != "Lao Wang" || len(list) != 1 || list[0].ID != p.ID {
		t.Errorf("Branches: %q with %d places, %v; want Lao Wang with the published one", m.Name, len(list), err)
	}
	if _, err := h.RenameMerchant(t.Context(), h.owner, h.merchant, 9, "x"); !errors.Is(err, catalog.ErrMerchantStale) {
		t.Errorf("another version: got %v, want %v", err, catalog.ErrMerchantStale)
	}
	if _, err := h.RenameMerchant(t.Context(), h.manager, h.merchant, 1, "x"); !errors.Is(err, identity.ErrMerchantNotFound) {
		t.Errorf("a manager renames: got %v, want %v", err, identity.ErrMerchantNotFound)
	}
	_, err = h.RenameMerchant(t.Context(), h.owner, h.merchant, 1, " ")
	if diff := cmp.Diff([]string{"name required"}, faults(err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	if m, err = h.RenameMerchant(t.Context(), h.owner, h.merchant, 1, " 老王餐饮 "); err != nil || m.Name != "老王餐饮" || m.Version != 2 {
		t.Errorf("RenameMerchant: %q, version %d, %v; want 老王餐饮, 2", m.Name, m.Version, err)
	}
}
