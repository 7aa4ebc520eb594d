package sourcetest

import (
	"slices"
	"strings"

	"corner/catalog"
	"corner/discovery"
	"corner/internal/expect"
	"corner/reviews"
	"corner/walltime"
)

// listings: every field arrives, of several places at once.
func (s *suite) listings() {
	if got := expect.OK(s.Source.Listings(s.Context(), nil))(s); len(got) != 0 {
		s.Errorf("Listings of nothing: got %d, want none", len(got))
	}
	p, bare := s.place(), catalog.Place{ID: "plc_bare", Merchant: owner, State: catalog.Published, Version: 1}
	p.Location.Accuracy = 50 // not approximate yet
	v := s.service(p.ID, 0)
	s.add(p, v)
	s.add(bare)
	rough := s.add(s.place())
	got := expect.OK(s.Source.Listings(s.Context(), []catalog.PlaceID{bare.ID, "plc_0", p.ID, rough.ID, p.ID}))(s)
	slices.SortFunc(got, func(a, b discovery.Listing) int { return strings.Compare(string(a.Place), string(b.Place)) })
	version := got[0].Version
	if version < 1 {
		s.Errorf("the first number is %d, want 1 or more", version)
	}
	want := []discovery.Listing{
		listing(p, version, v), listing(bare, version), listing(rough, version),
	}
	slices.SortFunc(want, func(a, b discovery.Listing) int { return strings.Compare(string(a.Place), string(b.Place)) })
	s.Same("listings", want, got)
}

// drafts come with Live false, until they are published.
func (s *suite) drafts() {
	p := s.place()
	p.State = catalog.Drafted
	s.add(p)
	draft := s.read(p.ID)
	if draft.Live {
		s.Error("a draft is Live, want not")
	}
	if n := expect.OK(s.Source.CountLive(s.Context()))(s); n != 0 {
		s.Errorf("CountLive of a draft is %d, want 0", n)
	}
	if err := s.change(p.ID, func(p *catalog.Place) { p.State = catalog.Published }); err != nil {
		s.Fatal(err)
	}
	if got := s.read(p.ID); !got.Live || got.Version <= draft.Version {
		s.Errorf("once published: Live %v, number %d after %d; want true and a later one", got.Live, got.Version, draft.Version)
	}
}

// ended: a place that is closed for good comes with Live false once it is; one that is closed for
// some days, or will be for good, is found.
func (s *suite) ended() {
	for name, c := range map[string]struct {
		from, days walltime.Day // from today on
		live       bool
	}{
		"today":          {0, 0, false},
		"long ago":       {-100, 0, false},
		"next week":      {7, 0, true},
		"for three days": {-1, 3, true},
	} {
		p := s.place()
		p.Hours.Closure = catalog.Closure{From: p.Today(s.now) + c.from, Until: catalog.Never}
		if c.days > 0 {
			p.Hours.Closure.Until = p.Hours.Closure.From + c.days
		}
		p.Hours.Weekly = [7][]catalog.Interval{{{Opens: 600, Closes: 660}}} // no night goes on
		s.add(p)
		got := s.read(p.ID)
		if got.Live != c.live || got.Hours.Closure != p.Hours.Closure {
			s.Errorf("closed %s: Live %v with closure %v, want %v with %v", name, got.Live, got.Hours.Closure, c.live, p.Hours.Closure)
		}
		among := slices.ContainsFunc(expect.OK(s.Source.Live(s.Context(), "", 10))(s), func(l discovery.Listing) bool { return l.Place == p.ID })
		if among != c.live {
			s.Errorf("closed %s: it is among those of Live: %v, want %v", name, among, c.live)
		}
	}
	if n := expect.OK(s.Source.CountLive(s.Context()))(s); n != 2 {
		s.Errorf("CountLive is %d, want 2", n)
	}
}

// offerings are the first ones by time of making, and no more than MaxOfferings.
func (s *suite) offerings() {
	p, other := s.place(), s.add(s.place())
	var all []catalog.Service
	for n := range discovery.MaxOfferings + 5 {
		all = append(all, s.service(p.ID, n))
	}
	mixed := slices.Clone(all)
	slices.Reverse(mixed)
	s.add(p, mixed...)
	alone := s.offer(s.service(other.ID, 1))
	got := s.read(p.ID)
	s.Same("a full list", listing(p, got.Version, all[:discovery.MaxOfferings]...), got)
	got = s.read(other.ID)
	s.Same("a place beside it", listing(other, got.Version, alone), got)
	for _, l := range expect.OK(s.Source.Live(s.Context(), "", 10))(s) {
		if want := map[catalog.PlaceID]int{p.ID: discovery.MaxOfferings, other.ID: 1}[l.Place]; len(l.Services) != want {
			s.Errorf("Live: %d services, want %d", len(l.Services), want)
		}
	}
}

func (s *suite) ratings() {
	p, other := s.place(), s.add(s.place())
	v := s.service(p.ID, 0)
	s.add(p, v)
	var want reviews.Rating
	for _, stars := range []int{5, 1, 4} {
		s.Rate(s.T, v, stars)
		want = want.Plus(stars)
		s.Same("the rating", want, s.read(p.ID).Rating)
	}
	s.Same("of a place beside it", reviews.Rating{}, s.read(other.ID).Rating)
	for _, l := range expect.OK(s.Source.Live(s.Context(), "", 10))(s) {
		if l.Place == p.ID {
			s.Same("Live", want, l.Rating)
		}
	}
}
