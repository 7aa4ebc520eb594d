package cornertest_test

import (
	"fmt"
	"testing"
	"time"

	"corner/internal/cornertest"
	"corner/media/mediatest"
)

func picture(n int) []byte { return mediatest.JPEG(mediatest.Marked(32+n, 24)) }

// waiting is the first case of a kind that waits, once there is one.
func waiting(t *testing.T, boss *cornertest.Phone, kind string) string {
	t.Helper()
	for deadline := time.Now().Add(cornertest.Patience); ; time.Sleep(10 * time.Millisecond) {
		if a := boss.Get(t, "/v1/operator/queue?kind="+kind).Want(t, 200); a.Len(t, "cases") > 0 {
			return a.Text(t, "cases.0.id")
		}
		if time.Now().After(deadline) {
			t.Fatalf("no case of kind %s waits", kind)
		}
	}
}

// decide decides about the first case of a kind.
func decide(t *testing.T, boss *cornertest.Phone, kind, body string) *cornertest.Answer {
	t.Helper()
	return boss.Post(t, "/v1/operator/queue/"+waiting(t, boss, kind)+"/decision", body).Want(t, 200)
}

// TestModeration: what is reported waits in one queue; what operators decide holds at once, and can be decided otherwise.
func TestModeration(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		s := cornertest.Start(t, setup)
		sh, guest, boss := openShop(t, s, "举报面馆", 31.3115, 120.6290, 9), s.SignIn(t, number()), s.SignIn(t, number())
		s.Run(t, "operator", "add", boss.Number)
		place := "/v1/places/" + sh.place
		visit := func(i int) string {
			booking := book(t, guest, sh.service, slots(t, guest, sh.service, 1)[2*i], 1)
			code := guest.Get(t, "/v1/bookings/"+booking+"/code").Want(t, 200).Text(t, "code")
			return sh.owner.Post(t, "/v1/visits", fmt.Sprintf(`{"code": %q}`, code)).Want(t, 201).Text(t, "id")
		}
		review := guest.Post(t, "/v1/visits/"+visit(0)+"/review", `{"stars": 5, "text": "好"}`).Want(t, 201).Text(t, "id")
		photo := addPhoto(t, sh.owner, sh.place, "storefront", picture(2))
		report := func(p *cornertest.Phone, what, id string) *cornertest.Answer {
			t.Helper()
			return p.Post(t, "/v1/reports", fmt.Sprintf(`{%q: %q, "reason": "有问题"}`, what, id))
		}
		stars := func() any { return guest.Get(t, place).Want(t, 200).At(t, "rating.average") }

		bad := guest.Post(t, "/v1/reports", fmt.Sprintf(`{"place_id": %q, "photo_id": %q, "reason": ""}`, sh.place, photo)).
			WantCode(t, 422, "request.invalid")
		if bad.Len(t, "errors") != 2 {
			t.Errorf("of two faults are named %s", bad.Body)
		}

		// A review is hidden, with its stars, and shown again.
		first := report(sh.owner, "review_id", review).Want(t, 201).Text(t, "id")
		if again := report(sh.owner, "review_id", review).Want(t, 201).Text(t, "id"); again != first {
			t.Errorf("reported again: %s, want %s", again, first)
		}
		c := waiting(t, boss, "report")
		if a := boss.Get(t, "/v1/operator/queue/"+c).
			Want(t, 200); a.Text(t, "reports.0.reason") != "有问题" ||
			a.Text(t, "case.user_id") != guest.User {
			t.Errorf("the case is %s", a.Body)
		}
		on := func(body string) *cornertest.Answer { return boss.Post(t, "/v1/operator/queue/"+c+"/decision", body) }
		on(`{"action": "remove", "reason": "x"}`).WantCode(t, 422, "request.invalid")
		on(`{"action": "hide", "reason": ""}`).WantCode(t, 422, "request.invalid")
		on(`{"action": "hide", "reason": "辱骂"}`).Want(t, 200)
		if n := guest.Get(t, place+"/reviews").Want(t, 200).Len(t, "reviews"); n != 0 || stars() != nil {
			t.Errorf("after hiding, %d reviews and %v stars", n, stars())
		}
		on(`{"action": "restore", "reason": "误判"}`).Want(t, 200)
		if n := guest.Get(t, place+"/reviews").Want(t, 200).Len(t, "reviews"); n != 1 || fmt.Sprint(stars()) != "5" {
			t.Errorf("after restoring, %d reviews and %v stars", n, stars())
		}
		if a := boss.Get(t, "/v1/operator/queue/"+c).Want(t, 200); a.Len(t, "decisions") != 2 || a.Text(t, "decisions.1.reason") != "辱骂" {
			t.Errorf("the decisions are %s", a.Body)
		}

		// A photo is removed.
		report(guest, "photo_id", photo).Want(t, 201)
		decide(t, boss, "report", `{"action": "remove", "reason": "盗图"}`)
		guest.Get(t, "/v1/photos/"+photo).Want(t, 404)

		// A place is hidden: nobody finds or books it, and its people cannot publish it.
		report(guest, "place_id", sh.place).Want(t, 201)
		c = waiting(t, boss, "report")
		on(`{"action": "hide", "reason": "不存在"}`).Want(t, 200)
		guest.Get(t, place).Want(t, 404)
		lost(t, guest, sh, "")
		sh.owner.Post(t, place+"/publish", "").WantCode(t, 409, "place.hidden")
		if got := sh.owner.Get(t, place).Want(t, 200).Text(t, "state"); got != "hidden" {
			t.Errorf("its people see it %s", got)
		}
		on(`{"action": "restore", "reason": "在的"}`).Want(t, 200)
		find(t, guest, sh, "")

		// Its edits are taken back.
		since := time.Now().UTC().Format(time.RFC3339Nano)
		etag := sh.owner.Get(t, place).Header.Get("ETag")
		sh.owner.Patch(t, place, `{"address": "假地址"}`, "If-Match", etag).Want(t, 200)
		on(fmt.Sprintf(`{"action": "take_back", "reason": "恶意修改", "since": %q}`, since)).Want(t, 200)
		if got := guest.Get(t, place).Want(t, 200); got.At(t, "address") != nil {
			t.Errorf("after taking back: %s", got.Body)
		}

		// The merchant is suspended, and its people with it, and all of it is lifted.
		on(`{"action": "suspend", "reason": "欺诈"}`).Want(t, 200)
		guest.Get(t, place).Want(t, 404)
		lost(t, guest, sh, "")
		sh.owner.Get(t, place+"/history").Want(t, 404)
		if got := sh.owner.Get(t, "/v1/me/merchants").Want(t, 200); got.At(t, "merchants.0.suspended") != true {
			t.Errorf("the owner's business is %s", got.Body)
		}
		on(`{"action": "lift", "reason": "查清"}`).Want(t, 200)
		find(t, guest, sh, "")
		sh.owner.Get(t, place+"/history").Want(t, 200)

		// A person is suspended: nothing but one's own account is left.
		report(sh.owner, "review_id", review).Want(t, 201)
		c = waiting(t, boss, "report")
		on(`{"action": "suspend", "reason": "刷评"}`).Want(t, 200)
		guest.Post(t, "/v1/merchants", `{"name": "x"}`).WantCode(t, 403, "identity.suspended")
		report(guest, "place_id", sh.place).WantCode(t, 403, "identity.suspended")
		if got := guest.Get(t, "/v1/me").Want(t, 200); got.At(t, "suspended") != true {
			t.Errorf("I am %s", got.Body)
		}
		on(`{"action": "lift", "reason": "误会"}`).Want(t, 200)
		guest.Post(t, "/v1/merchants", `{"name": "x"}`).Want(t, 201)

		// Two places that are one become one, and two again.
		twin := openShop(t, s, "重复酒家", 31.3315, 120.6290, 9)
		report(guest, "place_id", twin.place).Want(t, 201)
		c = waiting(t, boss, "report")
		on(`{"action": "merge", "reason": "同一家"}`).WantCode(t, 422, "request.invalid")
		on(fmt.Sprintf(`{"action": "merge", "reason": "同一家", "into_place_id": %q}`, sh.place)).Want(t, 200)
		if got := guest.Get(t, "/v1/places/"+twin.place).Want(t, 200).Text(t, "id"); got != sh.place {
			t.Errorf("the alias shows %s, want %s", got, sh.place)
		}
		if got := guest.Get(t, "/v1/places/"+twin.place+"/reviews").Want(t, 200).Len(t, "reviews"); got != 1 {
			t.Errorf("the alias has %d reviews, want those of the place", got)
		}
		lost(t, guest, twin, "")
		on(`{"action": "unmerge", "reason": "两家"}`).Want(t, 200)
		find(t, guest, twin, "")
	})
}

