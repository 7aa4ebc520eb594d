package cornertest_test

import (
	"fmt"
	"strings"
	"testing"

	"corner/internal/cornertest"
)

// TestGuest: what a person is called is shown to the people of the shop where they booked and came, and to nobody else; a
// person who does not tell has no name there, and neither has one whose account is deleted.
func TestGuest(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		s := cornertest.Start(t, setup)
		sh, guest, shy, staff := openShop(t, s, "称呼面馆", 31.3115, 120.6290, 9), s.SignIn(t, number()), s.SignIn(t, number()), s.SignIn(t, number())
		employ(t, sh, staff, "counter")
		starts := slots(t, guest, sh.service, 1)
		booking, nameless := book(t, guest, sh.service, starts[0], 1), book(t, shy, sh.service, starts[4], 1)
		called := func(name string) {
			t.Helper()
			guest.Patch(t, "/v1/me", fmt.Sprintf(`{"name": %q}`, name), "If-Match", guest.Get(t, "/v1/me").Header.Get("ETag")).Want(t, 200)
		}
		called("王小明")
		named := func(a *cornertest.Answer, path, want string) {
			t.Helper()
			if got, _ := a.Want(t, 200, 201).At(t, path).(string); got != want {
				t.Errorf("%s: the guest is %q, want %q: %s", a.Call, got, want, a.Body)
			}
		}
		named(staff.Get(t, "/v1/bookings/"+booking), "guest.name", "王小明")
		named(staff.Get(t, weeks(sh.place)), "bookings.0.guest.name", "王小明")
		named(staff.Get(t, weeks(sh.place)), "bookings.1.guest.name", "")
		if a := staff.Get(t, "/v1/bookings/"+nameless).Want(t, 200); a.At(t, "guest") != nil {
			t.Errorf("who does not tell is shown as %s", a.Body)
		}
		called("小明") // as they are called now
		named(sh.owner.Get(t, "/v1/bookings/"+booking), "guest.name", "小明")
		move := sh.owner.Post(t, "/v1/bookings/"+booking+"/reschedule", fmt.Sprintf(`{"start": %q}`, starts[2]))
		named(move, "guest.name", "小明")

		code := guest.Get(t, "/v1/bookings/"+booking+"/code").Want(t, 200).Text(t, "code")
		confirmed := staff.Post(t, "/v1/visits", fmt.Sprintf(`{"code": %q}`, code))
		named(confirmed, "guest.name", "小明")
		named(staff.Post(t, "/v1/visits", fmt.Sprintf(`{"code": %q}`, code)), "guest.name", "小明")
		visit := confirmed.Text(t, "id")
		named(staff.Get(t, "/v1/visits/"+visit), "guest.name", "小明")

		// The review does not name its author, and guests are not told who they are.
		guest.Post(t, "/v1/visits/"+visit+"/review", `{"stars": 5, "text": "好"}`).Want(t, 201)
		for _, look := range []struct {
			who  *cornertest.Phone
			path string
		}{
			{shy, "/v1/places/" + sh.place + "/reviews"},
			{shy, "/v1/places/" + sh.place + "/page"},
			{sh.owner, "/v1/places/" + sh.place + "/reviews"},
			{guest, "/v1/bookings/" + booking},
			{guest, "/v1/me/bookings"},
			{guest, "/v1/visits/" + visit},
			{guest, "/v1/me/visits"},
		} {
			if a := look.who.Get(t, look.path).Want(t, 200); strings.Contains(string(a.Body), `"guest"`) || strings.Contains(string(a.Body), "小明") {
				t.Errorf("%s shows the guest: %s", a.Call, a.Body)
			}
		}
		shy.Get(t, "/v1/bookings/"+booking).Want(t, 404)

		guest.Do(t, "DELETE", "/v1/me", "").Want(t, 200)
		for _, path := range []string{"/v1/bookings/" + booking, "/v1/visits/" + visit, weeks(sh.place)} {
			if a := staff.Get(t, path).Want(t, 200); strings.Contains(string(a.Body), `"guest"`) {
				t.Errorf("%s shows the guest of a deleted account: %s", a.Call, a.Body)
			}
		}
	})
}
