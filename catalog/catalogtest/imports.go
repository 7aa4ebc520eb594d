package catalogtest

import (
	"slices"
	"time"

	"corner/catalog"
	"corner/event"
	"corner/internal/expect"
)

// imported is what Import gives, by outcome.
func (s *suite) imported(entries []catalog.Entry) []catalog.Outcome {
	s.Helper()
	got := must2(s.Catalog.Import(s.Context(), entries, catalog.Reread))(s)
	if len(got) != len(entries) {
		s.Fatalf("Import: %d outcomes for %d entries", len(got), len(entries))
	}
	return got
}

// imports: new, changed and equal entries mixed, more than one statement takes.
func (s *suite) imports() {
	if got := must2(s.Catalog.Import(s.Context(), nil, catalog.Reread))(s); len(got) != 0 {
		s.Errorf("Import of nothing: %v, want nothing", got)
	}
	first := s.entries(250)
	early := slices.Concat(first[:100:100], first[200:])
	s.Same("outcomes of new ones", slices.Repeat([]catalog.Outcome{catalog.Created}, 150), s.imported(early))
	for _, e := range first[:3] {
		s.Same("a new place", e.Place, must2(s.Catalog.Place(s.Context(), e.Place.ID))(s))
		s.Same("its services", e.Services, must2(s.Catalog.ServicesOf(s.Context(), e.Place.ID, "", 10))(s))
	}
	if n := len(s.happened()); n != 150 {
		s.Errorf("%d events of 150 new places, want as many", n)
	}

	later, want := s.entries(250), make([]catalog.Outcome, 250)
	var told []string
	for i := range later {
		later[i].Place.UpdatedAt, later[i].Place.CreatedAt = s.now.Add(time.Hour), s.now.Add(time.Hour)
		id := first[i].Place.ID
		switch {
		case i >= 100 && i < 200:
			want[i], id = catalog.Created, later[i].Place.ID
		case i%3 == 0:
			want[i], later[i].Place.Names.Main = catalog.Updated, "renamed"
		default:
			want[i] = catalog.Unchanged
			continue
		}
		told = append(told, "place.imported "+string(id))
	}
	s.Same("outcomes, in the entries' order", want, s.imported(later))
	slices.Sort(told)
	s.Same("events tell of the stored places", told, s.happened())

	renamed := first[0].Place
	renamed.Names.Main, renamed.Version, renamed.UpdatedAt = "renamed", 2, s.now.Add(time.Hour)
	s.Same("a changed place keeps its id and birth", renamed, must2(s.Catalog.Place(s.Context(), renamed.ID))(s))
	s.Same("services are stored once", first[0].Services, must2(s.Catalog.ServicesOf(s.Context(), renamed.ID, "", 10))(s))
	s.Same("an equal place stays", first[1].Place, must2(s.Catalog.Place(s.Context(), first[1].Place.ID))(s))
	s.Same("outcomes of a repeat", slices.Repeat([]catalog.Outcome{catalog.Unchanged}, 250), s.imported(later))
	s.Same("events of a repeat", []string(nil), s.happened())
}

func (s *suite) importClaimed() {
	e, m := s.entry("osm:1", 1), s.merchant()
	s.imported([]catalog.Entry{e})
	claimed, err := s.Catalog.UpdatePlace(s.Context(), e.Place.ID, func(p *catalog.Place) ([]event.Event, error) {
		p.Merchant = m
		return []event.Event{s.event(catalog.PlaceChanged, string(p.ID))}, nil
	})
	must(s, claimed, err)
	_ = s.happened()
	again := s.entry("osm:1", 2)
	again.Place.Names.Main = "what the directory says now"
	s.Same("outcome of a claimed place", []catalog.Outcome{catalog.Claimed}, s.imported([]catalog.Entry{again}))
	s.Same("outcome of a claimed place that is as it was", []catalog.Outcome{catalog.Claimed}, s.imported([]catalog.Entry{e}))
	s.Same("the claimed place", claimed, must2(s.Catalog.Place(s.Context(), claimed.ID))(s))
	s.Same("its services", e.Services, must2(s.Catalog.ServicesOf(s.Context(), claimed.ID, "", 10))(s))
	s.Same("events", []string(nil), s.happened())
}

