package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"corner/discovery"
	"corner/index/memindex"
	"corner/internal/recall"
)

type benchRelevanceCmd struct {
	Folder  string `name:"fixtures" default:"../shared/data" env:"CORNER_DATA_FIXTURES" type:"existingdir" help:"The folder of the shared test data."`
	Verbose bool   `short:"v" help:"Print every question that was not answered, not only the first few."`
}

// fewMisses is how many unanswered questions of a kind are shown.
const fewMisses = 3

// Run prints how many real places are found by their other names.
func (c *benchRelevanceCmd) Run(ctx context.Context) error {
	world, err := recall.Read(c.Folder)
	if err != nil {
		return err
	}
	ix, start := memindex.New(), time.Now()
	err = ix.Rebuild(ctx, func(put func([]discovery.Listing) error) error { return put(world.Listings) })
	if err != nil {
		return err
	}
	fmt.Printf(
		"%d places in one index, built in %v; asked from 500 m away, without a radius\n\n",
		len(world.Listings),
		time.Since(start).Round(time.Millisecond),
	)
	results, err := world.Measure(ctx, &discovery.Finder{Index: ix, Now: time.Now}, 1)
	if err != nil {
		return err
	}
	misses := fewMisses
	if c.Verbose {
		misses = len(world.Listings)
	}
	return recall.Print(os.Stdout, results, misses)
}
