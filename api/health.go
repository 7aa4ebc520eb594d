package api

import (
	"context"
	"net/http"
	"time"

	"corner/api/rest"

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

func (a *API) routeHealth(s *rest.Server) {
	rest.Route(s, rest.Operation{
		ID: "live", Method: http.MethodGet, Path: "/livez", Tag: tagServer, Open: true,
		Summary: "Whether the program runs", About: "Asks nobody else: a restart is no cure for a database that is away.",
	}, a.live)
	rest.Route(s, rest.Operation{
		ID: "ready", Method: http.MethodGet, Path: "/readyz", Tag: tagServer, Open: true,
		Summary: "Whether the program can serve", About: "The problem's parts says which part is away.",
		Faults: []*fault.Error{rest.ErrNotReady},
	}, a.ready)
}

func (a *API) live(context.Context, *rest.Call, *rest.Empty) (*livenessOutput, error) {
	return &livenessOutput{"no-store", liveness{"ok", a.Version}}, nil
}

func (a *API) ready(ctx context.Context, _ *rest.Call, _ *rest.Empty) (*readinessOutput, error) {
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
		return nil, rest.ErrNotReady.WithData(notReady(parts))
	}
	return &readinessOutput{"no-store", readiness{status, parts}}, nil
}
