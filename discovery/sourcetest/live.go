package sourcetest

import (
	"fmt"
	"slices"
	"time"

	"corner/catalog"
	"corner/discovery"
	"corner/internal/expect"
)

// live: every place that can be found, under the number it has.
func (s *suite) live() {
	if got := expect.OK(s.Source.Live(s.Context(), "", 10))(s); len(got) != 0 {
		s.Errorf("Live of nothing: got %d, want none", len(got))
	}
	draft, p := s.place(), s.place()
	draft.State = catalog.Drafted
	v := s.service(p.ID, 0)
	s.add(draft)
	s.add(p, v)
	s.Same("CountLive", 1, expect.OK(s.Source.CountLive(s.Context()))(s))
	read := s.read(p.ID)
	for range 2 { // it counts nothing on
		s.Same("Live", []discovery.Listing{listing(p, read.Version, v)}, expect.OK(s.Source.Live(s.Context(), "", 10))(s))
	}
	s.Same("Live after the last", 0, len(expect.OK(s.Source.Live(s.Context(), p.ID, 10))(s)))
}

// livePages: in the order of ids by byte, and whole though others write meanwhile.
func (s *suite) livePages() {
	var want []catalog.PlaceID
	for _, end := range []string{"0", "9", "A", "B", "_", "a", "b", "é", "中"} {
		p := s.place()
		p.ID = catalog.PlaceID("plc_" + end)
		want = append(want, s.add(p).ID)
	}
	pages := func(between func(page int)) (got []catalog.PlaceID) {
		for page, after := 0, catalog.PlaceID(""); page < 50; page++ {
			part := expect.OK(s.Source.Live(s.Context(), after, 2))(s)
			for _, l := range part {
				got = append(got, l.Place)
			}
			if len(part) == 0 {
				break
			}
			after = got[len(got)-1]
			between(page)
		}
		return got
	}
	s.Same("all pages of 2", want, pages(func(int) {}))
	got := pages(func(page int) {
		p := s.place()
		p.ID = catalog.PlaceID(fmt.Sprintf("plc_!%02d", page)) // before where we are
		s.add(p)
		s.read(want[page%len(want)])
	})
	s.Same("all pages of 2 while others write", want, got)
}

// changedSince: the places that events since a moment concern, each once, by id.
func (s *suite) changedSince() {
	var ids []catalog.PlaceID
	for range 5 {
		ids = append(ids, s.add(s.place()).ID) // events at now
	}
	slices.Sort(ids)
	later := s.now.Add(time.Minute)
	at := func(id catalog.PlaceID, t time.Time) {
		s.Helper()
		p := s.service(id, int(t.Sub(s.now)/time.Second))
		e := s.event(id, t)
		expect.OK(s.Catalog.AddService(s.Context(), p, onceNone, e, catalog.FitsMenu))(s)
	}
	at(ids[1], later)
	at(ids[3], later.Add(time.Second))
	at(ids[3], later.Add(2*time.Second))
	nowhere := s.event("", later.Add(time.Second)) // concerns no place
	expect.OK(s.Catalog.AddService(s.Context(), s.service(ids[0], 9), onceNone, nowhere, catalog.FitsMenu))(s)

	since := func(t time.Time, after catalog.PlaceID, n int) []catalog.PlaceID {
		s.Helper()
		return expect.OK(s.Source.ChangedSince(s.Context(), t, after, n))(s)
	}
	s.Same("from the beginning", ids, since(s.now, "", 10))
	s.Same("from the moment of one on", []catalog.PlaceID{ids[1], ids[3]}, since(later, "", 10))
	s.Same("from just after it", []catalog.PlaceID{ids[3]}, since(later.Add(time.Microsecond), "", 10))
	s.Same("after a place", []catalog.PlaceID{ids[3]}, since(later, ids[1], 10))
	s.Same("at most one", []catalog.PlaceID{ids[1]}, since(later, "", 1))
	s.Same("after the last", 0, len(since(later, ids[3], 10)))
	s.Same("since later", 0, len(since(later.Add(time.Hour), "", 10)))
}
