package main

import (
	"context"
	"log/slog"
	"os"
	"runtime"

	"corner/media"
	"corner/media/worker"
)

// developCmd is a worker of the server's; nobody calls it by hand.
type developCmd struct{}

// Run develops one picture.
func (developCmd) Run(ctx context.Context) error {
	// A server that is told to stop finishes what is under way, and so does its worker.
	return worker.Main(context.WithoutCancel(ctx), os.Stdin, os.Stdout, func() { os.Exit(1) })
}

// darkroom develops photos in workers that are this very program, also when another one has taken its
// place in the file system since.
func darkroom(memory int64, log *slog.Logger) (*media.Darkroom, error) {
	path := "/proc/self/exe"
	if runtime.GOOS != "linux" {
		var err error
		if path, err = os.Executable(); err != nil {
			return nil, err
		}
	}
	d := &worker.Developer{Path: path, Args: []string{"develop"}, Env: worker.Environment(), Log: log}
	return media.NewDarkroom(d, memory, runtime.GOMAXPROCS(0)), nil
}
