package attacks_test

import (
	"fmt"
	"regexp"
	"testing"
	"time"

	"corner/internal/cornertest"
)

const wang = "+8613800138000"

func ask(t *testing.T, s *cornertest.Server, phone, deviceToken string) *cornertest.Answer {
	t.Helper()
	return s.Anybody().Post(t, "/v1/auth/codes", fmt.Sprintf(`{"phone": %q, "device_token": %q}`, phone, deviceToken))
}

func guess(t *testing.T, s *cornertest.Server, challenge, phone, code, deviceToken string) *cornertest.Answer {
	t.Helper()
	body := fmt.Sprintf(`{"challenge_id": %q, "phone": %q, "code": %q, "device_token": %q}`, challenge, phone, code, deviceToken)
	return s.Anybody().Post(t, "/v1/auth/tokens", body)
}

// codeOf is the nth code that was sent to a phone.
func codeOf(t *testing.T, s *cornertest.Server, phone string, n int) string {
	t.Helper()
	line := regexp.MustCompile(`(?m)^code for ` + regexp.QuoteMeta(phone) + `: (\d{6})$`)
	for deadline := time.Now().Add(cornertest.Patience); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if all := line.FindAllStringSubmatch(s.Output(), -1); len(all) >= n {
			return all[n-1][1]
		}
	}
	t.Fatalf("code %d for %s was not printed", n, phone)
	return ""
}

// TestLockingAnotherOut: a stranger behind the same address asks for codes and tries wrong ones until
// he is refused; the code that Wang was sent is good all the same, and his known phone gets another.
func TestLockingAnotherOut(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{Capped: true})
	sent := ask(t, s, wang, "").Want(t, 202).Text(t, "challenge_id")
	known := guess(t, s, sent, wang, codeOf(t, s, wang, 1), "").Want(t, 200).Text(t, "device_token")
	mine := ask(t, s, wang, known).Want(t, 202).Text(t, "challenge_id")
	code := codeOf(t, s, wang, 2)

	var refused bool
	for range 10 {
		a := ask(t, s, wang, "").Want(t, 202, 429)
		if refused = a.Status == 429; refused {
			a.WantCode(t, 429, "identity.too_many_codes")
			if a.Header.Get("Retry-After") == "" {
				t.Error("the refusal does not say when to come back")
			}
			break
		}
		theirs := a.Text(t, "challenge_id")
		for range 6 {
			guess(t, s, theirs, wang, "000000", "").Want(t, 401, 429)
		}
	}
	if !refused {
		t.Error("a stranger was sent ten codes for one number within seconds")
	}
	guess(t, s, mine, wang, code, known).Want(t, 200)
	ask(t, s, wang, known).Want(t, 202)
}

// TestGuessingAcrossNumbers: one address tries many numbers; after fifty wrong codes it waits.
func TestGuessingAcrossNumbers(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{Capped: true})
	taken := 0
	for i := range 60 {
		phone := fmt.Sprintf("+861380013%04d", i/5)
		a := guess(t, s, "chl_aaaaaaaaaaaaaaaaaaaaaaaaaa", phone, fmt.Sprintf("%06d", i), "").Want(t, 401, 429)
		if a.Status == 401 {
			taken++
			continue
		}
		a.WantCode(t, 429, "identity.too_many_failures")
		if a.Header.Get("Retry-After") == "" {
			t.Error("the refusal does not say when to come back")
		}
	}
	if taken > 51 {
		t.Errorf("%d guesses of one address were compared, want about 50", taken)
	}
}

// TestMessageBomb: one address has twenty messages sent, to whomever.
func TestMessageBomb(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{Capped: true})
	for i := range 20 {
		ask(t, s, fmt.Sprintf("+861380013%04d", i), "").Want(t, 202)
	}
	ask(t, s, "+8613800139999", "").WantCode(t, 429, "identity.too_many_codes")
}
