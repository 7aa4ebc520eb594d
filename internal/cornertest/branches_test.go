package cornertest_test

import (
	"fmt"
	"testing"

	"corner/internal/cornertest"
	"corner/media/mediatest"
)

// branchOf registers another place of the shop's merchant, draft or published.
func branchOf(t testing.TB, sh shop, name string, lat float64, published bool) shop {
	t.Helper()
	sh.lat = lat
	sh.place = sh.owner.Post(t, "/v1/merchants/"+sh.merchant+"/places", fmt.Sprintf(`{
		"name": %q, "category": "noodles", "location": {"lat": %v, "lng": %v, "accuracy_m": 8}, "time_zone": "Asia/Shanghai",
		"hours": {"weekly": [%s]}}`, name, lat, sh.lng, allDay)).Want(t, 201).Text(t, "id")
	sh.service = sh.owner.Post(t, "/v1/places/"+sh.place+"/services", `{"name": "牛肉面", "duration_minutes": 60,
		"price": {"amount": 2800, "currency": "CNY"}, "bookable": true, "capacity": 9, "slot_step_minutes": 30}`).Want(t, 201).Text(t, "id")
	if published {
		sh.owner.Post(t, "/v1/places/"+sh.place+"/publish", "").Want(t, 200)
	}
	return sh
}

