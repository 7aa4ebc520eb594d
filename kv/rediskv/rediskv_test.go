package rediskv_test

import (
	"context"
	"crypto/rand"
	"errors"
	"net"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"go.uber.org/goleak"

	"corner/kv"
	"corner/kv/kvtest"
	"corner/kv/memkv"
	"corner/kv/rediskv"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var limit = kv.Limit{Rate: 1, Per: time.Hour, Burst: 2}

// server is the URL of a real Redis. Without one the test is skipped, but not where all engines are required:
// there a test that did not run must not look like one that passed.
func server(t testing.TB) string {
	t.Helper()
	s := os.Getenv("CORNER_TEST_REDIS")
	switch {
	case s != "":
		return s
	case os.Getenv("CORNER_TEST_REQUIRE") == "all":
		t.Fatal("CORNER_TEST_REQUIRE=all, but CORNER_TEST_REDIS names no Redis")
	}
	t.Skip("not run: set CORNER_TEST_REDIS=redis://host:port/number to test with a Redis")
	return ""
}

func open(t testing.TB, url string) *rediskv.Store {
	t.Helper()
	s, err := rediskv.Open(url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestStore(t *testing.T) {
	t.Parallel()
	url := server(t)
	kvtest.Store(t, func(t *testing.T) kv.Store { return open(t, url) })
}

func BenchmarkStore(b *testing.B) {
	url := server(b)
	kvtest.Bench(b, func(b *testing.B) kv.Store { return open(b, url) })
}

func TestOpen(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		url  string
		want error
	}{
		{"redis://127.0.0.1:6379", nil},
		{"redis://user:secret@example.org:6379/3?read_timeout=200ms", nil},
		{"rediss://example.org", nil},
		{"unix:///run/redis.sock", nil},
		{"", kv.ErrInvalid},
		{"mem:", kv.ErrInvalid},
		{"http://:secret@127.0.0.1", kv.ErrInvalid},
		{"redis://:secret@127.0.0.1:6379/nought", kv.ErrInvalid},
		{"redis://:secret@127.0.0.1:x", kv.ErrInvalid},
	} {
		s, err := rediskv.Open(tt.url)
		if !errors.Is(err, tt.want) {
			t.Errorf("Open(%q): got error %v, want %v", tt.url, err, tt.want)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("Open(%q): the error %q tells the password", tt.url, err)
		}
		if s != nil {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}
	}
}

// What stands in the server is a format: processes of two versions share it, and people look at it.
func TestStoredForm(t *testing.T) {
	t.Parallel()
	url := server(t)
	s, ctx := open(t, url), t.Context()
	o, err := redis.ParseURL(url)
	if err != nil {
		t.Fatal(err)
	}
	raw := redis.NewClient(o)
	t.Cleanup(func() { _ = raw.Close() })
	// The script must be sent again after a server lost it.
	if err := raw.ScriptFlush(ctx).Err(); err != nil {
		t.Fatal(err)
	}

	key := "form:" + rand.Text()
	if err := s.Set(ctx, key+"v", []byte("abc"), time.Minute); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Add(ctx, key+"n", -7, time.Minute); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Allow(ctx, key+"t", limit); err != nil {
		t.Fatal(err)
	}
	for suffix, tt := range map[string]struct {
		want string
		ttl  time.Duration
	}{
		"v": {"vabc", time.Minute},
		"n": {"-7", time.Minute},
		"t": {"t", time.Hour}, // and an instant
	} {
		name := rediskv.Prefix + key + suffix
		if got := raw.Get(ctx, name).Val(); !strings.HasPrefix(got, tt.want) {
			t.Errorf("%s: got %q, want %q", suffix, got, tt.want)
		}
		if got := raw.PTTL(ctx, name).Val(); got > tt.ttl || got < tt.ttl-10*time.Second {
			t.Errorf("%s: got ttl %v, want just under %v", suffix, got, tt.ttl)
		}
	}
}

// each calls all methods and Ping.
func each(ctx context.Context, s *rediskv.Store) map[string]error {
	_, _, get := s.Get(ctx, "a")
	_, del := s.Delete(ctx, "a")
	_, add := s.Add(ctx, "a", 1, time.Minute)
	_, allow := s.Allow(ctx, "a", limit)
	return map[string]error{
		"Get": get, "Set": s.Set(ctx, "a", nil, time.Minute), "Delete": del, "Add": add, "Allow": allow, "Ping": s.Ping(ctx),
	}
}

func TestServerAway(t *testing.T) {
	t.Parallel()
	closed := listen(t)
	_ = closed.Close()

	silent := listen(t) // takes connections and never answers
	var held []net.Conn
	var accepting sync.WaitGroup
	accepting.Go(func() {
		for {
			c, err := silent.Accept()
			if err != nil {
				return
			}
			held = append(held, c)
		}
	})
	t.Cleanup(func() {
		_ = silent.Close()
		accepting.Wait()
		for _, c := range held {
			_ = c.Close()
		}
	})

	for name, tt := range map[string]struct {
		addr string
		most time.Duration // for one call
	}{
		"nobody listens": {closed.Addr().String(), time.Second},
		"no answer":      {silent.Addr().String(), 3 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t, "redis://"+tt.addr)
			start := time.Now()
			errs := each(t.Context(), s)
			if took := time.Since(start) / time.Duration(len(errs)); took > tt.most {
				t.Errorf("a call took %v, want less than %v", took, tt.most)
			}
			for call, err := range errs {
				if !errors.Is(err, kv.ErrUnavailable) {
					t.Errorf("%s: got error %v, want %v", call, err, kv.ErrUnavailable)
				}
			}
		})
	}

	t.Run("deadline before patience", func(t *testing.T) {
		t.Parallel()
		s := open(t, "redis://"+silent.Addr().String())
		for _, tt := range []struct {
			deadline time.Duration
			away     bool
		}{
			{10 * time.Millisecond, false}, // the caller came late
			{200 * time.Millisecond, true}, // the server had its chance
		} {
			start := time.Now()
			ctx, cancel := context.WithTimeout(t.Context(), tt.deadline)
			_, err := s.Allow(ctx, "a", limit)
			took := time.Since(start)
			cancel()
			if !errors.Is(err, context.DeadlineExceeded) || took < tt.deadline {
				t.Errorf("deadline %v: got error %v after %v, want %v", tt.deadline, err, took, context.DeadlineExceeded)
			}
			// A machine that stalls may make the late caller a patient one.
			patient := tt.away || took >= 100*time.Millisecond
			if away := errors.Is(err, kv.ErrUnavailable); away != tt.away && away != patient {
				t.Errorf("deadline %v: got error %v, want %v in it: %v", tt.deadline, err, kv.ErrUnavailable, tt.away)
			}
			if took > tt.deadline+400*time.Millisecond {
				t.Errorf("deadline %v: took %v", tt.deadline, took)
			}
		}
	})

	t.Run("caller leaves", func(t *testing.T) {
		t.Parallel()
		s := open(t, "redis://"+silent.Addr().String())
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(150*time.Millisecond, cancel)
		_, _, err := s.Get(ctx, "a")
		if !errors.Is(err, context.Canceled) || errors.Is(err, kv.ErrUnavailable) {
			t.Errorf("got error %v, want only %v", err, context.Canceled)
		}
	})

	t.Run("closed", func(t *testing.T) {
		t.Parallel()
		s, err := rediskv.Open("redis://" + silent.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		for call, err := range each(t.Context(), s) {
			if !errors.Is(err, kv.ErrUnavailable) {
				t.Errorf("%s: got error %v, want %v", call, err, kv.ErrUnavailable)
			}
		}
	})
}

// TestServerThatWillNotServe is what a Redis answers while it starts, is full, or has another password.
func TestServerThatWillNotServe(t *testing.T) {
	t.Parallel()
	for reply, away := range map[string]bool{
		"LOADING Redis is loading the dataset in memory":           true,
		"READONLY You can't write against a read only replica.":    true,
		"OOM command not allowed when used memory > 'maxmemory'.":  true,
		"MISCONF Redis is configured to save RDB snapshots":        true,
		"NOAUTH Authentication required.":                          true,
		"ERR max number of clients reached":                        true,
		"ERR unknown command":                                      false,
		"WRONGTYPE Operation against a key holding the wrong kind": false,
	} {
		t.Run(strings.Fields(reply)[0], func(t *testing.T) {
			t.Parallel()
			s := open(t, "redis://"+answering(t, "-"+reply+"\r\n"))
			for call, err := range each(t.Context(), s) {
				if err == nil || errors.Is(err, kv.ErrUnavailable) != away {
					t.Errorf("%s: got error %v, want %v in it: %v", call, err, kv.ErrUnavailable, away)
				}
			}
		})
	}
}

// TestDegrading sees a server go and come back under a Degrading.
func TestDegrading(t *testing.T) {
	t.Parallel()
	target, err := url.Parse(server(t))
	if err != nil {
		t.Fatal(err)
	}
	p := newProxy(t, target.Host)
	target.Host = p.addr
	ctx, key := t.Context(), "degrading:"+rand.Text()
	d := &kv.Degrading{Shared: open(t, target.String()), Local: memkv.New(memkv.Bounds{}), Now: time.Now, Pause: 100 * time.Millisecond}
	add := func(want int64) {
		t.Helper()
		if got, err := d.Add(ctx, key, 1, time.Minute); got != want || err != nil {
			t.Errorf("Add: got %d, %v, want %d", got, err, want)
		}
	}

	add(1)
	add(2)
	p.stop()
	start := time.Now()
	add(1) // local from here
	for i := range int64(200) {
		add(i + 2)
	}
	if decision, err := d.Allow(ctx, key+"limit", limit); !decision.Allowed || err != nil {
		t.Errorf("Allow: got %+v, %v, want allowed", decision, err)
	}
	if _, _, err := d.Get(ctx, key); !errors.Is(err, kv.ErrUnavailable) {
		t.Errorf("Get: got error %v, want %v", err, kv.ErrUnavailable)
	}
	if err := d.Ping(ctx); !errors.Is(err, kv.ErrUnavailable) {
		t.Errorf("Ping: got error %v, want %v", err, kv.ErrUnavailable)
	}
	if took := time.Since(start); took > 3*time.Second {
		t.Errorf("200 calls without the server took %v", took)
	}

	p.start(t)
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if _, err := d.Delete(ctx, "nobody's"); err == nil {
			break
		}
		if time.Now().After(end) {
			t.Fatal("the server is back and not used")
		}
	}
	add(3) // what the server had
}
