package cornertest_test

import (
	"fmt"
	"testing"
	"time"

	"corner/internal/cornertest"
)

// TestSoldOut: the counter says that a service is sold out, and takes it back.
func TestSoldOut(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		s := cornertest.Start(t, setup)
		sh := openShop(t, s, "卖光面馆", 31.3115, 120.6290, 9)
		guest, counter := s.SignIn(t, number()), s.SignIn(t, number())
		employ(t, sh, counter, "counter")
		starts := slots(t, guest, sh.service, 1)
		kept := book(t, guest, sh.service, starts[0], 1)
		path := "/v1/services/" + sh.service
		put := func(who *cornertest.Phone, body string) *cornertest.Answer {
			t.Helper()
			return who.Do(t, "PUT", path+"/sold-out", body, "Content-Type", "application/json")
		}
		put(guest, `{}`).Want(t, 404)
		put(counter, `{"until": "tonight"}`).WantCode(t, 422, "request.invalid")
		first, err := time.Parse(time.RFC3339, starts[0])
		if err != nil {
			t.Fatal(err)
		}
		until := first.In(time.FixedZone("Asia/Shanghai", 8*3600)).AddDate(0, 0, 2).Format(time.DateOnly)
		if got := put(counter, fmt.Sprintf(`{"until": %q}`, until)).Want(t, 200).Text(t, "sold_out_until"); got != until {
			t.Errorf("sold out until %s, want %s", got, until)
		}
		guest.Post(t, "/v1/holds", holdBody(sh.service, starts[1], 1)).WantCode(t, 409, "booking.not_a_slot")
		if n := guest.Get(t, path+"/slots").Want(t, 200).Len(t, "slots"); n != 0 {
			t.Errorf("%d slots today, want none", n)
		}
		for at, where := range map[string]string{"": path, "services.0.": "/v1/places/" + sh.place + "/page"} {
			if got := guest.Get(t, where).Want(t, 200).Text(t, at+"sold_out_until"); got != until {
				t.Errorf("%s shows it sold out until %s, want %s", where, got, until)
			}
		}
		if got := guest.Get(t, "/v1/bookings/"+kept).Want(t, 200).Text(t, "state"); got != "confirmed" {
			t.Errorf("the booking is %s", got)
		}
		counter.Do(t, "DELETE", path+"/sold-out", "").Want(t, 200)
		guest.Post(t, "/v1/holds", holdBody(sh.service, starts[1], 1)).Want(t, 201)
	})
}
