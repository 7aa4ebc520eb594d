package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"corner/fault"
	"corner/identity"
)

type operatorCmd struct {
	Add    operatorAddCmd    `cmd:"" help:"Make whoever has the phone number an operator, signed in ever or not."`
	Remove operatorRemoveCmd `cmd:"" help:"Make the phone number no operator's any more, at once."`
	List   operatorListCmd   `cmd:"" help:"Print the operators."`

	RecoverMerchant operatorRecoverCmd    `cmd:"" help:"Invite whoever has the phone number to own a merchant whose owners have all lost their numbers."`
	DropFactor      operatorDropFactorCmd `cmd:"" help:"Take away the second factor of whoever has the phone number, operator or not: the app and the recovery codes are lost."`
}

type operatorAddCmd struct {
	Phone string `arg:"" help:"With + and the country code."`
}

type operatorRemoveCmd struct {
	Phone string `arg:"" help:"With + and the country code."`
}

type operatorListCmd struct{}

type operatorRecoverCmd struct {
	Merchant string `arg:"" help:"Its id."`
	Phone    string `arg:"" help:"With + and the country code."`
	Language string `help:"Of the message." enum:"en,zh" default:"zh"`
}

type operatorDropFactorCmd struct {
	Phone string `arg:"" help:"With + and the country code."`
}

// Run appoints an operator.
func (o operatorAddCmd) Run(ctx context.Context, c *Config) error {
	return withAccounts(ctx, c, func(a *app) error {
		op, err := a.accounts.AppointOperator(ctx, o.Phone)
		if err != nil {
			return phoneFault(err)
		}
		a.log.Info("operator appointed", "user", op.User)
		fmt.Printf("%s is an operator: %s\n", op.Phone, op.User)
		if !op.Factor {
			fmt.Println("this account has no second factor: whoever gets the number is an operator; set one up with POST /v1/me/factor")
		}
		return nil
	})
}

// Run dismisses one.
func (o operatorRemoveCmd) Run(ctx context.Context, c *Config) error {
	return withAccounts(ctx, c, func(a *app) error {
		user, err := a.accounts.DismissOperator(ctx, o.Phone)
		if err != nil {
			return phoneFault(err)
		}
		a.log.Info("operator dismissed", "user", user)
		fmt.Printf("%s is no operator any more\n", user)
		return nil
	})
}

// Run prints all of them.
func (operatorListCmd) Run(ctx context.Context, c *Config) error {
	return withAccounts(ctx, c, func(a *app) error {
		all, err := a.accounts.Operators.Operators(ctx)
		for _, op := range all {
			fmt.Printf("%s  %s  since %s\n", op.Phone, op.User, op.Since.Format(time.DateOnly))
		}
		return err
	})
}

// Run invites an owner.
func (o operatorRecoverCmd) Run(ctx context.Context, c *Config) error {
	return withAccounts(ctx, c, func(a *app) error {
		v, err := a.accounts.RecoverMerchant(ctx, identity.MerchantID(o.Merchant), o.Phone, identity.Language(o.Language))
		if errors.Is(err, identity.ErrOwned) || errors.Is(err, identity.ErrMerchantNotFound) {
			return fmt.Errorf("MERCHANT: %w", err)
		}
		if err != nil {
			return phoneFault(err)
		}
		a.log.Info("merchant recovered", "merchant", v.Merchant, "invitation", v.ID)
		fmt.Printf("%s is invited to own %s (%s); it is accepted in the app\n", v.Phone, v.MerchantName, v.Merchant)
		return nil
	})
}

// Run drops a second factor.
func (o operatorDropFactorCmd) Run(ctx context.Context, c *Config) error {
	return withAccounts(ctx, c, func(a *app) error {
		user, err := a.accounts.DropFactor(ctx, o.Phone)
		if err != nil {
			return phoneFault(err)
		}
		a.log.Info("second factor dropped", "user", user)
		fmt.Printf("%s has no second factor any more\n", user)
		return nil
	})
}

// withAccounts opens the database for a command, beside a running server or not.
func withAccounts(ctx context.Context, c *Config, f func(*app) error) error {
	a, err := wire(ctx, c, c.logger(), time.Now)
	if err != nil {
		return err
	}
	return errors.Join(f(a), a.close())
}

// phoneFault says in a command's words what is wrong with its argument.
func phoneFault(err error) error {
	if errors.Is(err, identity.ErrOperatorNotFound) {
		return errors.New("that phone number is no operator's")
	}
	if errors.Is(err, identity.ErrUserNotFound) || errors.Is(err, identity.ErrFactorNotFound) {
		return errors.New("nobody with that phone number has a second factor")
	}
	if fault.KindOf(err) == fault.Invalid {
		return errors.New("PHONE is not a phone number with + and the country code, as +8613800138000")
	}
	return err
}
