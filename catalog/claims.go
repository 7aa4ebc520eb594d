package catalog

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"corner/event"
	"corner/fault"
	"corner/geo"
	"corner/identity"
	"corner/uid"
)

// The events of claims, about the merchant and the person who claimed.
const (
	ClaimShownEvent    event.Kind = "claim.shown"
	ClaimVerifiedEvent event.Kind = "claim.verified"
	ClaimRefusedEvent  event.Kind = "claim.refused"
	ClaimLapsedEvent   event.Kind = "claim.lapsed"
)

// People is what the catalogue asks about who acts.
type People interface {
	// Me is the actor's account.
	Me(ctx context.Context, actor identity.Actor) (identity.User, error)
	// SendProof sends a code that proves who holds a telephone number.
	SendProof(ctx context.Context, actor identity.Actor, p identity.Proof) error
	// CheckProof spends such a code.
	CheckProof(ctx context.Context, actor identity.Actor, p identity.Proof, code string) error
}

// Quotas bound what one person may claim and register. What is 0 is as in DefaultQuotas.
type Quotas struct {
	Claims      int // that are not settled
	YoungClaims int // the same, of an account that is young
	Listings    int // places that a young account registers a day
	Burst       int // places a day after which the operators are asked to look
	Young       time.Duration
}

// DefaultQuotas are for people; a chain imports.
var DefaultQuotas = Quotas{Claims: 20, YoungClaims: 3, Listings: 5, Burst: 20, Young: 7 * 24 * time.Hour}

func (q Quotas) withDefaults() Quotas {
	d := DefaultQuotas
	return Quotas{
		Claims: cmp.Or(q.Claims, d.Claims), YoungClaims: cmp.Or(q.YoungClaims, d.YoungClaims), Listings: cmp.Or(q.Listings, d.Listings),
		Burst: cmp.Or(q.Burst, d.Burst), Young: cmp.Or(q.Young, d.Young),
	}
}

// young reports whether an account is too young to be given much.
func (c *Catalog) young(u *identity.User) bool {
	return !u.CreatedAt.IsZero() && c.Now().Sub(u.CreatedAt) < c.Quotas.withDefaults().Young
}

// me is the actor's account; the zero User where nobody can be asked.
func (c *Catalog) me(ctx context.Context, actor identity.Actor) (identity.User, error) {
	if c.People == nil {
		return identity.User{}, nil
	}
	return c.People.Me(ctx, actor)
}

// ClaimPlace gives an imported place to a merchant. Only managers of the whole merchant may do it, and the
// first claim wins. Unless the claimer's own number is the listing's, the claim is open until it is
// proved; if a code can be sent to the listing's number, it is sent. Claiming one's own place again
// changes nothing, but sends a new code for an open claim.
func (c *Catalog) ClaimPlace(
	ctx context.Context, actor identity.Actor, id PlaceID, m identity.MerchantID, from identity.Origin,
) (Place, Claim, error) {
	if err := actor.Require(); err != nil {
		return Place{}, Claim{}, err
	}
	if !actor.MayAll(identity.EditPlaces, m) {
		return Place{}, Claim{}, identity.ErrMerchantNotFound
	}
	if !uid.Valid("plc", string(id)) {
		return Place{}, Claim{}, ErrPlaceNotFound
	}
	me, err := c.me(ctx, actor)
	if err != nil {
		return Place{}, Claim{}, err
	}
	var claim Claim
	p, err := c.Store.Rework(ctx, id, actor.User, func(d *Dossier) ([]event.Event, error) {
		var err error
		var events []event.Event
		claim, events, err = c.claim(d, actor, m, &me)
		return events, err
	})
	if err != nil {
		return Place{}, Claim{}, err
	}
	if claim.State == ClaimOpen && claim.Phone != "" {
		err := c.People.SendProof(ctx, actor, claim.proof(&p, from))
		if err != nil && fault.KindOf(err) != fault.TooMany && fault.KindOf(err) != fault.Unavailable {
			return Place{}, Claim{}, err // the claim holds without the message, and can be asked for again
		}
		if err != nil {
			claim.Phone = ""
		}
	}
	return p, claim, nil
}

