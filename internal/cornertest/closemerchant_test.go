package cornertest_test

import (
	"fmt"
	"testing"

	"corner/internal/cornertest"
)

// TestCloseMerchant: a business closes with all its places; the bookings that hang on them are told
// first, and cancelled by a second call that names their number.
func TestCloseMerchant(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		s := cornertest.Start(t, setup)
		sh, beside := openShop(t, s, "散伙面馆", 31.3115, 120.6290, 9), openShop(t, s, "照开面馆", 31.3125, 120.6290, 9)
		draft := sh.owner.Post(t, "/v1/merchants/"+sh.merchant+"/places", fmt.Sprintf(`{"name": "分店", "category": "noodles",
			"location": {"lat": 31.32, "lng": 120.63}, "time_zone": "Asia/Shanghai", "hours": {"weekly": [%s]}}`, allDay)).Want(t, 201).Text(t, "id")
		manager, guest := s.SignIn(t, number()), s.SignIn(t, number())
		employ(t, sh, manager, "manager")
		starts := slots(t, guest, sh.service, 1)
		booking := book(t, guest, sh.service, starts[0], 1)
		kept := book(t, guest, beside.service, starts[2], 1)
		path := "/v1/merchants/" + sh.merchant + "/close"

		manager.Post(t, path, "").Want(t, 404)
		told := sh.owner.Post(t, path, "").WantCode(t, 409, "merchant.booked")
		if got := told.Text(t, "bookings"); got != "1" {
			t.Errorf("%s bookings hang on it, want 1", got)
		}
		sh.owner.Post(t, path+"?bookings=2", "").WantCode(t, 409, "merchant.booked")
		guest.Get(t, "/v1/bookings/"+booking+"/code").Want(t, 200)

		closed := sh.owner.Post(t, path+"?bookings=1", "").Want(t, 200).Text(t, "closed_at")
		for id, want := range map[string]string{booking: "cancelled_by_merchant", kept: "confirmed"} {
			if got := guest.Get(t, "/v1/bookings/"+id).Want(t, 200).Text(t, "state"); got != want {
				t.Errorf("booking %s is %s, want %s", id, got, want)
			}
		}
		guest.Post(t, "/v1/holds", holdBody(sh.service, starts[4], 1)).WantCode(t, 409, "booking.not_a_slot")
		lost(t, s.Anybody(), sh, "")
		find(t, s.Anybody(), beside, "")
		if got := guest.Get(t, "/v1/places/"+sh.place+"/page").Want(t, 200).Text(t, "place.closure.kind"); got != "permanent" {
			t.Errorf("the page shows a closure that is %s", got)
		}

		// Nothing of it changes any more, and its people go on reading.
		place := "/v1/places/" + sh.place
		tag := manager.Get(t, place).Want(t, 200).Header.Get("ETag")
		manager.Do(t, "DELETE", place+"/closure", "", "If-Match", tag).WantCode(t, 409, "merchant.closed")
		manager.Do(t, "PATCH", place, `{"phone": "+86 512 6520 0001"}`, "If-Match", tag, "Content-Type", "application/merge-patch+json").
			WantCode(t, 409, "merchant.closed")
		manager.Post(t, "/v1/places/"+draft+"/publish", "").WantCode(t, 409, "merchant.closed")
		manager.Post(t, "/v1/merchants/"+sh.merchant+"/places", `{"name": "新分店"}`).WantCode(t, 409, "merchant.closed")
		if n := manager.Get(t, "/v1/merchants/"+sh.merchant+"/places").Want(t, 200).Len(t, "places"); n != 2 {
			t.Errorf("the manager reads %d places, want 2", n)
		}
		manager.Get(t, place+"/history").Want(t, 200)
		if again := sh.owner.Post(t, path, "").Want(t, 200).Text(t, "closed_at"); again != closed {
			t.Errorf("closed once more, it closed at %s, want %s", again, closed)
		}
	})
}
