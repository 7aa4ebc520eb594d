package sourcetest

import (
	"fmt"
	"testing"
	"time"

	"corner/catalog"
	"corner/discovery"
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
	Source  discovery.Source
	Catalog catalog.Store
	// Rate posts a review of a service of the place. It may be called from any goroutine.
	Rate func(t *testing.T, s catalog.Service, stars int)
}

// Source tests that what open gives keeps the contract of discovery.Source. Each call
// of open gives an empty database of its own. The subtests run in parallel.
func Source(t *testing.T, open func(t *testing.T) Ports) {
	t.Helper()
	for name, test := range map[string]func(*suite){
		"Listings":     (*suite).listings,
		"Drafts":       (*suite).drafts,
		"Ended":        (*suite).ended,
		"Offerings":    (*suite).offerings,
		"Ratings":      (*suite).ratings,
		"Readings":     (*suite).readings,
		"Rivals":       (*suite).rivals,
		"Live":         (*suite).live,
		"LivePages":    (*suite).livePages,
		"ChangedSince": (*suite).changedSince,
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

// place is a published one with a value in every field, not stored yet.
func (s *suite) place() catalog.Place {
	var h catalog.Hours
	h.Weekly[6] = []catalog.Interval{{Opens: 660, Closes: 1560}}
	return catalog.Place{
		ID:       catalog.PlaceID(uid.New("plc", s.now)),
		Names:    catalog.Names{Main: "老王面馆", Zh: "老王", En: "Lao Wang's"},
		Category: "noodles",
		Location: catalog.Location{
			Point:    geo.Point{Lat: 31.123456789012, Lng: 121},
			Sent:     geo.Point{Lat: 31.5, Lng: 121.5},
			System:   geo.GCJ02,
			Accuracy: 80,
			Entrance: geo.Point{Lat: 31.1235, Lng: 121.0001},
		},
		Brand:      "kfc",
		Attributes: []string{"parking", "wifi"},
		Traits:     catalog.TraitsOf("wheelchair=limited"),
		Address:    "人民路 1",
		Phone:      "+8613800138000",
		Hours:      h,
		Zone:       "Asia/Shanghai",
		State:      catalog.Published,
		Source:     "osm:" + uid.New("x", s.now),
		Version:    1,
		CreatedAt:  s.now,
		UpdatedAt:  s.now,
	}
}

// add stores p and its services.
func (s *suite) add(p catalog.Place, services ...catalog.Service) catalog.Place {
	s.Helper()
	expect.OK(s.Catalog.Register(s.Context(), catalog.Registration{Place: p, Event: s.event(p.ID, s.now)}, idempotency.Key{}))(s)
	for _, v := range services {
		s.offer(v)
	}
	return p
}

func (s *suite) offer(v catalog.Service) catalog.Service {
	s.Helper()
	return expect.OK(s.Catalog.AddService(s.Context(), v, idempotency.Key{}, s.event(v.Place, s.now), catalog.FitsMenu))(s)
}

func (s *suite) event(p catalog.PlaceID, at time.Time) event.Event {
	return event.New(catalog.PlaceChanged, string(p), string(p), "", at)
}

// service is number n of a place's, not stored yet.
func (s *suite) service(p catalog.PlaceID, n int) catalog.Service {
	return catalog.Service{
		ID:    catalog.ServiceID(uid.New("svc", s.now.Add(time.Duration(n)*time.Millisecond))),
		Place: p,
		Name:  fmt.Sprint("service ", n),
		Duration: time.Duration(
			n+1,
		) * time.Minute,
		Price:     money.Of(int64(n), "CNY"),
		Bookable:  n%2 == 0,
		Capacity:  1,
		Step:      time.Minute,
		CreatedAt: s.now,
		PriceTo:   money.Of(int64(2*n), "CNY"),
		AtHome:    catalog.AtHome{Radius: 1_500.5, Travel: 20 * time.Minute},
	}
}

// listing is what discovery should see of p under a number.
func listing(p catalog.Place, version int64, services ...catalog.Service) discovery.Listing {
	l := discovery.Listing{
		Place: p.ID, Version: version, Live: p.State == catalog.Published, Source: p.Source, Names: p.Names, Category: p.Category,
		Point: p.Location.Point, Approximate: p.Location.Accuracy > 50, Address: p.Address, Phone: p.Phone,
		Hours: p.Hours, Zone: p.Zone, Claimed: p.Merchant != "", Merchant: p.Merchant,
		Brand: p.Brand, Attributes: p.Attributes, Traits: p.Traits, Entrance: p.Location.Entrance,
	}
	for _, v := range services {
		l.Services = append(
			l.Services,
			discovery.Offering{
				ID:       v.ID,
				Name:     v.Name,
				Price:    v.Price,
				PriceTo:  v.PriceTo,
				Duration: v.Duration,
				Bookable: v.Bookable,
				AtHome:   v.AtHome.Radius,
			},
		)
	}
	return l
}

// read is the listing of one place.
func (s *suite) read(id catalog.PlaceID) discovery.Listing {
	s.Helper()
	got := expect.OK(s.Source.Listings(s.Context(), []catalog.PlaceID{id}))(s)
	if len(got) != 1 {
		s.Fatalf("Listings of one place: got %d", len(got))
	}
	return got[0]
}

// change changes a place as its merchant would.
func (s *suite) change(id catalog.PlaceID, change func(*catalog.Place)) error {
	_, err := s.Catalog.UpdatePlace(s.Context(), id, func(p *catalog.Place) ([]event.Event, error) {
		change(p)
		return []event.Event{s.event(id, s.now)}, nil
	})
	return err
}

const owner identity.MerchantID = "mer_1"

var onceNone idempotency.Key // no repeat
