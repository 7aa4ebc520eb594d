package catalog

import (
	"context"
	"time"

	"corner/event"
	"corner/fault"
	"corner/identity"
	"corner/uid"
)

// The events of brands.
const (
	PlaceBrandClaimed event.Kind = "place.brand_claimed" // its names speak of a brand that its merchant does not hold
	PlaceBranded      event.Kind = "place.branded"       // it is the brand's
	PlaceUnbranded    event.Kind = "place.unbranded"     // it is not any more
	BrandGiven        event.Kind = "merchant.brand_given"
	BrandTaken        event.Kind = "merchant.brand_taken"
)

// Brandings keeps which merchants a brand is.
type Brandings interface {
	// SetBrand makes a merchant one of a brand's, or none any more, and changes the merchant's places that chosen chooses: they have
	// the brand, or none. Whoever registers or renames a place of the merchant comes before or after. With the event of the
	// merchant, and each place's for those that have changed, whose number is returned; as it is already the merchant stays, and is not
	// told of. identity.ErrMerchantNotFound if there is none.
	SetBrand(ctx context.Context, b Branding, told event.Event, each func(PlaceID) event.Event, chosen func(*Place) bool) (int, error)
	// BrandMerchants is the merchants of all brands, by brand and merchant.
	BrandMerchants(ctx context.Context) ([]BrandMerchant, error)
}

// Branding is a brand being given to a merchant, or taken.
type Branding struct {
	Brand    string
	Merchant identity.MerchantID
	On       bool
	By       identity.UserID // "" for a command of the server's
	At       time.Time
}

// BrandMerchant is one of the merchants that a brand is.
type BrandMerchant struct {
	Brand    string
	Merchant identity.MerchantID
	Name     string // the merchant's
	Since    time.Time
}

// ErrBrandNotClaimed is for a brand that the place's names do not speak of.
var ErrBrandNotClaimed = fault.New(fault.Conflict, "brand.not_claimed",
	"the place's names do not speak of this brand, or it is another merchant's now", "该店铺名称与该品牌不符，或店铺已易主")

// listed is what a directory says that a place is a branch of, or what its names speak of.
func (d Draft) listed() string {
	if _, known := BrandByKey(d.Brand); known {
		return d.Brand
	}
	return BrandOf(d.Names)
}

// BrandClaimed is the brand that a merchant's place speaks of without being the brand's, "" for none.
func (p *Place) BrandClaimed() string {
	if p.Merchant == "" || p.Brand != "" {
		return ""
	}
	return BrandOf(p.Names)
}

// brand is the brand that a place of the merchant's gets by its names: only if the merchant is the brand's.
func (a Around) brand(m identity.MerchantID, n Names) (string, error) {
	spoken := BrandOf(n)
	if spoken == "" {
		return "", nil
	}
	holds, err := a.HoldsBrand(m, spoken)
	if err != nil || !holds {
		return "", err
	}
	return spoken, nil
}

// rebrand gives a renamed place the brand that its names speak of now, or none. claims says that it speaks of one that operators
// have to look at.
func (p *Place) rebrand(before *Place, around Around) (claims bool, err error) {
	spoken := BrandOf(p.Names)
	if p.Names == before.Names || spoken == p.Brand {
		return false, nil
	}
	if p.Brand, err = around.brand(p.Merchant, p.Names); err != nil {
		return false, err
	}
	return p.BrandClaimed() != "" && p.BrandClaimed() != before.BrandClaimed(), nil
}

// unbrand takes a brand away that was a name's which has been taken back.
func (p *Place) unbrand(before Names) {
	if p.Names != before && BrandOf(p.Names) != p.Brand {
		p.Brand = ""
	}
}

// GrantBrand says that a place is of the brand that its names speak of. Only operators may.
func (c *Catalog) GrantBrand(ctx context.Context, actor identity.Actor, id PlaceID, brand string) (Place, error) {
	return c.operate(ctx, actor, id, func(d *Dossier) ([]event.Event, error) {
		p := &d.Place
		if brand == "" || BrandOf(p.Names) != brand {
			return nil, ErrBrandNotClaimed
		}
		if p.Brand == brand {
			return nil, nil
		}
		p.Brand = brand
		return []event.Event{c.event(PlaceBranded, p, actor)}, nil
	})
}

// DropBrand says that a place is of no brand. Only operators may.
func (c *Catalog) DropBrand(ctx context.Context, actor identity.Actor, id PlaceID) (Place, error) {
	return c.operate(ctx, actor, id, func(d *Dossier) ([]event.Event, error) {
		if d.Place.Brand == "" {
			return nil, nil
		}
		d.Place.Brand = ""
		return []event.Event{c.event(PlaceUnbranded, &d.Place, actor)}, nil
	})
}

// GiveBrand says that the merchant of a place is the brand's: all its places that speak of it, now and later, are the brand's. It is
// refused if the place does not speak of the brand, or is another merchant's. Only operators may.
func (c *Catalog) GiveBrand(ctx context.Context, actor identity.Actor, id PlaceID, m identity.MerchantID, brand string) error {
	if err := actor.RequireOperator(); err != nil {
		return err
	}
	p, err := c.PlaceAsIs(ctx, id)
	if err != nil {
		return err
	}
	if p.Merchant != m || brand == "" || BrandOf(p.Names) != brand {
		return ErrBrandNotClaimed
	}
	_, err = c.SetBrand(ctx, actor.User, brand, m, true)
	return err
}

// SetBrand makes a merchant one of a brand's, or none any more (with on false), and returns how many of its places have changed. A
// place that was imported with its brand keeps it. It asks for no right: operators come by GiveBrand, and the server's own command here.
func (c *Catalog) SetBrand(ctx context.Context, by identity.UserID, brand string, m identity.MerchantID, on bool) (int, error) {
	var in fault.Input
	_, known := BrandByKey(brand)
	in.Check(known, "brand", fault.Unknown)
	if err := in.Err(); err != nil {
		return 0, err
	}
	if !uid.Valid("mer", string(m)) {
		return 0, identity.ErrMerchantNotFound
	}
	b := Branding{Brand: brand, Merchant: m, On: on, By: by, At: c.now()}
	whole, one := BrandTaken, PlaceUnbranded
	chosen := func(p *Place) bool { return p.Brand == brand && p.Source == "" }
	if on {
		whole, one = BrandGiven, PlaceBranded
		chosen = func(p *Place) bool { return p.Brand == "" && BrandOf(p.Names) == brand }
	}
	told := event.New(whole, string(m), "", string(by), b.At).About(string(m), "")
	return c.Store.SetBrand(ctx, b, told, func(p PlaceID) event.Event {
		return event.New(one, string(p), string(p), string(by), b.At).About(string(m), "")
	}, chosen)
}

// BrandMerchants is the merchants of all brands, for the server's own command.
func (c *Catalog) BrandMerchants(ctx context.Context) ([]BrandMerchant, error) {
	return c.Store.BrandMerchants(ctx)
}
