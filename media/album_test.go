package media_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corner/catalog"
	"corner/catalog/catalogtest"
	"corner/event"
	"corner/fault"
	"corner/idempotency"
	"corner/identity"
	"corner/internal/expect"
	"corner/kv/memkv"
	"corner/media"
	"corner/media/cloudblob"
	"corner/media/mediatest"
	"corner/money"
	"corner/store"
	"corner/store/catalogsql"
	"corner/store/identitysql"
	"corner/store/mediasql"
	"corner/store/storetest"
	"corner/uid"
)

func wantErr(t testing.TB, what string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) || (got == nil) != (want == nil) {
		t.Errorf("%s: got error %v, want %v", what, got, want)
	}
}

func same(t testing.TB, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// scene is an album, a shop, and the time.
type scene struct {
	*media.Album
	mediatest.World
	shop    mediatest.Shop
	manager identity.Actor
	now     time.Time
}

func newScene(t *testing.T) *scene {
	t.Helper()
	db := storetest.Open(t, "sqlite")
	db.Routes = mediatest.Routes
	w := mediatest.World{
		People:  identitysql.Store{DB: db},
		Catalog: catalogsql.Store{DB: db},
		Media:   mediasql.Store{DB: db},
		Outbox:  store.Outbox{DB: db},
	}
	blobs, err := cloudblob.Open(t.Context(), "mem:")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = blobs.Close() })
	s := &scene{World: w, now: time.Now()}
	clock := func() time.Time { return s.now }
	s.Album = &media.Album{
		KV:       memkv.New(memkv.Bounds{}),
		Store:    w.Media,
		Blobs:    blobs,
		Uploads:  mediasql.Store{DB: db},
		Pieces:   cloudblob.Pieces{Bucket: blobs},
		Catalog:  &catalog.Catalog{Store: w.Catalog, Now: clock},
		Darkroom: media.NewDarkroom(media.InProcess{}, media.DarkroomMemory, 4),
		Now:      clock,
	}
	s.shop = w.Shop(t, s.now, catalog.Published)
	s.manager = s.shop.Staff(s.shop.Owner, identity.Manager)
	return s
}

// picture is one that no other number gives.
func picture(n int) []byte { return mediatest.Phoned(mediatest.Marked(40+n, 30), 1) }

