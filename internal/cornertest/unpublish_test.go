package cornertest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"corner/internal/cornertest"
)

// TestUnpublish: a place is taken off the map; the bookings that hang on it are told first, and
// cancelled by a second call that names their number.
func TestUnpublish(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		s := cornertest.Start(t, setup)
		sh := openShop(t, s, "歇业面馆", 31.3115, 120.6290, 9)
		guest := s.SignIn(t, number())
		starts := slots(t, guest, sh.service, 1)
		booking := book(t, guest, sh.service, starts[0], 1)
		hold := guest.Post(t, "/v1/holds", holdBody(sh.service, starts[2], 1)).Want(t, 201).Text(t, "id")
		find(t, s.Anybody(), sh, "")
		path := "/v1/places/" + sh.place + "/unpublish"
		told := sh.owner.Post(t, path, "").WantCode(t, 409, "place.booked")
		if got := told.Text(t, "bookings"); got != "2" {
			t.Errorf("%s bookings hang on it, want 2", got)
		}
		sh.owner.Post(t, path+"?bookings=1", "").WantCode(t, 409, "place.booked")
		guest.Get(t, "/v1/places/"+sh.place).Want(t, 200)

		if got := sh.owner.Post(t, path+"?bookings=2", "").Want(t, 200).Text(t, "state"); got != "draft" {
			t.Errorf("the place is %s, want a draft", got)
		}
		for _, id := range []string{booking, hold} {
			if got := guest.Get(t, "/v1/bookings/"+id).Want(t, 200).Text(t, "state"); got != "cancelled_by_merchant" {
				t.Errorf("booking %s is %s", id, got)
			}
		}
		guest.Get(t, "/v1/places/"+sh.place).Want(t, 404)
		guest.Post(t, "/v1/holds", holdBody(sh.service, starts[4], 1)).Want(t, 404)
		for deadline := time.Now().Add(cornertest.Patience); ; time.Sleep(20 * time.Millisecond) {
			a := s.Anybody().Get(t, "/v1/search?lat=31.3115&lng=120.6290&radius=500").Want(t, 200)
			if !strings.Contains(string(a.Body), sh.place) {
				break
			}
			if time.Now().After(deadline) {
				t.Fatal("it is still found")
			}
		}
		sh.owner.Post(t, path, "").Want(t, 200) // once more changes nothing
		sh.owner.Post(t, fmt.Sprintf("/v1/places/%s/publish", sh.place), "").Want(t, 200)
		find(t, s.Anybody(), sh, "")
	})
}
