package cornertest_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"corner/internal/cornertest"
)

// TestInvitations: somebody is asked by message, signs in, sees it, accepts, works, and
// is dismissed.
func TestInvitations(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		s := cornertest.Start(t, setup)
		sh, him := openShop(t, s, "缺人面馆", 31.3115, 120.6290, 5), number()
		path := "/v1/merchants/" + sh.merchant
		a := sh.owner.Post(t, path+"/invitations", fmt.Sprintf(`{"phone": %q, "role": "counter"}`, him), "Accept-Language", "zh").Want(t, 201)
		if a.At(t, "told") != true || a.Text(t, "state") != "open" || a.Text(t, "merchant.name") == "" {
			t.Errorf("the invitation is %s, want it open and told", a.Body)
		}
		if text := s.Await(t, regexp.MustCompile(`^text for `+regexp.QuoteMeta(him)+`: (.*)$`)); !strings.Contains(text, "邀请您担任店员") {
			t.Errorf("the message is %q, want it in Chinese", text)
		}
		clerk := s.SignIn(t, him)
		clerk.Get(t, path).Want(t, 404)
		id := clerk.Get(t, "/v1/invitations").Want(t, 200).Text(t, "invitations.0.id")
		for range 2 {
			if got := clerk.Post(t, "/v1/invitations/"+id+"/acceptance", "").Want(t, 200).Text(t, "state"); got != "accepted" {
				t.Errorf("accepted, it is %s", got)
			}
		}
		clerk.Get(t, path).Want(t, 200)
		sh.owner.Post(t, path+"/invitations", fmt.Sprintf(`{"phone": %q, "role": "owner"}`, him)).WantCode(t, 409, "merchant.already_staff")
		sh.owner.Do(t, "PUT", path+"/staff/"+clerk.User, `{"role": "owner"}`).Want(t, 204)
		clerk.Get(t, path+"/staff").Want(t, 200)
		sh.owner.Do(t, "PUT", path+"/staff/"+clerk.User, `{"role": "boss"}`).WantCode(t, 422, "request.invalid")
		sh.owner.Do(t, "DELETE", path+"/staff/"+clerk.User, "").Want(t, 204)
		clerk.Get(t, path).Want(t, 404)

		gone := invite(t, sh, him, "manager")
		sh.owner.Do(t, "DELETE", path+"/invitations/"+gone, "").Want(t, 204)
		clerk.Post(t, "/v1/invitations/"+gone+"/acceptance", "").WantCode(t, 409, "invitation.withdrawn")
		no := invite(t, sh, him, "manager")
		clerk.Do(t, "DELETE", "/v1/invitations/"+no, "").Want(t, 204)
		clerk.Post(t, "/v1/invitations/"+no+"/acceptance", "").WantCode(t, 409, "invitation.declined")
		if n := sh.owner.Get(t, path+"/invitations").Want(t, 200).Len(t, "invitations"); n != 3 {
			t.Errorf("%d invitations are told of, want 3", n)
		}
	})
}

// TestOperator: made by the command beside the running server, she sees drafts and takes
// a wrong claim back; the log tells what she did; removed, she may no more.
func TestOperator(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		s := cornertest.Start(t, setup)
		sh, phone := openShop(t, s, "被冒领的店", 31.3115, 120.6290, 5), number()
		guest := s.SignIn(t, number())
		booking := book(t, guest, sh.service, slots(t, guest, sh.service, 1)[0], 1)
		if out := s.Run(t, "operator", "add", phone); !strings.Contains(out, phone+" is an operator") {
			t.Errorf("the command said %q", out)
		}
		if out := s.Run(t, "operator", "list"); !strings.Contains(out, phone) {
			t.Errorf("the list is %q, want %s in it", out, phone)
		}
		boss := s.SignIn(t, phone)
		draft := sh.owner.Post(
			t,
			"/v1/merchants/"+sh.merchant+"/places",
			`{"name": "筹备中", "category": "noodles", "location": {"lat": 31.31, "lng": 120.62}, "time_zone": "Asia/Shanghai"}`,
		).Want(t, 201).Text(t, "id")
		boss.Get(t, "/v1/places/"+draft).Want(t, 200)
		boss.Do(t, "DELETE", "/v1/places/"+draft+"/claim", "").WantCode(t, 409, "place.draft_not_released")
		boss.Do(t, "DELETE", "/v1/places/"+sh.place+"/claim", "").Want(t, 204)
		sh.owner.Post(t, "/v1/places/"+sh.place+"/services", `{"name": "茶", "duration_minutes": 10, "price": {"amount": 500, "currency": "CNY"}, "bookable": false, "capacity": 1}`).
			Want(t, 404)
		guest.Get(t, "/v1/bookings/"+booking).Want(t, 200)
		sh.owner.Get(t, "/v1/bookings/"+booking).Want(t, 404) // see TestReleased
		rightful := openShop(t, s, "真正的店主", 31.3200, 120.6290, 1)
		rightful.owner.Post(t, "/v1/places/"+sh.place+"/claim", fmt.Sprintf(`{"merchant_id": %q}`, rightful.merchant)).Want(t, 202)

		s.Run(t, "operator", "remove", phone)
		boss.Get(t, "/v1/places/"+draft).Want(t, 404)
		boss.Do(t, "DELETE", "/v1/places/"+sh.place+"/claim", "").WantCode(t, 403, "identity.operators_only")
		s.Await(t, regexp.MustCompile(`(user=`+boss.User+` operator=true path=/v1/places/`+sh.place+`/claim)`))
	})
}
