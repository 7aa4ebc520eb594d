package catalogtest

import (
	"fmt"
	"slices"

	"corner/catalog"
	"corner/event"
	"corner/idempotency"
	"corner/identity"
	"corner/internal/expect"
	"corner/uid"
)

func (s *suite) places() {
	p := s.place(s.merchant())
	_ = s.happened()
	s.Same("AddPlace", p, must2(s.add(p, idempotency.Key{}))(s))
	s.Same("Place", p, must2(s.Catalog.Place(s.Context(), p.ID))(s))
	s.Same("events", []string{"place.created " + string(p.ID)}, s.happened())

	bare := catalog.Place{ID: catalog.PlaceID(uid.New("plc", s.now)), Merchant: p.Merchant, State: catalog.Drafted, Version: 1}
	must2(s.add(bare, idempotency.Key{}))(s)
	s.Same("a place with nothing in it, not even times", bare, must2(s.Catalog.Place(s.Context(), bare.ID))(s))

	_, err := s.Catalog.Place(s.Context(), "plc_0")
	s.Refused("Place of an unknown id", err, catalog.ErrPlaceNotFound)
}

func (s *suite) placeKeys() {
	m := s.merchant()
	add := func(owner, op, input string) (catalog.Place, error) {
		return s.add(s.place(m), s.key(owner, "k", op, input))
	}
	first := must2(add("usr_1", "places.create", "a"))(s)
	s.Same("a repeat", first, must2(add("usr_1", "places.create", "a"))(s))
	_, err := add("usr_1", "places.create", "b")
	s.Refused("other input under the key", err, idempotency.ErrReused)
	_, err = add("usr_1", "others.create", "a")
	s.Refused("another operation under the key", err, idempotency.ErrReused)
	if other := must2(add("usr_2", "places.create", "a"))(s); other.ID == first.ID {
		s.Error("the key of another user gave the first one's place, want a new one")
	}
	if all := must2(s.Catalog.PlacesOf(s.Context(), m, identity.Branches{}, false, "", 10))(s); len(all) != 2 {
		s.Errorf("%d places are stored, want 2", len(all))
	}
}

func (s *suite) placeKeyRivals() {
	m := s.merchant()
	_ = s.happened()
	const n = 20
	var ids [n]catalog.PlaceID
	key := s.key("usr_1", "k", "places.create", "a")
	if failed := expect.Rivals(n, func(i int) error {
		p, err := s.add(s.place(m), key)
		ids[i] = p.ID
		return err
	}); len(failed) > 0 {
		s.Fatalf("%d of %d calls with one key failed, want none: %v", len(failed), n, failed[0])
	}
	all := must2(s.Catalog.PlacesOf(s.Context(), m, identity.Branches{}, false, "", 100))(s)
	if len(all) != 1 {
		s.Fatalf("%d places are stored, want 1", len(all))
	}
	for _, id := range ids {
		if id != all[0].ID {
			s.Errorf("a call was answered with %s, want %s as all", id, all[0].ID)
		}
	}
	s.Same("events", []string{"place.created " + string(all[0].ID)}, s.happened())
}

// failedCallLeavesNoKey: it may be tried again.
func (s *suite) failedCallLeavesNoKey() {
	m := s.merchant()
	p, key := s.place(m), s.key("usr_1", "k", "places.create", "a")
	must2(s.add(p, idempotency.Key{}))(s)
	if _, err := s.add(p, key); err == nil {
		s.Fatal("a second place with one id went well, want an error")
	}
	again := s.place(m)
	s.Same("the call tried again", again, must2(s.add(again, key))(s))
}

func (s *suite) placePages() {
	m, other := s.merchant(), s.merchant()
	var want []catalog.PlaceID
	// By byte, not as people sort: a database's locale would put a beside A.
	for _, end := range []string{"0", "9", "A", "B", "_", "a", "b", "z", "~", "é", "中"} {
		p := s.place(m)
		p.ID = catalog.PlaceID("plc_" + end)
		must2(s.add(p, idempotency.Key{}))(s)
		want = append(want, p.ID)
	}
	must2(s.add(s.place(other), idempotency.Key{}))(s)
	unclaimed := s.place("")
	must2(s.add(unclaimed, idempotency.Key{}))(s)
	s.Same("all pages of 3", want, s.allPlaces(m, 3, func(int) {}))
	s.Same("one page", want, s.allPlaces(m, 100, func(int) {}))
	if got := must2(s.Catalog.PlacesOf(s.Context(), "", identity.Branches{}, false, "", 10))(s); len(got) != 0 {
		s.Errorf("PlacesOf nobody has %d places, want none", len(got))
	}
	some := identity.Only(want[4], want[2], want[7], unclaimed.ID, "plc_0!")
	var few []catalog.PlaceID
	for after := catalog.PlaceID(""); ; after = few[len(few)-1] {
		part := must2(s.Catalog.PlacesOf(s.Context(), m, some, false, after, 1))(s)
		if len(part) == 0 {
			break
		}
		few = append(few, part[0].ID)
	}
	s.Same("some of them, pages of 1", []catalog.PlaceID{want[2], want[4], want[7]}, few)
	s.Same("some of another's", 0, len(must2(s.Catalog.PlacesOf(s.Context(), other, some, false, "", 10))(s)))
	s.Same("published ones of some", 0, len(must2(s.Catalog.PlacesOf(s.Context(), m, some, true, "", 10))(s)))
	s.Same("of none", 0, len(must2(s.Catalog.PlacesOf(s.Context(), m, identity.Only(), false, "", 10))(s)))
	// Others come and change between the pages: those that stay are seen once.
	got := s.allPlaces(m, 2, func(page int) {
		p := s.place(m)
		p.ID = catalog.PlaceID(fmt.Sprintf("plc_%c!new", "0AaZ"[page%4]))
		_, _ = s.add(p, idempotency.Key{}) // a second time it is there already
		must2(s.touch(want[page%len(want)]))(s)
	})
	if !slices.IsSorted(got) || len(slices.Compact(slices.Clone(got))) != len(got) {
		s.Errorf("pages while others write repeat or are out of order: %q", got)
	}
	for _, id := range want {
		if !slices.Contains(got, id) {
			s.Errorf("pages while others write skip %q: %q", id, got)
		}
	}
}

func (s *suite) allPlaces(m identity.MerchantID, limit int, between func(page int)) (all []catalog.PlaceID) {
	s.Helper()
	after := catalog.PlaceID("")
	for page := 0; ; page++ {
		part := must2(s.Catalog.PlacesOf(s.Context(), m, identity.Branches{}, false, after, limit))(s)
		if len(part) > limit || page > 100 {
			s.Fatalf("page %d has %d places, limit %d", page, len(part), limit)
		}
		for _, p := range part {
			all = append(all, p.ID)
		}
		if len(part) < limit {
			return all
		}
		after = part[len(part)-1].ID
		between(page)
	}
}

// touch changes nothing but the version.
func (s *suite) touch(id catalog.PlaceID) (catalog.Place, error) {
	return s.Catalog.UpdatePlace(s.Context(), id, func(p *catalog.Place) ([]event.Event, error) {
		return []event.Event{s.event(catalog.PlaceChanged, string(p.ID))}, nil
	})
}
