package mediatest

import (
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"corner/catalog"
	"corner/event"
	"corner/idempotency"
	"corner/identity"
	"corner/internal/expect"
	"corner/media"
	"corner/money"
	"corner/uid"
)

// Store tests that what open gives keeps the contract of media.Store. Each call of open
// gives an empty World of its own. The subtests run in parallel.
func Store(t *testing.T, open func(t *testing.T) World) {
	t.Helper()
	for name, test := range map[string]func(*suite){
		"Add":                  (*suite).add,
		"AddRefused":           (*suite).addRefused,
		"AddRollsBack":         (*suite).addRollsBack,
		"Keys":                 (*suite).keys,
		"KeyOfWhatIsGone":      (*suite).keyOfWhatIsGone,
		"LastRooms":            (*suite).lastRooms,
		"Arrange":              (*suite).arrange,
		"ArrangeRefused":       (*suite).arrangeRefused,
		"ArrangeRollsBack":     (*suite).arrangeRollsBack,
		"ArrangeRivals":        (*suite).arrangeRivals,
		"Standing":             (*suite).standing,
		"StandingRivals":       (*suite).standingRivals,
		"Used":                 (*suite).used,
		"ExistingAndUnknownId": (*suite).unknown,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := open(t)
			s := &suite{Test: expect.Test{T: t}, World: w, now: time.Now()}
			s.shop = w.Shop(t, s.now, catalog.Published)
			test(s)
		})
	}
}

type suite struct {
	expect.Test
	World
	now  time.Time
	shop Shop
}

func anything([]media.Photo) error { return nil }

func (s *suite) try(p media.Photo, key idempotency.Key, admit func([]media.Photo) error) (media.Photo, error) {
	return s.Media.Add(s.Context(), p, s.shop.Owner, key, func(st media.Standing) (event.Event, error) {
		return event.New(media.PhotoAdded, string(p.ID), string(p.Place), "", s.now), admit(st.Photos)
	})
}

// arranging is Arrange at a place by the shop's owner.
func (s *suite) arranging(
	place catalog.PlaceID, change func([]media.Photo) ([]media.Photo, []event.Event, error),
) ([]media.Photo, error) {
	return s.Media.Arrange(s.Context(), media.Act{Place: place, User: s.shop.Owner},
		func(st media.Standing) ([]media.Photo, []event.Event, error) { return change(st.Photos) })
}

// hung is n photos at the shop.
func (s *suite) hung(n int) []media.Photo {
	s.Helper()
	var list []media.Photo
	for range n {
		list = append(list, s.Hang(s.T, s.shop.Photo(s.now)))
	}
	return list
}

func (s *suite) there() []media.Photo {
	s.Helper()
	return expect.OK(s.Media.PhotosOf(s.Context(), s.shop.Place.ID))(s)
}

func (s *suite) key(input string) idempotency.Key {
	s.Helper()
	return expect.OK(idempotency.New(string(s.shop.Owner), "phone-1", "photos.add", input))(s)
}

func (s *suite) event(kind event.Kind, subject media.ID) event.Event {
	return event.New(kind, string(subject), string(s.shop.Place.ID), "", s.now)
}

func ids(photos []media.Photo) []media.ID {
	var list []media.ID
	for _, p := range photos {
		list = append(list, p.ID)
	}
	return list
}

func (s *suite) add() {
	first, second := s.shop.Photo(s.now), s.shop.Photo(s.now)
	second.Service, second.Caption, second.Kind = "", "", media.Storefront
	s.Same("Add", first, expect.OK(s.try(first, idempotency.Key{}, func(there []media.Photo) error {
		s.Same("what admit is shown", 0, len(there))
		return nil
	}))(s))
	want := second
	want.Position = 1
	s.Same("Add another", want, expect.OK(s.try(second, idempotency.Key{}, func(there []media.Photo) error {
		s.Same("what admit is shown then", []media.Photo{first}, there)
		return nil
	}))(s))
	s.Same("PhotosOf", []media.Photo{first, want}, s.there())
	s.Same("Photo", want, expect.OK(s.Media.Photo(s.Context(), second.ID))(s))
	wantEvents := []string{"photo.added " + string(first.ID), "photo.added " + string(second.ID)}
	slices.Sort(wantEvents)
	s.Same("events", wantEvents, s.happened(s.Test))
}

func (s *suite) addRefused() {
	no := errors.New("no")
	_, err := s.try(s.shop.Photo(s.now), s.key("a"), func([]media.Photo) error { return no })
	s.Refused("admit says no", err, no)
	p := s.shop.Photo(s.now)
	p.Place = "plc_0"
	_, err = s.try(p, idempotency.Key{}, anything)
	s.Refused("an unknown place", err, catalog.ErrPlaceNotFound)
	s.Same("photos", 0, len(s.there()))
	s.Same("events", []string(nil), s.happened(s.Test))
	_, err = s.try(s.shop.Photo(s.now), s.key("a"), anything)
	s.Refused("the same call once nothing is in the way", err, nil)
}

