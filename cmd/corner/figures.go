package main

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
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
	partUp    = prometheus.NewDesc("corner_part_up", "Whether a part answers: 1 or 0.", []string{"part"}, nil)
	partAsked = prometheus.NewDesc(
		"corner_part_asked",
		"Whether a part is asked at present: 0 after failures, until it answers again.",
		[]string{"part"},
		nil,
	)
	waiting   = prometheus.NewDesc("corner_deliveries_waiting", "Events that are due and not delivered yet.", []string{"consumer"}, nil)
	scheduled = prometheus.NewDesc("corner_deliveries_scheduled", "Events whose time to run has not come.", []string{"consumer"}, nil)
	dead      = prometheus.NewDesc(
		"corner_deliveries_dead",
		"Events given up after many attempts; see corner events dead.",
		[]string{"consumer"},
		nil,
	)
	stopped = prometheus.NewDesc(
		"corner_stopped",
		"Whether it is stopped by hand, as this instance knows: 1 or 0; see corner messages and corner work.",
		[]string{"what"},
		nil,
	)
	lag = prometheus.NewDesc("corner_deliveries_lag_seconds", "How long the oldest that waits has been due.", []string{"consumer"}, nil)
)

// Describe implements prometheus.Collector.
func (p *partFigures) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{partUp, partAsked, waiting, scheduled, dead, lag, stopped} {
		out <- d
	}
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
	if p.guard != nil {
		asked := 0.0
		if p.guard.Asked() {
			asked = 1
		}
		out <- prometheus.MustNewConstMetric(partAsked, prometheus.GaugeValue, asked, "index")
	}
	for _, name := range switchNames {
		is := 0.0
		if p.switches.stopped(name) {
			is = 1
		}
		out <- prometheus.MustNewConstMetric(stopped, prometheus.GaugeValue, is, name)
	}
	now := time.Now()
	for consumer := range p.relay.Workers {
		b, err := p.relay.Outbox.Backlog(ctx, consumer, now)
		if err != nil {
			continue
		}
		waited := 0.0
		if !b.Oldest.IsZero() {
			waited = max(0, now.Sub(b.Oldest).Seconds())
		}
		for desc, v := range map[*prometheus.Desc]float64{
			waiting: float64(b.Waiting), scheduled: float64(b.Scheduled), dead: float64(b.Dead), lag: waited,
		} {
			out <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, v, string(consumer))
		}
	}
}
