package discovery_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"corner/catalog"
	"corner/discovery"
	"corner/discovery/discoverytest"
	"corner/event"
	"corner/geo"
	"corner/idempotency"
	"corner/identity"
	"corner/money"
	"corner/reviews"
	"corner/store"
	"corner/store/catalogsql"
	"corner/store/discoverysql"
	"corner/store/identitysql"
	"corner/store/storetest"
	"corner/uid"
)

// Routes are as the app has them.
var Routes = event.Routes{
	catalog.PlaceCreated: {discovery.Consumer}, catalog.PlaceChanged: {discovery.Consumer}, catalog.PlacePublished: {discovery.Consumer},
	catalog.PlaceClaimed: {discovery.Consumer}, catalog.PlaceImported: {discovery.Consumer}, catalog.ServiceCreated: {discovery.Consumer},
	reviews.PostedEvent: {discovery.Consumer},
}

// flaky is an index that fails when told, and lets tests look on while it is rebuilt.
type flaky struct {
	discovery.Index
	failures  atomic.Int64 // how many more calls of Put fail
	puts      atomic.Int64
	rebuilt   func() // called when all has been put, before the swap
	abandoned error  // what fill fails with then
}

func (f *flaky) Put(ctx context.Context, listings []discovery.Listing) error {
	f.puts.Add(1)
	if f.failures.Add(-1) >= 0 {
		return fmt.Errorf("dial: %w", discovery.ErrUnavailable)
	}
	return f.Index.Put(ctx, listings)
}

func (f *flaky) Rebuild(ctx context.Context, fill func(put func([]discovery.Listing) error) error) error {
	return f.Index.Rebuild(ctx, func(put func([]discovery.Listing) error) error {
		if err := fill(put); err != nil {
			return err
		}
		if f.rebuilt != nil {
			f.rebuilt()
		}
		return f.abandoned
	})
}

// market is discovery over the embedded defaults.
type market struct {
	db        *store.DB
	catalog   *catalog.Catalog
	source    discoverysql.Store
	index     *flaky
	projector *discovery.Projector
	owner     identity.Actor
	merchant  identity.MerchantID
}

func open(t *testing.T) market {
	t.Helper()
	db := storetest.Open(t, "sqlite")
	db.Routes = Routes
	h := market{
		db:      db,
		catalog: &catalog.Catalog{Store: catalogsql.Store{DB: db}, Now: time.Now},
		source:  discoverysql.Store{DB: db},
		index:   &flaky{Index: discoverytest.NewPlain()},
	}
	h.projector = &discovery.Projector{Index: h.index, Source: h.source, Now: time.Now}
	h.owner.User = h.user(t)
	m, err := h.catalog.CreateMerchant(t.Context(), h.owner, "Lao Wang", idempotency.Key{})
	if err != nil {
		t.Fatal(err)
	}
	h.merchant = m.ID
	h.owner.Roles = map[identity.MerchantID]identity.Role{m.ID: identity.Owner}
	if err := h.projector.Reindex(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	return h
}

func (h market) user(t *testing.T) identity.UserID {
	t.Helper()
	id := uid.New("usr", time.Now())
	u, err := (identitysql.Store{DB: h.db}).Enter(t.Context(), identity.User{ID: identity.UserID(id), Phone: "+" + id, CreatedAt: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	return u.ID
}

// relay runs a relay until the test ends.
func (h market) relay(t *testing.T) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	r := event.Relay{
		Outbox: store.Outbox{DB: h.db}, Workers: map[event.Consumer]event.Worker{discovery.Consumer: {Handle: h.projector.Handle}},
		Log: slog.New(slog.DiscardHandler), Now: time.Now, Poll: 10 * time.Millisecond,
	}
	done := make(chan struct{})
	go func() { defer close(done); r.Run(ctx) }()
	t.Cleanup(func() { stop(); <-done })
}

// settle waits until no event waits for the index.
func (h market) settle(t *testing.T) {
	t.Helper()
	until(t, "all events are delivered", func() bool {
		b, err := store.Outbox{DB: h.db}.Backlog(t.Context(), discovery.Consumer, time.Now().Add(time.Hour))
		return err == nil && b.Waiting == 0
	})
}

// until waits for what must come.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !done(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("20 s passed before %s", what)
		}
	}
}

var shanghai = geo.Point{Lat: 31.2304, Lng: 121.4737}

// east is a spot so many metres east of the middle of Shanghai.
func east(metres float64) geo.Point {
	return geo.Point{Lat: shanghai.Lat, Lng: shanghai.Lng + metres/95_070}
}

func noodles(at geo.Point) catalog.Draft {
	d := catalog.Draft{Names: catalog.Names{Main: "老王面馆"}, Category: "noodles", Location: &catalog.Spot{Point: at}}
	for i := range d.Hours.Weekly {
		d.Hours.Weekly[i] = []catalog.Interval{{Opens: 660, Closes: 1320}}
	}
	return d
}

func (h market) place(t *testing.T, d catalog.Draft) catalog.Place {
	t.Helper()
	// Tests have many of one name close together, which needs saying.
	others, err := h.catalog.Places(t.Context(), h.owner, h.merchant, "", 50)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range others {
		d.NotDuplicateOf = append(d.NotDuplicateOf, o.ID)
	}
	p, err := h.catalog.CreatePlace(t.Context(), h.owner, h.merchant, d, idempotency.Key{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (h market) publish(t *testing.T, p catalog.Place) catalog.Place {
	t.Helper()
	p, err := h.catalog.PublishPlace(t.Context(), h.owner, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (h market) offer(t *testing.T, p catalog.Place) catalog.Service {
	t.Helper()
	o := catalog.Offer{Name: "牛肉面", Duration: 30 * time.Minute, Price: money.Of(2_800, "CNY"), Bookable: true}
	s, err := h.catalog.AddService(t.Context(), h.owner, p.ID, o, idempotency.Key{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// all is every listing of an index round Shanghai, by id.
func all(t *testing.T, ix discovery.Index) []discovery.Listing {
	t.Helper()
	q := discovery.Query{Center: shanghai, Radius: discovery.MaxRadius, Sort: discovery.ByDistance, Limit: discovery.MaxLimit}
	page, err := ix.Search(t.Context(), q)
	if err != nil || page.More {
		t.Fatalf("Search for all: more %v, %v", page.More, err)
	}
	var found []discovery.Listing
	for _, h := range page.Hits {
		found = append(found, *h.Listing)
	}
	slices.SortFunc(found, func(a, b discovery.Listing) int { return strings.Compare(string(a.Place), string(b.Place)) })
	return found
}

// sameAsDatabase fails unless the index holds just what the database does, under the
// numbers the database has.
func (h market) sameAsDatabase(t *testing.T) {
	t.Helper()
	want, err := h.source.Live(t.Context(), "", 1000)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, all(t, h.index), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("the index is not what the database is (-database +index):\n%s", diff)
	}
}

// refused fails unless err is want.
func refused(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: got %v, want %v", what, err, want)
	}
}

func newIndex() discovery.Index { return discoverytest.NewPlain() }
