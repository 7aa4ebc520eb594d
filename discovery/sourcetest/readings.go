package sourcetest

import (
	"fmt"
	"slices"
	"strconv"
	"sync"

	"corner/catalog"
	"corner/discovery"
	"corner/event"
	"corner/idempotency"
	"corner/internal/expect"
)

// readings: each has the next number, each place its own.
func (s *suite) readings() {
	p, other := s.add(s.place()), s.add(s.place())
	first, beside := s.read(p.ID), s.read(other.ID)
	for i := range int64(5) {
		if got := s.read(p.ID).Version; got != first.Version+i+1 {
			s.Errorf("reading %d has number %d, want %d", i+2, got, first.Version+i+1)
		}
	}
	if got := s.read(other.ID).Version; got != beside.Version+1 {
		s.Errorf("the place beside it has number %d, want %d", got, beside.Version+1)
	}
	stored := expect.OK(s.Catalog.Place(s.Context(), p.ID))(s)
	s.Same("the place itself, which reading does not change", p, stored)
}

// state is what can be seen to grow in a listing.
type state struct {
	version         int64
	changes, sold   int
	reviewed, stars int64
}

func stateOf(l discovery.Listing) state {
	n, _ := strconv.Atoi(l.Address)
	return state{l.Version, n, len(l.Services), l.Rating.N, l.Rating.Sum}
}

// rivals: many read while others write. No number is given twice, and a later number
// never carries an older state.
func (s *suite) rivals() {
	const places, readers, writes = 3, 50, 8
	var ids []catalog.PlaceID
	var first []catalog.Service
	for range places {
		p := s.place()
		p.Address = "0"
		first = append(first, s.service(p.ID, 0))
		s.add(p, first[len(first)-1])
		ids = append(ids, p.ID)
	}
	read := make([][]discovery.Listing, readers)
	var wg sync.WaitGroup
	for i, id := range ids {
		for n := range writes {
			wg.Go(func() { s.grow(id, first[i], n) })
		}
	}
	for r := range readers {
		wg.Go(func() {
			mixed := slices.Clone(ids)
			if r%2 == 1 {
				slices.Reverse(mixed) // rivals meet in the middle
			}
			got, err := s.Source.Listings(s.Context(), mixed)
			if err != nil || len(got) != places {
				s.Errorf("reader %d: %d listings, %v; want %d", r, len(got), err, places)
			}
			read[r] = got
		})
	}
	wg.Wait()
	seen := map[catalog.PlaceID][]state{}
	last := expect.OK(s.Source.Listings(s.Context(), ids))(s)
	for _, l := range slices.Concat(slices.Concat(read...), last) {
		seen[l.Place] = append(seen[l.Place], stateOf(l))
	}
	for id, states := range seen {
		slices.SortFunc(states, func(a, b state) int { return int(a.version - b.version) })
		for i, now := range states[1:] {
			was := states[i]
			switch {
			case now.version != was.version+1:
				s.Errorf("%s: number %d comes after %d, want each once and none left out", id, now.version, was.version)
			case now.changes < was.changes, now.sold < was.sold, now.reviewed < was.reviewed, now.stars < was.stars:
				s.Errorf("%s: an older state under a later number: %+v, then %+v", id, was, now)
			}
		}
		end := states[len(states)-1]
		if want := (state{end.version, writes, writes + 1, writes, 5 * writes}); end != want {
			s.Errorf("%s: the last reading is %+v, want %+v", id, end, want)
		}
	}
}

// grow changes everything a listing is made of.
func (s *suite) grow(id catalog.PlaceID, first catalog.Service, n int) {
	_, err := s.Catalog.UpdatePlace(s.Context(), id, func(p *catalog.Place) ([]event.Event, error) {
		k, err := strconv.Atoi(p.Address)
		p.Address = fmt.Sprint(k + 1)
		return []event.Event{s.event(id, s.now)}, err
	})
	if err != nil {
		s.Errorf("UpdatePlace: %v", err)
	}
	if _, err := s.Catalog.AddService(s.Context(), s.service(id, n+1), idempotency.Key{}, s.event(id, s.now), catalog.FitsMenu); err != nil {
		s.Errorf("AddService: %v", err)
	}
	s.Rate(s.T, first, 5)
}
