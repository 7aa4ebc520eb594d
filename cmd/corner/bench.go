package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"time"

	"corner/index/memindex"
	"corner/internal/bench"
)

// benchCmd measures what this machine can do, without a database.
type benchCmd struct {
	Relevance benchRelevanceCmd `cmd:"" help:"Count how many real places are found by their other names."`
	Search    benchSearchCmd    `cmd:"" help:"Time search over places made by the program."`
}

type benchSearchCmd struct {
	Places  int `default:"1000000" help:"How many places there are."`
	Queries int `default:"2000" help:"How many questions of each shape are asked."`
}

// Validate implements kong's check of a command.
func (c benchSearchCmd) Validate() error {
	if c.Places < 1 || c.Queries < 1 {
		return errors.New("there must be a place and a question")
	}
	return nil
}

// Run builds the embedded index and times it.
func (c benchSearchCmd) Run(ctx context.Context) error {
	began := time.Now()
	fmt.Fprintf(os.Stderr, "making %d places …\n", c.Places)
	world := bench.NewWorld(c.Places, c.Queries)
	fmt.Fprintf(os.Stderr, "made in %.1f s; building the index …\n", time.Since(began).Seconds())
	fmt.Printf("corner %s, %s, %d processors, index mem:\n", version, runtime.Version(), runtime.GOMAXPROCS(0))
	return bench.Engine(ctx, os.Stdout, memindex.New(), world)
}
