package cornertest_test

import (
	"fmt"
	"strings"
	"testing"

	"corner/internal/cornertest"
)

// factor turns a second factor on, and answers its secret and the recovery codes.
func factor(t *testing.T, p *cornertest.Phone) (secret string, recovery []string) {
	t.Helper()
	secret = p.Post(t, "/v1/me/factor", "").Want(t, 200).Text(t, "secret")
	on := p.Post(t, "/v1/me/factor", fmt.Sprintf(`{"code": %q}`, cornertest.TOTP(t, secret, 0))).Want(t, 200)
	for i := range on.Len(t, "recovery_codes") {
		recovery = append(recovery, on.Text(t, fmt.Sprintf("recovery_codes.%d", i)))
	}
	return secret, recovery
}

// ask asks for a code and answers a body that signs in with it, but for its last members.
func ask(t *testing.T, s *cornertest.Server, phone string) string {
	t.Helper()
	challenge, code := s.Code(t, phone)
	return fmt.Sprintf(`{"challenge_id": %q, "phone": %q, "code": %q`, challenge, phone, code)
}

// TestSecondFactor: set up by an owner; asked for on a new phone and before a role changes; kept through a change of
// the secret; dropped by a command when all is lost.
func TestSecondFactor(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		old, fresh := strings.Repeat("a", 32), strings.Repeat("b", 32)
		setup.Args = []string{"--secret=" + old}
		s := cornertest.Start(t, setup)
		sh := openShop(t, s, "双锁面馆", 31.3115, 120.6290, 5)
		owner := sh.owner
		secret, recovery := factor(t, owner)
		if owner.Get(t, "/v1/me").Want(t, 200).At(t, "factor") != true {
			t.Error("GET /v1/me does not show the factor")
		}
		owner.Post(t, "/v1/me/factor", "").WantCode(t, 409, "identity.factor_on")

		body := ask(t, s, owner.Number)
		s.Anybody().Post(t, "/v1/auth/tokens", body+`}`).WantCode(t, 401, "identity.factor_required")
		s.Anybody().Post(t, "/v1/auth/tokens", body+`, "factor": "nonsense"}`).WantCode(t, 401, "identity.factor_invalid")
		in := s.Anybody().Post(t, "/v1/auth/tokens", body+fmt.Sprintf(`, "factor": %q}`, cornertest.TOTP(t, secret, 1))).Want(t, 200)
		known := ask(t, s, owner.Number)
		later := s.Anybody().Post(t, "/v1/auth/tokens", known+fmt.Sprintf(`, "device_token": %q}`, in.Text(t, "device_token"))).Want(t, 200)
		phone := *owner
		phone.Token = later.Text(t, "access_token") // a session that has shown no factor yet

		invitations := "/v1/merchants/" + sh.merchant + "/invitations"
		invite := fmt.Sprintf(`{"phone": %q, "role": "counter"}`, number())
		phone.Post(t, invitations, invite).WantCode(t, 403, "identity.factor_needed")
		phone.Post(t, invitations, invite, "Factor", "nonsense").WantCode(t, 401, "identity.factor_invalid")
		staff := "/v1/merchants/" + sh.merchant + "/staff/" + owner.User
		phone.Do(t, "PUT", staff, `{"role": "owner"}`).WantCode(t, 403, "identity.factor_needed")
		phone.Post(t, invitations, invite, "Factor", recovery[0]).Want(t, 201)
		phone.Do(t, "PUT", staff, `{"role": "owner"}`).Want(t, 204) // shown within ten minutes

		s.Stop(t)
		s.Setup.Args = []string{"--secret=" + fresh + "," + old}
		s.Restart(t)
		phone.URL = s.URL
		phone.Post(t, "/v1/me/factor/check", fmt.Sprintf(`{"code": %q}`, recovery[0])).WantCode(t, 401, "identity.factor_invalid")
		phone.Post(t, "/v1/me/factor/check", fmt.Sprintf(`{"code": %q}`, recovery[1])).Want(t, 204)
		again := phone.Post(t, "/v1/me/factor/recovery-codes", fmt.Sprintf(`{"code": %q}`, recovery[2])).Want(t, 200)
		phone.Do(t, "DELETE", "/v1/me/factor", "", "Factor", recovery[3]).WantCode(t, 401, "identity.factor_invalid")
		phone.Do(t, "DELETE", "/v1/me/factor", "", "Factor", again.Text(t, "recovery_codes.0")).Want(t, 204)
		factor(t, &phone)
		s.Anybody().Post(t, "/v1/auth/tokens", ask(t, s, owner.Number)+`}`).WantCode(t, 401, "identity.factor_required")
		s.Run(t, "operator", "drop-factor", owner.Number, "--secret="+fresh+","+old)
		s.SignIn(t, owner.Number)
	})
}

// TestChangePhone: both numbers confirm it at once; the second factor alone waits, is shown and withdrawn; somebody's number is
// told as such only to who has its code.
func TestChangePhone(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		s := cornertest.Start(t, setup)
		me, somebody := s.SignIn(t, number()), s.SignIn(t, number())
		move := func(to, before string) string {
			challenge, code := s.Code(t, to)
			body := fmt.Sprintf(`{"phone": %q, "challenge_id": %q, "code": %q`, to, challenge, code)
			if before == "" {
				return body + `}`
			}
			challenge, code = s.Code(t, before)
			return body + fmt.Sprintf(`, "old_challenge_id": %q, "old_code": %q}`, challenge, code)
		}
		guessed := fmt.Sprintf(
			`{"phone": %q, "challenge_id": "chl_a", "code": "000000", "old_challenge_id": "chl_b", "old_code": "000000"}`,
			somebody.Number,
		)
		me.Post(t, "/v1/me/phone", guessed).WantCode(t, 401, "identity.code_invalid")
		me.Post(t, "/v1/me/phone", move(somebody.Number, me.Number)).WantCode(t, 409, "identity.phone_taken")
		next, last := number(), number()
		me.Post(t, "/v1/me/phone", move(next, "")).WantCode(t, 422, "request.invalid")
		if got := me.Post(t, "/v1/me/phone", move(next, me.Number)).Want(t, 200).Text(t, "phone"); got != next {
			t.Errorf("my number is %s, want %s", got, next)
		}
		again := s.SignIn(t, next)
		if again.User != me.User {
			t.Error("the new number opens another account")
		}

		_, recovery := factor(t, me)
		again.Post(t, "/v1/me/phone", move(last, "")).WantCode(t, 403, "identity.factor_needed")
		waits := again.Post(t, "/v1/me/phone", move(last, ""), "Factor", recovery[0]).Want(t, 200)
		if waits.Text(t, "phone") != next || waits.Text(t, "pending_phone.phone") != last {
			t.Errorf("what waits is shown as %s", waits.Body)
		}
		if got := me.Get(t, "/v1/me").Want(t, 200).Text(t, "pending_phone.phone"); got != last {
			t.Errorf("the other device is shown %q", got)
		}
		me.Do(t, "DELETE", "/v1/me/phone", "").Want(t, 204)
		if strings.Contains(string(me.Get(t, "/v1/me").Want(t, 200).Body), "pending_phone") {
			t.Error("what was withdrawn is shown")
		}
	})
}
