package cornertest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"corner/internal/cornertest"
)

// lost waits until a search near the shop does not find it.
func lost(t testing.TB, p *cornertest.Phone, sh shop, more string) {
	t.Helper()
	for deadline := time.Now().Add(cornertest.Patience); ; time.Sleep(20 * time.Millisecond) {
		a := p.Get(t, fmt.Sprintf("/v1/search?lat=%v&lng=%v&radius=500%s", sh.lat, sh.lng, more)).Want(t, 200, 503)
		if a.Status == 200 && !strings.Contains(string(a.Body), sh.place) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("it is still found with %q", more)
		}
	}
}

// TestClosure: a place pauses, ends, and opens again, in the API and in search alike.
func TestClosure(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		s := cornertest.Start(t, setup)
		sh := openShop(t, s, "年关面馆", 31.3115, 120.6290, 9)
		guest := s.SignIn(t, number())
		starts := slots(t, guest, sh.service, 1)
		kept := book(t, guest, sh.service, starts[0], 1)
		zone := time.FixedZone("Asia/Shanghai", 8*3600)
		first, err := time.Parse(time.RFC3339, starts[0])
		if err != nil {
			t.Fatal(err)
		}
		day := func(after int) string { return first.In(zone).AddDate(0, 0, after).Format(time.DateOnly) }
		page := "/v1/places/" + sh.place
		put := func(query, body string) *cornertest.Answer {
			t.Helper()
			return sh.owner.Do(
				t,
				"PUT",
				page+"/closure"+query,
				body,
				"If-Match",
				guest.Get(t, page).Header.Get("ETag"),
				"Content-Type",
				"application/json",
			)
		}
		shown := func(a *cornertest.Answer, at string) string {
			t.Helper()
			return strings.Join([]string{a.Text(t, at+"closure.kind"), a.Text(t, at+"closure.from")}, " ")
		}
		find(t, s.Anybody(), sh, "&open_now=true")

		sh.owner.Do(t, "PUT", page+"/closure", `{"kind": "permanent"}`, "Content-Type", "application/json").Want(t, 428)
		put("", `{"kind": "temporary", "from": "tomorrow"}`).WantCode(t, 422, "request.invalid")

		// A closure that lies ahead is shown, and nothing else changes; what is booked before it stays.
		put("", fmt.Sprintf(`{"kind": "temporary", "from": %q, "until": %q}`, day(2), day(4))).Want(t, 200)
		if got, want := shown(guest.Get(t, page+"/page").Want(t, 200), "place."), "temporary "+day(2); got != want {
			t.Errorf("the page shows the closure %q, want %q", got, want)
		}
		find(t, s.Anybody(), sh, "&open_now=true")

		// While it is closed it is found, but not open, whoever asks, and takes no bookings.
		today := time.Now().In(zone).Format(time.DateOnly)
		told := put("", fmt.Sprintf(`{"kind": "temporary", "until": %q}`, day(4))).WantCode(t, 409, "place.booked")
		if got := told.Text(t, "bookings"); got != "1" {
			t.Errorf("%s bookings hang on it, want 1", got)
		}
		a := put("?bookings=1", fmt.Sprintf(`{"kind": "temporary", "until": %q}`, day(4))).Want(t, 200)
		if got, want := shown(a, ""), "temporary "+today; got != want || a.At(t, "open_now") != false {
			t.Errorf("closed %q, open now: %v; want %q and false", got, a.At(t, "open_now"), want)
		}
		if got := guest.Get(t, "/v1/bookings/"+kept).Want(t, 200).Text(t, "state"); got != "cancelled_by_merchant" {
			t.Errorf("the booking is %s", got)
		}
		guest.Post(t, "/v1/holds", holdBody(sh.service, starts[0], 1)).WantCode(t, 409, "booking.not_a_slot")
		if n := guest.Get(t, "/v1/services/"+sh.service+"/slots").Want(t, 200).Len(t, "slots"); n != 0 {
			t.Errorf("there are %d slots today, want none", n)
		}
		lost(t, s.Anybody(), sh, "&open_now=true")
		i, hits, _ := find(t, s.Anybody(), sh, "")
		if got := hits.At(t, fmt.Sprintf("hits.%d.open_now", i)); got != false {
			t.Errorf("the hit is open now: %v, want false", got)
		}
		if got, want := shown(hits, fmt.Sprintf("hits.%d.place.", i)), "temporary "+today; got != want {
			t.Errorf("the hit shows the closure %q, want %q", got, want)
		}
		find(t, s.Anybody(), sh, "&open_at="+first.In(zone).AddDate(0, 0, 5).UTC().Format(time.RFC3339))

		// Closed for good, it is not found at all; its address still leads to it, and so do the branches.
		put("", `{"kind": "permanent"}`).Want(t, 200)
		lost(t, s.Anybody(), sh, "")
		if got, want := shown(guest.Get(t, page).Want(t, 200), ""), "permanent "+today; got != want {
			t.Errorf("the place shows the closure %q, want %q", got, want)
		}
		branches := guest.Get(t, "/v1/merchants/"+sh.merchant+"/branches").Want(t, 200)
		if got, want := shown(branches, "places.0."), "permanent "+today; got != want {
			t.Errorf("the branch shows the closure %q, want %q", got, want)
		}
		if got := s.Anybody().Get(t, fmt.Sprintf("/v1/suggestions?lat=%v&lng=%v&q=年关", sh.lat, sh.lng)).Want(t, 200).Len(t, "places"); got != 0 {
			t.Errorf("%d places are suggested, want none", got)
		}

		sh.owner.Do(t, "DELETE", page+"/closure", "", "If-Match", guest.Get(t, page).Header.Get("ETag")).Want(t, 200)
		find(t, s.Anybody(), sh, "&open_now=true")
		guest.Post(t, "/v1/holds", holdBody(sh.service, starts[0], 1)).Want(t, 201)
	})
}
