package cornertest_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"corner/internal/cornertest"
)

const deviceID = "b1946ac92492d2347c6235b4d2611184"

// TestSignOut: devices are listed, and signing one out refuses its tokens at once, on
// another instance, too.
func TestSignOut(t *testing.T) {
	t.Parallel()
	setup := servers(t)
	setup.Args = []string{"--secret=" + strings.Repeat("s", 32)}
	one := cornertest.Start(t, setup)
	two := cornertest.Start(t, setup)
	phone, tablet := one.SignIn(t, number()), (*cornertest.Phone)(nil)
	tablet = one.SignIn(t, phone.Number)
	list := phone.Get(t, "/v1/devices").Want(t, 200)
	if list.Len(t, "devices") != 2 || list.Text(t, "devices.0.id") != tablet.Device || list.At(t, "devices.1.current") != true ||
		list.At(t, "devices.0.current") != false {
		t.Errorf("the devices are %s, want the tablet, then the phone, which asks", list.Body)
	}
	there := *tablet
	there.URL = two.URL
	there.Get(t, "/v1/devices").Want(t, 200)
	phone.Do(t, "DELETE", "/v1/devices/"+tablet.Device, "").Want(t, 204)
	for _, p := range []*cornertest.Phone{tablet, &there} {
		p.Get(t, "/v1/devices").WantCode(t, 401, "identity.token_invalid")
		p.Post(t, "/v1/auth/tokens/refresh", fmt.Sprintf(`{"refresh_token": %q}`, p.Refresh)).WantCode(t, 401, "identity.token_invalid")
	}
	third := two.SignIn(t, phone.Number)
	phone.Do(t, "DELETE", "/v1/devices", "").Want(t, 204)
	third.Get(t, "/v1/me/bookings").WantCode(t, 401, "identity.token_invalid")
	if n := phone.Get(t, "/v1/devices").Want(t, 200).Len(t, "devices"); n != 1 {
		t.Errorf("%d devices are left, want the one that asked", n)
	}
	phone.Do(t, "DELETE", "/v1/devices/current", "").Want(t, 204)
	phone.Get(t, "/v1/devices").WantCode(t, 401, "identity.token_invalid")
}

// TestCodeLimits: who asks for too many codes is told that limit, and when to come back.
func TestCodeLimits(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{Args: []string{"--rate-limit=100"}})
	for range 10 {
		s.Anybody().Post(t, "/v1/auth/codes", fmt.Sprintf(`{"phone": %q, "device_id": %q}`, number(), deviceID)).Want(t, 202)
	}
	a := s.Anybody().
		Post(t, "/v1/auth/codes", fmt.Sprintf(`{"phone": %q, "device_id": %q}`, number(), deviceID)).
		WantCode(t, 429, "identity.too_many_codes")
	for header, want := range map[string][2]int{"RateLimit-Limit": {10, 10}, "RateLimit-Remaining": {0, 0}, "Retry-After": {1, 30}, "RateLimit-Reset": {270, 300}} {
		got := a.Header.Values(header)
		if n, err := strconv.Atoi(strings.Join(got, " and ")); err != nil || n < want[0] || n > want[1] {
			t.Errorf("%s is %q, want one number from %d to %d", header, got, want[0], want[1])
		}
	}
	s.Anybody().Post(t, "/v1/auth/codes", `{"phone": "12", "device_id": "short"}`).WantCode(t, 422, "request.invalid")
}
