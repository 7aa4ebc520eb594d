package catalog_test

import (
	"errors"
	"testing"
	"time"

	"corner/catalog"
	"corner/event"
	"corner/fault"
	"corner/idempotency"
	"corner/identity"
	"corner/store"
	"corner/store/catalogsql"
	"corner/store/identitysql"
	"corner/store/storetest"
	"corner/uid"
	"corner/walltime"
)

func dayOf(year int, month time.Month, date int) *walltime.Day {
	d := walltime.DayOf(year, month, date)
	return &d
}

// TestNightsOfAClosure: the night before the first day closed goes on; the night of the last one
// does not begin.
func TestNightsOfAClosure(t *testing.T) {
	t.Parallel()
	p := catalog.Place{Zone: "Asia/Shanghai"}
	for d := range p.Hours.Weekly {
		p.Hours.Weekly[d] = []catalog.Interval{{Opens: 18 * 60, Closes: 26 * 60}} // to two in the morning
	}
	p.Hours.Closure = catalog.Closure{From: *dayOf(2026, 12, 1), Until: *dayOf(2026, 12, 3)}
	for _, c := range []struct {
		day, hour  int
		open, shut bool
	}{
		{1, 1, true, false},
		{1, 3, false, true},
		{1, 19, false, true},
		{2, 1, false, true},
		{2, 12, false, true},
		{2, 19, false, true},
		{3, 1, false, true},
		{3, 3, false, false},
		{3, 19, true, false},
		{4, 1, true, false},
	} {
		w := walltime.DayOf(2026, 12, c.day).At(c.hour * 60)
		if open, shut := p.Hours.OpenAt(w), p.Hours.ShutAt(w); open != c.open || shut != c.shut {
			t.Errorf("%s: open %v, shut %v; want %v, %v", w, open, shut, c.open, c.shut)
		}
	}
	if !p.EndsAt().IsZero() {
		t.Errorf("a place that opens again ends at %s", p.EndsAt())
	}
	p.Hours.Closure.Until = catalog.Never
	end := time.Date(2026, 11, 30, 18, 0, 0, 0, time.UTC)
	if got := p.EndsAt(); !got.Equal(end) {
		t.Errorf("it ends at %s, want %s, when its last night is over", got, end)
	}
	if p.Ended(end.Add(-time.Microsecond)) || !p.Ended(end) {
		t.Error("it has ended before its end, or not at its end")
	}
}

func TestClosing(t *testing.T) {
	t.Parallel()
	today := walltime.DayOf(2026, 11, 22)
	far := today + 11*366
	for name, c := range map[string]struct {
		closing catalog.Closing
		want    catalog.Closure
		wrong   []string
	}{
		"for some days":   {catalog.Closing{Kind: "temporary", From: dayOf(2026, 12, 1), Until: dayOf(2026, 12, 3)}, catalog.Closure{From: 20_788, Until: 20_790}, nil},
		"from today":      {catalog.Closing{Kind: "temporary", Until: dayOf(2026, 11, 23)}, catalog.Closure{From: today, Until: today + 1}, nil},
		"for good":        {catalog.Closing{Kind: "permanent", From: dayOf(2026, 12, 1)}, catalog.Closure{From: 20_788, Until: catalog.Never}, nil},
		"since last year": {catalog.Closing{Kind: "permanent", From: dayOf(2025, 12, 1)}, catalog.Closure{From: 20_423, Until: catalog.Never}, nil},
		"nothing":         {catalog.Closing{}, catalog.Closure{}, []string{"kind"}},
		"unknown":         {catalog.Closing{Kind: "seasonal"}, catalog.Closure{}, []string{"kind"}},
		"without an end":  {catalog.Closing{Kind: "temporary"}, catalog.Closure{}, []string{"until"}},
		"no day at all":   {catalog.Closing{Kind: "temporary", From: dayOf(2026, 12, 1), Until: dayOf(2026, 12, 1)}, catalog.Closure{}, []string{"until"}},
		"over already":    {catalog.Closing{Kind: "temporary", From: dayOf(2026, 11, 1), Until: &today}, catalog.Closure{}, []string{"until"}},
		"for good, until": {catalog.Closing{Kind: "permanent", Until: dayOf(2026, 12, 1)}, catalog.Closure{}, []string{"until"}},
		"all that is far": {catalog.Closing{Kind: "temporary", From: &far, Until: &far}, catalog.Closure{}, []string{"from", "until"}},
	} {
		got, err := c.closing.Closure(today)
		var wrong []string
		if e, ok := errors.AsType[*fault.Error](err); ok {
			for _, f := range e.Fields {
				wrong = append(wrong, f.Name)
			}
		}
		if len(wrong) != len(c.wrong) || len(wrong) > 0 && wrong[0] != c.wrong[0] || err == nil && got != c.want {
			t.Errorf("%s: %v, wrong are %v; want %v, %v", name, got, wrong, c.want, c.wrong)
		}
	}
}

