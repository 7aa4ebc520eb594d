package main

import (
	"context"
	"fmt"
	"net"

	"corner/api"
)

// serveMetrics serves /metrics on a listener of its own, if one is wished, until stop is called.
func (a *app) serveMetrics(ctx context.Context) (stop func(), err error) {
	if a.config.MetricsAddr == "" {
		return func() {}, nil
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", a.config.MetricsAddr)
	if err != nil {
		return nil, fmt.Errorf("listen for metrics: %w", err)
	}
	server := newServer(api.MetricsAlone(a.metrics, a.log), a.log)
	go func() { _ = server.Serve(listener) }() // it ends with the program
	a.log.Info("metrics", "address", listener.Addr().String())
	return func() { _ = server.Close() }, nil
}
