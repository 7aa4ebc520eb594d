package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"text/tabwriter"
	"time"

	"corner/event"
)

type eventsCmd struct {
	Dead    eventsDeadCmd    `cmd:"" help:"List the events that were given up after many attempts, the oldest first."`
	Retry   eventsRetryCmd   `cmd:"" help:"Try dead events again: those named, or all of them."`
	Rebuild eventsRebuildCmd `cmd:"" help:"Build a consumer anew from what there is, whatever it was told of."`
}

type eventsDeadCmd struct {
	Limit int `default:"100" help:"How many at most."`
}

// Run lists them.
func (d eventsDeadCmd) Run(ctx context.Context, c *Config) error {
	return withAccounts(ctx, c, func(a *app) error {
		if d.Limit < 1 || d.Limit > 10_000 {
			return errors.New("--limit is from 1 to 10000")
		}
		list, err := a.relay.Outbox.Dead(ctx, d.Limit+1)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			fmt.Println("no event is dead")
			return nil
		}
		out := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
		fmt.Fprintln(out, "EVENT\tCONSUMER\tKIND\tSUBJECT\tPLACE\tATTEMPTS\tDEAD SINCE\tERROR")
		for _, e := range list[:min(len(list), d.Limit)] {
			fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\t%d\t%s\t%q\n",
				e.ID, e.Consumer, e.Kind, e.Subject, e.Place, e.Attempt, e.Since.Format(time.RFC3339), e.Error)
		}
		if len(list) > d.Limit {
			fmt.Fprintln(out, "… and more; see --limit")
		}
		return out.Flush()
	})
}

type eventsRetryCmd struct {
	Events []string `arg:"" optional:"" name:"event" help:"Ids, as corner events dead prints them."`
	All    bool     `help:"Every dead event."`
}

// Run makes them due again.
func (r eventsRetryCmd) Run(ctx context.Context, c *Config) error {
	if r.All == (len(r.Events) > 0) {
		return errors.New("name the events to try again, or give --all")
	}
	return withAccounts(ctx, c, func(a *app) error {
		var ids []event.ID
		for _, id := range r.Events {
			ids = append(ids, event.ID(id))
		}
		n, err := a.relay.Outbox.Revive(ctx, ids, time.Now())
		if err != nil {
			return err
		}
		if n == 0 && !r.All {
			return errors.New("no dead event has such an id")
		}
		fmt.Printf("%d deliveries will be tried again by the servers that run\n", n)
		return nil
	})
}

type eventsRebuildCmd struct {
	Consumer string `arg:"" help:"Its name, as corner events dead prints it."`
}

// Run builds a consumer.
func (r eventsRebuildCmd) Run(ctx context.Context, c *Config) error {
	return withAccounts(ctx, c, func(a *app) error {
		w, known := a.relay.Workers[event.Consumer(r.Consumer)]
		if !known {
			return fmt.Errorf("there is no consumer %q", r.Consumer)
		}
		if w.Rebuild == nil {
			return fmt.Errorf("there is nothing to rebuild the consumer %s from", r.Consumer)
		}
		if err := w.Rebuild(ctx); err != nil {
			return err
		}
		fmt.Printf("the consumer %s is built\n", r.Consumer)
		return nil
	})
}
