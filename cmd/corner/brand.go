package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"corner/fault"
	"corner/identity"
)

type brandCmd struct {
	Give brandGiveCmd `cmd:"" help:"Say that a merchant is a brand's: its places of that name are the brand's, now and later."`
	Take brandTakeCmd `cmd:"" help:"Say that it is not any more: its places lose the brand, but for those that were imported with it."`
	List brandListCmd `cmd:"" help:"Print the merchants of the brands."`
}

type brandGiveCmd struct {
	Key      string `arg:"" help:"The brand's key, as kfc."`
	Merchant string `arg:"" help:"The merchant's id."`
}

type brandTakeCmd struct {
	Key      string `arg:"" help:"The brand's key, as kfc."`
	Merchant string `arg:"" help:"The merchant's id."`
}

type brandListCmd struct{}

// Run gives a brand.
func (b brandGiveCmd) Run(ctx context.Context, c *Config) error {
	return setBrand(ctx, c, b.Key, b.Merchant, true)
}

// Run takes it.
func (b brandTakeCmd) Run(ctx context.Context, c *Config) error {
	return setBrand(ctx, c, b.Key, b.Merchant, false)
}

func setBrand(ctx context.Context, c *Config, key, merchant string, on bool) error {
	return withAccounts(ctx, c, func(a *app) error {
		n, err := a.catalog.SetBrand(ctx, "", key, identity.MerchantID(merchant), on)
		if fault.KindOf(err) == fault.Invalid {
			return errors.New("KEY is no brand that is known, as kfc")
		}
		if errors.Is(err, identity.ErrMerchantNotFound) {
			return fmt.Errorf("MERCHANT: %w", err)
		}
		if err != nil {
			return err
		}
		a.log.Info("brand set", "brand", key, "merchant", merchant, "held", on, "places", n)
		said := "has"
		if !on {
			said = "has no more"
		}
		fmt.Printf("%s %s the brand %s; %d places have changed\n", merchant, said, key, n)
		return nil
	})
}

// Run prints all of them.
func (brandListCmd) Run(ctx context.Context, c *Config) error {
	return withAccounts(ctx, c, func(a *app) error {
		all, err := a.catalog.BrandMerchants(ctx)
		for _, b := range all {
			fmt.Printf("%s  %s  %s  since %s\n", b.Brand, b.Merchant, b.Name, b.Since.Format(time.DateOnly))
		}
		return err
	})
}
