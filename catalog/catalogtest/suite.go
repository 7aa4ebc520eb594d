package catalogtest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"corner/catalog"
	"corner/event"
	"corner/geo"
	"corner/idempotency"
	"corner/identity"
	"corner/internal/expect"
	"corner/money"
	"corner/uid"
)

// Ports are one fresh, empty database.
type Ports struct {
	Catalog catalog.Store
	People  identity.Store // merchants have owners
	Outbox  event.Outbox   // with Routes, to see which events were written
}

// Routes are what the outbox must be opened with.
var Routes = event.Routes{
	catalog.MerchantCreated: {consumer},
	catalog.PlaceCreated:    {consumer},
	catalog.PlaceChanged:    {consumer},
	catalog.PlaceImported:   {consumer},
	catalog.ServiceCreated:  {consumer},
	catalog.ServiceChanged:  {consumer},
	catalog.MenuCreated:     {consumer},
	catalog.PlaceDeleted: {
		consumer,
	},
	catalog.MerchantChanged: {consumer},
	catalog.CategoryAdded:   {consumer},
	catalog.CategoryChanged: {consumer},
}

const consumer event.Consumer = "catalogtest"

// Store tests that what open gives keeps the contract of catalog.Store. Each call of
// open gives an empty database of its own. The subtests run in parallel.
func Store(t *testing.T, open func(t *testing.T) Ports) {
	t.Helper()
	for name, test := range map[string]func(*suite){
		"Merchants":          (*suite).merchants,
		"MerchantKeys":       (*suite).merchantKeys,
		"MerchantQuota":      (*suite).merchantQuota,
		"MerchantCloses":     (*suite).merchantCloses,
		"Places":             (*suite).places,
		"PlaceKeys":          (*suite).placeKeys,
		"PlaceKeyRivals":     (*suite).placeKeyRivals,
		"FailedCallLeavesNo": (*suite).failedCallLeavesNoKey,
		"PlacePages":         (*suite).placePages,
		"Update":             (*suite).update,
		"UpdateRefused":      (*suite).updateRefused,
		"UpdateRollsBack":    (*suite).updateRollsBack,
		"UpdateRivals":       (*suite).updateRivals,
		"Delete":             (*suite).deletes,
		"DeleteShown":        (*suite).deletesShown,
		"DeleteRivals":       (*suite).deleteRivals,
		"Services":           (*suite).services,
		"ServiceKeys":        (*suite).serviceKeys,
		"ServicePages":       (*suite).servicePages,
		"LastServices":       (*suite).lastServices,
		"UpdateMerchant":     (*suite).updateMerchant,
		"Register":           (*suite).register,
		"RegisterRefused":    (*suite).registerRefused,
		"Near":               (*suite).near,
		"NearRivals":         (*suite).nearRivals,
		"History":            (*suite).history,
		"HistoryRivals":      (*suite).historyRivals,
		"Menu":               (*suite).menu,
		"MenuKeys":           (*suite).menuKeys,
		"MenuTooLong":        (*suite).menuTooLong,
		"UpdateService":      (*suite).updateService,
		"Seller":             (*suite).seller,
		"SellerRivals":       (*suite).sellerRivals,
		"ServiceOrder":       (*suite).serviceOrder,
		"Import":             (*suite).imports,
		"ImportClaimed":      (*suite).importClaimed,
		"ImportTwice":        (*suite).importTwice,
		"ImportRollsBack":    (*suite).importRollsBack,
		"ImportRivals":       (*suite).importRivals,
		"Rework":             (*suite).rework,
		"ClaimRivals":        (*suite).claimRivals,
		"Registered":         (*suite).registered,
		"Suspension":         (*suite).suspension,
		"Brands":             (*suite).brands,
		"BrandRivals":        (*suite).brandRivals,
		"Marks":              (*suite).marks,
		"Categories":         (*suite).categories,
		"CategoryKeys":       (*suite).categoryKeys,
		"CategoryRivals":     (*suite).categoryRivals,
		"UpdateCategory":     (*suite).updateCategory,
		"ManyCategories":     (*suite).manyCategories,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(&suite{Test: expect.Test{T: t}, Ports: open(t), now: time.Now().UTC().Truncate(time.Microsecond)})
		})
	}
}

type suite struct {
	expect.Test
	Ports
	now time.Time
}

// must is v; an error ends the test.
func must[V any](s *suite, v V, err error) V {
	s.Helper()
	if err != nil {
		s.Fatalf("got %v, want no error", err)
	}
	return v
}

// happened is the kinds and subjects of the events written since the last call.
func (s *suite) happened() []string {
	s.Helper()
	var all []string
	for {
		due := must2(s.Outbox.Lease(s.Context(), consumer, s.now.Add(time.Hour), 500, time.Minute))(s)
		if len(due) == 0 {
			slices.Sort(all)
			return all
		}
		var ids []event.ID
		for _, d := range due {
			all, ids = append(all, string(d.Kind)+" "+d.Subject), append(ids, d.ID)
		}
		if err := s.Outbox.Done(s.Context(), consumer, ids); err != nil {
			s.Fatalf("Done: %v", err)
		}
	}
}

func must2[V any](v V, err error) func(*suite) V {
	return func(s *suite) V { s.Helper(); return must(s, v, err) }
}

