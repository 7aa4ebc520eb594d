package eventtest

import (
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"corner/event"
)

func (s *suite) lease() {
	s.Same("of an empty outbox", 0, len(s.take(a, s.far(), 10)))
	e, strays := s.events(2, both), s.events(1, stray)
	e[1].Place, e[1].Actor = "", ""
	s.write(e[0], e[1], strays[0])
	s.waiting(a, 2)
	s.waiting(b, 2)
	s.waiting("c", 0)
	s.Same("before the second is due", to(a, 1, e[0]), s.take(a, e[1].At.Add(-time.Microsecond), 10))
	s.Same("once it is", to(a, 1, e[1]), s.take(a, e[1].At, 10))
	s.Same("while both are leased", 0, len(s.take(a, e[1].At, 10)))
	s.Same("for the other consumer", to(b, 1, e[0], e[1]), s.take(b, s.far(), 10))
	s.waiting(a, 2)
}

// oldest: whatever the order of writing, the oldest come first.
func (s *suite) oldest() {
	e := s.events(40, one)
	mixed := slices.Clone(e)
	//nolint:gosec // G404: any order will do
	rand.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
	for part := range slices.Chunk(mixed, 7) {
		s.write(part...)
	}
	for part := range slices.Chunk(e, 9) {
		var want []event.ID
		for _, v := range part {
			want = append(want, v.ID)
		}
		s.Same("the oldest 9", want, ids(s.take(a, s.far(), 9)))
	}
}

func (s *suite) leaseRunsOut() {
	e := s.events(3, one)
	s.write(e...)
	now := s.far()
	s.Same("leased", 3, len(s.take(a, now, 10)))
	s.Same("just before the lease runs out", 0, len(s.take(a, now.Add(time.Minute-time.Microsecond), 10)))
	now = now.Add(time.Minute)
	s.Same("when it has", to(a, 2, e[0], e[1], e[2]), s.take(a, now, 10))
	s.Same("and leased again", 0, len(s.take(a, now, 10)))
	s.waiting(a, 3)
}

// relays: several at once share the deliveries out; none is leased twice.
func (s *suite) relays() {
	const n = 400
	for part := range slices.Chunk(s.events(n, one), 100) {
		s.write(part...)
	}
	got := s.drain(8, s.far, n)
	if len(got) != n || len(slices.Compact(got)) != n {
		s.Errorf("8 relays leased %d deliveries of %d events, want %d of as many", len(got), len(slices.Compact(got)), n)
	}
}

// relaysWhileWriting: what is written meanwhile is found too.
func (s *suite) relaysWhileWriting() {
	const n, writers = 120, 4
	var wg sync.WaitGroup
	for part := range slices.Chunk(s.events(n, one), n/writers) {
		wg.Go(func() {
			for _, e := range part {
				if err := s.Write(s.Context(), func() ([]event.Event, error) { return []event.Event{e}, nil }); err != nil {
					s.Errorf("Write: %v", err)
				}
			}
		})
	}
	got := s.drain(4, s.far, n)
	wg.Wait()
	if len(got) != n || len(slices.Compact(got)) != n {
		s.Errorf("4 relays leased %d deliveries of %d events, want %d of as many", len(got), len(slices.Compact(got)), n)
	}
}

// drain leases with some relays until n deliveries are taken; every other batch is
// done. It is the ids of all, sorted.
func (s *suite) drain(relays int, now func() time.Time, n int) []event.ID {
	s.Helper()
	var mu sync.Mutex
	var got []event.ID
	left := func() int {
		mu.Lock()
		defer mu.Unlock()
		return n - len(got)
	}
	var wg sync.WaitGroup
	end := time.Now().Add(30 * time.Second)
	for r := range relays {
		wg.Go(func() {
			for i := 0; left() > 0 && time.Now().Before(end); i++ {
				batch, err := s.Lease(s.Context(), a, now(), 7+r, time.Minute)
				if err != nil {
					s.Errorf("Lease: %v", err)
					return
				}
				if len(batch) == 0 {
					time.Sleep(time.Millisecond) // let the writers write
				}
				mu.Lock()
				got = append(got, ids(batch)...)
				mu.Unlock()
				if i%2 == 0 && len(batch) > 0 {
					if err := s.Done(s.Context(), a, ids(batch)); err != nil {
						s.Errorf("Done: %v", err)
					}
				}
			}
		})
	}
	wg.Wait()
	slices.Sort(got)
	return got
}