func (s *scene) add(t *testing.T, n int) media.Photo {
	t.Helper()
	p, err := s.Add(t.Context(), s.manager, s.shop.Place.ID, media.Draft{Kind: media.Interior}, picture(n), idempotency.Key{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (s *scene) list(t *testing.T) []media.ID {
	t.Helper()
	photos, err := s.Photos(t.Context(), identity.Actor{}, s.shop.Place.ID, "", 100)
	if err != nil {
		t.Fatal(err)
	}
	var ids []media.ID
	for _, p := range photos {
		ids = append(ids, p.ID)
	}
	return ids
}

// blobs is how many there are.
func (s *scene) blobs(t *testing.T) (n int) {
	t.Helper()
	if err := s.Blobs.Each(t.Context(), s.now.Add(time.Hour), func(ds []media.Digest) error {
		n += len(ds)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAdd(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	upload := mediatest.Phoned(mediatest.Marked(2_000, 1_000), 6)
	d := media.Draft{Kind: media.Storefront, Caption: "  夜里的门面 "}
	got, err := s.Add(t.Context(), s.manager, s.shop.Place.ID, d, upload, idempotency.Key{})
	if err != nil {
		t.Fatal(err)
	}
	want := media.Photo{
		ID: got.ID, Place: s.shop.Place.ID, Kind: media.Storefront, Caption: "夜里的门面", Width: 800, Height: 1600,
		Digest: media.DigestOf(upload), Variants: got.Variants, Version: 1, CreatedAt: s.now.UTC().Truncate(time.Microsecond),
	}
	same(t, "Add", got, want)
	if !uid.Valid("pht", string(got.ID)) {
		t.Errorf("id: got %q, want one of a photo", got.ID)
	}
	for _, v := range got.Variants {
		content, err := s.Content(t.Context(), v)
		if err != nil || media.DigestOf(content) != v.Digest || len(content) != v.Bytes {
			t.Errorf("%s: %d bytes, %v; want those of %+v", v.Size, len(content), err, v)
		}
	}
	read, public, err := s.Photo(t.Context(), identity.Actor{}, got.ID)
	wantErr(t, "Photo", err, nil)
	same(t, "Photo", read, want)
	same(t, "public", public, true)
	list, err := s.Photos(t.Context(), identity.Actor{}, s.shop.Place.ID, "", 10)
	wantErr(t, "Photos", err, nil)
	same(t, "Photos", list, []media.Photo{want})

	_, err = s.Add(t.Context(), s.manager, s.shop.Place.ID, d, upload, idempotency.Key{})
	wantErr(t, "an equal upload", err, nil)
	same(t, "blobs after an equal upload", s.blobs(t), 3)
}

func TestAddRefuses(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	elsewhere := s.Shop(t, s.now, catalog.Published)
	theirs := s.service(t, elsewhere)
	fine := media.Draft{Kind: media.Item}
	for name, c := range map[string]struct {
		draft  media.Draft
		upload []byte
		want   error
		fields []string
	}{
		"no kind":                 {media.Draft{}, picture(1), fault.ErrInvalid, []string{"kind"}},
		"everything wrong":        {media.Draft{Kind: "selfie", Caption: strings.Repeat("好", media.MaxCaption+1), Service: "svc_1"}, picture(1), fault.ErrInvalid, []string{"kind", "caption", "service"}},
		"no text":                 {media.Draft{Kind: media.Item, Caption: "a\x00b"}, picture(1), fault.ErrInvalid, []string{"caption"}},
		"another place's service": {media.Draft{Kind: media.Item, Service: theirs}, picture(1), fault.ErrInvalid, []string{"service"}},
		"HEIC":                    {fine, mediatest.HEIC(), media.ErrHEIC, nil},
		"a bomb":                  {fine, mediatest.Bomb(), media.ErrTooManyPixels, nil},
		"half a picture":          {fine, picture(1)[:400], fault.ErrInvalid, []string{"photo"}},
	} {
		_, err := s.Add(t.Context(), s.manager, s.shop.Place.ID, c.draft, c.upload, idempotency.Key{})
		wantErr(t, name, err, c.want)
		var fields []string
		if e, ok := errors.AsType[*fault.Error](err); ok {
			for _, f := range e.Fields {
				fields = append(fields, f.Name)
			}
		}
		same(t, name, fields, c.fields)
	}
	same(t, "photos", len(s.list(t)), 0)
	same(t, "blobs", s.blobs(t), 0)
	own := s.service(t, s.shop)
	p, err := s.Add(t.Context(), s.manager, s.shop.Place.ID, media.Draft{Kind: media.Item, Service: own}, picture(1), idempotency.Key{})
	wantErr(t, "a service of its own", err, nil)
	same(t, "service", p.Service, own)
}

// service is one that the shop sells.
func (s *scene) service(t *testing.T, shop mediatest.Shop) catalog.ServiceID {
	t.Helper()
	o := catalog.Offer{Name: "牛肉面", Duration: time.Hour, Price: money.Of(2_800, "CNY")}
	v, err := s.Album.Catalog.AddService(t.Context(), shop.Staff(shop.Owner, identity.Owner), shop.Place.ID, o, idempotency.Key{})
	if err != nil {
		t.Fatal(err)
	}
	return v.ID
}

func TestMostPhotos(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	for range media.MaxPhotos {
		s.add(t, 1)
	}
	_, err := s.Add(t.Context(), s.manager, s.shop.Place.ID, media.Draft{Kind: media.Item}, picture(2), idempotency.Key{})
	wantErr(t, "one more", err, media.ErrTooManyPhotos)
	wantErr(t, "Remove", s.Remove(t.Context(), s.manager, s.list(t)[0]), nil)
	_, err = s.Add(t.Context(), s.manager, s.shop.Place.ID, media.Draft{Kind: media.Item}, picture(2), idempotency.Key{})
	wantErr(t, "one more once one has gone", err, nil)
}

func TestPages(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	var want []media.ID
	for range 5 {
		want = append(want, s.add(t, 1).ID)
	}
	page := func(after media.ID) (ids []media.ID) {
		photos, err := s.Photos(t.Context(), identity.Actor{}, s.shop.Place.ID, after, 2)
		wantErr(t, "Photos", err, nil)
		for _, p := range photos {
			ids = append(ids, p.ID)
		}
		return ids
	}
	same(t, "first page", page(""), want[:2])
	same(t, "second page", page(want[1]), want[2:4])
	same(t, "last page", page(want[3]), want[4:])
	wantErr(t, "Remove", s.Remove(t.Context(), s.manager, want[1]), nil)
	same(t, "the page after what has gone", page(want[1]), []media.ID{want[0], want[2]})
}

func TestChange(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	var p []media.Photo
	for i := range 4 {
		p = append(p, s.add(t, i))
	}
	at := func(i int) *int { return &i }
	change := func(id media.ID, version int64, c media.Change) (media.Photo, error) {
		return s.Change(t.Context(), s.manager, id, version, c)
	}
	got, err := change(p[3].ID, 1, media.Change{Draft: media.Draft{Kind: media.Storefront, Caption: " 门面 "}, Position: at(0)})
	want := p[3]
	want.Kind, want.Caption, want.Position, want.Version = media.Storefront, "门面", 0, 2
	wantErr(t, "Change", err, nil)
	same(t, "Change", got, want)
	same(t, "order", s.list(t), []media.ID{p[3].ID, p[0].ID, p[1].ID, p[2].ID})

	_, err = change(p[3].ID, 1, media.Change{Draft: media.Draft{Kind: media.Item}})
	wantErr(t, "a stale version", err, media.ErrStale)
	if e, ok := errors.AsType[*fault.Error](err); !ok || e.Data != fault.CurrentVersion(2) {
		t.Errorf("a stale version: got %+v, want it to name 2", err)
	}
	_, err = change(p[3].ID, 2, media.Change{Draft: media.Draft{Kind: "x", Service: "svc_1"}, Position: at(-1)})
	wantErr(t, "everything wrong", err, fault.ErrInvalid)
	if e, ok := errors.AsType[*fault.Error](err); !ok || len(e.Fields) != 3 {
		t.Errorf("everything wrong: got %+v, want three fields", err)
	}
	got, err = change(p[3].ID, 2, media.Change{Draft: media.Draft{Kind: media.Storefront, Caption: "门面"}, Position: at(0)})
	wantErr(t, "the same again", err, nil)
	same(t, "version after the same again", got.Version, int64(2))
	got, err = change(p[0].ID, 1, media.Change{Draft: media.Draft{Kind: p[0].Kind}, Position: at(29)})
	wantErr(t, "beyond the end", err, nil)
	same(t, "position beyond the end", got.Position, 3)
	same(t, "order", s.list(t), []media.ID{p[3].ID, p[1].ID, p[2].ID, p[0].ID})
}

func TestCover(t *testing.T) {
	t.Parallel()
	of := func(kinds ...media.Kind) (all []media.Photo) {
		for i, k := range kinds {
			all = append(all, media.Photo{ID: media.ID(fmt.Sprint(i)), Kind: k})
		}
		return all
	}
	for _, c := range []struct {
		photos []media.Photo
		want   media.ID
	}{
		{nil, ""}, {of(media.Item), "0"}, {of(media.Item, media.Storefront, media.Storefront), "1"}, {of(media.Interior, media.Item), "0"},
	} {
		if got, ok := media.Cover(c.photos); got != c.want || ok != (c.want != "") {
			t.Errorf("cover of %v: got %q, %v; want %q", c.photos, got, ok, c.want)
		}
	}
}

func TestEventsLeadToThePlace(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	p := s.add(t, 1)
	_, err := s.Change(t.Context(), s.manager, p.ID, 1, media.Change{Draft: media.Draft{Kind: media.Item}})
	wantErr(t, "Change", err, nil)
	wantErr(t, "Remove", s.Remove(t.Context(), s.manager, p.ID), nil)
	due, err := s.Outbox.Lease(t.Context(), "mediatest", s.now.Add(time.Hour), 10, time.Minute)
	wantErr(t, "Lease", err, nil)
	var got []event.Kind
	for _, d := range due {
		got = append(got, d.Kind)
		if d.Place != string(s.shop.Place.ID) || d.Subject != string(p.ID) || d.Actor != string(s.shop.Owner) {
			t.Errorf("%s: got %+v, want it to name photo, place and actor", d.Kind, d.Event)
		}
	}
	slices.Sort(got)
	same(t, "events", got, []event.Kind{media.PhotoAdded, media.PhotoChanged, media.PhotoRemoved})
}

// TestRights is the table of who may do what: each method of the album by each kind of
// person.
func TestRights(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	elsewhere := s.Shop(t, s.now, catalog.Published)
	shown := s.add(t, 1)
	draft := s.Shop(t, s.now, catalog.Drafted)
	hidden, err := s.Add(
		t.Context(),
		draft.Staff(draft.Owner, identity.Owner),
		draft.Place.ID,
		media.Draft{Kind: media.Item},
		picture(2),
		idempotency.Key{},
	)
	wantErr(t, "Add to a draft", err, nil)
	both := func(user identity.UserID, role identity.Role) identity.Actor {
		return identity.Actor{User: user, Roles: map[identity.MerchantID]identity.Role{s.shop.Merchant: role, draft.Merchant: role}}
	}
	stranger, manager := s.stranger(t), s.stranger(t)
	for _, shop := range []mediatest.Shop{s.shop, draft} {
		s.Hire(t, shop, manager, identity.Manager, s.now)
	}
	s.Hire(t, draft, s.shop.Owner, identity.Owner, s.now)
	type call func(context.Context, identity.Actor) error
	type who struct{ nobody, stranger, counter, manager, owner, elsewhere error }
	in, noPlace, noPhoto := identity.ErrUnauthenticated, catalog.ErrPlaceNotFound, media.ErrNotFound
	var ok error
	adding := func(place catalog.PlaceID) call {
		return func(ctx context.Context, a identity.Actor) error {
			_, err := s.Add(ctx, a, place, media.Draft{Kind: media.Item}, picture(3), idempotency.Key{})
			return err
		}
	}
	reading := func(id media.ID) call {
		return func(ctx context.Context, a identity.Actor) error { _, _, err := s.Photo(ctx, a, id); return err }
	}
	listing := func(place catalog.PlaceID) call {
		return func(ctx context.Context, a identity.Actor) error {
			_, err := s.Photos(ctx, a, place, "", 10)
			return err
		}
	}
	changing := func(id media.ID) call {
		return func(ctx context.Context, a identity.Actor) error {
			_, err := s.Change(ctx, a, id, 1, media.Change{Draft: media.Draft{Kind: media.Interior}})
			if errors.Is(err, media.ErrStale) {
				return nil // somebody before him was allowed to
			}
			return err
		}
	}
	removing := func(place mediatest.Shop) call {
		return func(ctx context.Context, a identity.Actor) error {
			p, err := s.Add(
				ctx,
				place.Staff(place.Owner, identity.Owner),
				place.Place.ID,
				media.Draft{Kind: media.Item},
				picture(4),
				idempotency.Key{},
			)
			if err != nil {
				return err
			}
			return s.Remove(ctx, a, p.ID)
		}
	}
	for name, c := range map[string]struct {
		call
		who
	}{
		"MayAdd":            {func(ctx context.Context, a identity.Actor) error { return s.MayAdd(ctx, a, s.shop.Place.ID, false) }, who{in, noPlace, noPlace, ok, ok, noPlace}},
		"Add":               {adding(s.shop.Place.ID), who{in, noPlace, noPlace, ok, ok, noPlace}},
		"Add to a draft":    {adding(draft.Place.ID), who{in, noPlace, noPlace, ok, ok, noPlace}},
		"Photo":             {reading(shown.ID), who{ok, ok, ok, ok, ok, ok}},
		"Photo of a draft":  {reading(hidden.ID), who{noPhoto, noPhoto, ok, ok, ok, noPhoto}},
		"Photos":            {listing(s.shop.Place.ID), who{ok, ok, ok, ok, ok, ok}},
		"Photos of a draft": {listing(draft.Place.ID), who{noPlace, noPlace, ok, ok, ok, noPlace}},
		"Change":            {changing(shown.ID), who{in, noPhoto, noPhoto, ok, ok, noPhoto}},
		"Change in a draft": {changing(hidden.ID), who{in, noPhoto, noPhoto, ok, ok, noPhoto}},
		"Remove":            {removing(s.shop), who{in, noPhoto, noPhoto, ok, ok, noPhoto}},
		"Remove in a draft": {removing(draft), who{in, noPhoto, noPhoto, ok, ok, noPhoto}},
	} {
		for _, w := range []struct {
			name  string
			actor identity.Actor
			want  error
		}{
			{"nobody", identity.Actor{}, c.nobody},
			{"a stranger", identity.Actor{User: stranger}, c.stranger},
			{"the counter", both(stranger, identity.Counter), c.counter},
			{"a manager", both(manager, identity.Manager), c.manager},
			{"the owner", both(s.shop.Owner, identity.Owner), c.owner},
			{"the owner of another", elsewhere.Staff(elsewhere.Owner, identity.Owner), c.elsewhere},
		} {
			wantErr(t, name+" by "+w.name, c.call(t.Context(), w.actor), w.want)
		}
	}
}

// stranger is somebody with a business of his own.
func (s *scene) stranger(t *testing.T) identity.UserID {
	t.Helper()
	id := uid.New("usr", s.now)
	u, err := s.People.Enter(t.Context(), identity.User{ID: identity.UserID(id), Phone: "+" + id, CreatedAt: s.now})
	if err != nil {
		t.Fatal(err)
	}
	_ = catalogtest.Merchant(t, s.World.Catalog, u.ID)
	return u.ID
}

// TestUnreadableIds are never asked of the database, and answer as what is not there.
func TestUnreadableIds(t *testing.T) {
	t.Parallel()
	a := media.Album{Catalog: &catalog.Catalog{}} // it would panic
	h := identity.Actor{User: "usr_1", Roles: map[identity.MerchantID]identity.Role{"mer_1": identity.Owner}}
	for _, id := range []string{"", "pht_", "pht_1", "plc_01kay3c4zq8v0e5t7m2r9x6b1d", "../pht", "pht_01kay3c4zq8v0e5t7m2r9x6b1d'"} {
		_, _, err := a.Photo(t.Context(), h, media.ID(id))
		wantErr(t, "Photo "+id, err, media.ErrNotFound)
		_, err = a.Change(t.Context(), h, media.ID(id), 1, media.Change{})
		wantErr(t, "Change "+id, err, media.ErrNotFound)
		wantErr(t, "Remove "+id, a.Remove(t.Context(), h, media.ID(id)), media.ErrNotFound)
	}
	_, err := a.Add(t.Context(), h, "plc_1", media.Draft{}, bytes.Repeat([]byte{1}, 9), idempotency.Key{})
	wantErr(t, "Add", err, catalog.ErrPlaceNotFound)
}

// meanwhile is a Developer in whose time something happens.
type meanwhile func()

func (f meanwhile) Develop(ctx context.Context, upload []byte, memory int64) ([]media.Print, error) {
	f()
	return media.InProcess{}.Develop(ctx, upload, memory)
}

// TestMeanwhile: what was so when an upload began is asked again when its photo is hung, for minutes may
// lie between.
func TestMeanwhile(t *testing.T) {
	t.Parallel()
	release := func(t *testing.T, s *scene) {
		t.Helper()
		_, err := s.Album.Catalog.ReleasePlace(t.Context(), identity.Actor{User: "usr_1", Operator: true}, s.shop.Place.ID)
		wantErr(t, "ReleasePlace", err, nil)
	}
	dismiss := func(t *testing.T, s *scene) {
		t.Helper()
		roster, ok := s.People.(identity.Roster)
		if !ok {
			t.Fatal("nobody can be dismissed here")
		}
		c := identity.RoleChange{Merchant: s.shop.Merchant, User: s.manager.User, At: s.now}
		wantErr(t, "ChangeRole", roster.ChangeRole(t.Context(), c, func(int) error { return nil }), nil)
	}
	elsewhere := func(t *testing.T, s *scene) {
		t.Helper()
		roster, ok := s.People.(identity.Roster)
		if !ok {
			t.Fatal("nobody can be limited here")
		}
		c := identity.RoleChange{
			Merchant: s.shop.Merchant, User: s.manager.User, Role: identity.Manager, Branches: identity.Only("plc_0"), At: s.now,
		}
		wantErr(t, "ChangeRole", roster.ChangeRole(t.Context(), c, func(int) error { return nil }), nil)
	}
	fill := func(t *testing.T, s *scene) {
		t.Helper()
		for range media.MaxPhotos {
			s.Hang(t, s.shop.Photo(s.now))
		}
	}
	for name, c := range map[string]struct {
		happens func(*testing.T, *scene)
		want    error
		photos  int
	}{
		"nothing":                          {func(*testing.T, *scene) {}, nil, 1},
		"the place is taken from them":     {release, catalog.ErrPlaceNotFound, 0},
		"the manager is dismissed":         {dismiss, catalog.ErrPlaceNotFound, 0},
		"the manager has another branch":   {elsewhere, catalog.ErrPlaceNotFound, 0},
		"others hang as many as there fit": {fill, media.ErrTooManyPhotos, media.MaxPhotos},
		"a place of another is taken away": {func(t *testing.T, s *scene) {
			t.Helper()
			other := *s
			other.shop = s.Shop(t, s.now, catalog.Published)
			release(t, &other)
		}, nil, 1},
	} {
		s := newScene(t)
		id := s.stranger(t)
		s.Hire(t, s.shop, id, identity.Manager, s.now)
		s.manager = s.shop.Staff(id, identity.Manager)
		s.Darkroom = media.NewDarkroom(meanwhile(func() { c.happens(t, s) }), media.DarkroomMemory, 1)
		_, err := s.Add(t.Context(), s.manager, s.shop.Place.ID, media.Draft{Kind: media.Item}, picture(1), idempotency.Key{})
		wantErr(t, "meanwhile "+name, err, c.want)
		same(t, "photos after "+name, len(s.list(t)), c.photos)
	}
	// What changes or removes one asks again as well.
	s := newScene(t)
	p := s.add(t, 1)
	former := s.shop.Staff(s.stranger(t), identity.Manager) // as his session said a moment ago
	_, err := s.Change(t.Context(), former, p.ID, 1, media.Change{Draft: media.Draft{Kind: media.Item}})
	wantErr(t, "Change by who is no manager any more", err, media.ErrNotFound)
	wantErr(t, "Remove by who is no manager any more", s.Remove(t.Context(), former, p.ID), media.ErrNotFound)
}

// TestRepeatWaits: a call that comes again while the first is being developed waits for it, and is
// answered as it was, without another picture developed.
func TestRepeatWaits(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	var developed atomic.Int64
	s.Darkroom = media.NewDarkroom(meanwhile(func() { developed.Add(1) }), media.DarkroomMemory, 4)
	key, err := idempotency.New(string(s.manager.User), "phone-1", "photos.add", "1")
	if err != nil {
		t.Fatal(err)
	}
	const rivals = 8
	ids := make([]media.ID, rivals)
	if failed := expect.Rivals(rivals, func(i int) error {
		p, err := s.Add(t.Context(), s.manager, s.shop.Place.ID, media.Draft{Kind: media.Item}, picture(1), key)
		ids[i] = p.ID
		return err
	}); len(failed) > 0 {
		t.Fatalf("%d of %d calls failed: %v", len(failed), rivals, failed[0])
	}
	slices.Sort(ids)
	same(t, "photos", len(slices.Compact(ids)), 1)
	same(t, "developed", developed.Load(), int64(1))
}

// panics is a Developer that must not be asked.
type panics struct{}

func (panics) Develop(context.Context, []byte, int64) ([]media.Print, error) { panic("decoded") }

// TestCheapRefusals: what can be refused without decoding is, and so is what was done before: here a
// picture that was decoded would panic.
func TestCheapRefusals(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.PerDay = media.MaxPhotos
	add := func(place catalog.PlaceID, token string) (media.Photo, error) {
		key, err := idempotency.New(string(s.manager.User), token, "photos.add", string(place))
		if err != nil {
			t.Fatal(err)
		}
		return s.Add(t.Context(), s.manager, place, media.Draft{Kind: media.Interior}, picture(1), key)
	}
	first, err := add(s.shop.Place.ID, "first")
	if err != nil {
		t.Fatal(err)
	}
	for n := range media.MaxPhotos - 1 {
		s.add(t, 2+n)
	}
	s.Darkroom = media.NewDarkroom(panics{}, media.DarkroomMemory, 1)
	if again, err := add(s.shop.Place.ID, "first"); err != nil || again.ID != first.ID {
		t.Errorf("a repeat: %s, %v; want %s", again.ID, err, first.ID)
	}
	if _, err := add(s.shop.Place.ID, "second"); !errors.Is(err, media.ErrTooManyPhotos) {
		t.Errorf("a full album: got %v, want %v", err, media.ErrTooManyPhotos)
	}
	if err := s.MayAdd(t.Context(), s.manager, s.shop.Place.ID, false); !errors.Is(err, media.ErrTooManyPhotos) {
		t.Errorf("MayAdd to a full album: got %v, want %v", err, media.ErrTooManyPhotos)
	}
	if err := s.Remove(t.Context(), s.manager, first.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := add(s.shop.Place.ID, "second"); !errors.Is(err, media.ErrTooManyToday) {
		t.Errorf("one more than a day has: got %v, want %v", err, media.ErrTooManyToday)
	}
}
