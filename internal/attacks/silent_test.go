package attacks_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3" // the database of the embedded default

	"corner/internal/cornertest"
)

// halfAYear passes without a sign of anybody: the server stands still, and its database says that people were seen long ago.
func halfAYear(t *testing.T, s *cornertest.Server) {
	t.Helper()
	s.Stop(t)
	db, err := sql.Open("sqlite3", filepath.Join(s.Setup.Data, "corner.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	const past = 180 * 24 * 3600 * 1_000_000
	if _, err := db.ExecContext(t.Context(), `UPDATE users SET seen_at = seen_at - $1, created_at = created_at - $1`, past); err != nil {
		t.Fatal(err)
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
	halfAYear(t, s)

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
	halfAYear(t, s)
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
