package catalog_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corner/catalog"
	"corner/event"
	"corner/fault"
	"corner/geo"
	"corner/idempotency"
	"corner/identity"
)

// people is who acts, as the catalogue asks: everybody since a moment, and codes that are the
// numbers of their sending.
type people struct {
	since time.Time
	phone map[identity.UserID]string
	sent  []identity.Proof
	away  error
}

func (p *people) Me(_ context.Context, a identity.Actor) (identity.User, error) {
	return identity.User{ID: a.User, Phone: p.phone[a.User], CreatedAt: p.since}, nil
}

func (p *people) SendProof(_ context.Context, _ identity.Actor, proof identity.Proof) error {
	p.sent = append(p.sent, proof)
	return p.away
}

func (p *people) CheckProof(_ context.Context, _ identity.Actor, proof identity.Proof, code string) error {
	if n := len(p.sent); n == 0 || p.sent[n-1].Subject != proof.Subject || code != fmt.Sprint(n) {
		return identity.ErrCodeInvalid
	}
	return nil
}

func (h shop) listed(t *testing.T, source, phone string) catalog.Place {
	t.Helper()
	d := noodles()
	d.Phone = phone
	d.Location.Point.Lng -= 0.01 * float64(spots.Add(1))
	if _, _, err := h.Import(t.Context(), []catalog.Listing{{Source: source, Draft: d}}); err != nil {
		t.Fatal(err)
	}
	p, err := h.find(t.Context(), source)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

const mobile, landline = "+8613800138000", "+862112345678"

// TestClaimByCode: a code goes to the listing's own number, and whoever knows it has proved the claim.
func TestClaimByCode(t *testing.T) {
	t.Parallel()
	h := open(t)
	who := &people{since: now.Add(-30 * 24 * time.Hour)}
	h.People = who
	p := h.listed(t, "osm:mobile", mobile)
	p, claim, err := h.ClaimPlace(t.Context(), h.manager, p.ID, h.merchant, identity.Origin{Address: "1.2.3.4"})
	if err != nil || p.Merchant != h.merchant || p.Claim != claim.ID || claim.State != catalog.ClaimOpen || claim.Phone != mobile {
		t.Fatalf("claimed: %+v, %+v, %v; want an open claim with a code sent to the listing", p, claim, err)
	}
	if len(who.sent) != 1 || who.sent[0].Phone != mobile || who.sent[0].Origin.Address != "1.2.3.4" {
		t.Fatalf("sent %+v, want one code to the listing", who.sent)
	}
	again, same, err := h.ClaimPlace(t.Context(), h.manager, p.ID, h.merchant, identity.Origin{})
	if err != nil || same.ID != claim.ID || again.Version != p.Version || len(who.sent) != 2 {
		t.Errorf("claimed again: %+v, %v, %d sent; want the same claim, and another code", same, err, len(who.sent))
	}
	for name, c := range map[string]struct {
		actor identity.Actor
		code  string
		want  error
	}{
		"a wrong code": {h.manager, "1", identity.ErrCodeInvalid},
		"a stranger":   {h.stranger, "2", catalog.ErrClaimNotFound},
		"another shop": {h.elsewhere, "2", catalog.ErrClaimNotFound},
		"the counter":  {h.counter, "2", catalog.ErrClaimNotFound},
		"nobody":       {h.nobody, "2", identity.ErrUnauthenticated},
	} {
		if _, _, err := h.ProveClaim(t.Context(), c.actor, claim.ID, catalog.Showing{Code: c.code}); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
	for range 2 { // a repeat finds it proved
		p, claim, err = h.ProveClaim(t.Context(), h.manager, claim.ID, catalog.Showing{Code: "2"})
		if err != nil || claim.State != catalog.ClaimVerified || p.Claim != "" || p.Merchant != h.merchant {
			t.Fatalf("proved: %+v, %+v, %v", p, claim, err)
		}
	}
	// Whose number the listing has needs no code.
	who.phone = map[identity.UserID]string{h.manager.User: mobile}
	p, claim, err = h.ClaimPlace(t.Context(), h.manager, h.listed(t, "osm:own", mobile).ID, h.merchant, identity.Origin{})
	if err != nil || claim.State != catalog.ClaimVerified || p.Claim != "" || len(who.sent) != 2 {
		t.Errorf("the listing has the claimer's number: %+v, %v; want it verified, and nothing sent", claim, err)
	}
}

// TestClaimByEvidence: without a number that takes messages, or while they cannot be sent, operators decide.
func TestClaimByEvidence(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.People = &people{away: identity.ErrSignInAway}
	for source, phone := range map[string]string{"osm:landline": landline, "osm:none": "", "osm:away": mobile} {
		p := h.listed(t, source, phone)
		_, claim, err := h.ClaimPlace(t.Context(), h.owner, p.ID, h.merchant, identity.Origin{})
		if err != nil || claim.Phone != "" {
			t.Fatalf("%s: %+v, %v; want a claim that no code was sent for", source, claim, err)
		}
		far, near := p.Location.Point, p.Location.Point
		far.Lat, near.Lat = far.Lat+0.001, near.Lat+0.0003 // 111 m and 33 m
		var bad *fault.Error
		_, _, err = h.ProveClaim(t.Context(), h.owner, claim.ID, catalog.Showing{Photos: []string{"x"}, Spot: &catalog.Spot{Point: far}})
		if !errors.As(err, &bad) || len(bad.Fields) != 2 || bad.Fields[0].Name != "evidence.photo_ids.0" ||
			bad.Fields[1].Name != "evidence.location" {
			t.Errorf("%s, measured far away: got %v, want the photo and the location refused", source, err)
		}
		if _, _, err := h.ProveClaim(t.Context(), h.owner, claim.ID, catalog.Showing{}); !errors.Is(err, fault.ErrInvalid) {
			t.Errorf("%s, nothing shown: got %v, want %v", source, err, fault.ErrInvalid)
		}
		shown := catalog.Showing{Licence: "91320500MA1", Spot: &catalog.Spot{Point: near, System: geo.WGS84, Accuracy: 5}}
		p, claim, err = h.ProveClaim(t.Context(), h.owner, claim.ID, shown)
		if err != nil || claim.State != catalog.ClaimShown || p.Claim != claim.ID || claim.Evidence.Distance < 30 ||
			claim.Evidence.Distance > 36 {
			t.Fatalf("%s: %+v, %v; want it shown", source, claim, err)
		}
		boss := operator(h.stranger)
		if _, _, err := h.SettleClaim(t.Context(), h.owner, claim.ID, true, ""); !errors.Is(err, identity.ErrOperatorsOnly) {
			t.Errorf("%s, settled by its owner: %v", source, err)
		}
		if p, claim, err = h.SettleClaim(
			t.Context(),
			boss,
			claim.ID,
			true,
			"licence seen",
		); err != nil || p.Claim != "" ||
			claim.SettledBy != boss.User {
			t.Errorf("%s, verified: %+v, %v", source, claim, err)
		}
	}
}

// TestClaimRefused: with the claim goes what was done since, and who made it does not get it again.
func TestClaimRefused(t *testing.T) {
	t.Parallel()
	h := open(t)
	was := h.listed(t, "osm:wrong", landline)
	sold, err := h.sell(t, was.ID)
	if err != nil {
		t.Fatal(err)
	}
	p, claim, err := h.ClaimPlace(t.Context(), h.owner, was.ID, h.merchant, identity.Origin{})
	if err != nil {
		t.Fatal(err)
	}
	d := noodles()
	d.Names.Main, d.Category, d.Phone, d.Branch = "假店", "cafe", mobile, "二店"
	if p, err = h.RevisePlace(t.Context(), h.owner, p.ID, p.Version, d); err != nil {
		t.Fatal(err)
	}
	d.Address = "别处"
	if p, err = h.RevisePlace(t.Context(), h.owner, p.ID, p.Version, d); err != nil {
		t.Fatal(err)
	}
	added, err := h.AddService(t.Context(), h.owner, p.ID, soup(), idempotency.Key{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.RetireService(t.Context(), h.owner, sold.ID, sold.Version); err != nil {
		t.Fatal(err)
	}
	if _, err := h.UnpublishPlace(t.Context(), h.owner, p.ID); err != nil {
		t.Fatal(err)
	}
	boss := operator(h.stranger)
	p, claim, err = h.SettleClaim(t.Context(), boss, claim.ID, false, "not theirs")
	if err != nil || claim.State != catalog.ClaimRefused || claim.Reason != "not theirs" {
		t.Fatalf("refused: %+v, %v", claim, err)
	}
	was.Version, was.UpdatedAt = p.Version, p.UpdatedAt
	if diff := cmp.Diff(was, p); diff != "" {
		t.Errorf("the place after the claim was refused (-want +got):\n%s", diff)
	}
	on, err := h.Services(t.Context(), boss, p.ID, "", 10)
	if err != nil || len(on) != 1 || on[0].ID != sold.ID {
		t.Errorf("on sale: %+v, %v; want %s again, and %s no more", on, err, sold.ID, added.ID)
	}
	for name, c := range map[string]struct {
		actor identity.Actor
		m     identity.MerchantID
	}{"the same merchant by somebody else": {h.manager, h.merchant}, "the same person for another": {identity.Actor{
		User: h.owner.User, Roles: map[identity.MerchantID]identity.Role{h.others: identity.Owner},
	}, h.others}} {
		if _, _, err := h.ClaimPlace(t.Context(), c.actor, p.ID, c.m, identity.Origin{}); !errors.Is(err, catalog.ErrClaimRefused) {
			t.Errorf("%s: got %v, want %v", name, err, catalog.ErrClaimRefused)
		}
	}
	if _, _, err := h.ClaimPlace(t.Context(), h.elsewhere, p.ID, h.others, identity.Origin{}); err != nil {
		t.Errorf("whose it is: %v", err)
	}
	if _, _, err := h.SettleClaim(t.Context(), boss, claim.ID, true, ""); !errors.Is(err, catalog.ErrClaimSettled) {
		t.Errorf("verified after all: %v", err)
	}
}

// sell gives an unclaimed place something to sell, as an import would.
func (h shop) sell(t *testing.T, p catalog.PlaceID) (catalog.Service, error) {
	t.Helper()
	s := catalog.Service{ID: "svc_" + catalog.ServiceID(p[4:]), Place: p, Name: "面", Position: 3, Version: 1, CreatedAt: now, UpdatedAt: now}
	return h.Store.AddService(
		t.Context(),
		s,
		idempotency.Key{},
		event.New(catalog.ServiceCreated, string(s.ID), string(p), "", now),
		catalog.FitsMenu,
	)
}

// TestClaimsLapse: what nobody has shown anything for in two weeks is nobody's again; it can be claimed anew.
func TestClaimsLapse(t *testing.T) {
	t.Parallel()
	h := open(t)
	p := h.listed(t, "osm:lapse", "")
	_, claim, err := h.ClaimPlace(t.Context(), h.owner, p.ID, h.merchant, identity.Origin{})
	if err != nil {
		t.Fatal(err)
	}
	shown := h.listed(t, "osm:shown", "")
	_, other, err := h.ClaimPlace(t.Context(), h.owner, shown.ID, h.merchant, identity.Origin{})
	if err == nil {
		_, _, err = h.ProveClaim(t.Context(), h.owner, other.ID, catalog.Showing{Text: "ours"})
	}
	if err != nil {
		t.Fatal(err)
	}
	lapse := func(after time.Duration) int {
		h.Now = func() time.Time { return now.Add(after) }
		n, err := h.LapseClaims(t.Context(), 10)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := lapse(catalog.ClaimFor); n != 0 {
		t.Errorf("%d claims lapsed in time, want none", n)
	}
	if n := lapse(catalog.ClaimFor + time.Second); n != 1 {
		t.Errorf("%d claims lapsed, want the one that nothing was shown for", n)
	}
	if claim, err = h.Claim(t.Context(), h.owner, claim.ID); err != nil || claim.State != catalog.ClaimLapsed {
		t.Errorf("the claim is %+v, %v; want it lapsed", claim, err)
	}
	if p, err := h.PlaceAsIs(t.Context(), p.ID); err != nil || p.Merchant != "" || p.Claim != "" {
		t.Errorf("the place is %+v, %v; want it nobody's", p, err)
	}
	if _, _, err := h.ClaimPlace(t.Context(), h.owner, p.ID, h.merchant, identity.Origin{}); err != nil {
		t.Errorf("claimed anew: %v", err)
	}
}

// TestYoungAccounts get three open claims and five listings a day.
func TestYoungAccounts(t *testing.T) {
	t.Parallel()
	h := open(t)
	who := &people{since: now.Add(-7*24*time.Hour + time.Second)}
	h.People = who
	for i := range 4 {
		p := h.listed(t, fmt.Sprintf("osm:young%d", i), "")
		_, _, err := h.ClaimPlace(t.Context(), h.owner, p.ID, h.merchant, identity.Origin{})
		if want := catalog.ErrTooManyClaims; (i < 3) != (err == nil) || err != nil && !errors.Is(err, want) {
			t.Errorf("claim %d of a young account: %v", i+1, err)
		}
	}
	for i := range 6 {
		_, err := h.CreatePlace(t.Context(), h.owner, h.merchant, elsewhere(), idempotency.Key{})
		if want := catalog.ErrTooManyListings; (i < 5) != (err == nil) || err != nil && !errors.Is(err, want) {
			t.Errorf("listing %d of a young account: %v", i+1, err)
		}
	}
	who.since = now.Add(-7 * 24 * time.Hour)
	if _, err := h.CreatePlace(t.Context(), h.owner, h.merchant, elsewhere(), idempotency.Key{}); err != nil {
		t.Errorf("a listing of an account of a week: %v", err)
	}
	if _, _, err := h.ClaimPlace(t.Context(), h.owner, h.listed(t, "osm:week", "").ID, h.merchant, identity.Origin{}); err != nil {
		t.Errorf("a claim of an account of a week: %v", err)
	}
}
