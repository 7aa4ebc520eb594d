package cornertest_test

import (
	"fmt"
	"testing"

	"corner/internal/cornertest"
)

// TestMe: who one is, what one is called, where one works and where one has been; and after a new
// sign-in on a new phone it is all there.
func TestMe(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		s := cornertest.Start(t, setup)
		sh := openShop(t, s, "回家面馆", 31.3115, 120.6290, 5)
		guest := s.SignIn(t, number())
		before := guest.Get(t, "/v1/me").Want(t, 200)
		if before.Text(t, "id") != guest.User || before.Text(t, "phone") != guest.Number {
			t.Errorf("I am %s", before.Body)
		}
		etag := before.Header.Get("ETag")
		guest.Patch(t, "/v1/me", `{"name": "王小明"}`).WantCode(t, 428, "request.if_match_required")
		named := guest.Patch(t, "/v1/me", `{"name": " 王小明 ", "language": "zh"}`, "If-Match", etag).Want(t, 200)
		if named.Text(t, "name") != "王小明" || named.Text(t, "language") != "zh" {
			t.Errorf("I am called %s", named.Body)
		}
		guest.Patch(t, "/v1/me", `{"name": "别人"}`, "If-Match", etag).WantCode(t, 412, "identity.user_stale")
		same := guest.Patch(t, "/v1/me", `{}`, "If-Match", named.Header.Get("ETag")).Want(t, 200)
		if same.Header.Get("ETag") != named.Header.Get("ETag") {
			t.Errorf("a change of nothing has version %s, was %s", same.Header.Get("ETag"), named.Header.Get("ETag"))
		}
		guest.Patch(t, "/v1/me", `{"name": "Stаrbucks"}`, "If-Match", same.Header.Get("ETag")).WantCode(t, 422, "request.invalid")

		starts := slots(t, guest, sh.service, 1)
		booking := book(t, guest, sh.service, starts[0], 1)
		code := guest.Get(t, "/v1/bookings/"+booking+"/code").Want(t, 200).Text(t, "code")
		visit := sh.owner.Post(t, "/v1/visits", fmt.Sprintf(`{"code": %q}`, code)).Want(t, 201).Text(t, "id")
		again := s.SignIn(t, guest.Number)
		if got := again.Get(t, "/v1/me/visits").Want(t, 200); got.Len(t, "visits") != 1 || got.Text(t, "visits.0.id") != visit {
			t.Errorf("I have been at %s, want %s", got.Body, visit)
		}
		if got := again.Get(t, "/v1/me").Want(t, 200).Text(t, "name"); got != "王小明" {
			t.Errorf("on the new phone I am called %q", got)
		}
		back := s.SignIn(t, sh.owner.Number)
		if got := back.Get(t, "/v1/me/merchants").Want(t, 200); got.Len(t, "merchants") != 1 || got.Text(t, "merchants.0.id") != sh.merchant ||
			got.Text(t, "merchants.0.role") != "owner" {
			t.Errorf("the owner works for %s, want %s", got.Body, sh.merchant)
		}
	})
}

// TestPatchOfNothing: a change that changes nothing makes no new version, whatever is left out.
func TestPatchOfNothing(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{})
	sh := openShop(t, s, "不变面馆", 31.3115, 120.6290, 5)
	for _, path := range []string{"/v1/places/" + sh.place, "/v1/services/" + sh.service} {
		before := sh.owner.Get(t, path).Want(t, 200)
		etag := before.Header.Get("ETag")
		for _, body := range []string{`{}`, fmt.Sprintf(`{"name": %q}`, before.Text(t, "name"))} {
			after := sh.owner.Patch(t, path, body, "If-Match", etag).Want(t, 200)
			if got := after.Header.Get("ETag"); got != etag {
				t.Errorf("PATCH %s with %s makes version %s of %s", path, body, got, etag)
			}
		}
		if sh.owner.Patch(t, path, `{"name": "变面馆"}`, "If-Match", etag).Want(t, 200).Header.Get("ETag") == etag {
			t.Errorf("another name of %s makes no new version", path)
		}
	}
}