func (s *suite) user() identity.UserID {
	s.Helper()
	id := uid.New("usr", s.now)
	return must2(s.People.Enter(s.Context(), identity.User{ID: identity.UserID(id), Phone: "+" + id, CreatedAt: s.now}))(s).ID
}

func (s *suite) merchant() identity.MerchantID {
	s.Helper()
	m := catalog.Merchant{ID: identity.MerchantID(uid.New("mer", s.now)), Name: "Lao Wang", CreatedAt: s.now}
	return must2(s.Catalog.AddMerchant(s.Context(), m, s.user(), idempotency.Key{}, nil, s.event(catalog.MerchantCreated, string(m.ID))))(s).ID
}

func (s *suite) event(kind event.Kind, subject string) event.Event {
	return event.New(kind, subject, "", "", s.now)
}

// place is one with a value in every field.
func (s *suite) place(m identity.MerchantID) catalog.Place {
	h := catalog.Hours{Exceptions: []catalog.Exception{{Day: 20_000}, {Day: 20_001, Intervals: []catalog.Interval{{Opens: 5, Closes: 1445}}}}}
	h.Closure = catalog.Closure{From: 20_100, Until: 20_110}
	h.Weekly[0] = []catalog.Interval{{Opens: 660, Closes: 1560}}
	return catalog.Place{
		ID: catalog.PlaceID(uid.New("plc", s.now)), Merchant: m,
		Names: catalog.Names{Main: "老王面馆 🍜 'quoted'", Zh: "老王面馆", En: "Lao Wang's"}, Category: "noodles",
		Location: catalog.Location{
			Point: geo.Point{Lat: 31.311512345678901, Lng: -120.62901000000001}, Sent: geo.Point{Lat: 31.3, Lng: -120.6},
			System: geo.BD09, Accuracy: 12.3, How: catalog.MapPin, MeasuredAt: s.now.Add(-time.Hour),
			Entrance: geo.Point{Lat: 31.3115, Lng: -120.62902}, SentEntrance: geo.Point{Lat: 31.30001, Lng: -120.60001},
		},
		Branch: "朝阳店", Brand: "lao_wang", Attributes: []string{"parking", "wifi"}, Traits: catalog.TraitsOf("wheelchair=yes"),
		NotDuplicateOf: []catalog.PlaceID{"plc_1", "plc_2"}, MergedInto: "plc_3", StarsHeld: true,
		Address: "人民路 1\n二楼", Phone: "+8613800138000", Hours: h, Zone: "Asia/Shanghai", State: catalog.Drafted, Version: 1,
		CreatedAt: s.now.Add(time.Microsecond), UpdatedAt: s.now.Add(2 * time.Microsecond),
	}
}

func (s *suite) add(p catalog.Place, key idempotency.Key) (catalog.Place, error) {
	return s.Catalog.Register(s.Context(), catalog.Registration{Place: p, Event: s.event(catalog.PlaceCreated, string(p.ID))}, key)
}

func (s *suite) service(p catalog.PlaceID) catalog.Service {
	return catalog.Service{
		ID:           catalog.ServiceID(uid.New("svc", s.now)),
		Place:        p,
		Name:         "精洗 Hand wash",
		Duration:     45 * time.Minute,
		Price:        money.Of(3_500, "CNY"),
		Bookable:     true,
		Capacity:     3,
		Step:         15 * time.Minute,
		CreatedAt:    s.now.Add(time.Microsecond),
		Description:  "两人\n三遍",
		Section:      "精洗",
		Position:     7,
		PriceTo:      money.Of(9_900, "CNY"),
		AtHome:       catalog.AtHome{Radius: 5_000.5, Travel: 40 * time.Minute},
		Payment:      catalog.Payment{Kind: catalog.PayDeposit, Deposit: money.Of(1_000, "CNY")},
		Cancellation: catalog.Cancellation{Free: 24 * time.Hour, Fee: 5_000},
		Rules: catalog.Rules{
			Buffers: catalog.Buffers{Before: 5 * time.Minute, After: 10 * time.Minute},
			Lead:    time.Hour, Horizon: 30, PartyMin: 2, PartyMax: 3,
		},
		Attributes:   []string{"wifi"},
		SoldOutUntil: 20_001,
		Version:      1,
		UpdatedAt:    s.now.Add(2 * time.Microsecond),
	}
}

func (s *suite) offer(v catalog.Service, key idempotency.Key) (catalog.Service, error) {
	return s.Catalog.AddService(s.Context(), v, key, s.event(catalog.ServiceCreated, string(v.ID)), catalog.FitsMenu)
}

// key is an idempotency key.
func (s *suite) key(owner, token, op string, input any) idempotency.Key {
	s.Helper()
	return must2(idempotency.New(owner, token, op, input))(s)
}

// entry is a directory's listing with n services.
func (s *suite) entry(source string, n int) catalog.Entry {
	p := s.place("")
	p.Source, p.State = source, catalog.Published
	e := catalog.Entry{Place: p, Event: s.event(catalog.PlaceImported, string(p.ID))}
	for range n {
		e.Services = append(e.Services, s.service(p.ID))
	}
	return e
}

// entries are n listings, sources osm:0 and on, with a service each.
func (s *suite) entries(n int) []catalog.Entry {
	all := make([]catalog.Entry, n)
	for i := range all {
		all[i] = s.entry(fmt.Sprint("osm:", i), 1)
	}
	return all
}
