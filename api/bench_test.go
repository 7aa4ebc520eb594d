package api_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"corner/api"
	"corner/discovery"
	"corner/discovery/discoverytest"
	"corner/geo"
	"corner/kv/memkv"
)

// known is an index that has the answer already, so that what is measured is the rest.
type known struct {
	discovery.Index
	page discovery.Page
}

func (k known) Search(context.Context, discovery.Query) (discovery.Page, error) { return k.page, nil }

// knownPage is a page of n whole listings around a point.
func knownPage(n int) (p discovery.Page) {
	listings := discoverytest.Listings(7, n)
	for i := range listings {
		p.Hits = append(p.Hits, discovery.Hit{Listing: &listings[i], Distance: geo.Metres(i) * 12.345})
	}
	p.More = true
	return p
}

// BenchmarkSearch is a search over HTTP but for the connection and the index: 20 whole
// listings, with limits, and the log written to nowhere.
func BenchmarkSearch(b *testing.B) {
	a := &api.API{
		Finder: &discovery.Finder{Index: known{page: knownPage(20)}, Now: time.Now}, Now: time.Now,
		KV: memkv.New(memkv.Bounds{}), RateLimit: 1_000_000, Log: slog.New(slog.NewJSONHandler(&bytes.Buffer{}, nil)),
	}
	for name, query := range map[string]string{
		"nearby":  "lat=31.2231&lng=121.4712&radius=2000",
		"text":    "lat=31.2231&lng=121.4712&radius=5000&q=%E9%9D%A2%E9%A6%86&category=dining&open_now=true",
		"fields":  "lat=31.2231&lng=121.4712&radius=2000&fields=place.id,place.name,distance_m",
		"explain": "lat=31.2231&lng=121.4712&radius=2000&q=%E9%9D%A2&explain=true",
	} {
		b.Run(name, func(b *testing.B) {
			a.Log = slog.New(slog.NewJSONHandler(nowhere{}, nil))
			h := a.Handler()
			w := &recorder{header: http.Header{}}
			r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, "/v1/search?"+query, nil)
			b.ReportAllocs()
			for b.Loop() {
				clear(w.header)
				w.size = 0
				h.ServeHTTP(w, r)
			}
			if w.status != http.StatusOK {
				b.Fatalf("status %d", w.status)
			}
			b.ReportMetric(float64(w.size), "bytes/answer")
		})
	}
}

type nowhere struct{}

func (nowhere) Write(b []byte) (int, error) { return len(b), nil }

// recorder is a response writer that keeps nothing.
type recorder struct {
	header       http.Header
	status, size int
}

func (w *recorder) Header() http.Header    { return w.header }
func (w *recorder) WriteHeader(status int) { w.status = status }
func (w *recorder) Write(b []byte) (int, error) {
	w.size += len(b)
	return len(b), nil
}
