package catalog_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"corner/catalog"
	"corner/geo"
	"corner/idempotency"
	"corner/identity"
	"corner/money"
	"corner/store/catalogsql"
	"corner/store/discoverysql"
	"corner/store/identitysql"
	"corner/store/storetest"
	"corner/uid"
)

var now = time.Date(2026, 11, 22, 7, 0, 0, 123456789, time.UTC)

// shop is a catalogue with one merchant and its people.
type shop struct {
	*catalog.Catalog
	merchant, others                                     identity.MerchantID
	nobody, stranger, counter, manager, owner, elsewhere identity.Actor
}

func open(t *testing.T) shop {
	t.Helper()
	db := storetest.Open(t, "sqlite")
	people := identitysql.Store{DB: db}
	h := shop{Catalog: &catalog.Catalog{Store: catalogsql.Store{DB: db}, Now: func() time.Time { return now }}}
	person := func() identity.Actor {
		id := uid.New("usr", now)
		u, err := people.Enter(t.Context(), identity.User{ID: identity.UserID(id), Phone: "+" + id, CreatedAt: now})
		if err != nil {
			t.Fatal(err)
		}
		return identity.Actor{User: u.ID}
	}
	h.stranger, h.counter, h.manager = person(), person(), person()
	h.owner, h.merchant = h.own(t, person())
	h.elsewhere, h.others = h.own(t, person())
	h.counter.Roles = map[identity.MerchantID]identity.Role{h.merchant: identity.Counter}
	h.manager.Roles = map[identity.MerchantID]identity.Role{h.merchant: identity.Manager}
	return h
}

// own makes a the owner of a new merchant.
func (h shop) own(t *testing.T, a identity.Actor) (identity.Actor, identity.MerchantID) {
	t.Helper()
	m, err := h.CreateMerchant(t.Context(), a, "  Lao Wang ", idempotency.Key{})
	if err != nil {
		t.Fatal(err)
	}
	a.Roles = map[identity.MerchantID]identity.Role{m.ID: identity.Owner}
	return a, m.ID
}

// noodles is a complete draft.
func noodles() catalog.Draft {
	return catalog.Draft{
		Names: catalog.Names{Main: "老王面馆"}, Category: "noodles", Hours: on(lunch, evening),
		Location: &catalog.Spot{Point: geo.Point{Lat: 31.2304, Lng: 121.4737}},
	}
}

func soup() catalog.Offer {
	return catalog.Offer{Name: "牛肉面", Duration: 30 * time.Minute, Price: money.Of(2_800, "CNY"), Bookable: true, Capacity: 4}
}

// elsewhere is a complete draft at a spot of its own, where it is nobody's duplicate.
func elsewhere() catalog.Draft {
	d := noodles()
	d.Location.Point.Lng -= 0.01 * float64(spots.Add(1))
	return d
}

var spots atomic.Int64

func (h shop) draft(t *testing.T) catalog.Place { return h.with(t, elsewhere()) }

func (h shop) with(t *testing.T, d catalog.Draft) catalog.Place {
	t.Helper()
	p, err := h.CreatePlace(t.Context(), h.manager, h.merchant, d, idempotency.Key{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (h shop) published(t *testing.T) catalog.Place {
	t.Helper()
	p, err := h.PublishPlace(t.Context(), h.manager, h.draft(t).ID)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// imported is a place that nobody has claimed.
func (h shop) imported(t *testing.T, source string) catalog.Place {
	t.Helper()
	outcomes, reasons, err := h.Import(t.Context(), []catalog.Listing{{Source: source, Draft: noodles()}})
	if err != nil || outcomes[0] != catalog.Created {
		t.Fatalf("Import: %v, %v, %v", outcomes, reasons, err)
	}
	found, err := h.find(t.Context(), source)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// find is the place of a source: the newest, for tests have one at a time.
func (h shop) find(ctx context.Context, source string) (catalog.Place, error) {
	db := h.Store.(catalogsql.Store).DB
	live, err := (discoverysql.Store{DB: db}).Live(ctx, "", 100)
	if err != nil {
		return catalog.Place{}, err
	}
	for _, l := range live {
		if p, err := h.PlaceAsIs(ctx, l.Place); err != nil || p.Source == source {
			return p, err
		}
	}
	return catalog.Place{}, catalog.ErrPlaceNotFound
}
