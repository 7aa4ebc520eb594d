package api

import (
	"context"
	"net/http"
	"time"

	"corner/fault"
)

type liveness struct {
	Status  string `json:"status" enum:"ok" doc:"Always ok."`
	Version string `json:"version" doc:"Of the program." example:"v1.2.0"`
}

type readiness struct {
	Status string            `json:"status" enum:"ok,degraded" doc:"degraded: something is away that the rest goes on without. What cannot serve answers 503."`
	Parts  map[string]string `json:"parts" doc:"Each part: ok or away." example:"{\"database\":\"ok\",\"index\":\"ok\",\"cache\":\"ok\"}"`
}

type livenessOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         liveness
}

type readinessOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         readiness
}

// readyWithin bounds the question to the parts: a probe waits no longer.
const readyWithin = 2 * time.Second

func (a *API) routeHealth(s *Server) {
	route(s, operation{
		id: "live", method: http.MethodGet, path: "/livez", tag: tagServer, open: true,
		summary: "Whether the program runs", about: "Asks nobody else: a restart is no cure for a database that is away.",
	}, a.live)
	route(s, operation{
		id: "ready", method: http.MethodGet, path: "/readyz", tag: tagServer, open: true,
		summary: "Whether the program can serve", about: "The problem's parts says which part is away.",
		faults: []*fault.Error{ErrNotReady},
	}, a.ready)
}

func (a *API) live(context.Context, *call, *empty) (*livenessOutput, error) {
	return &livenessOutput{"no-store", liveness{"ok", a.Version}}, nil
}

func (a *API) ready(ctx context.Context, _ *call, _ *empty) (*readinessOutput, error) {
	parts, status, away := map[string]string{}, "ok", false
	if a.Ready != nil {
		ctx, stop := context.WithTimeout(ctx, readyWithin)
		defer stop()
		for name, p := range a.Ready(ctx) {
			parts[name] = "ok"
			if p.Away != nil {
				parts[name], status = "away", "degraded"
				away = away || p.Needed
			}
		}
	}
	if away {
		return nil, ErrNotReady.WithData(notReady(parts))
	}
	return &readinessOutput{"no-store", readiness{status, parts}}, nil
}
