package eventtest

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

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
	again := retries(at, 7, leased[:2]...)
	s.must(s.Retry(s.Context(), a, again))
	s.must(s.Retry(s.Context(), a, nil))
	s.Same("just before", 0, len(s.take(a, at.Add(-time.Microsecond), 10)))
	s.Same("when they are due", to(a, 8, e[0], e[1]), s.take(a, at, 10))
	s.Same("of the other consumer", 3, len(s.take(b, s.far(), 10)))
	s.waiting(a, 3)
	s.must(s.Done(s.Context(), a, ids(leased)))
	s.must(s.Retry(s.Context(), a, again)) // of what is done: it stays done
	s.waiting(a, 0)
}

// retries are deliveries that are due again at a time.
func retries(at time.Time, attempt int, of ...event.Delivery) []event.Retry {
	all := make([]event.Retry, len(of))
	for i, d := range of {
		all[i] = event.Retry{ID: d.ID, At: at, Attempt: attempt, Error: "no: \x00\xff 不" + strings.Repeat("错", 400)}
	}
	return all
}

// dead: what was given up is kept and listed, is in nobody's way, and may be tried again.
func (s *suite) dead() {
	e := s.events(4, both)
	s.write(e...)
	leased := s.take(a, s.far(), 10)
	died := s.far().Add(time.Minute)
	s.must(s.Bury(s.Context(), a, retries(s.far(), 15, leased[:2]...), died))
	s.must(s.Done(s.Context(), a, ids(leased[2:])))
	s.must(s.Done(s.Context(), b, ids(leased)))
	long := died.AddDate(100, 0, 0)
	s.Same("leased in a hundred years", 0, len(s.take(a, long, 10)))
	s.must(s.Extend(s.Context(), a, ids(leased), long)) // by a relay that lost its lease
	s.Same("backlog", event.Backlog{Dead: 2}, expect.OK(s.Backlog(s.Context(), a, s.far()))(s))
	list := expect.OK(s.Dead(s.Context(), 10))(s)
	for i := range list {
		if got := list[i].Error; len(got) > 500 || !utf8.ValidString(got) || !strings.HasPrefix(got, "no: ") {
			s.Errorf("the error of a dead delivery is kept as %q", got)
		}
		list[i].Error = ""
	}
	want := make([]event.Dead, 2)
	for i := range want {
		want[i] = event.Dead{Delivery: event.Delivery{Event: e[i], Consumer: a, Attempt: 15}, Since: died}
	}
	s.Same("the dead", want, list)
	s.Same("at most so many", 1, len(expect.OK(s.Dead(s.Context(), 1))(s)))
	if got := expect.OK(s.Purge(s.Context(), s.far(), 100))(s); got != 2 {
		s.Errorf("Purge: %d are gone, want the 2 that nobody waits for", got)
	}
	s.Same("revived, of one event", 1, expect.OK(s.Revive(s.Context(), []event.ID{e[1].ID, "evt_none"}, long))(s))
	s.Same("tried again", to(a, 1, e[1]), s.take(a, long, 10))
	s.Same("revived, of all events", 1, expect.OK(s.Revive(s.Context(), nil, long))(s))
	s.Same("revived again", 0, expect.OK(s.Revive(s.Context(), nil, long))(s))
	s.Same("tried again", to(a, 1, e[0]), s.take(a, long, 10))
}

// scheduled: what has a time to run at waits for it, and is not late before.
func (s *suite) scheduled() {
	e := s.events(2, one)
	at := s.now.Add(3 * time.Hour)
	e[1] = e[1].After(at).About("mer_1", "usr_2")
	s.write(e...)
	s.Same("before its time", to(a, 1, e[0]), s.take(a, at.Add(-time.Microsecond), 10))
	s.Same("backlog before", event.Backlog{Waiting: 1, Scheduled: 1, Oldest: e[0].At}, expect.OK(s.Backlog(s.Context(), a, s.far()))(s))
	s.must(s.Done(s.Context(), a, []event.ID{e[0].ID}))
	s.Same("backlog of what has time", event.Backlog{Scheduled: 1}, expect.OK(s.Backlog(s.Context(), a, at.Add(-time.Microsecond)))(s))
	s.Same("backlog in its time", event.Backlog{Waiting: 1, Oldest: at}, expect.OK(s.Backlog(s.Context(), a, at))(s))
	s.Same("in its time", to(a, 1, e[1]), s.take(a, at, 10))
}

// extend: a lease that is extended is kept, and one that is not runs out.
func (s *suite) extend() {
	e := s.events(3, both)
	s.write(e...)
	now := s.far()
	leased := s.take(a, now, 10)
	s.must(s.Extend(s.Context(), a, ids(leased[1:]), now.Add(3*time.Minute)))
	s.must(s.Extend(s.Context(), a, nil, now))
	s.Same("after the first lease", to(a, 2, e[0]), s.take(a, now.Add(2*time.Minute), 10))
	s.Same("of the other consumer", 3, len(s.take(b, now, 10)))
	s.Same("before the longer one is over", 0, len(s.take(a, now.Add(3*time.Minute-time.Microsecond), 10)))
	s.Same("after it", []event.ID{e[0].ID, e[1].ID, e[2].ID}, ids(s.take(a, now.Add(3*time.Minute), 10)))
}

// enroll: a new consumer is built once, whoever asks, and by another when the first dies.
func (s *suite) enroll() {
	const callers = 12
	claim := func(now time.Time) (mine int) {
		var mu sync.Mutex
		var wg sync.WaitGroup
		for range callers {
			wg.Go(func() {
				built, got, err := s.Enroll(s.Context(), "new", now, now.Add(time.Minute))
				if err != nil || built {
					s.Errorf("Enroll: built %v, %v", built, err)
				}
				mu.Lock()
				defer mu.Unlock()
				if got {
					mine++
				}
			})
		}
		wg.Wait()
		return mine
	}
	s.Same("claims at once", 1, claim(s.now))
	s.Same("claims while it is built", 0, claim(s.now.Add(time.Minute-time.Microsecond)))
	s.Same("claims when whoever built it is dead", 1, claim(s.now.Add(time.Minute)))
	s.must(s.Enrolled(s.Context(), "new", s.now))
	built, mine, err := s.Enroll(s.Context(), "new", s.now.AddDate(1, 0, 0), s.now.AddDate(1, 0, 1))
	if !built || mine || err != nil {
		s.Errorf("Enroll of what is built: built %v, mine %v, %v", built, mine, err)
	}
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
