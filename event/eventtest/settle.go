package eventtest

import (
	"fmt"
	"slices"
	"time"

	"corner/event"
	"corner/internal/expect"
)

func (s *suite) done() {
	e := s.events(3, both)
	s.write(e...)
	leased := s.take(a, s.far(), 10)
	s.must(s.Done(s.Context(), a, ids(leased[:2])))
	s.waiting(a, 1)
	s.waiting(b, 3)
	s.must(s.Done(s.Context(), a, ids(leased[:2]))) // a second time
	s.must(s.Done(s.Context(), a, nil))
	s.must(s.Done(s.Context(), "c", ids(leased)))
	s.waiting(a, 1)
	s.Same("done ones are not due again", to(a, 2, e[2]), s.take(a, s.far().Add(time.Hour), 10))
	// Done holds for deliveries that nobody has leased, too.
	s.must(s.Done(s.Context(), b, ids(leased)))
	s.waiting(b, 0)
	s.Same("for the other consumer", 0, len(s.take(b, s.far().Add(time.Hour), 10)))
}

func (s *suite) retry() {
	e := s.events(3, both)
	s.write(e...)
	leased, at := s.take(a, s.far(), 10), s.far().Add(time.Second)
	s.must(s.Retry(s.Context(), a, ids(leased[:2]), at))
	s.must(s.Retry(s.Context(), a, nil, at))
	s.Same("just before", 0, len(s.take(a, at.Add(-time.Microsecond), 10)))
	s.Same("when they are due", to(a, 2, e[0], e[1]), s.take(a, at, 10))
	s.Same("of the other consumer", 3, len(s.take(b, s.far(), 10)))
	s.waiting(a, 3)
	s.must(s.Done(s.Context(), a, ids(leased)))
	s.must(s.Retry(s.Context(), a, ids(leased), at)) // of what is done: it stays done
	s.waiting(a, 0)
}

func (s *suite) purge() {
	old, young := s.events(6, both), event.New(both, "young", "", "", s.now.Add(30*time.Minute))
	s.write(slices.Concat(old, []event.Event{young}, s.events(2, stray))...)
	before := young.At
	purge := func(want int) {
		s.Helper()
		if got := expect.OK(s.Purge(s.Context(), before, 3))(s); got != want {
			s.Errorf("Purge: %d are gone, want %d", got, want)
		}
	}
	purge(2) // the strays; everybody waits for the others
	leased := s.take(a, s.far(), 10)
	s.must(s.Done(s.Context(), a, ids(leased)))
	purge(0) // b waits
	s.must(s.Done(s.Context(), b, ids(leased[:5])))
	purge(3) // at most
	purge(2)
	purge(0) // b waits for the sixth; the seventh is too young
	s.Same("what waits", []event.ID{old[5].ID, young.ID}, ids(s.take(b, s.far(), 10)))
	s.must(s.Done(s.Context(), b, ids(leased)))
	before = young.At.Add(time.Microsecond)
	purge(2)
}

// rolledBack: events of a transaction that fails were never there.
func (s *suite) rolledBack() {
	first := s.events(1, both)
	s.write(first...)
	s.signalled(true)
	for name, events := range map[string]func() ([]event.Event, error){
		"the transaction fails":   func() ([]event.Event, error) { return s.events(2, both), errNo },
		"an event is there twice": func() ([]event.Event, error) { return append(s.events(1200, both), first[0]), nil },
	} {
		if err := s.Write(s.Context(), events); err == nil {
			s.Errorf("%s: Write went well, want an error", name)
		}
		s.signalled(false)
		s.waiting(a, 1)
		s.waiting(b, 1)
	}
	s.Same("Lease", []event.ID{first[0].ID}, ids(s.take(a, s.far(), 5000)))
	if got := expect.OK(s.Purge(s.Context(), s.far(), 5000))(s); got != 0 {
		s.Errorf("%d events are there that nobody waits for, want none", got)
	}
}

// signalled fails unless Written has yielded by now, or has not.
func (s *suite) signalled(want bool) {
	s.Helper()
	got := false
	select {
	case <-s.Written():
		got = true
	case <-time.After(map[bool]time.Duration{true: 10 * time.Second, false: 0}[want]):
	}
	if got != want {
		s.Errorf("Written yielded: %v, want %v", got, want)
	}
}

// written: it yields after every commit, and what was committed can be leased then.
func (s *suite) written() {
	s.signalled(false)
	for i := range 100 {
		e := event.New(one, fmt.Sprint(i), "", "", s.now)
		failed := make(chan error, 1)
		go func() {
			failed <- s.Write(s.Context(), func() ([]event.Event, error) { return []event.Event{e}, nil })
		}()
		s.signalled(true)
		if got := s.take(a, s.far(), 10); len(got) != 1 || got[0].ID != e.ID {
			s.Fatalf("event %d cannot be leased when Written yields: got %v", i, got)
		}
		s.must(<-failed)
	}
	s.signalled(false)
	// Nobody has to listen: many commits do not wait, and leave one value.
	for _, e := range s.events(5, one) {
		s.write(e)
	}
	s.signalled(true)
	s.signalled(false)
}

func (s *suite) writtenNotBefore() {
	s.must(s.Write(s.Context(), func() ([]event.Event, error) {
		s.signalled(false)
		return s.events(1, one), nil
	}))
	s.signalled(true)
}
