package catalogsql_test

import (
	"testing"
	"time"

	"corner/catalog"
	"corner/event"
	"corner/idempotency"
	"corner/money"
	"corner/store/catalogsql"
	"corner/store/storetest"
	"corner/uid"
)

// BenchmarkMenu is a place registered with 500 services, and the first page of them read.
func BenchmarkMenu(b *testing.B) {
	for _, kind := range []string{"sqlite", "postgres"} {
		b.Run(kind, func(b *testing.B) {
			s := catalogsql.Store{DB: storetest.Open(b, kind)}
			now := time.Now().UTC().Truncate(time.Microsecond)
			var p catalog.Place
			register := func() error {
				p = catalog.Place{ID: catalog.PlaceID(uid.New("plc", now)), State: catalog.Drafted, Version: 1}
				r := catalog.Registration{Place: p, Event: event.New("test.happened", "x", "", "", now)}
				for i := range catalog.MaxServices {
					id := catalog.ServiceID(uid.New("svc", now.Add(time.Duration(i)*time.Millisecond)))
					r.Services = append(r.Services, catalog.Service{ID: id, Place: p.ID, Name: "牛肉面", Price: money.Of(2_800, "CNY"), Version: 1})
				}
				_, err := s.Register(b.Context(), r, idempotency.Key{})
				return err
			}
			b.Run("register", func(b *testing.B) {
				for b.Loop() {
					if err := register(); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.Run("read", func(b *testing.B) {
				for b.Loop() {
					if list, err := s.ServicesOf(b.Context(), p.ID, "", 21); err != nil || len(list) != 21 {
						b.Fatalf("%d services, %v", len(list), err)
					}
				}
			})
		})
	}
}