// TestInReview: beside a claimed place, what looks like it does not go onto the map by saying that it is another; and what becomes another
// shop does not keep the stars.
func TestInReview(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		s := cornertest.Start(t, setup)
		sh, rival, guest, boss := openShop(
			t,
			s,
			"正宗羊肉馆",
			31.3115,
			120.6290,
			9,
		), s.SignIn(
			t,
			number(),
		), s.SignIn(
			t,
			number(),
		), s.SignIn(
			t,
			number(),
		)
		s.Run(t, "operator", "add", boss.Number)
		m := rival.Post(t, "/v1/merchants", `{"name": "仿冒"}`).Want(t, 201).Text(t, "id")
		body := fmt.Sprintf(`{"name": "正宗羊肉馆", "category": "noodles", "location": {"lat": 31.3116, "lng": 120.6290}, "time_zone": "Asia/Shanghai",
			"hours": {"weekly": [%s]}, "not_duplicate_of": [%q]}`, allDay, sh.place)
		second := rival.Post(t, "/v1/merchants/"+m+"/places", body).Want(t, 201).Text(t, "id")
		for range 2 { // again changes nothing
			if got := rival.Post(t, "/v1/places/"+second+"/publish", "").Want(t, 200).Text(t, "state"); got != "in_review" {
				t.Fatalf("beside a claimed place it is %s", got)
			}
		}
		guest.Get(t, "/v1/places/"+second).Want(t, 404)
		decide(t, boss, "duplicate", `{"action": "send_back", "reason": "同一家"}`)
		if got := rival.Get(t, "/v1/places/"+second).Want(t, 200).Text(t, "state"); got != "draft" {
			t.Errorf("sent back it is %s", got)
		}
		rival.Post(t, "/v1/places/"+second+"/publish", "").Want(t, 200)
		decide(t, boss, "duplicate", `{"action": "clear", "reason": "两家"}`)
		guest.Get(t, "/v1/places/"+second).Want(t, 200)

		sh = openShop(t, s, "老字号包子铺", 31.4115, 120.6290, 9)
		booking := book(t, guest, sh.service, slots(t, guest, sh.service, 1)[0], 1)
		code := guest.Get(t, "/v1/bookings/"+booking+"/code").Want(t, 200).Text(t, "code")
		visit := sh.owner.Post(t, "/v1/visits", fmt.Sprintf(`{"code": %q}`, code)).Want(t, 201).Text(t, "id")
		guest.Post(t, "/v1/visits/"+visit+"/review", `{"stars": 5}`).Want(t, 201)
		place := "/v1/places/" + sh.place
		stars := func() string { return fmt.Sprint(guest.Get(t, place).Want(t, 200).At(t, "rating.average")) }
		change := func(body string) {
			t.Helper()
			sh.owner.Patch(t, place, body, "If-Match", sh.owner.Get(t, place).Header.Get("ETag")).Want(t, 200)
		}
		change(`{"name": "老字号包子店", "category": "cafe"}`)                                 // alike
		change(`{"category": "noodles", "location": {"lat": 31.4135, "lng": 120.6290}}`) // 220 m
		if got := stars(); got != "5" {
			t.Errorf("after small changes it has %s stars", got)
		}
		change(`{"name": "Blue Bottle", "category": "cafe"}`)
		if got := stars(); got != "<nil>" {
			t.Errorf("another shop has %s stars", got)
		}
		decide(t, boss, "transformed", `{"action": "carry_stars", "reason": "同一家"}`)
		if got := stars(); got != "5" {
			t.Errorf("carried along, it has %s stars", got)
		}
		// In two steps, or while it is off the map, it comes to the same.
		change(`{"category": "noodles"}`)
		if got := stars(); got != "5" {
			t.Errorf("of another category it has %s stars", got)
		}
		change(`{"name": "老字号包子铺"}`)
		if got := stars(); got != "<nil>" {
			t.Errorf("another shop, in two steps, has %s stars", got)
		}
		decide(t, boss, "transformed", `{"action": "carry_stars", "reason": "同一家"}`)
		sh.owner.Post(t, place+"/unpublish", "").Want(t, 200)
		change(`{"name": "Blue Bottle", "category": "cafe"}`)
		sh.owner.Post(t, place+"/publish", "").Want(t, 200)
		if got := stars(); got != "<nil>" {
			t.Errorf("another shop, back on the map, has %s stars", got)
		}
		decide(t, boss, "transformed", `{"action": "carry_stars", "reason": "同一家"}`)
		for i := range 2 { // 200 m each
			change(fmt.Sprintf(`{"location": {"lat": %v, "lng": 120.6290}}`, 31.4153+float64(i)*0.0018))
		}
		if got := stars(); got != "<nil>" {
			t.Errorf("400 m on, in two steps, it has %s stars", got)
		}
		decide(t, boss, "transformed", `{"action": "carry_stars", "reason": "同一家"}`)
		change(`{"location": {"lat": 31.4335, "lng": 120.6290}}`) // 2 km
		if got := stars(); got != "<nil>" {
			t.Errorf("elsewhere it has %s stars", got)
		}
		decide(t, boss, "transformed", `{"action": "drop_stars", "reason": "换店"}`)
		if a := guest.Get(t, place).Want(t, 200); a.At(t, "rating.average") != nil || guest.Get(t, place+"/reviews").Len(t, "reviews") != 0 {
			t.Errorf("dropped, it has %s", a.Body)
		}
	})
}
