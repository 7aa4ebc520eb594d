package cornertest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"corner/internal/cornertest"
)

// told waits until somebody has a notice of a kind, and is its text.
func told(t *testing.T, p *cornertest.Phone, kind string) string {
	t.Helper()
	for deadline := time.Now().Add(cornertest.Patience); ; time.Sleep(10 * time.Millisecond) {
		a := p.Get(t, "/v1/me/notices", "Accept-Language", "zh").Want(t, 200)
		for i := range a.Len(t, "notices") {
			if a.Text(t, fmt.Sprintf("notices.%d.kind", i)) == kind {
				return a.Text(t, fmt.Sprintf("notices.%d.text", i))
			}
		}
		if time.Now().After(deadline) {
			t.Fatalf("nobody told of %s: %s", kind, a.Body)
		}
	}
}

// TestNotices: who is concerned is told, once each, and nobody else.
func TestNotices(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		s := cornertest.Start(t, setup)
		sh, guest, boss := openShop(t, s, "告知面馆", 31.3115, 120.6290, 9), s.SignIn(t, number()), s.SignIn(t, number())
		s.Run(t, "operator", "add", boss.Number)

		book(t, guest, sh.service, slots(t, guest, sh.service, 1)[0], 1)
		sh.owner.Post(t, "/v1/places/"+sh.place+"/unpublish?bookings=1", "").Want(t, 200)
		if got := told(t, guest, "booking_cancelled"); !strings.HasPrefix(got, "告知面馆 取消了您 2") {
			t.Errorf("the guest is told %q", got)
		}
		sh.owner.Post(t, "/v1/places/"+sh.place+"/publish", "").Want(t, 200)

		guest.Post(t, "/v1/reports", fmt.Sprintf(`{"place_id": %q, "reason": "不存在"}`, sh.place)).Want(t, 201)
		decide(t, boss, "report", `{"action": "hide", "reason": "查无此店"}`)
		if got := told(t, sh.owner, "decided"); got != "平台对 告知面馆 作出处理：下线。查无此店" {
			t.Errorf("the owner is told %q", got)
		}
		if got := told(t, guest, "report_decided"); !strings.Contains(got, "告知面馆") {
			t.Errorf("who reported is told %q", got)
		}

		again := s.SignIn(t, guest.Number)
		told(t, guest, "signed_in")
		a := again.Get(t, "/v1/me/notices").Want(t, 200)
		if a.Len(t, "notices") != 3 || a.Text(t, "unread") != "3" {
			t.Errorf("the guest has %s, want three", a.Body)
		}
		last := a.Text(t, "notices.0.id")
		boss.Post(t, "/v1/me/notices/read", fmt.Sprintf(`{"up_to": %q}`, last)).Want(t, 204) // somebody else's changes nothing
		if got := guest.Get(t, "/v1/me/notices").Text(t, "unread"); got != "3" {
			t.Errorf("somebody else has read them: %s unread", got)
		}
		guest.Post(t, "/v1/me/notices/read", fmt.Sprintf(`{"up_to": %q}`, last)).Want(t, 204)
		if got := guest.Get(t, "/v1/me/notices").Text(t, "unread"); got != "0" {
			t.Errorf("%s unread, want none", got)
		}
		guest.Post(t, "/v1/me/notices/read", `{"up_to": "x"}`).WantCode(t, 404, "notice.not_found")
		if got := sh.owner.Get(t, "/v1/me/notices").Want(t, 200).Len(t, "notices"); got != 1 {
			t.Errorf("the owner has %d notices, want one", got)
		}
	})
}
