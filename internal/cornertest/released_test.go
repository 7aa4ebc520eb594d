package cornertest_test

import (
	"fmt"
	"testing"

	"corner/internal/cornertest"
)

// TestReleased: after an operator has taken a place from a merchant, that merchant has nothing to do
// with its bookings, codes and visits, and the one who claims it then has everything to do with them.
func TestReleased(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		s := cornertest.Start(t, setup)
		old, fresh := openShop(t, s, "换手面馆", 31.3115, 120.6290, 9), openShop(t, s, "新主面馆", 31.3315, 120.6290, 9)
		guest, operator := s.SignIn(t, number()), s.SignIn(t, number())
		s.Run(t, "operator", "add", operator.Number)
		starts := slots(t, guest, old.service, 1)
		var bookings []string
		for i := range 3 {
			bookings = append(bookings, book(t, guest, old.service, starts[2*i], 1))
		}
		code := func(booking string) string {
			return fmt.Sprintf(`{"code": %q}`, guest.Get(t, "/v1/bookings/"+booking+"/code").Want(t, 200).Text(t, "code"))
		}
		visit := old.owner.Post(t, "/v1/visits", code(bookings[0])).Want(t, 201).Text(t, "id")
		operator.Do(t, "DELETE", "/v1/places/"+old.place+"/claim", "").Want(t, 204)

		all := map[string]func(p *cornertest.Phone) *cornertest.Answer{
			"read a booking": func(p *cornertest.Phone) *cornertest.Answer { return p.Get(t, "/v1/bookings/"+bookings[1]) },
			"list the bookings": func(p *cornertest.Phone) *cornertest.Answer {
				return p.Get(t, "/v1/places/"+old.place+"/bookings")
			},
			"read a visit": func(p *cornertest.Phone) *cornertest.Answer { return p.Get(t, "/v1/visits/"+visit) },
		}
		for what, call := range all {
			if a := call(old.owner); a.Status != 404 {
				t.Errorf("after the release the former merchant may %s: %d", what, a.Status)
			}
		}
		old.owner.Post(t, "/v1/bookings/"+bookings[1]+"/cancel", "").Want(t, 404)
		old.owner.Post(t, "/v1/visits", code(bookings[1])).WantCode(t, 404, "visit.code_unknown")

		fresh.owner.Post(t, "/v1/places/"+old.place+"/claim", fmt.Sprintf(`{"merchant_id": %q}`, fresh.merchant)).Want(t, 202)
		for what, call := range all {
			if a := call(fresh.owner); a.Status != 200 {
				t.Errorf("the new merchant may not %s: %d", what, a.Status)
			}
			if a := call(old.owner); a.Status != 404 {
				t.Errorf("after the claim the former merchant may %s: %d", what, a.Status)
			}
		}
		fresh.owner.Post(t, "/v1/visits", code(bookings[1])).Want(t, 201)
		fresh.owner.Post(t, "/v1/bookings/"+bookings[2]+"/cancel", "").Want(t, 200)
	})
}