// TestOtherBranch: a manager who is limited to one branch tries everything at another, and at the merchant, while all of
// it is there for him at his own.
func TestOtherBranch(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		s := cornertest.Start(t, setup)
		there := openShop(t, s, "总店面馆", 31.3115, 120.6290, 9)
		here, draft := branchOf(t, there, "分店酒家", 31.3415, true), branchOf(t, there, "筹备饭庄", 31.3416, false)
		rival := openShop(t, s, "对门面馆", 31.3615, 120.6290, 9)
		guest, operator, limited := s.SignIn(t, number()), s.SignIn(t, number()), s.SignIn(t, number())
		s.Run(t, "operator", "add", operator.Number)
		employ(t, there, limited, "manager", here.place)

		starts := slots(t, guest, there.service, 1)
		booked, came := book(t, guest, there.service, starts[0], 1), book(t, guest, there.service, starts[3], 1)
		code := func(booking string) string {
			return fmt.Sprintf(`{"code": %q}`, guest.Get(t, "/v1/bookings/"+booking+"/code").Want(t, 200).Text(t, "code"))
		}
		visited := visit(t, there, guest, came)
		shown, hidden := addPhoto(t, there.owner, there.place, "item", mediatest.JPEG(mediatest.Marked(32, 24))),
			addPhoto(t, there.owner, draft.place, "item", mediatest.JPEG(mediatest.Marked(32, 24)))
		tag := func(path string) []string { return []string{"If-Match", there.owner.Get(t, path).Header.Get("ETag")} }
		patch := func(path string) []string { return append(tag(path), "Content-Type", "application/merge-patch+json") }
		place, merchant := "/v1/places/"+there.place, "/v1/merchants/"+there.merchant
		for _, c := range []struct {
			method, path, body string
			headers            []string
		}{
			{"GET", place + "/bookings", "", nil},
			{"GET", "/v1/bookings/" + booked, "", nil},
			{"POST", "/v1/bookings/" + booked + "/cancel", "", nil},
			{"POST", "/v1/bookings/" + booked + "/reschedule", fmt.Sprintf(`{"start": %q}`, starts[6]), nil},
			{"GET", "/v1/bookings/" + booked + "/code", "", nil},
			{"POST", "/v1/visits", code(booked), nil},
			{"GET", "/v1/visits/" + visited, "", nil},
			{"GET", place + "/history", "", nil},
			{"PATCH", place, `{"name": "我的店"}`, patch(place)},
			{"PATCH", "/v1/services/" + there.service, `{"name": "我的面"}`, patch("/v1/services/" + there.service)},
			{"DELETE", "/v1/services/" + there.service, "", tag("/v1/services/" + there.service)},
			{"PUT", "/v1/services/" + there.service + "/sold-out", `{}`, tag("/v1/services/" + there.service)},
			{"POST", place + "/services", `{"name": "茶", "price": {"amount": 500, "currency": "CNY"}, "bookable": false}`, nil},
			{"PUT", place + "/closure", `{"kind": "temporary", "from": "2030-12-01", "until": "2030-12-24"}`, tag(place)},
			{"PUT", place + "/hours/exceptions/2030-12-25", `{"closed": true}`, tag(place)},
			{"POST", place + "/unpublish", "", nil},
			{"POST", place + "/photos?kind=item", string(mediatest.JPEG(mediatest.Marked(32, 24))), []string{"Content-Type", "image/jpeg"}},
			{"PATCH", "/v1/photos/" + shown, `{"caption": "我的"}`, patch("/v1/photos/" + shown)},
			{"DELETE", "/v1/photos/" + shown, "", tag("/v1/photos/" + shown)},
			{"GET", "/v1/photos/" + hidden, "", nil},
			{"GET", "/v1/photos/" + hidden + "/large", "", nil},
			{"GET", "/v1/places/" + draft.place, "", nil},
			{"GET", "/v1/places/" + draft.place + "/page", "", nil},
			{"GET", "/v1/services/" + draft.service, "", nil},
			{"DELETE", "/v1/places/" + draft.place, "", tag("/v1/places/" + draft.place)},
			{"POST", "/v1/places/" + draft.place + "/publish", "", nil},
			{"POST", merchant + "/places", `{"name": "新店"}`, nil},
			{"POST", merchant + "/invitations", fmt.Sprintf(`{"phone": %q, "role": "counter"}`, number()), nil},
			{"GET", merchant + "/invitations", "", nil},
			{"GET", merchant + "/staff", "", nil},
			{"PUT", merchant + "/staff/" + limited.User, `{"role": "manager"}`, nil},
			{"PATCH", merchant, `{"name": "我的"}`, patch(merchant)},
			{"POST", merchant + "/close", "", nil},
			{"POST", "/v1/places/" + rival.place + "/claim", fmt.Sprintf(`{"merchant_id": %q}`, there.merchant), nil},
		} {
			if a := limited.Do(t, c.method, c.path, c.body, c.headers...); a.Status != 404 {
				t.Errorf("limited to another branch, %s %s answers %d: %s", c.method, c.path, a.Status, a.Body)
			}
		}

		// At his own branch he may what managers may.
		place = "/v1/places/" + here.place
		mine := book(t, guest, here.service, slots(t, guest, here.service, 1)[9], 1)
		limited.Get(t, place+"/bookings").Want(t, 200)
		limited.Get(t, place+"/history").Want(t, 200)
		limited.Get(t, "/v1/bookings/"+mine).Want(t, 200)
		limited.Post(t, "/v1/visits", code(mine)).Want(t, 201)
		addPhoto(t, limited, here.place, "item", mediatest.JPEG(mediatest.Marked(32, 24)))
		limited.Do(t, "PUT", "/v1/services/"+here.service+"/sold-out", `{}`).Want(t, 200)
		if a := limited.Get(t, merchant+"/places").Want(t, 200); a.Len(t, "places") != 1 || a.Text(t, "places.0.id") != here.place {
			t.Errorf("the merchant's places: %s, want his own", a.Body)
		}
		if a := limited.Get(t, "/v1/me/merchants").Want(t, 200); a.Text(t, "merchants.0.place_ids.0") != here.place {
			t.Errorf("the businesses he works for: %s, want his branch", a.Body)
		}
		// A draft of another branch is not shown as a look-alike either, as it is to the owner.
		twin := `{"name": "筹备饭庄"}`
		there.owner.Do(t, "PATCH", place, twin, patch(place)...).WantCode(t, 409, "place.duplicate")
		limited.Do(t, "PATCH", place, twin, patch(place)...).Want(t, 200)

		// Another limit holds from the next call on.
		staff := merchant + "/staff/" + limited.User
		there.owner.Do(t, "PUT", staff, fmt.Sprintf(`{"role": "finance", "place_ids": [%q]}`, there.place)).Want(t, 204)
		limited.Get(t, "/v1/bookings/"+booked).Want(t, 200)
		limited.Get(t, "/v1/bookings/"+mine).Want(t, 404)
		// A place that goes takes the limit with it, and he works nowhere; who has it next is not his business.
		operator.Do(t, "DELETE", "/v1/places/"+there.place+"/claim", "").Want(t, 204)
		for range 2 {
			limited.Get(t, "/v1/bookings/"+booked).Want(t, 404)
			limited.Get(t, "/v1/bookings/"+mine).Want(t, 404)
			if n := limited.Get(t, merchant+"/places").Want(t, 200).Len(t, "places"); n != 0 {
				t.Errorf("limited to a place that has gone, he is shown %d places, want none", n)
			}
			rival.owner.Post(t, "/v1/places/"+there.place+"/claim", fmt.Sprintf(`{"merchant_id": %q}`, rival.merchant)).Want(t, 200, 202)
		}
		all := there.owner.Get(t, merchant+"/staff").Want(t, 200)
		for i := range all.Len(t, "staff") {
			if all.Text(t, fmt.Sprintf("staff.%d.user_id", i)) == limited.User && all.Len(t, fmt.Sprintf("staff.%d.place_ids", i)) != 0 {
				t.Errorf("limited to a place that has gone: %s, want no places", all.Body)
			}
		}
	})
}