// claim claims the dossier's place.
func (c *Catalog) claim(d *Dossier, actor identity.Actor, m identity.MerchantID, me *identity.User) (Claim, []event.Event, error) {
	p := &d.Place
	switch {
	case p.Merchant == m:
		if open := d.claim(p.Claim); open != nil {
			return *open, nil, nil
		}
		return Claim{}, nil, nil
	case p.State != Published:
		return Claim{}, nil, ErrPlaceNotFound
	case p.Merchant != "":
		return Claim{}, nil, ErrClaimed
	}
	if slices.ContainsFunc(d.Claims, func(o Claim) bool { return o.State == ClaimRefused && (o.Merchant == m || o.By == actor.User) }) {
		return Claim{}, nil, ErrClaimRefused
	}
	if err := d.goesOn(m, true); err != nil {
		return Claim{}, nil, err
	}
	quotas := c.Quotas.withDefaults()
	most := quotas.Claims
	if c.young(me) {
		most = min(most, quotas.YoungClaims)
	}
	if d.Unsettled >= most {
		return Claim{}, nil, ErrTooManyClaims.WithData(fault.Limited{Limit: most})
	}
	now := c.now()
	claim := Claim{
		ID: ClaimID(uid.New("clm", now)), Place: p.ID, Merchant: m, By: actor.User, State: ClaimOpen, Seq: d.Seq, CreatedAt: now,
	}
	p.Merchant, p.Claim, p.UpdatedAt = m, claim.ID, now
	if c.People != nil && identity.Mobile(p.Phone) {
		claim.Phone = p.Phone
	}
	if me.Phone != "" && me.Phone == p.Phone {
		claim.State, claim.SettledAt, p.Claim = ClaimVerified, now, ""
	}
	d.Claims = append([]Claim{claim}, d.Claims...)
	return claim, []event.Event{c.event(PlaceClaimed, p, actor)}, nil
}

// proof is the code that proves a claim.
func (c *Claim) proof(p *Place, from identity.Origin) identity.Proof {
	say := func(l identity.Language, code string) string {
		if l == identity.Chinese {
			return "有人正在 Corner 认领店铺“" + p.Names.Main + "”。如为本人操作，验证码：" + code + "。若非本人操作，请勿告知他人。"
		}
		return "Somebody claims the listing of " + p.Names.Main + " on Corner. If it is you, the code is " + code + ". If not, tell nobody."
	}
	return identity.Proof{Subject: string(c.ID), Phone: c.Phone, Origin: from, Say: say}
}

// Claim is a claim, for the people of its merchant and for operators.
func (c *Catalog) Claim(ctx context.Context, actor identity.Actor, id ClaimID) (Claim, error) {
	if err := actor.Require(); err != nil {
		return Claim{}, err
	}
	if !uid.Valid("clm", string(id)) {
		return Claim{}, ErrClaimNotFound
	}
	claim, err := c.Store.Claim(ctx, id)
	if err == nil && !actor.Sees(identity.ReadHistory, claim.Merchant, claim.Place) {
		return Claim{}, ErrClaimNotFound
	}
	return claim, err
}

// Showing is what is sent to prove a claim: the code that was sent to the listing's number, or
// evidence.
type Showing struct {
	Code    string
	Text    string
	Licence string
	Photos  []string
	Spot    *Spot // where the phone stands
}

// check makes evidence of what is shown for a place.
func (s *Showing) check(p *Place, now time.Time) (Evidence, error) {
	var in fault.Input
	e := Evidence{
		Text:    written(&in, "evidence.text", s.Text, MaxEvidence, false),
		Licence: written(&in, "evidence.licence", s.Licence, MaxLicence, false),
		Photos:  s.Photos,
	}
	in.Check(len(s.Photos) <= MaxEvidencePhotos, "evidence.photo_ids", fault.Crowded)
	for i, id := range s.Photos {
		in.Check(uid.Valid("pht", id), fault.Name("evidence.photo_ids", i), fault.BadFormat)
	}
	if s.Spot != nil {
		var spot fault.Input
		if l, ok := s.Spot.locate(&spot, now); ok {
			e.Spot, e.Accuracy, e.Distance = &l.Point, l.Accuracy, geo.Distance(l.Point, p.Location.Point)
			spot.Check(e.Distance <= besides, "location", farFromPlace)
		}
		if err := spot.Err(); err != nil && !in.Include("evidence", err) {
			return Evidence{}, err
		}
	}
	in.Check(s.Code != "" || e.Given() || s.Spot != nil, "code", fault.Required)
	return e, in.Err()
}

var farFromPlace = fault.Reason{Code: "too_far", En: "was measured more than 50 m from the place", Zh: "测量位置距离店铺超过 50 米"}