// TestEndIsNoticed: whatever moves the moment at which a place ends, it is told then.
func TestEndIsNoticed(t *testing.T) {
	t.Parallel()
	const consumer event.Consumer = "ends"
	db := storetest.Open(t, "sqlite")
	db.Routes = event.Routes{catalog.PlaceEnded: {consumer}}
	c := &catalog.Catalog{Store: catalogsql.Store{DB: db}, Now: func() time.Time { return now }}
	id := uid.New("usr", now)
	u, err := identitysql.Store{DB: db}.Enter(t.Context(), identity.User{ID: identity.UserID(id), Phone: "+" + id, CreatedAt: now})
	if err != nil {
		t.Fatal(err)
	}
	m, err := c.CreateMerchant(t.Context(), identity.Actor{User: u.ID}, "Lao Wang", idempotency.Key{})
	if err != nil {
		t.Fatal(err)
	}
	actor := identity.Actor{User: u.ID, Roles: map[identity.MerchantID]identity.Role{m.ID: identity.Owner}}
	p, err := c.CreatePlace(t.Context(), actor, m.ID, catalog.Draft{Zone: "Asia/Shanghai"}, idempotency.Key{})
	if err != nil {
		t.Fatal(err)
	}
	told := func(at time.Time) int {
		t.Helper()
		due, err := store.Outbox{DB: db}.Lease(t.Context(), consumer, at, 10, time.Microsecond)
		if err != nil {
			t.Fatal(err)
		}
		return len(due)
	}
	closure := catalog.Closure{From: walltime.DayOf(2026, 12, 31), Until: catalog.Never}
	if p, err = c.ClosePlace(t.Context(), actor, p.ID, p.Version, closure); err != nil {
		t.Fatal(err)
	}
	if again, err := c.ClosePlace(t.Context(), actor, p.ID, p.Version, closure); err != nil || again.Version != p.Version {
		t.Errorf("the same closure again: version %d after %d, %v", again.Version, p.Version, err)
	}
	shanghai := time.Date(2026, 12, 30, 16, 0, 0, 0, time.UTC)
	if before, after := told(shanghai.Add(-time.Microsecond)), told(shanghai); before != 0 || after != 1 {
		t.Errorf("told %d times before midnight in Shanghai, and %d at midnight, want 0 and 1", before, after)
	}
	if p, err = c.RevisePlace(t.Context(), actor, p.ID, p.Version, catalog.Draft{Zone: "Europe/London"}); err != nil {
		t.Fatal(err)
	}
	if p.Hours.Closure != closure {
		t.Errorf("a draft changes the closure to %v", p.Hours.Closure)
	}
	london := time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC)
	if before, after := told(london.Add(-time.Microsecond)), told(london); before != 1 || after != 2 {
		t.Errorf("told %d times before midnight in London, and %d at midnight, want 1 and 2", before, after)
	}
	if p, err = c.ReopenPlace(t.Context(), actor, p.ID, p.Version); err != nil || p.Hours.Closure.Planned() {
		t.Errorf("reopened, it has %v, %v", p.Hours.Closure, err)
	}
	history, err := c.History(t.Context(), actor, p.ID, 0, 10)
	if err != nil || len(history) != 4 {
		t.Fatalf("%d revisions, %v; want 4", len(history), err)
	}
	if r := history[2]; r.Kind != catalog.PlaceClosed || len(r.Changes) != 1 ||
		string(r.Changes[0].After) != `{"from":"2026-12-31","kind":"permanent"}` {
		t.Errorf("the history says %s: %s", r.Kind, r.Changes)
	}
	if r := history[0]; r.Kind != catalog.PlaceReopened || len(r.Changes) != 1 || r.Changes[0].After != nil {
		t.Errorf("the history says %s: %s", r.Kind, r.Changes)
	}
}
