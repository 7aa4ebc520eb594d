package cornertest_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"corner/internal/cornertest"
)

// TestSecretIsChanged as docs/operations.md says: with the new one in front everything
// that was under way goes on; with the old one dropped, its sessions end.
func TestSecretIsChanged(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		old, fresh := strings.Repeat("a", 32), strings.Repeat("b", 32)
		restart := func(s *cornertest.Server, secret string, phones ...*cornertest.Phone) {
			s.Stop(t)
			s.Setup.Args = []string{"--secret=" + secret}
			s.Restart(t)
			for _, p := range phones {
				p.URL = s.URL
			}
		}
		setup.Args = []string{"--secret=" + old}
		s := cornertest.Start(t, setup)
		sh := openShop(t, s, "换钥匙面馆", 31.3115, 120.6290, 5)
		guest, idle := s.SignIn(t, number()), s.SignIn(t, number())
		starts := slots(t, guest, sh.service, 1)
		booking := book(t, guest, sh.service, starts[0], 1)
		hold := guest.Post(t, "/v1/holds", holdBody(sh.service, starts[0], 1)).Want(t, 201).Text(t, "id")
		code := guest.Get(t, "/v1/bookings/"+booking+"/code").Want(t, 200).Text(t, "code")
		late := number()
		challenge := s.Anybody().Post(t, "/v1/auth/codes", fmt.Sprintf(`{"phone": %q}`, late)).Want(t, 202).Text(t, "challenge_id")
		oneTime := s.Await(t, regexp.MustCompile(`^code for `+regexp.QuoteMeta(late)+`: (\d{6})$`))

		restart(s, fresh+","+old, guest, idle, sh.owner)
		if n := s.Anybody().Get(t, "/.well-known/jwks.json").Want(t, 200).Len(t, "keys"); n != 2 {
			t.Errorf("%d keys are published, want both", n)
		}
		guest.Post(t, "/v1/bookings", fmt.Sprintf(`{"hold_id": %q}`, hold)).Want(t, 201)
		// The code was made in this half minute or the one before, unless the restart took long.
		a := sh.owner.Post(t, "/v1/visits", fmt.Sprintf(`{"code": %q}`, code))
		if a.Status != 201 && a.Text(t, "code") == "visit.code_expired" {
			code = guest.Get(t, "/v1/bookings/"+booking+"/code").Want(t, 200).Text(t, "code")
			a = sh.owner.Post(t, "/v1/visits", fmt.Sprintf(`{"code": %q}`, code))
		}
		a.Want(t, 201)
		if setup.Cache != "" { // in process, a code goes with it
			s.Anybody().
				Post(t, "/v1/auth/tokens", fmt.Sprintf(`{"challenge_id": %q, "phone": %q, "code": %q}`, challenge, late, oneTime)).
				Want(t, 200)
		}
		kept := guest.Post(t, "/v1/auth/tokens/refresh", fmt.Sprintf(`{"refresh_token": %q}`, guest.Refresh)).Want(t, 200)

		restart(s, fresh, guest, idle, sh.owner)
		guest.Get(t, "/v1/me/bookings").WantCode(t, 401, "identity.token_invalid")
		idle.Post(t, "/v1/auth/tokens/refresh", fmt.Sprintf(`{"refresh_token": %q}`, idle.Refresh)).WantCode(t, 401, "identity.token_invalid")
		guest.Token = kept.Text(t, "access_token")
		guest.Get(t, "/v1/me/bookings").Want(t, 200)
		guest.Post(t, "/v1/auth/tokens/refresh", fmt.Sprintf(`{"refresh_token": %q}`, kept.Text(t, "refresh_token"))).Want(t, 200)
	})
}

// TestKeysCommand: the data folder's secret is changed by a command.
func TestKeysCommand(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{})
	guest := s.SignIn(t, number())
	before := s.Run(t, "keys")
	s.Stop(t)
	rotated := s.Run(t, "keys", "rotate")
	id := strings.TrimSuffix(strings.TrimSpace(before), " signs")
	if strings.Count(rotated, " signs\n") != 1 || !strings.Contains(rotated, id+" is taken\n") {
		t.Errorf("after %q, rotate said %q; want another key to sign, and this one taken", before, rotated)
	}
	s.Restart(t)
	guest.URL = s.URL
	guest.Get(t, "/v1/devices").Want(t, 200)
	if keys := s.Anybody().Get(t, "/.well-known/jwks.json").Want(t, 200); keys.Len(t, "keys") != 2 || keys.Text(t, "keys.1.kid") != id {
		t.Errorf("the key set is %s, want %s second", keys.Body, id)
	}
	s.Stop(t)
	if retired := s.Run(t, "keys", "retire"); strings.Contains(retired, id) {
		t.Errorf("retire said %q, want %s gone", retired, id)
	}
	s.Restart(t)
	guest.URL = s.URL
	guest.Get(t, "/v1/devices").WantCode(t, 401, "identity.token_invalid")
}
