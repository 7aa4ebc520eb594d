package main

import (
	"context"
	"fmt"
	"time"

	"corner/store"
)

type migrateCmd struct {
	Check bool `help:"Only say what is pending; fail if anything is."`
}

// Run brings the tables up to date.
func (m migrateCmd) Run(ctx context.Context, c *Config) error {
	db, err := store.Open(ctx, c.databaseURL())
	if err != nil {
		return err
	}
	defer db.Close()
	if m.Check {
		pending, err := db.Pending(ctx)
		if err == nil && len(pending) > 0 {
			err = fmt.Errorf("pending: %v", pending)
		}
		return err
	}
	done, err := db.Migrate(ctx, time.Now())
	if err != nil {
		return err
	}
	for _, name := range done {
		fmt.Println("done", name)
	}
	fmt.Println("up to date:", db.Dialect())
	return nil
}
