package memindex

import (
	"runtime"
	"sync"
)

// span is docs from begin on, end not included.
type span struct{ begin, end uint32 }

// lenient is how many docs that nobody asked for a span may hold: the distance tells them, and
// fewer, longer spans are quicker to look for in postings.
const lenient = 24

// extend appends a span, which is not before the last one, and joins them if they are close.
func extend(spans []span, s span, gap uint32) []span {
	if n := len(spans); n > 0 && spans[n-1].end+gap >= s.begin {
		spans[n-1].end = max(spans[n-1].end, s.end)
		return spans
	}
	return append(spans, s)
}

// spansOf appends the spans of ascending docs.
func spansOf(spans []span, docs []uint32) []span {
	for _, d := range docs {
		spans = extend(spans, span{d, d + 1}, 0)
	}
	return spans
}

// parallel does the work on 0 … n-1, on all processors if there is enough of it.
func parallel(n int, work func(lo, hi int)) {
	const least = 2_000 // less is done before another processor has woken up
	shares := min(runtime.GOMAXPROCS(0), n/least)
	if shares < 2 {
		work(0, n)
		return
	}
	var wg sync.WaitGroup
	for i := range shares {
		wg.Go(func() { work(n*i/shares, n*(i+1)/shares) })
	}
	wg.Wait()
}
