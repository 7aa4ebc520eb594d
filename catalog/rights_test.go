package catalog_test

import (
	"context"
	"errors"
	"testing"

	"corner/catalog"
	"corner/idempotency"
	"corner/identity"
)

// TestRights is the table of who may do what: each method of the catalogue by each
// kind of person.
func TestRights(t *testing.T) {
	t.Parallel()
	h := open(t)
	draft, public := h.draft(t), h.published(t)
	service := func(p catalog.Place) catalog.Service {
		v, err := h.AddService(t.Context(), h.owner, p.ID, soup(), idempotency.Key{})
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	hidden, shown := service(draft), service(public)

	type call func(ctx context.Context, a identity.Actor) error
	type who struct{ nobody, stranger, counter, manager, owner, elsewhere error }
	in, noMerchant := identity.ErrUnauthenticated, identity.ErrMerchantNotFound
	noPlace, noService := catalog.ErrPlaceNotFound, catalog.ErrServiceNotFound
	var ok error
	for name, c := range map[string]struct {
		call
		who
	}{
		"CreateMerchant": {func(ctx context.Context, a identity.Actor) error {
			_, err := h.CreateMerchant(ctx, a, "x", idempotency.Key{})
			return err
		}, who{in, ok, ok, ok, ok, ok}},
		"Merchant": {func(ctx context.Context, a identity.Actor) error {
			_, err := h.Merchant(ctx, a, h.merchant)
			return err
		}, who{in, noMerchant, ok, ok, ok, noMerchant}},
		"CreatePlace": {func(ctx context.Context, a identity.Actor) error {
			_, err := h.CreatePlace(ctx, a, h.merchant, elsewhere(), idempotency.Key{})
			return err
		}, who{in, noMerchant, noMerchant, ok, ok, noMerchant}},
		"Places": {func(ctx context.Context, a identity.Actor) error {
			_, err := h.Places(ctx, a, h.merchant, "", 10)
			return err
		}, who{in, noMerchant, ok, ok, ok, noMerchant}},
		"Place of a draft": {func(ctx context.Context, a identity.Actor) error {
			_, err := h.Place(ctx, a, draft.ID)
			return err
		}, who{noPlace, noPlace, ok, ok, ok, noPlace}},
		"Place": {func(ctx context.Context, a identity.Actor) error {
			_, err := h.Place(ctx, a, public.ID)
			return err
		}, who{ok, ok, ok, ok, ok, ok}},
		"RevisePlace": {func(ctx context.Context, a identity.Actor) error {
			p, err := h.PlaceAsIs(ctx, draft.ID)
			if err == nil {
				_, err = h.RevisePlace(ctx, a, draft.ID, p.Version, elsewhere())
			}
			return err
		}, who{in, noPlace, noPlace, ok, ok, noPlace}},
		"RevisePlace of a published one": {func(ctx context.Context, a identity.Actor) error {
			p, err := h.PlaceAsIs(ctx, public.ID)
			if err == nil {
				_, err = h.RevisePlace(ctx, a, public.ID, p.Version, elsewhere())
			}
			return err
		}, who{in, noPlace, noPlace, ok, ok, noPlace}},
		"PublishPlace": {func(ctx context.Context, a identity.Actor) error {
			_, err := h.PublishPlace(ctx, a, h.draft(t).ID)
			return err
		}, who{in, noPlace, noPlace, ok, ok, noPlace}},
		"PublishPlace again": {func(ctx context.Context, a identity.Actor) error {
			_, err := h.PublishPlace(ctx, a, public.ID)
			return err
		}, who{in, noPlace, noPlace, ok, ok, noPlace}},
		"ClaimPlace": {func(ctx context.Context, a identity.Actor) error {
			_, _, err := h.ClaimPlace(ctx, a, h.imported(t, "osm:"+string(a.User)).ID, h.merchant, identity.Origin{})
			return err
		}, who{in, noMerchant, noMerchant, ok, ok, noMerchant}},
		"AddService": {func(ctx context.Context, a identity.Actor) error {
			_, err := h.AddService(ctx, a, draft.ID, soup(), idempotency.Key{})
			return err
		}, who{in, noPlace, noPlace, ok, ok, noPlace}},
		"Services of a draft": {func(ctx context.Context, a identity.Actor) error {
			_, err := h.Services(ctx, a, draft.ID, "", 10)
			return err
		}, who{noPlace, noPlace, ok, ok, ok, noPlace}},
		"Services": {func(ctx context.Context, a identity.Actor) error {
			_, err := h.Services(ctx, a, public.ID, "", 10)
			return err
		}, who{ok, ok, ok, ok, ok, ok}},
		"Service of a draft": {func(ctx context.Context, a identity.Actor) error {
			_, _, err := h.Service(ctx, a, hidden.ID)
			return err
		}, who{noService, noService, ok, ok, ok, noService}},
		"Service": {func(ctx context.Context, a identity.Actor) error {
			_, _, err := h.Service(ctx, a, shown.ID)
			return err
		}, who{ok, ok, ok, ok, ok, ok}},
	} {
		for _, w := range []struct {
			name  string
			actor identity.Actor
			want  error
		}{
			{"nobody", h.nobody, c.nobody},
			{"a stranger", h.stranger, c.stranger},
			{"the counter", h.counter, c.counter},
			{"a manager", h.manager, c.manager},
			{"the owner", h.owner, c.owner},
			{"the owner of another", h.elsewhere, c.elsewhere},
		} {
			if got := c.call(t.Context(), w.actor); !errors.Is(got, w.want) {
				t.Errorf("%s by %s: got %v, want %v", name, w.name, got, w.want)
			}
		}
	}
}

// TestUnreadableIds are never asked of the database, and answer as what is not there.
func TestUnreadableIds(t *testing.T) {
	t.Parallel()
	c := catalog.Catalog{Now: nil, Store: nil} // it would panic
	h := identity.Actor{User: "usr_1", Roles: map[identity.MerchantID]identity.Role{"mer_1": identity.Owner}}
	for _, id := range []string{"", "plc_", "plc_1", "svc_1", "plc_01kay3c4zq8v0e5t7m2r9x6b1d'", "../plc"} {
		_, e1 := c.Place(t.Context(), h, catalog.PlaceID(id))
		_, e2 := c.PublishPlace(t.Context(), h, catalog.PlaceID(id))
		_, _, e3 := c.ClaimPlace(t.Context(), h, catalog.PlaceID(id), "mer_1", identity.Origin{})
		_, e4 := c.AddService(t.Context(), h, catalog.PlaceID(id), soup(), idempotency.Key{})
		_, e5 := c.Services(t.Context(), h, catalog.PlaceID(id), "", 1)
		for i, err := range []error{e1, e2, e3, e4, e5} {
			if !errors.Is(err, catalog.ErrPlaceNotFound) {
				t.Errorf("call %d with id %q: got %v, want %v", i, id, err, catalog.ErrPlaceNotFound)
			}
		}
		if _, _, err := c.Service(t.Context(), h, catalog.ServiceID(id)); !errors.Is(err, catalog.ErrServiceNotFound) {
			t.Errorf("Service(%q): got %v, want %v", id, err, catalog.ErrServiceNotFound)
		}
	}
}