// TestRoleBodies: where a role is to hold is checked, and all that is wrong named.
func TestRoleBodies(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{})
	sh, other, clerk := openShop(t, s, "总店面馆", 31.3115, 120.6290, 9), openShop(t, s, "对门面馆", 31.3615, 120.6290, 9), s.SignIn(t, number())
	employ(t, sh, clerk, "marketing")
	path := "/v1/merchants/" + sh.merchant
	for _, c := range []struct{ body, pointers string }{
		{fmt.Sprintf(`"role": "counter", "place_ids": [%q, %q, "plc_0"]`, other.place, sh.place), "/place_ids/0 /place_ids/2"},
		{fmt.Sprintf(`"role": "owner", "place_ids": [%q]`, sh.place), "/place_ids"},
		{`"role": "counter", "place_ids": []`, "/place_ids"},
	} {
		for _, a := range []*cornertest.Answer{
			sh.owner.Do(t, "PUT", path+"/staff/"+clerk.User, "{"+c.body+"}"),
			sh.owner.Post(t, path+"/invitations", fmt.Sprintf(`{"phone": %q, %s}`, number(), c.body)),
		} {
			named := ""
			for i := range a.WantCode(t, 422, "request.invalid").Len(t, "errors") {
				if named != "" {
					named += " "
				}
				named += a.Text(t, fmt.Sprintf("errors.%d.pointer", i))
			}
			if named != c.pointers {
				t.Errorf("%s: names %q, want %q", c.body, named, c.pointers)
			}
		}
	}
	// Whoever edits texts is told what else is not theirs.
	a := clerk.Patch(t, "/v1/places/"+sh.place, `{"name": "新名面馆", "address": "观前街", "phone": null}`,
		"If-Match", clerk.Get(t, "/v1/places/"+sh.place).Header.Get("ETag"))
	if a.WantCode(t, 422, "request.invalid").Len(t, "errors") != 2 {
		t.Errorf("address and phone by marketing: %s, want both named", a.Body)
	}
	clerk.Get(t, "/v1/places/"+sh.place+"/bookings").Want(t, 404)
}
