package cornertest_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"corner/internal/cornertest"
)

// TestMenuAndItsChanges: a menu of hundreds at once, changes with their version, a
// service taken off the list that a guest has booked, and what of it search and history
// tell.
func TestMenuAndItsChanges(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		s := cornertest.Start(t, setup)
		sh := openShop(t, s, "菜单面馆", 31.3115, 120.6290, 4)
		guest := s.SignIn(t, number())
		booking := book(t, guest, sh.service, slots(t, guest, sh.service, 1)[0], 1)

		var dishes []string
		for i := range 300 {
			dishes = append(
				dishes,
				fmt.Sprintf(
					`{"name": "菜 %03d", "section": "热菜", "position": %d, "price": {"amount": %d, "currency": "CNY"}, "bookable": false}`,
					i,
					300-i,
					i,
				),
			)
		}
		batch := `{"services": [` + strings.Join(dishes, ",") + `]}`
		path := "/v1/places/" + sh.place + "/services/batch"
		first := sh.owner.Post(t, path, batch, "Idempotency-Key", "menu").Want(t, 201)
		if n := first.Len(t, "services"); n != 300 {
			t.Fatalf("%d services were made, want 300", n)
		}
		if again := sh.owner.Post(t, path, batch, "Idempotency-Key", "menu").Want(t, 201); string(again.Body) != string(first.Body) {
			t.Error("the menu sent again is answered otherwise")
		}
		list := s.Anybody().Get(t, "/v1/places/"+sh.place+"/services?limit=3").Want(t, 200)
		if got := list.Text(t, "services.1.name") + list.Text(t, "services.2.name"); got != "菜 299菜 298" {
			t.Errorf("the menu begins with %s, want it by position", got)
		}

		// Changed with its version, and without.
		dish := "/v1/services/" + first.Text(t, "services.0.id")
		patch := `{"price_to": {"amount": 900, "currency": "CNY"}, "at_home": {"radius_m": 3000, "travel_minutes": 20}, "cancellation": {"free_hours": 2, "fee_percent": 50}}`
		sh.owner.Do(t, http.MethodPatch, dish, patch).WantCode(t, 428, "request.if_match_required")
		changed := sh.owner.Do(t, http.MethodPatch, dish, patch, "If-Match", `"1"`).Want(t, 200)
		if changed.Text(t, "name") != "菜 000" || changed.Text(t, "at_home.radius_m") != "3000" || changed.Header.Get("ETag") != `"2"` {
			t.Errorf("changed: %s with ETag %s, want the name kept, 3 km, version 2", changed.Body, changed.Header.Get("ETag"))
		}
		stale := sh.owner.Do(t, http.MethodPatch, dish, patch, "If-Match", `"1"`).WantCode(t, 412, "service.stale")
		if stale.Header.Get("ETag") != `"2"` {
			t.Errorf("a stale change is told ETag %s, want \"2\"", stale.Header.Get("ETag"))
		}
		sh.owner.Do(t, http.MethodPatch, dish, `{"price": {"amount": -1}, "capacity": 0, "name": null}`, "If-Match", `"2"`).
			WantCode(t, 422, "request.invalid")

		// Taken off the list, the booking of it stands; it cannot be booked again.
		etag := s.Anybody().Get(t, "/v1/services/"+sh.service).Header.Get("ETag")
		sh.owner.Do(t, http.MethodDelete, "/v1/services/"+sh.service, "", "If-Match", etag).Want(t, 204)
		if got := s.Anybody().Get(t, "/v1/services/"+sh.service).Want(t, 200).At(t, "retired"); got != true {
			t.Errorf("retired = %v, want true", got)
		}
		if got := guest.Get(t, "/v1/bookings/"+booking).Want(t, 200).Text(t, "state"); got != "confirmed" {
			t.Errorf("the booking is %s, want confirmed still", got)
		}
		start := time.Now().Add(72 * time.Hour).Truncate(24 * time.Hour).Format(time.RFC3339)
		guest.Post(t, "/v1/holds", holdBody(sh.service, start, 1)).WantCode(t, 409, "booking.not_bookable")
		visit(t, sh, guest, booking)

		history := sh.owner.Get(t, "/v1/places/"+sh.place+"/history?limit=2").Want(t, 200)
		if got := history.Text(t, "revisions.0.kind") + " " + history.Text(t, "revisions.1.kind"); got != "service.retired service.changed" {
			t.Errorf("the history begins with %s", got)
		}
		next := sh.owner.Get(t, "/v1/places/"+sh.place+"/history?limit=2&cursor="+history.Text(t, "next_cursor")).Want(t, 200)
		if got := next.Text(t, "revisions.0.kind"); got != "service.created" {
			t.Errorf("the second page begins with %s, want service.created", got)
		}
		sh.owner.Get(t, "/v1/places/"+sh.place+"/history?cursor=AAAA").WantCode(t, 422, "request.invalid")
	})
}

// TestHolidays: dates are closed one by one.
func TestHolidays(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{})
	sh := openShop(t, s, "节日面馆", 31.3115, 120.6290, 4)
	place := "/v1/places/" + sh.place
	version := func() string { return s.Anybody().Get(t, place).Header.Get("ETag") }
	put := func(date, body string) *cornertest.Answer {
		return sh.owner.Do(t, http.MethodPut, place+"/hours/exceptions/"+date, body, "If-Match", version())
	}
	put("2027-02-06", `{"closed": true}`).Want(t, 200)
	a := put("2027-02-05", `{"intervals": [{"opens": "10:00", "closes": "14:00"}]}`).Want(t, 200)
	if a.Text(t, "hours.exceptions.0.date") != "2027-02-05" || a.At(t, "hours.exceptions.1.closed") != true {
		t.Errorf("exceptions: %s, want the short day and the holiday", a.Body)
	}
	put("2027-02-31", `{"closed": true}`).WantCode(t, 422, "request.invalid")
	put("2027-02-07", `{}`).WantCode(t, 422, "request.invalid")
	sh.owner.Do(t, http.MethodPut, place+"/hours/exceptions/2027-02-06", `{"closed": true}`).WantCode(t, 428, "request.if_match_required")
	a = sh.owner.Do(t, http.MethodDelete, place+"/hours/exceptions/2027-02-06", "", "If-Match", version()).Want(t, 200)
	if n := a.Len(t, "hours.exceptions"); n != 1 {
		t.Errorf("%d exceptions, want 1", n)
	}
}