func (s *suite) addRollsBack() {
	p := s.shop.Photo(s.now)
	p.Variants[2].Size = p.Variants[1].Size // two of one size: the second cannot be stored
	if _, err := s.try(p, s.key("a"), anything); err == nil {
		s.Error("two variants of one size: got no error, want one")
	}
	s.Same("photos", 0, len(s.there()))
	s.Same("blobs in use", 0, len(expect.OK(s.Media.Used(s.Context(), []media.Digest{p.Variants[0].Digest}))(s)))
}

func (s *suite) keys() {
	const n = 20
	got := make([]media.ID, n)
	key := s.key("a")
	if failed := expect.Rivals(n, func(i int) error {
		p, err := s.try(s.shop.Photo(s.now), key, anything)
		got[i] = p.ID
		return err
	}); len(failed) > 0 {
		s.Fatalf("%d of %d calls with one key failed, want none: %v", len(failed), n, failed[0])
	}
	there := s.there()
	if len(there) != 1 || slices.ContainsFunc(got, func(id media.ID) bool { return id != there[0].ID }) {
		s.Errorf("rivals with one key: %d photos, answers %v; want one, and all answered with it", len(there), got)
	}
	_, err := s.try(s.shop.Photo(s.now), s.key("b"), anything)
	s.Refused("other input under the key", err, idempotency.ErrReused)
	full := errors.New("full")
	again := expect.OK(s.try(s.shop.Photo(s.now), key, func([]media.Photo) error { return full }))(s)
	s.Same("a repeat when there is no room", there[0], again)
}

func (s *suite) keyOfWhatIsGone() {
	p := expect.OK(s.try(s.shop.Photo(s.now), s.key("a"), anything))(s)
	expect.OK(s.arranging(p.Place, func([]media.Photo) ([]media.Photo, []event.Event, error) {
		return nil, []event.Event{s.event(media.PhotoRemoved, p.ID)}, nil
	}))(s)
	_, err := s.try(s.shop.Photo(s.now), s.key("a"), anything)
	s.Refused("a repeat of what has been removed", err, media.ErrNotFound)
	s.Same("photos", 0, len(s.there()))
}

// lastRooms: of rivals for the last rooms on a list, just so many get one.
func (s *suite) lastRooms() {
	const room, rivals = 4, 12
	full := errors.New("full")
	var refused atomic.Int64
	if failed := expect.Rivals(rivals, func(int) error {
		_, err := s.try(s.shop.Photo(s.now), idempotency.Key{}, func(there []media.Photo) error {
			if len(there) >= room {
				return full
			}
			return nil
		})
		if errors.Is(err, full) {
			refused.Add(1)
			return nil
		}
		return err
	}); len(failed) > 0 {
		s.Errorf("a rival failed: %v", failed[0])
	}
	s.Same("refused", int64(rivals-room), refused.Load())
	for i, p := range s.there() {
		s.Same("position", i, p.Position)
	}
	s.Same("photos", room, len(s.there()))
}

func (s *suite) arrange() {
	p := s.hung(4)
	_ = s.happened(s.Test)
	changed := p[3]
	changed.Kind, changed.Caption, changed.Service, changed.Version = media.Item, "", "", 7
	got := expect.OK(s.arranging(s.shop.Place.ID, func(photos []media.Photo) ([]media.Photo, []event.Event, error) {
		s.Same("what change is shown", p, photos)
		arranged := []media.Photo{changed, photos[0], photos[2]}
		return arranged, []event.Event{s.event(media.PhotoChanged, "a"), s.event(media.PhotoRemoved, "b")}, nil
	}))(s)
	want := []media.Photo{changed, p[0], p[2]}
	for i := range want {
		want[i].Position = i
	}
	s.Same("Arrange", want, got)
	s.Same("PhotosOf", want, s.there())
	s.Same("events", []string{"photo.changed a", "photo.removed b"}, s.happened(s.Test))
	_, err := s.Media.Photo(s.Context(), p[1].ID)
	s.Refused("the one that was left out", err, media.ErrNotFound)
	s.Same("blobs in use", 0, len(expect.OK(s.Media.Used(s.Context(), []media.Digest{p[1].Variants[0].Digest}))(s)))
}

