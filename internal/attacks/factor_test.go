package attacks_test

import (
	"fmt"
	"testing"

	"corner/internal/cornertest"
)

// withFactor is somebody who has turned a second factor on, and its secret.
func withFactor(t *testing.T, s *cornertest.Server, number string) (p *cornertest.Phone, secret, recovery string) {
	t.Helper()
	p = s.SignIn(t, number)
	secret = p.Post(t, "/v1/me/factor", "").Want(t, 200).Text(t, "secret")
	on := p.Post(t, "/v1/me/factor", fmt.Sprintf(`{"code": %q}`, cornertest.TOTP(t, secret, 0))).Want(t, 200)
	return p, secret, on.Text(t, "recovery_codes.0")
}

// TestGuessingFactors: a thief of the number has right codes by message, as many as he likes, and guesses the second factor;
// after ten wrong ones he waits. The owner's own phone goes on.
func TestGuessingFactors(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{})
	owner, secret, _ := withFactor(t, s, wang)
	compared := 0
	for range 4 {
		challenge, code := s.Code(t, wang)
		for i := range 5 {
			a := s.Anybody().Post(t, "/v1/auth/tokens", fmt.Sprintf(
				`{"challenge_id": %q, "phone": %q, "code": %q, "factor": "9999999%d"}`, challenge, wang, code, i)).Want(t, 401, 429)
			if a.Status == 401 {
				a.WantCode(t, 401, "identity.factor_invalid")
				compared++
				continue
			}
			a.WantCode(t, 429, "identity.too_many_failures")
			if a.Header.Get("Retry-After") == "" {
				t.Error("the refusal does not say when to come back")
			}
		}
	}
	if compared > 11 {
		t.Errorf("%d guesses were compared, want 10, and one after them", compared)
	}
	owner.Post(t, "/v1/me/factor/check", fmt.Sprintf(`{"code": %q}`, cornertest.TOTP(t, secret, 1))).Want(t, 204)
}

// TestFactorTwice: who looked over a shoulder shows the same code again.
func TestFactorTwice(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{})
	owner, secret, recovery := withFactor(t, s, wang)
	for _, code := range []string{cornertest.TOTP(t, secret, 1), recovery} {
		owner.Post(t, "/v1/me/factor/check", fmt.Sprintf(`{"code": %q}`, code)).Want(t, 204)
		challenge, sms := s.Code(t, wang)
		s.Anybody().Post(t, "/v1/auth/tokens", fmt.Sprintf(
			`{"challenge_id": %q, "phone": %q, "code": %q, "factor": %q}`, challenge, wang, sms, code)).WantCode(t, 401, "identity.factor_invalid")
	}
}
