package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"runtime"
	"time"

	"corner/api"
	"corner/discovery"
	"corner/index/memindex"
	"corner/internal/bench"
	"corner/kv/memkv"
)

// benchCmd measures what this machine can do, without a database.
type benchCmd struct {
	Relevance benchRelevanceCmd `cmd:"" help:"Count how many real places are found by their other names."`
	Search    benchSearchCmd    `cmd:"" help:"Time search over places made by the program."`
}

type benchSearchCmd struct {
	Places  int  `default:"1000000" help:"How many places there are."`
	Queries int  `default:"2000" help:"How many questions of each shape are asked."`
	Engine  bool `default:"true" negatable:"" help:"Ask the index itself."`
	HTTP    bool `name:"http" help:"Ask over HTTP, too: whole listings, over the loopback, of the server that corner serve starts."`
	Clients int  `default:"64" help:"How many clients ask at once over HTTP."`
}

// Validate implements kong's check of a command.
func (c benchSearchCmd) Validate() error {
	if c.Places < 1 || c.Queries < 1 || c.Clients < 1 {
		return errors.New("there must be a place, a question and a client")
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
	ix := memindex.New()
	if c.Engine {
		if err := bench.Engine(ctx, os.Stdout, ix, world); err != nil {
			return err
		}
	} else if err := bench.Fill(ctx, ix, world); err != nil {
		return err
	}
	if !c.HTTP {
		return nil
	}
	fmt.Println()
	return c.overHTTP(ctx, ix, world)
}

// overHTTP serves searches of an index, as corner serve does, limits and logging included,
// and asks them.
func (c benchSearchCmd) overHTTP(ctx context.Context, ix discovery.Index, world *bench.World) error {
	nowhere, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer nowhere.Close()
	log := slog.New(slog.NewJSONHandler(nowhere, nil))
	handler := (&api.API{
		Finder: &discovery.Finder{Index: ix, Now: time.Now}, KV: memkv.New(memkv.Bounds{}), Log: log, Now: time.Now,
		RateLimit: 1_000_000, // counted, and never reached
	}).Handler()
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := newServer(handler, log)
	done := make(chan struct{})
	go func() { defer close(done); _ = server.Serve(listener) }()
	defer func() { _ = server.Close(); <-done }()
	return bench.HTTP(ctx, os.Stdout, listener.Addr().String(), world, c.Clients)
}