// importTwice: of two entries of one source, near or far apart, the first counts.
func (s *suite) importTwice() {
	entries := s.entries(150)
	near, far := s.entry("osm:1", 2), s.entry("osm:1", 2)
	near.Place.Names.Main, far.Place.Names.Main = "near", "far"
	got := s.imported(slices.Concat(entries[:2:2], []catalog.Entry{near}, entries[2:], []catalog.Entry{far}))
	want := slices.Repeat([]catalog.Outcome{catalog.Created}, 152)
	want[2], want[151] = catalog.Unchanged, catalog.Unchanged
	s.Same("outcomes", want, got)
	s.Same("the place", entries[1].Place, must2(s.Catalog.Place(s.Context(), entries[1].Place.ID))(s))
	for _, e := range []catalog.Entry{near, far} {
		_, err := s.Catalog.Place(s.Context(), e.Place.ID)
		s.Refused("the second of one source", err, catalog.ErrPlaceNotFound)
	}
}

// importRollsBack: one entry that cannot be stored, and nothing is.
func (s *suite) importRollsBack() {
	known := s.entries(1)
	s.imported(known)
	_ = s.happened()
	entries := s.entries(250)
	entries[0].Place.Names.Main = "renamed"
	entries[240].Services[0].ID = known[0].Services[0].ID // taken
	if _, err := s.Catalog.Import(s.Context(), entries, catalog.Reread); err == nil {
		s.Fatal("Import of a service whose id is taken went well, want an error")
	}
	s.Same("a changed place", known[0].Place, must2(s.Catalog.Place(s.Context(), known[0].Place.ID))(s))
	_, err := s.Catalog.Place(s.Context(), entries[1].Place.ID)
	s.Refused("a new place", err, catalog.ErrPlaceNotFound)
	s.Same("events", []string(nil), s.happened())
	entries[240] = s.entry("osm:240", 1)
	if got := s.imported(entries); got[0] != catalog.Updated || got[1] != catalog.Created {
		s.Errorf("tried again: outcomes %v, want Updated, Created …", got[:2])
	}
}

// importRivals: several imports of one directory store each place once.
func (s *suite) importRivals() {
	const n, places = 6, 120
	outcomes := make([][]catalog.Outcome, n)
	all := make([][]catalog.Entry, n)
	for i := range all {
		all[i] = s.entries(places)
		if i%2 == 1 {
			slices.Reverse(all[i]) // rivals meet in the middle
		}
	}
	if failed := expect.Rivals(n, func(i int) (err error) {
		outcomes[i], err = s.Catalog.Import(s.Context(), all[i], catalog.Reread)
		return err
	}); len(failed) > 0 {
		s.Errorf("%d of %d imports failed, want none: %v", len(failed), n, failed[0])
	}
	count := map[catalog.Outcome]int{}
	for _, o := range slices.Concat(outcomes...) {
		count[o]++
	}
	s.Same("outcomes of all", map[catalog.Outcome]int{catalog.Created: places, catalog.Unchanged: (n - 1) * places}, count)
	if got := len(s.happened()); got != places {
		s.Errorf("%d events, want %d", got, places)
	}
}

// marks: one a file, the last one counts, and nothing is kept of the empty one.
func (s *suite) marks() {
	mark := func(file, want string) {
		s.Helper()
		got, err := s.Catalog.Mark(s.Context(), file)
		s.Same("mark of "+file, want, must(s, got, err))
	}
	set := func(file, text string) {
		s.Helper()
		must(s, file, s.Catalog.SetMark(s.Context(), file, text, s.now))
	}
	mark("a", "")
	set("a", `{"rows":1000}`)
	set("b", "乙")
	set("a", `{"rows":2000}`)
	mark("a", `{"rows":2000}`)
	mark("b", "乙")
	set("a", "")
	set("never set", "")
	mark("a", "")
	mark("b", "乙")
}
