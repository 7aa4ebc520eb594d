package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

type reindexCmd struct{}

// Run rebuilds the search index while everything else goes on.
func (reindexCmd) Run(ctx context.Context, c *Config) error {
	a, err := wire(ctx, c, c.logger(), time.Now)
	if err != nil {
		return err
	}
	defer a.close()
	if a.embeddedIndex() {
		return errors.New("the index mem: lives in the server's process, which builds it when it starts; there is nothing to rebuild here")
	}
	began := time.Now()
	bar := newBar("reindex")
	n := 0
	if err := a.projector.Reindex(ctx, func(done, total int) {
		n = done
		bar.ChangeMax(total)
		_ = bar.Set(done)
	}); err != nil {
		return err
	}
	_ = bar.Finish()
	fmt.Printf("%d places in the index, in %s\n", n, time.Since(began).Round(time.Millisecond))
	return nil
}
