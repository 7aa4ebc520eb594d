package catalogtest

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"corner/catalog"
	"corner/event"
	"corner/geo"
	"corner/idempotency"
	"corner/internal/expect"
)

func (s *suite) update() {
	p := must2(s.add(s.place(s.merchant()), idempotency.Key{}))(s)
	_ = s.happened()
	to := s.merchant()
	_ = s.happened()
	want := catalog.Place{
		ID: p.ID, Merchant: to, Names: catalog.Names{Main: "Neu"}, Category: "cafe",
		Location: catalog.Location{Point: geo.Point{Lat: -1.5, Lng: 2}, Sent: geo.Point{Lat: -1.5, Lng: 2}, System: geo.WGS84},
		Zone:     "Etc/UTC", State: catalog.Published, Version: 2, CreatedAt: p.CreatedAt, UpdatedAt: p.UpdatedAt.Add(time.Hour),
	}
	got, err := s.Catalog.UpdatePlace(s.Context(), p.ID, func(q *catalog.Place) ([]event.Event, error) {
		s.Same("what change is shown", p, *q)
		*q = want
		q.Version = p.Version // the store counts
		return []event.Event{s.event(catalog.PlaceChanged, "a"), s.event(catalog.PlaceChanged, "b")}, nil
	})
	s.Same("UpdatePlace", want, must(s, got, err))
	s.Same("Place", want, must2(s.Catalog.Place(s.Context(), p.ID))(s))
	s.Same("events", []string{"place.changed a", "place.changed b"}, s.happened())
}

func (s *suite) updateRefused() {
	p := must2(s.add(s.place(s.merchant()), idempotency.Key{}))(s)
	_ = s.happened()
	no := errors.New("no")
	_, err := s.Catalog.UpdatePlace(s.Context(), p.ID, func(q *catalog.Place) ([]event.Event, error) {
		q.Names.Main = "changed"
		return []event.Event{s.event(catalog.PlaceChanged, "a")}, no
	})
	s.Refused("change fails", err, no)
	s.Same("the place after change failed", p, must2(s.Catalog.Place(s.Context(), p.ID))(s))
	_, err = s.Catalog.UpdatePlace(s.Context(), p.ID, func(q *catalog.Place) ([]event.Event, error) {
		q.Names.Main = "changed"
		return nil, nil
	})
	s.Refused("change tells of nothing", err, nil)
	s.Same("the place after a change without an event", p, must2(s.Catalog.Place(s.Context(), p.ID))(s))
	_, err = s.Catalog.UpdatePlace(s.Context(), "plc_0", func(*catalog.Place) ([]event.Event, error) {
		s.Error("change was called for a place that is not there")
		return nil, nil
	})
	s.Refused("an unknown place", err, catalog.ErrPlaceNotFound)
	s.Same("events", []string(nil), s.happened())
}

// updateRollsBack: the place and its events are saved together or not at all.
func (s *suite) updateRollsBack() {
	p := must2(s.add(s.place(s.merchant()), idempotency.Key{}))(s)
	taken := s.event(catalog.PlaceChanged, "first")
	for i, want := range []bool{true, false} {
		_, err := s.Catalog.UpdatePlace(s.Context(), p.ID, func(q *catalog.Place) ([]event.Event, error) {
			q.Names.Main = fmt.Sprint("change ", i)
			return []event.Event{s.event(catalog.PlaceChanged, "other"), taken}, nil
		})
		if (err == nil) != want {
			s.Errorf("change %d: got %v, want it to go well: %v", i, err, want)
		}
	}
	got := must2(s.Catalog.Place(s.Context(), p.ID))(s)
	if got.Version != 2 || got.Names.Main != "change 0" {
		s.Errorf("after events that could not be written: version %d, %q; want 2, %q", got.Version, got.Names.Main, "change 0")
	}
	if n := len(slices.DeleteFunc(s.happened(), func(e string) bool { return e != "place.changed other" })); n != 1 {
		s.Errorf("%d events of the first change, want 1", n)
	}
}

// updateRivals: every rival's change is made to the state the one before left.
func (s *suite) updateRivals() {
	p := must2(s.add(s.place(s.merchant()), idempotency.Key{}))(s)
	_ = s.happened()
	const n = 50
	versions := make([]int64, n)
	if failed := expect.Rivals(n, func(i int) error {
		q, err := s.Catalog.UpdatePlace(s.Context(), p.ID, func(q *catalog.Place) ([]event.Event, error) {
			q.Address = fmt.Sprint(q.Version) // not a sum: it must have seen the version
			return []event.Event{s.event(catalog.PlaceChanged, "x")}, nil
		})
		versions[i] = q.Version
		return err
	}); len(failed) > 0 {
		s.Errorf("%d of %d rivals failed, want none: %v", len(failed), n, failed[0])
	}
	slices.Sort(versions)
	for i, v := range versions {
		if v != int64(i)+2 {
			s.Fatalf("versions are %v, want 2 to %d, each once", versions, n+1)
		}
	}
	got := must2(s.Catalog.Place(s.Context(), p.ID))(s)
	if got.Version != n+1 || got.Address != fmt.Sprint(n) {
		s.Errorf("at the end: version %d made from %s, want %d made from %d", got.Version, got.Address, n+1, n)
	}
	if got := len(s.happened()); got != n {
		s.Errorf("%d events, want %d", got, n)
	}
}
