package main

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"corner/discovery"
	"corner/store"
)

// figures is what /metrics shows beside the requests: the program, the parts, and what
// waits to be delivered.
func (a *app) figures() *prometheus.Registry {
	r := prometheus.NewRegistry()
	r.MustRegister(
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "corner_build_info", Help: "Always 1; the label says which program runs.", ConstLabels: prometheus.Labels{"version": version},
		}, func() float64 { return 1 }),
		&partFigures{a},
	)
	for name, pool := range a.db.Pools() {
		r.MustRegister(collectors.NewDBStatsCollector(pool, name))
	}
	return r
}

// partFigures asks the parts when Prometheus does.
type partFigures struct{ *app }

var (
	partUp  = prometheus.NewDesc("corner_part_up", "Whether a part answers: 1 or 0.", []string{"part"}, nil)
	backlog = prometheus.NewDesc("corner_deliveries_waiting", "Events not delivered yet.", []string{"consumer"}, nil)
	lag     = prometheus.NewDesc("corner_deliveries_lag_seconds", "How long the oldest of them has been waiting.", []string{"consumer"}, nil)
)

// Describe implements prometheus.Collector.
func (p *partFigures) Describe(out chan<- *prometheus.Desc) {
	out <- partUp
	out <- backlog
	out <- lag
}

// scrapeWithin bounds the questions of one scrape.
const scrapeWithin = 3 * time.Second

// Collect implements prometheus.Collector. What cannot be asked is left out.
func (p *partFigures) Collect(out chan<- prometheus.Metric) {
	ctx, stop := context.WithTimeout(context.Background(), scrapeWithin)
	defer stop()
	for name, part := range p.ready(ctx) {
		up := 1.0
		if part.Away != nil {
			up = 0
		}
		out <- prometheus.MustNewConstMetric(partUp, prometheus.GaugeValue, up, name)
	}
	outbox := store.Outbox{DB: p.db}
	n, err := outbox.Waiting(ctx, discovery.Consumer)
	oldest, err2 := outbox.Oldest(ctx, discovery.Consumer)
	if err != nil || err2 != nil {
		return
	}
	waited := 0.0
	if !oldest.IsZero() {
		waited = max(0, time.Since(oldest).Seconds())
	}
	out <- prometheus.MustNewConstMetric(backlog, prometheus.GaugeValue, float64(n), string(discovery.Consumer))
	out <- prometheus.MustNewConstMetric(lag, prometheus.GaugeValue, waited, string(discovery.Consumer))
}
