package reviews_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corner/booking/bookingtest"
	"corner/catalog"
	"corner/event"
	"corner/fault"
	"corner/idempotency"
	"corner/identity"
	"corner/kv/memkv"
	"corner/reviews"
	"corner/reviews/reviewstest"
	"corner/store"
	"corner/store/bookingsql"
	"corner/store/catalogsql"
	"corner/store/identitysql"
	"corner/store/reviewsql"
	"corner/store/storetest"
	"corner/store/visitsql"
	"corner/uid"
	"corner/visits"
	"corner/visits/visitstest"
)

func same[T any](t testing.TB, what string, got, want T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func wantErr(t testing.TB, what string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) || (got == nil) != (want == nil) {
		t.Errorf("%s: got error %v, want %v", what, got, want)
	}
}

// scene is a board, and a shop that somebody has visited.
type scene struct {
	reviewstest.World

	shop   *bookingtest.Shop
	author identity.Actor
	visit  visits.Visit
}

func newScene(t testing.TB) *scene {
	t.Helper()
	db := storetest.Open(t, "sqlite")
	db.Routes = reviewstest.Routes()
	w := reviewstest.World{
		World: visitstest.World{World: bookingtest.World{
			Identity: identitysql.Store{DB: db}, Catalog: catalogsql.Store{DB: db}, Bookings: bookingsql.Store{DB: db}, Outbox: store.Outbox{DB: db},
		}, Visits: visitsql.Store{DB: db}},
		Reviews: reviewsql.Store{DB: db},
	}
	s := &scene{World: w, shop: w.Shop(t, 100), author: bookingtest.As(w.User(t))}
	s.visit = w.Visited(t, s.shop, s.author.User)
	return s
}

// board is one at which it is so long after the visit.
func (s *scene) board(after time.Duration) *reviews.Board {
	now := func() time.Time { return s.visit.Confirmed.Add(after) }
	counter := &visits.Log{Store: s.Visits, Desk: s.DeskBy(now), KV: memkv.New(memkv.Bounds{Keys: 10}), Now: now}
	return &reviews.Board{Store: s.Reviews, Visits: counter, Catalog: &catalog.Catalog{Store: s.Catalog, Now: now}, Now: now}
}

func TestPost(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	board := s.board(time.Hour + 999*time.Nanosecond)
	got, err := board.Post(t.Context(), s.author, s.visit.ID, reviews.Draft{Stars: 5, Text: " 好吃！\n"}, idempotency.Key{})
	if err != nil {
		t.Fatal(err)
	}
	want := reviews.Review{
		ID: got.ID, Visit: s.visit.ID, Place: s.shop.Place.ID, Author: s.author.User, Stars: 5, Text: "好吃！",
		CreatedAt: s.visit.Confirmed.Add(time.Hour),
	}
	same(t, "review", got, want)
	if !uid.Valid("rev", string(got.ID)) {
		t.Errorf("id: got %q, want one of a review", got.ID)
	}
	list, err := board.Reviews(t.Context(), identity.Actor{}, s.shop.Place.ID, "", 10)
	wantErr(t, "reviews", err, nil)
	same(t, "reviews", list, []reviews.Review{want})
	v, err := board.Visits.Visit(t.Context(), s.author, s.visit.ID)
	wantErr(t, "visit", err, nil)
	same(t, "review of the visit", v.Review, string(got.ID))
	rating, err := s.World.Reviews.Rating(t.Context(), s.shop.Place.ID)
	wantErr(t, "rating", err, nil)
	same(t, "rating", rating, reviews.Rating{Sum: 5, N: 1})
	_, err = board.Post(t.Context(), s.author, s.visit.ID, reviews.Draft{Stars: 1}, idempotency.Key{})
	wantErr(t, "another review of the visit", err, reviews.ErrReviewed)
}