func (s *suite) arrangeRefused() {
	p := s.hung(2)
	_ = s.happened(s.Test)
	no := errors.New("no")
	_, err := s.arranging(s.shop.Place.ID, func([]media.Photo) ([]media.Photo, []event.Event, error) {
		return nil, []event.Event{s.event(media.PhotoRemoved, "a")}, no
	})
	s.Refused("change fails", err, no)
	s.Same("a change without an event", p, expect.OK(s.arranging(s.shop.Place.ID,
		func(photos []media.Photo) ([]media.Photo, []event.Event, error) {
			slices.Reverse(photos)
			return photos, nil, nil
		}))(s))
	_, err = s.arranging("plc_0", func([]media.Photo) ([]media.Photo, []event.Event, error) {
		s.Error("change was called for a place that is not there")
		return nil, nil, nil
	})
	s.Refused("an unknown place", err, catalog.ErrPlaceNotFound)
	if _, err := s.arranging(s.shop.Place.ID, func(photos []media.Photo) ([]media.Photo, []event.Event, error) {
		return append(photos, s.shop.Photo(s.now)), []event.Event{s.event(media.PhotoChanged, "a")}, nil
	}); err == nil {
		s.Error("a photo that was never added: got no error, want one")
	}
	s.Same("photos", p, s.there())
	s.Same("events", []string(nil), s.happened(s.Test))
}

func (s *suite) arrangeRollsBack() {
	p := s.hung(3)
	taken := s.event(media.PhotoChanged, "a")
	for i, fine := range []bool{true, false} {
		_, err := s.arranging(s.shop.Place.ID, func(photos []media.Photo) ([]media.Photo, []event.Event, error) {
			return photos[1:], []event.Event{taken}, nil
		})
		if (err == nil) != fine {
			s.Errorf("change %d: got %v, want it to go well: %v", i, err, fine)
		}
	}
	s.Same("photos after events that could not be written", ids(p[1:]), ids(s.there()))
}

// arrangeRivals: every rival changes the list that the one before has left.
func (s *suite) arrangeRivals() {
	const n = 25
	s.hung(5)
	if failed := expect.Rivals(n, func(int) error {
		_, err := s.arranging(s.shop.Place.ID, func(photos []media.Photo) ([]media.Photo, []event.Event, error) {
			photos[0].Version++
			photos[0].Caption = fmt.Sprint(photos[0].Version)
			return append(photos[1:], photos[0]), []event.Event{s.event(media.PhotoChanged, photos[0].ID)}, nil
		})
		return err
	}); len(failed) > 0 {
		s.Fatalf("%d of %d rivals failed, want none: %v", len(failed), n, failed[0])
	}
	for i, p := range s.there() {
		s.Same("position, version, caption", fmt.Sprintf("%d %d %d", i, 1+n/5, 1+n/5), fmt.Sprintf("%d %d %s", p.Position, p.Version, p.Caption))
	}
}

func (s *suite) used() {
	p, q := s.shop.Photo(s.now), s.shop.Photo(s.now)
	q.Variants[1].Digest = p.Variants[2].Digest // an equal picture
	for _, photo := range []media.Photo{p, q} {
		expect.OK(s.try(photo, idempotency.Key{}, anything))(s)
	}
	asked := []media.Digest{p.Variants[0].Digest, p.Variants[2].Digest, media.DigestOf([]byte("nobody's")), p.Digest}
	want := []media.Digest{p.Variants[0].Digest, p.Variants[2].Digest}
	slices.Sort(want)
	s.Same("Used", want, expect.OK(s.Media.Used(s.Context(), asked))(s))
	expect.OK(s.arranging(p.Place, func(photos []media.Photo) ([]media.Photo, []event.Event, error) {
		return photos[1:], []event.Event{s.event(media.PhotoRemoved, p.ID)}, nil
	}))(s)
	s.Same("Used once p is gone", want[slices.Index(want, p.Variants[2].Digest):][:1], expect.OK(s.Media.Used(s.Context(), asked))(s))
	s.Same("Used of nothing", 0, len(expect.OK(s.Media.Used(s.Context(), nil))(s)))
}

func (s *suite) unknown() {
	_, err := s.Media.Photo(s.Context(), "pht_0")
	s.Refused("Photo", err, media.ErrNotFound)
	s.Same("PhotosOf an unknown place", 0, len(expect.OK(s.Media.PhotosOf(s.Context(), "plc_0"))(s)))
}

