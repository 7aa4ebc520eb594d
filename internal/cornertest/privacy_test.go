package cornertest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"corner/internal/cornertest"
)

// TestLeaving Corner: one sees all that is kept, and takes it away; what must stay has no person behind it.
func TestLeavingCorner(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		s := cornertest.Start(t, setup)
		sh, guest := openShop(t, s, "再见面馆", 31.3115, 120.6290, 9), s.SignIn(t, number())
		guest.Patch(t, "/v1/me", `{"name": "王小明"}`, "If-Match", guest.Get(t, "/v1/me").Header.Get("ETag")).Want(t, 200)
		starts := slots(t, guest, sh.service, 1)
		been, ahead := book(t, guest, sh.service, starts[0], 1), book(t, guest, sh.service, starts[4], 1)
		code := guest.Get(t, "/v1/bookings/"+been+"/code").Want(t, 200).Text(t, "code")
		visit := sh.owner.Post(t, "/v1/visits", fmt.Sprintf(`{"code": %q}`, code)).Want(t, 201).Text(t, "id")
		guest.Post(t, "/v1/visits/"+visit+"/review", `{"stars": 5, "text": "再见，很好吃"}`).Want(t, 201)

		export := guest.Get(t, "/v1/me/export").Want(t, 200)
		for _, mine := range []string{guest.Number, "王小明", been, ahead, visit, "再见，很好吃"} {
			if !strings.Contains(string(export.Body), mine) {
				t.Errorf("the export lacks %s", mine)
			}
		}
		if strings.Contains(string(export.Body), sh.owner.Number) {
			t.Error("the export shows somebody else's number")
		}

		if got := guest.Do(t, "DELETE", "/v1/me", "").WantCode(t, 409, "account.bookings").Text(t, "bookings"); got != "1" {
			t.Errorf("%s bookings hang on the account, want 1", got)
		}
		gone := guest.Do(t, "DELETE", "/v1/me?bookings=1", "").Want(t, 200)
		if !strings.Contains(string(gone.Body), `"bookings"`) {
			t.Errorf("the answer does not say what is kept: %s", gone.Body)
		}
		guest.Get(t, "/v1/me").Want(t, 401)
		guest.Post(t, "/v1/auth/tokens/refresh", fmt.Sprintf(`{"refresh_token": %q}`, guest.Refresh)).Want(t, 401)
		place := sh.owner.Get(t, "/v1/places/"+sh.place).Want(t, 200)
		if place.At(t, "rating.average") != nil || sh.owner.Get(t, "/v1/places/"+sh.place+"/reviews").Len(t, "reviews") != 0 {
			t.Errorf("the review stays in %s", place.Body)
		}
		if got := sh.owner.Get(t, "/v1/bookings/"+ahead).Want(t, 200).Text(t, "state"); got != "cancelled_by_consumer" {
			t.Errorf("the booking ahead is %s", got)
		}
		sh.owner.Get(t, "/v1/visits/"+visit).Want(t, 200)
		if again := s.SignIn(t, guest.Number); again.User == guest.User {
			t.Error("the number opens the deleted account")
		}
		sh.owner.Do(t, "DELETE", "/v1/me", "").WantCode(t, 409, "merchant.last_owner")
	})
}

// TestRestoredBackup: a database of before an erasure, put back, forgets the account again.
func TestRestoredBackup(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	s := cornertest.Start(t, cornertest.Setup{Data: data})
	guest, stays := s.SignIn(t, number()), s.SignIn(t, number())
	s.Stop(t)
	backup := map[string][]byte{}
	files, err := filepath.Glob(filepath.Join(data, "corner.db*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no database in %s: %v", data, err)
	}
	for _, f := range files {
		if backup[f], err = os.ReadFile(f); err != nil {
			t.Fatal(err)
		}
	}
	s = cornertest.Start(t, cornertest.Setup{Data: data})
	guest.URL, stays.URL = s.URL, s.URL
	guest.Do(t, "DELETE", "/v1/me", "").Want(t, 200)
	s.Stop(t)
	for _, f := range files {
		if err := os.WriteFile(f, backup[f], 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, rest := range []string{"-wal", "-shm"} {
		if _, kept := backup[filepath.Join(data, "corner.db"+rest)]; !kept {
			_ = os.Remove(filepath.Join(data, "corner.db"+rest))
		}
	}
	s = cornertest.Start(t, cornertest.Setup{Data: data})
	guest.URL, stays.URL = s.URL, s.URL
	for deadline := time.Now().Add(cornertest.Patience); guest.Get(t, "/v1/me").Status != 401; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the account that was erased is there again")
		}
	}
	stays.Get(t, "/v1/me").Want(t, 200)
}
