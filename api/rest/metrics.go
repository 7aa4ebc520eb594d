package rest

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/common/expfmt"
)

// meters counts the requests, by the route's template: never by what was asked.
type meters struct {
	duration *prometheus.HistogramVec
	open     prometheus.Gauge
}

// The bounds of durations, in seconds: a search takes less than a millisecond, and no
// answer may take longer than Deadline.
var durations = []float64{.0005, .001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 2, 5, 10}

func newMeters(r *prometheus.Registry) *meters {
	if r == nil {
		return nil
	}
	m := &meters{
		prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "corner_http_request_duration_seconds", Help: "How long answers took, by route, method and status.", Buckets: durations,
		}, []string{"route", "method", "status"}),
		prometheus.NewGauge(prometheus.GaugeOpts{Name: "corner_http_requests_in_flight", Help: "Requests being answered."}),
	}
	r.MustRegister(m.duration, m.open)
	return m
}

func (m *meters) begin() {
	if m != nil {
		m.open.Inc()
	}
}

func (m *meters) end(route, method string, status int, took time.Duration) {
	if m == nil {
		return
	}
	m.open.Dec()
	if route == "" {
		route, method = "none", "any" // what a stranger makes up is no label
	}
	m.duration.WithLabelValues(route, method, strconv.Itoa(status)).Observe(took.Seconds())
}

// metrics serves what Prometheus reads.
func (s *Server) metrics() {
	if s.MetricsAside {
		return
	}
	op := Operation{ID: "metrics", Method: http.MethodGet, Path: "/metrics", Tag: s.MetricsTag, Open: true}
	described := &huma.Operation{
		OperationID: op.ID,
		Method:      op.Method,
		Path:        op.Path,
		Tags:        []string{op.Tag},
		Security:    []map[string][]string{},
		Summary:     "Figures for Prometheus",
		Description: "Requests by route, the database's connections, what waits to be delivered. Nothing personal; still, a proxy need not " +
			"pass it on.",
		Responses: map[string]*huma.Response{"200": {
			Description: "The text format of Prometheus.",
			Content:     map[string]*huma.MediaType{"text/plain": {Schema: &huma.Schema{Type: huma.TypeString}}},
		}},
	}
	s.huma.OpenAPI().AddOperation(described)
	s.refusals(op, described, false)
	s.engine.GET(op.Path, s.showMetrics)
}

func (s *Server) showMetrics(g *gin.Context) {
	text, err := figures(s.Metrics)
	if err != nil {
		s.refuse(g, err)
		return
	}
	g.Header("Cache-Control", "no-store")
	g.Data(http.StatusOK, metricsText, text)
}

const metricsText = "text/plain; version=0.0.4; charset=utf-8"

// figures is what is counted, in the text format of Prometheus.
func figures(r *prometheus.Registry) ([]byte, error) {
	var text bytes.Buffer
	if r == nil {
		return nil, nil
	}
	families, err := r.Gather()
	out := expfmt.NewEncoder(&text, expfmt.NewFormat(expfmt.TypeTextPlain))
	for _, f := range families {
		err = errors.Join(err, out.Encode(f))
	}
	if err != nil {
		return nil, fmt.Errorf("gather metrics: %w", err)
	}
	return text.Bytes(), nil
}

// MetricsAlone serves /metrics and nothing else, for a listener of its own.
func MetricsAlone(r *prometheus.Registry, log *slog.Logger) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, req *http.Request) {
		text, err := figures(r)
		if err != nil {
			log.ErrorContext(req.Context(), "metrics", "error", err)
			http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Content-Type", metricsText)
		_, _ = w.Write(text) // who asked has gone
	})
	return mux
}
