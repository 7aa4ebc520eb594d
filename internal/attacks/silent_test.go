package attacks_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3" // the database of the embedded default

	"corner/internal/cornertest"
)

// pass lets days pass without a sign of anybody: the server stands still, and its database says that all was earlier.
func pass(t *testing.T, s *cornertest.Server, days int64) {
	t.Helper()
	s.Stop(t)
	db, err := sql.Open("sqlite3", filepath.Join(s.Setup.Data, "corner.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, query := range []string{
		`UPDATE users SET seen_at = seen_at - ?1, created_at = created_at - ?1`,
		`UPDATE users SET next_phone_at = next_phone_at - ?1 WHERE next_phone_at > 0`,
		`UPDATE timers SET next_at = next_at - ?1`,
	} {
		if _, err := db.ExecContext(t.Context(), query, days*24*3600*1_000_000); err != nil {
			t.Fatal(err)
		}
	}
	s.Restart(t)
}

// TestRecycledNumber: a stranger is given the number of an owner who was silent for half a year, and signs in: he gets nothing
// of hers. Her business comes back to her by a command, and the second factor keeps it from the beginning.
func TestRecycledNumber(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{})
	owner := s.SignIn(t, wang)
	merchant := owner.Post(t, "/v1/merchants", `{"name": "半年面馆"}`).Want(t, 201).Text(t, "id")
	const li = "+8613800138001"
	careful, _, recovery := withFactor(t, s, li)
	pass(t, s, 180)

	stranger := s.SignIn(t, wang)
	if stranger.User == owner.User {
		t.Fatal("a recycled number opens the account before")
	}
	if n := stranger.Get(t, "/v1/me/merchants").Want(t, 200).Len(t, "merchants"); n != 0 {
		t.Errorf("the stranger works for %d merchants", n)
	}
	owner.URL = s.URL
	owner.Get(t, "/v1/me").WantCode(t, 401, "identity.token_invalid")
	owner.Post(t, "/v1/auth/tokens/refresh", fmt.Sprintf(`{"refresh_token": %q}`, owner.Refresh)).WantCode(t, 401, "identity.token_invalid")

	enter := func(more string) *cornertest.Answer {
		challenge, code := s.Code(t, li)
		return s.Anybody().Post(t, "/v1/auth/tokens", fmt.Sprintf(`{"challenge_id": %q, "phone": %q, "code": %q%s}`, challenge, li, code, more))
	}
	enter("").WantCode(t, 401, "identity.factor_required")
	enter(`, "factor": "nonsense"`).WantCode(t, 401, "identity.factor_invalid")
	if got := enter(fmt.Sprintf(`, "factor": %q`, recovery)).Want(t, 200).Text(t, "user_id"); got != careful.User {
		t.Errorf("her second factor opens %s, want her account %s", got, careful.User)
	}
	enter(`, "new_account": true`).WantCode(t, 401, "identity.factor_required") // she is there again
	pass(t, s, 180)
	if got := enter(`, "new_account": true`).Want(t, 200).Text(t, "user_id"); got == careful.User {
		t.Error("a stranger is in the account with a second factor")
	}

	const hers = "+8613800138009"
	out := s.Run(t, "operator", "recover-merchant", merchant, hers)
	if !strings.Contains(out, hers) {
		t.Errorf("recover-merchant said %q", out)
	}
	back := s.SignIn(t, hers)
	invitation := back.Get(t, "/v1/invitations").Want(t, 200).Text(t, "invitations.0.id")
	back.Post(t, "/v1/invitations/"+invitation+"/acceptance", "").Want(t, 200)
	if got := back.Get(t, "/v1/me/merchants").Want(t, 200).Text(t, "merchants.0.role"); got != "owner" {
		t.Errorf("she is %q of her business", got)
	}
	staff := back.Get(t, "/v1/merchants/"+merchant+"/staff").Want(t, 200)
	if strings.Contains(string(staff.Body), "gone:") {
		t.Errorf("the staff shows what is no number: %s", staff.Body)
	}
}

// TestMovingNumbers: a thief of a session and of the app moves the number to his own. For three days it is hers, and she
// breaks it off; left alone it happens.
func TestMovingNumbers(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{})
	owner, _, recovery := withFactor(t, s, wang)
	const his = "+8613800138666"
	begin := func() {
		challenge, code := s.Code(t, his)
		owner.Post(t, "/v1/me/phone", fmt.Sprintf(`{"phone": %q, "challenge_id": %q, "code": %q}`, his, challenge, code), "Factor", recovery).
			Want(t, 200)
	}
	phone := func() string { return owner.Get(t, "/v1/me").Want(t, 200).Text(t, "phone") }
	begin()
	owner.Do(t, "DELETE", "/v1/me/phone", "").Want(t, 204)
	begin()
	pass(t, s, 2)
	owner.URL = s.URL
	if got := phone(); got != wang {
		t.Errorf("after two days the number is %s", got)
	}
	pass(t, s, 1)
	owner.URL = s.URL
	for deadline := time.Now().Add(cornertest.Patience); phone() != his; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("after three days the number is what it was")
		}
	}
}