// standing: whoever changes photos is shown whose the place is, what the user is there, and whether
// the place sells what a photo is to show.
func (s *suite) standing() {
	now := s.now.UTC().Truncate(time.Microsecond)
	elsewhere := s.Shop(s.T, s.now, catalog.Published)
	sold := expect.OK(s.catalogue().AddService(s.Context(), s.shop.Staff(s.shop.Owner, identity.Owner), s.shop.Place.ID,
		catalog.Offer{Name: "牛肉面", Duration: time.Hour, Price: money.Of(2_800, "CNY")}, idempotency.Key{}))(s)
	hung := s.Hang(s.T, s.shop.Photo(now))
	here, there := s.limited(s.shop.Place.ID), s.limited(elsewhere.Place.ID)
	for name, c := range map[string]struct {
		act  media.Act
		want media.Standing
	}{
		"its owner":             {media.Act{User: s.shop.Owner, Service: sold.ID}, media.Standing{Role: identity.Owner, Sells: true}},
		"a manager here":        {media.Act{User: here}, media.Standing{Role: identity.Manager}},
		"one of another branch": {media.Act{User: there}, media.Standing{}},
		"another's owner":       {media.Act{User: elsewhere.Owner}, media.Standing{}},
		"nobody":                {media.Act{Service: "svc_0"}, media.Standing{}},
	} {
		c.act.Place, c.want.Merchant, c.want.Photos = s.shop.Place.ID, s.shop.Merchant, []media.Photo{hung}
		expect.OK(s.Media.Arrange(s.Context(), c.act, func(got media.Standing) ([]media.Photo, []event.Event, error) {
			s.Same("what "+name+" is shown", c.want, got)
			return nil, nil, nil
		}))(s)
		p := s.shop.Photo(now)
		p.Service = c.act.Service
		no := errors.New("no")
		_, err := s.Media.Add(s.Context(), p, c.act.User, idempotency.Key{}, func(got media.Standing) (event.Event, error) {
			s.Same("what "+name+" is shown who adds", c.want, got)
			return event.Event{}, no
		})
		s.Refused("Add by "+name, err, no)
	}
	theirs := expect.OK(s.Media.Arrange(s.Context(), media.Act{Place: elsewhere.Place.ID, User: elsewhere.Owner, Service: sold.ID},
		func(got media.Standing) ([]media.Photo, []event.Event, error) {
			s.Same("what is shown of another place", media.Standing{Merchant: elsewhere.Merchant, Role: identity.Owner}, got)
			return nil, nil, nil
		}))(s)
	s.Same("photos of another place", 0, len(theirs))
}

// limited is a manager of the shop at one place only.
func (s *suite) limited(place catalog.PlaceID) identity.UserID {
	s.Helper()
	id := identity.UserID(uid.New("usr", s.now))
	expect.OK(s.People.Enter(s.Context(), identity.User{ID: id, Phone: "+" + string(id), CreatedAt: s.now}))(s)
	s.Hire(s.T, s.shop, id, identity.Manager, s.now)
	roster, ok := s.People.(identity.Roster)
	if !ok {
		s.Fatal("nobody can be limited here")
	}
	c := identity.RoleChange{Merchant: s.shop.Merchant, User: id, Role: identity.Manager, Branches: identity.Only(place), At: s.now}
	s.Refused("a limit", roster.ChangeRole(s.Context(), c, func(int) error { return nil }), nil)
	return id
}

// standingRivals: of those who add photos while a place is taken from its merchant, whoever comes after
// that sees it.
func (s *suite) standingRivals() {
	const rivals = 16
	var admitted atomic.Int64
	var released atomic.Bool
	if failed := expect.Rivals(rivals, func(i int) error {
		if i == rivals/2 {
			_, err := s.catalogue().ReleasePlace(s.Context(), identity.Actor{User: s.shop.Owner, Operator: true}, s.shop.Place.ID)
			released.Store(err == nil)
			return err
		}
		after := released.Load()
		p := s.shop.Photo(s.now)
		_, err := s.Media.Add(s.Context(), p, s.shop.Owner, idempotency.Key{}, func(st media.Standing) (event.Event, error) {
			if st.Role == 0 {
				return event.Event{}, catalog.ErrPlaceNotFound
			}
			return s.event(media.PhotoAdded, p.ID), nil
		})
		switch {
		case errors.Is(err, catalog.ErrPlaceNotFound):
			return nil
		case err == nil && after:
			return errors.New("the former owner added a photo after the release")
		case err == nil:
			admitted.Add(1)
		}
		return err
	}); len(failed) > 0 {
		s.Errorf("%d rivals failed: %v", len(failed), failed[0])
	}
	s.Same("photos", int(admitted.Load()), len(s.there()))
	_, err := s.Media.Add(s.Context(), s.shop.Photo(s.now), s.shop.Owner, idempotency.Key{}, func(st media.Standing) (event.Event, error) {
		s.Same("what the former owner is", identity.Role(0), st.Role)
		s.Same("whose the place is", identity.MerchantID(""), st.Merchant)
		return event.Event{}, catalog.ErrPlaceNotFound
	})
	s.Refused("Add after the release", err, catalog.ErrPlaceNotFound)
}

// catalogue is the rules above the catalogue's store.
func (s *suite) catalogue() *catalog.Catalog {
	return &catalog.Catalog{Store: s.World.Catalog, Now: func() time.Time { return s.now }}
}
