package esindex_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"corner/catalog"
	"corner/discovery"
	"corner/geo"
	"corner/index/esindex"
)

var (
	anywhere = geo.Point{Lat: 31.23, Lng: 121.47}
	anything = discovery.Query{Center: anywhere, Radius: 1000, Limit: 10, Sort: discovery.ByDistance}
)

func shop(id string, version int64) discovery.Listing {
	l := roll(1).listing(0, anywhere, 0)
	l.Place, l.Version, l.Live, l.Point = catalog.PlaceID("plc_"+id), version, true, anywhere
	return l
}

// methods is every method of the port.
func methods(x *esindex.Index) map[string]func(context.Context) error {
	return map[string]func(context.Context) error{
		"Put": func(ctx context.Context) error { return x.Put(ctx, []discovery.Listing{shop("a", 1)}) },
		"Search": func(ctx context.Context) error {
			_, err := x.Search(ctx, anything)
			return err
		},
		"Clusters": func(ctx context.Context) error {
			_, err := x.Clusters(
				ctx,
				discovery.MapQuery{Box: geo.Box{South: 31, West: 121, North: 32, East: 122}, Center: anywhere, Res: 7, Limit: 10},
			)
			return err
		},
		"Rebuild": func(ctx context.Context) error { return x.Rebuild(ctx, filler(nil)) },
		"Ready":   x.Ready,
	}
}

func unavailable(t *testing.T, x *esindex.Index) {
	t.Helper()
	for name, call := range methods(x) {
		began := time.Now()
		if err := call(t.Context()); !errors.Is(err, discovery.ErrUnavailable) {
			t.Errorf("%s: got %v, want ErrUnavailable", name, err)
		}
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("%s: took %v to say so", name, took)
		}
	}
}

func TestNobodyListens(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	unavailable(t, open(t, "http://"+l.Addr().String(), esindex.Options{}))
}

func TestServerSaysNo(t *testing.T) {
	t.Parallel()
	for _, status := range []int{408, 429, 500, 502, 503, 504} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = io.WriteString(w, "<html>not even JSON</html>")
		}))
		t.Cleanup(s.Close)
		unavailable(t, open(t, s.URL, esindex.Options{}))
	}
}

func TestServerHangs(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release }))
	t.Cleanup(func() { close(release); s.Close() })
	x := open(t, s.URL, esindex.Options{SearchLimit: 50 * time.Millisecond, WriteLimit: 50 * time.Millisecond})
	unavailable(t, x)
	for name, call := range methods(x) { // a caller who left is no fault of the engine
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := call(ctx); !errors.Is(err, context.Canceled) || errors.Is(err, discovery.ErrUnavailable) {
			t.Errorf("%s, cancelled: got %v, want context.Canceled alone", name, err)
		}
	}
}

// TestServerGoesAway cuts the line to a real server, and joins it again.
func TestServerGoesAway(t *testing.T) {
	t.Parallel()
	address := server(t)
	p := newProxy(t, strings.TrimPrefix(address, "http://"))
	name := alias(t, address)
	x := open(t, "http://"+p.address, esindex.Options{Alias: name})
	if err := x.Rebuild(t.Context(), filler([]discovery.Listing{shop("a", 1)})); err != nil {
		t.Fatal(err)
	}
	p.cut()
	unavailable(t, x)
	p.join(t)
	for name, call := range methods(x) {
		if err := call(t.Context()); err != nil {
			t.Errorf("%s, with the server back: %v", name, err)
		}
	}
}

// TestCutWhileFilling leaves a half-built index behind, which the next rebuild removes.
func TestCutWhileFilling(t *testing.T) {
	t.Parallel()
	address := server(t)
	p := newProxy(t, strings.TrimPrefix(address, "http://"))
	name := alias(t, address)
	x := open(t, "http://"+p.address, esindex.Options{Alias: name, Patience: 300 * time.Millisecond})
	if err := x.Rebuild(t.Context(), filler([]discovery.Listing{shop("a", 1)})); err != nil {
		t.Fatal(err)
	}
	err := x.Rebuild(t.Context(), func(put func([]discovery.Listing) error) error {
		p.cut()
		return put([]discovery.Listing{shop("b", 1)})
	})
	if !errors.Is(err, discovery.ErrUnavailable) {
		t.Errorf("Rebuild, cut off: got %v, want ErrUnavailable", err)
	}
	p.join(t)
	finds(t, x, "plc_a")
	if got := indices(t, address, name); len(got) != 2 {
		t.Fatalf("got indices %v, want the good one and the half-built one", got)
	}
	if err := x.Rebuild(t.Context(), filler([]discovery.Listing{shop("c", 1)})); err != nil {
		t.Fatal(err)
	}
	finds(t, x, "plc_c")
	if got := indices(t, address, name); len(got) != 1 {
		t.Errorf("got indices %v, want one", got)
	}
}