func TestPostRefuses(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	waiter := s.Visited(t, s.shop, s.shop.Owner)
	draft := reviews.Draft{Stars: 5, Text: "好"}
	for name, c := range map[string]struct {
		actor  identity.Actor
		visit  visits.ID
		draft  reviews.Draft
		after  time.Duration
		want   error
		fields []string
	}{
		"no stars":                {s.author, s.visit.ID, reviews.Draft{Text: "好"}, 0, fault.ErrInvalid, []string{"stars"}},
		"six stars":               {s.author, s.visit.ID, reviews.Draft{Stars: 6}, 0, fault.ErrInvalid, []string{"stars"}},
		"too long, and no stars":  {s.author, s.visit.ID, reviews.Draft{Text: strings.Repeat("好", reviews.MaxText+1)}, 0, fault.ErrInvalid, []string{"stars", "text"}},
		"no text at all":          {s.author, s.visit.ID, reviews.Draft{Stars: 5, Text: "\xff"}, 0, fault.ErrInvalid, []string{"text"}},
		"a zero byte":             {s.author, s.visit.ID, reviews.Draft{Stars: 5, Text: "a\x00b"}, 0, fault.ErrInvalid, []string{"text"}},
		"a microsecond too late":  {s.author, s.visit.ID, draft, reviews.Within + time.Microsecond, reviews.ErrTooLate, nil},
		"somebody else's visit":   {bookingtest.As(s.User(t)), s.visit.ID, draft, 0, visits.ErrNotFound, nil},
		"a guest's, by the owner": {s.shop.Staff(s.shop.Owner, identity.Owner), s.visit.ID, draft, 0, visits.ErrNotFound, nil},
		"one's own place":         {s.shop.Staff(s.shop.Owner, identity.Owner), waiter.ID, draft, 0, reviews.ErrOwnPlace, nil},
		"one's employer":          {s.shop.Staff(s.shop.Owner, identity.Counter), waiter.ID, draft, 0, reviews.ErrOwnPlace, nil},
		"no visit":                {s.author, visits.ID(uid.New("vis", time.Now())), draft, 0, visits.ErrNotFound, nil},
		"no id of a visit":        {s.author, "' OR ''='", draft, 0, visits.ErrNotFound, nil},
	} {
		_, err := s.board(c.after).Post(t.Context(), c.actor, c.visit, c.draft, idempotency.Key{})
		wantErr(t, name, err, c.want)
		var f *fault.Error
		if c.fields != nil && errors.As(err, &f) {
			var got []string
			for _, field := range f.Fields {
				got = append(got, field.Name)
			}
			same(t, name, got, c.fields)
		}
	}
	rating, err := s.World.Reviews.Rating(t.Context(), s.shop.Place.ID)
	wantErr(t, "rating", err, nil)
	same(t, "rating after all that", rating, reviews.Rating{})

	longest := reviews.Draft{Stars: 1, Text: strings.Repeat("好", reviews.MaxText)}
	_, err = s.board(reviews.Within).Post(t.Context(), s.author, s.visit.ID, longest, idempotency.Key{})
	wantErr(t, "the longest text on the last day", err, nil)
	// Who has left the staff is a guest again.
	_, err = s.board(0).Post(t.Context(), bookingtest.As(s.shop.Owner), waiter.ID, draft, idempotency.Key{})
	wantErr(t, "a former owner", err, nil)
}

// TestRights is who may do what with a visit, and with the reviews of a place.
func TestRights(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	elsewhere, hidden := s.Shop(t, 1), s.Shop(t, 1)
	_, err := s.Catalog.UpdatePlace(t.Context(), hidden.Place.ID, func(p *catalog.Place) ([]event.Event, error) {
		p.State, p.Merchant = catalog.Drafted, s.shop.Place.Merchant
		return []event.Event{event.New("test.aside", "", "", "", bookingtest.Monday)}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var (
		signIn error = identity.ErrUnauthenticated
		gone   error = visits.ErrNotFound
		draft  error = catalog.ErrPlaceNotFound
		no     error // it is allowed
	)
	for _, a := range []struct {
		name                    string
		actor                   identity.Actor
		post, read, readOfDraft error
	}{
		{"anonymous", identity.Actor{}, signIn, no, draft},
		{"stranger", bookingtest.As(s.User(t)), gone, no, draft},
		{"consumer", s.author, no, no, draft},
		{"counter", s.shop.Staff(s.User(t), identity.Counter), gone, no, no},
		{"manager", s.shop.Staff(s.User(t), identity.Manager), gone, no, no},
		{"owner", s.shop.Staff(s.shop.Owner, identity.Owner), gone, no, no},
		{"owner of another", elsewhere.Staff(elsewhere.Owner, identity.Owner), gone, no, draft},
	} {
		board := s.board(0)
		_, err := board.Post(t.Context(), a.actor, s.visit.ID, reviews.Draft{Stars: 5}, idempotency.Key{})
		wantErr(t, "Post by "+a.name, err, a.post)
		_, err = board.Reviews(t.Context(), a.actor, s.shop.Place.ID, "", 10)
		wantErr(t, "Reviews by "+a.name, err, a.read)
		_, err = board.Reviews(t.Context(), a.actor, hidden.Place.ID, "", 10)
		wantErr(t, "Reviews of a draft by "+a.name, err, a.readOfDraft)
	}
}