// ProveClaim proves an open claim by the code that was sent, or shows evidence for it, which waits
// for an operator. Only managers of the place may do it. A claim that is verified stays so.
func (c *Catalog) ProveClaim(ctx context.Context, actor identity.Actor, id ClaimID, s Showing) (Place, Claim, error) {
	claim, err := c.Claim(ctx, actor, id)
	if err != nil {
		return Place{}, Claim{}, err
	}
	if !actor.May(identity.EditPlaces, claim.Merchant, claim.Place) {
		return Place{}, Claim{}, ErrClaimNotFound
	}
	p, err := c.PlaceAsIs(ctx, claim.Place)
	if err != nil {
		return Place{}, Claim{}, err
	}
	evidence, err := s.check(&p, c.now())
	if err != nil {
		return Place{}, Claim{}, err
	}
	if claim.State == ClaimVerified {
		return p, claim, nil
	}
	if claim.Settled() {
		return Place{}, Claim{}, ErrClaimSettled
	}
	if s.Code != "" {
		if claim.Phone == "" || c.People == nil {
			return Place{}, Claim{}, identity.ErrCodeInvalid
		}
		if err := c.People.CheckProof(ctx, actor, claim.proof(&p, identity.Origin{}), s.Code); err != nil {
			return Place{}, Claim{}, err
		}
		return c.settle(ctx, actor, &claim, ClaimVerified, "")
	}
	p, err = c.Store.Rework(ctx, claim.Place, "", func(d *Dossier) ([]event.Event, error) {
		is := d.claim(id)
		if is == nil || is.Settled() {
			return nil, ErrClaimSettled
		}
		is.State, is.Evidence = ClaimShown, evidence
		claim = *is
		e := event.New(ClaimShownEvent, string(id), string(d.Place.ID), string(actor.User), c.now())
		return []event.Event{e.About(string(is.Merchant), string(is.By))}, nil
	})
	return p, claim, err
}

// SettleClaim verifies or refuses a claim that waits. Only operators may. A refused one is taken
// back with everything that was changed of the place since, and who made it does not get the place
// again.
func (c *Catalog) SettleClaim(ctx context.Context, actor identity.Actor, id ClaimID, verified bool, reason string) (Place, Claim, error) {
	if err := actor.RequireOperator(); err != nil {
		return Place{}, Claim{}, err
	}
	claim, err := c.Claim(ctx, actor, id)
	if err != nil {
		return Place{}, Claim{}, err
	}
	if verified {
		return c.settle(ctx, actor, &claim, ClaimVerified, reason)
	}
	return c.settle(ctx, actor, &claim, ClaimRefused, reason)
}

// settle ends a claim. A claim that was verified by mistake can still be refused.
func (c *Catalog) settle(ctx context.Context, actor identity.Actor, claim *Claim, as ClaimState, reason string) (Place, Claim, error) {
	var settled Claim
	p, err := c.Store.Rework(ctx, claim.Place, "", func(d *Dossier) ([]event.Event, error) {
		is := d.claim(claim.ID)
		if is == nil {
			return nil, ErrClaimNotFound
		}
		settled = *is
		if is.State == as {
			return nil, nil
		}
		if is.Settled() && (as != ClaimRefused || is.State != ClaimVerified) {
			return nil, ErrClaimSettled
		}
		events, err := c.end(d, is, actor, as, reason)
		settled = *is
		return events, err
	})
	return p, settled, err
}

// end ends a claim in its dossier.
func (c *Catalog) end(d *Dossier, is *Claim, actor identity.Actor, as ClaimState, reason string) ([]event.Event, error) {
	now, p := c.now(), &d.Place
	is.State, is.Reason, is.SettledBy, is.SettledAt = as, reason, "", now
	if actor.Operator {
		is.SettledBy = actor.User
	}
	holds := p.Merchant == is.Merchant
	kind := map[ClaimState]event.Kind{
		ClaimVerified: ClaimVerifiedEvent, ClaimRefused: ClaimRefusedEvent, ClaimLapsed: ClaimLapsedEvent,
	}[as]
	told := event.New(kind, string(is.ID), string(p.ID), string(actor.User), now).About(string(is.Merchant), string(is.By))
	if !holds {
		return []event.Event{told}, nil
	}
	if p.Claim == is.ID {
		p.Claim = ""
	}
	p.UpdatedAt = now
	if as == ClaimVerified {
		return []event.Event{told}, nil
	}
	released := c.event(PlaceReleased, p, actor)
	p.Merchant = ""
	if err := d.takeBack(is.Seq, now); err != nil {
		return nil, err
	}
	return []event.Event{released, told}, nil
}

// LapseClaims ends claims for which nothing was shown in time, at most n, and returns how many.
func (c *Catalog) LapseClaims(ctx context.Context, n int) (int, error) {
	list, err := c.Store.ClaimsWaiting(ctx, c.now().Add(-ClaimFor), n)
	if err != nil {
		return 0, err
	}
	var errs []error // one that cannot be ended keeps no other from it
	for i := range list {
		if _, _, err := c.settle(ctx, identity.Actor{}, &list[i], ClaimLapsed, ""); err != nil && !errors.Is(err, ErrClaimSettled) {
			errs = append(errs, fmt.Errorf("end claim %s: %w", list[i].ID, err))
		}
	}
	return len(list) - len(errs), errors.Join(errs...)
}
