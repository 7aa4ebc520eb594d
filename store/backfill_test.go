package store_test

import (
	"fmt"
	"testing"
	"time"

	"corner/catalog"
	"corner/geo"
	"corner/idempotency"
	"corner/store"
	"corner/store/catalogsql"
	"corner/store/storetest"
)

// TestCellsAreFilled: a database from before there were cells gets those that places
// have when they are registered; more places than one statement takes, and one nowhere.
func TestCellsAreFilled(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		now := time.Now()
		for i := range 120 {
			p := catalog.Place{ID: catalog.PlaceID(fmt.Sprintf("plc_%03d", i)), State: catalog.Drafted, Version: 1}
			if i > 0 {
				p.Location = catalog.Location{Point: geo.Point{Lat: float64(i) / 2, Lng: float64(-i)}, System: geo.WGS84}
			}
			if _, err := (catalogsql.Store{DB: db}).Register(
				t.Context(),
				catalog.Registration{Place: p, Event: event(now)},
				idempotency.Key{},
			); err != nil {
				t.Fatal(err)
			}
		}
		if other, err := db.RefillCells(t.Context()); err != nil || other != 0 {
			t.Errorf("%d places have another cell, %v; want none", other, err)
		}
	})
}
