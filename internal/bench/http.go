package bench

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"text/tabwriter"
	"time"

	"corner/geo"
)

// call is one kind of question as an app sends it.
type call struct {
	name string
	path func(q *Query) string
}

// calls are what is timed over HTTP; the first three are what the other engines are asked.
var calls = []call{
	{"2 km", func(q *Query) string { return "/v1/search?radius=2000&" + at(q.Center) }},
	{"2 km + category", func(q *Query) string { return "/v1/search?radius=2000&category=" + q.Category + "&" + at(q.Center) }},
	{"5 km + two characters", func(q *Query) string {
		return "/v1/search?radius=5000&sort=distance&q=" + url.QueryEscape(q.Text) + "&" + at(q.Center)
	}},
	{"… best match first", func(q *Query) string {
		return "/v1/search?radius=5000&q=" + url.QueryEscape(q.Text) + "&" + at(q.Center)
	}},
	{"pinyin, no radius", func(q *Query) string { return "/v1/search?q=" + q.Pinyin + "&" + at(q.Center) }},
	{"2 km, five members of hits", func(q *Query) string {
		return "/v1/search?radius=2000&fields=place.id,place.name,place.location,distance_m,open_now&" + at(q.Center)
	}},
	{"suggestions", func(q *Query) string { return "/v1/suggestions?q=" + q.Start + "&" + at(q.Center) }},
	{"map of a city", func(q *Query) string {
		b := around(q.Center, 0.25)
		return fmt.Sprintf("/v1/map?zoom=12&bbox=%.5f,%.5f,%.5f,%.5f", b.West, b.South, b.East, b.North)
	}},
}

func at(p geo.Point) string { return fmt.Sprintf("lat=%.6f&lng=%.6f", p.Lat, p.Lng) }

// HTTP asks a server at an address what people ask of the world, over connections that stay
// open: first one client alone, then many at once. Answers are read to the end, but not
// taken apart: what is timed is the server, with as little of the asker as can be, though
// both share the machine.
func HTTP(ctx context.Context, w io.Writer, address string, world *World, clients int) error {
	out := tabwriter.NewWriter(w, 0, 0, 3, ' ', tabwriter.AlignRight)
	fmt.Fprintf(out, "over HTTP, one client\tp50 µs\tp99 µs\tmean bytes\t%d clients, a second\t\n", clients)
	for _, c := range calls {
		requests := make([][]byte, len(world.Queries))
		for i := range world.Queries {
			requests[i] = fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: %s\r\nAccept-Language: zh-CN\r\n\r\n", c.path(&world.Queries[i]), address)
		}
		p50, p99, size, err := alone(ctx, address, requests)
		if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		rate, err := crowd(ctx, address, requests, clients)
		if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		micros := func(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1_000 }
		fmt.Fprintf(out, "%s\t%.0f\t%.0f\t%d\t%.0f\t\n", c.name, micros(p50), micros(p99), size, rate)
	}
	return out.Flush()
}

// alone is how long answers take one at a time, in the best of some rounds, and how long
// they are.
func alone(ctx context.Context, address string, requests [][]byte) (p50, p99 time.Duration, size int, err error) {
	one, err := dial(ctx, address)
	if err != nil {
		return 0, 0, 0, err
	}
	defer one.Close()
	for round := range rounds {
		times := make([]time.Duration, len(requests))
		total := 0
		for i, r := range requests {
			began := time.Now()
			n, err := one.ask(r)
			if err != nil {
				return 0, 0, 0, err
			}
			times[i] = time.Since(began)
			total += n
		}
		size = total / len(requests)
		slices.Sort(times)
		if at := times[len(times)/2]; round == 0 || at < p50 {
			p50 = at
		}
		if at := times[len(times)*99/100]; round == 0 || at < p99 {
			p99 = at
		}
	}
	return p50, p99, size, nil
}

// crowd is how many answers a second many clients get, each of whom asks again at once; in
// the best of some rounds.
func crowd(ctx context.Context, address string, requests [][]byte, clients int) (best float64, err error) {
	const least = time.Second
	for range rounds {
		var wg sync.WaitGroup
		var asked atomic.Int64
		var failed atomic.Pointer[error]
		began := time.Now()
		for n := range clients {
			wg.Go(func() {
				one, err := dial(ctx, address)
				if err != nil {
					failed.Store(&err)
					return
				}
				defer one.Close()
				for i := n * 977; time.Since(began) < least && ctx.Err() == nil; i++ {
					if _, err := one.ask(requests[i%len(requests)]); err != nil {
						failed.Store(&err)
						return
					}
					asked.Add(1)
				}
			})
		}
		wg.Wait()
		if err := failed.Load(); err != nil {
			return 0, *err
		}
		best = max(best, float64(asked.Load())/time.Since(began).Seconds())
	}
	return best, ctx.Err()
}

// client is a connection.
type client struct {
	net.Conn
	in *bufio.Reader
}

func dial(ctx context.Context, address string) (*client, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	return &client{conn, bufio.NewReaderSize(conn, 64<<10)}, nil
}

// ask sends a request and reads the answer, which must be a good one. It returns how long
// its body is.
func (c *client) ask(request []byte) (size int, err error) {
	if _, err := c.Write(request); err != nil {
		return 0, err
	}
	status, err := c.in.ReadSlice('\n')
	if err != nil {
		return 0, err
	}
	if !bytes.HasPrefix(status, []byte("HTTP/1.1 200 ")) {
		return 0, fmt.Errorf("%s: answered %s", request[:bytes.IndexByte(request, '\r')], status)
	}
	size = -1
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			break
		}
		if length, found := bytes.CutPrefix(line, []byte("Content-Length: ")); found {
			if size, err = strconv.Atoi(string(length)); err != nil {
				return 0, err
			}
		}
	}
	if size < 0 {
		return 0, errors.New("the answer does not tell its length")
	}
	_, err = c.in.Discard(size)
	return size, err
}
