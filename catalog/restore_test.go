package catalog

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corner/geo"
	"corner/money"
)

// TestRestore: whatever the history tells of a place and of a service can be restored from it, field by field.
func TestRestore(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 22, 7, 0, 0, 0, time.UTC)
	sent := geo.Point{Lat: 31.3115, Lng: 120.6290}
	spot, err := geo.ToWGS84(sent, geo.GCJ02)
	if err != nil {
		t.Fatal(err)
	}
	door, err := geo.ToWGS84(geo.Point{Lat: 31.3116, Lng: 120.6291}, geo.GCJ02)
	if err != nil {
		t.Fatal(err)
	}
	var all TraitSet
	for i := range Traits {
		all |= TraitsOf(Traits[i].Word(Traits[i].Values[0].Key))
	}
	hours := Hours{Exceptions: []Exception{{Day: 20_000}}}
	hours.Closure = Closure{From: 20_000, Until: Never}
	hours.Weekly[0] = []Interval{{Opens: 660, Closes: 1560}}
	p := Place{
		ID: "plc_1", Names: Names{"老王面馆", "老王", "Wang"}, Branch: "朝阳店", Brand: "kfc", Category: "noodles", Address: "人民路", Phone: "+862112345678",
		Location: Location{
			Point: spot, Sent: sent, System: geo.GCJ02, Accuracy: 12.5, How: GPS, MeasuredAt: at,
			Entrance: door, SentEntrance: geo.Point{Lat: 31.3116, Lng: 120.6291},
		},
		Hours: hours, Zone: "Asia/Shanghai", State: Published, Attributes: []string{"wifi"}, Traits: all, NotDuplicateOf: []PlaceID{"plc_2"},
	}
	full := placeFacts(&p)
	for _, f := range full {
		if f.value == nil && f.field != "merchant" {
			t.Errorf("the test gives no value to %s", f.field)
		}
	}
	var got Place
	for _, f := range full {
		if err := got.restore(f.field, f.json()); err != nil {
			t.Errorf("restore %s: %v", f.field, err)
		}
	}
	got.ID = p.ID
	if diff := cmp.Diff(p, got); diff != "" {
		t.Errorf("a place restored (-want +got):\n%s", diff)
	}
	for _, f := range placeFacts(&Place{}) {
		if err := got.restore(f.field, f.json()); err != nil {
			t.Errorf("restore nothing of %s: %v", f.field, err)
		}
	}
	if diff := cmp.Diff(Place{ID: p.ID}, got); diff != "" {
		t.Errorf("a place that had nothing, restored (-want +got):\n%s", diff)
	}

	s := Service{
		Name:        "面",
		Description: "辣",
		Section:     "主食",
		Position:    3,
		Duration:    30 * time.Minute,
		Price:       money.Of(1, "CNY"),
		PriceTo:     money.Of(2, "CNY"),
		Bookable:    true,
		Capacity:    4,
		PerPerson:   2,
		Step:        15 * time.Minute,
		Rules: Rules{
			Buffers: Buffers{Before: 5 * time.Minute, After: 10 * time.Minute},
			Lead:    time.Hour, Horizon: 30, PartyMin: 2, PartyMax: 3,
		},
		AtHome:       AtHome{Radius: 500, Travel: time.Hour},
		Payment:      Payment{Kind: PayDeposit, Deposit: money.Of(1, "CNY")},
		Cancellation: Cancellation{Free: 24 * time.Hour, Fee: 5_000},
		Attributes:   []string{"wifi"},
		RetiredAt:    at,
		SoldOutUntil: 20_000,
	}
	var again Service
	for _, f := range serviceFacts(&s) {
		if f.value == nil {
			t.Errorf("the test gives no value to %s", f.field)
		}
		if err := again.restore(f.field, f.json(), at); err != nil {
			t.Errorf("restore %s: %v", f.field, err)
		}
	}
	if diff := cmp.Diff(s, again); diff != "" {
		t.Errorf("a service restored (-want +got):\n%s", diff)
	}
	if err := again.restore("colour", nil, at); err == nil {
		t.Error("an unknown field was restored")
	}
	if err := got.restore("colour", nil); err == nil {
		t.Error("an unknown field of a place was restored")
	}
	if !slices.Contains(operated, PlaceHidden) {
		t.Error("what operators did is taken back with the edits")
	}
}
