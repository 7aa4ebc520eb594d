package catalog_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corner/catalog"
	"corner/idempotency"
	"corner/money"
)

func TestOfferNamesAllFaults(t *testing.T) {
	t.Parallel()
	h := open(t)
	p := h.draft(t)
	for name, c := range map[string]struct {
		change func(*catalog.Offer)
		want   []string
	}{
		"all": {func(o *catalog.Offer) {
			*o = catalog.Offer{Name: " ", Capacity: -1, Step: time.Second, Price: money.Of(-1, "XXX")}
		}, []string{
			"name required", "step out_of_range", "capacity out_of_range",
			"price.amount out_of_range", "price.currency unknown",
		}},
		"no time":         {func(o *catalog.Offer) { o.Duration = 0 }, []string{"duration out_of_range"}},
		"a dish":          {func(o *catalog.Offer) { o.Duration, o.Bookable = 0, false }, nil},
		"half a minute":   {func(o *catalog.Offer) { o.Duration = 90 * time.Second }, []string{"duration out_of_range"}},
		"over a day":      {func(o *catalog.Offer) { o.Duration = 24*time.Hour + time.Minute }, []string{"duration out_of_range"}},
		"step over a day": {func(o *catalog.Offer) { o.Step = 25 * time.Hour }, []string{"step out_of_range"}},
		"crowd":           {func(o *catalog.Offer) { o.Capacity = catalog.MaxCapacity + 1 }, []string{"capacity out_of_range"}},
		"a fortune":       {func(o *catalog.Offer) { o.Price.Minor = 1 << 60 }, []string{"price.amount out_of_range"}},
		"small letters":   {func(o *catalog.Offer) { o.Price.Currency = "cny" }, []string{"price.currency unknown"}},
		"long name":       {func(o *catalog.Offer) { o.Name = strings.Repeat("面", catalog.MaxName+1) }, []string{"name too_long"}},
		"the longest":     {func(o *catalog.Offer) { o.Name, o.Duration = strings.Repeat("面", catalog.MaxName), 24*time.Hour }, nil},
		"for nothing":     {func(o *catalog.Offer) { o.Price.Minor = 0 }, nil},
	} {
		o := soup()
		c.change(&o)
		_, err := h.AddService(t.Context(), h.owner, p.ID, o, idempotency.Key{})
		if (err == nil) != (c.want == nil) {
			t.Errorf("%s: got %v, want faults %v", name, err, c.want)
		}
		if diff := cmp.Diff(c.want, faults(err)); diff != "" {
			t.Errorf("%s: faults (-want +got):\n%s", name, diff)
		}
	}
}

func TestServiceDefaults(t *testing.T) {
	t.Parallel()
	h := open(t)
	s, err := h.AddService(
		t.Context(),
		h.owner,
		h.draft(t).ID,
		catalog.Offer{Name: " 剪发 ", Duration: 45 * time.Minute, Price: money.Of(1, "JPY")},
		idempotency.Key{},
	)
	if err != nil {
		t.Fatal(err)
	}
	if s.Name != "剪发" || s.Capacity != 1 || s.Step != 45*time.Minute {
		t.Errorf("got %q for %d every %v, want 剪发 for 1 every 45m", s.Name, s.Capacity, s.Step)
	}
	got, _, err := h.Service(t.Context(), h.owner, s.ID)
	if diff := cmp.Diff(s, got); diff != "" || err != nil {
		t.Errorf("Service: %v (-want +got):\n%s", err, diff)
	}
}

func TestPublicServicesAreNotBookable(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, category := range []string{"public", "bank", "toilets"} {
		d := noodles()
		d.Category = category
		p, o := h.with(t, d), soup()
		if _, err := h.AddService(t.Context(), h.owner, p.ID, o, idempotency.Key{}); !errors.Is(err, catalog.ErrDiscoveryOnly) {
			t.Errorf("a bookable service of %s: got %v, want %v", category, err, catalog.ErrDiscoveryOnly)
		}
		o.Bookable = false
		if _, err := h.AddService(t.Context(), h.owner, p.ID, o, idempotency.Key{}); err != nil {
			t.Errorf("a service of %s that cannot be booked: got %v, want none", category, err)
		}
	}
}
