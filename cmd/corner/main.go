// Command corner is the whole platform in one program.
//
//	corner demo             a town to try things in, ready in seconds
//	corner serve            the server
//	corner migrate          bring the database's tables up to date
//	corner import FILE …    take over places from files
//	corner reindex          rebuild the search index from the database
//	corner events           what could not be delivered, and trying it again
//	corner operator         who runs this server
//	corner keys             the keys that tokens are signed with, and changing them
//	corner messages         stopping what is sent to phones, and starting it again
//	corner work             the same of what the server does by itself
//	corner bench search     how fast search is here
//	corner bench relevance  how many real places search finds
//	corner version          what this is
//
// and, called by the server alone, corner develop, which decodes one photo and ends.
//
// This package holds no rules: config.go reads flags and environment, app.go wires
// the parts together, and there is a file a command.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	_ "time/tzdata" // a phone's time zone must not depend on what the machine has installed

	"github.com/alecthomas/kong"

	"corner/catalog/intake"
)

// version is set when the program is built.
var version = "dev"

// cli is the command line; kong fills it from flags and CORNER_… variables.
type cli struct {
	Config `embed:""`

	Demo     demoCmd     `cmd:"" help:"Run with a demo town of 2,000 places. Prints one-time codes, so it is not for the open network."`
	Serve    serveCmd    `cmd:"" help:"Run the server."`
	Migrate  migrateCmd  `cmd:"" help:"Bring the database's tables up to date."`
	Import   importCmd   `cmd:"" help:"Import places from a file."`
	Reindex  reindexCmd  `cmd:"" help:"Rebuild the search index from the database."`
	Events   eventsCmd   `cmd:"" help:"Look at events that could not be delivered, and try them again."`
	Operator operatorCmd `cmd:"" help:"Say who runs this server: may look at every merchant and place, and release wrong claims."`
	Brand    brandCmd    `cmd:"" help:"Say which merchants are a brand's."`
	Keys     keysCmd     `cmd:"" help:"Look at the keys that tokens are signed with, and change them."`
	Messages messagesCmd `cmd:"" help:"Stop all messages to phones on every server, start them again, or see whether they are stopped."`
	Work     workCmd     `cmd:"" help:"Stop all automatic work on every server, but for keeping the search index; start it again, or see whether it is stopped."`
	Bench    benchCmd    `cmd:"" help:"Measure what this machine can do."`
	Version  versionCmd  `cmd:"" help:"Print the version."`
	Develop  developCmd  `cmd:"" hidden:""`
}

func main() { os.Exit(run()) }

// run is main, with the status to end with; what it defers happens before that.
func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var c cli
	k := kong.Parse(&c,
		kong.Name("corner"),
		kong.Description("An open platform for finding, booking and reviewing what is around the corner."),
		kong.UsageOnError(),
		kong.Vars{"fields": strings.Join(intake.Fields, ", "), "presets": strings.Join(intake.PresetNames(), ", ")},
		kong.BindTo(ctx, (*context.Context)(nil)),
	)
	k.Bind(&c.Config)
	if err := k.Run(); err != nil && !errors.Is(err, context.Canceled) {
		fmt.Fprintln(os.Stderr, "corner:", err)
		return 1
	}
	return 0
}

type versionCmd struct{}

// Run prints the version.
func (versionCmd) Run() error {
	fmt.Println("corner", version)
	return nil
}
