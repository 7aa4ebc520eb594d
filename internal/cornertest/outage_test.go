package cornertest_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"testing"
	"time"

	"corner/internal/cornertest"
)

// TestElasticsearchAway: writing goes on, searching answers 503 with Retry-After, and
// the index catches up by itself.
func TestElasticsearchAway(t *testing.T) {
	t.Parallel()
	setup := servers(t)
	proxy, through := cornertest.Through(t, setup.Index)
	setup.Index = through
	s := cornertest.Start(t, setup)
	before := openShop(t, s, "老赵饺子", 31.3115, 120.6290, 2)
	find(t, s.Anybody(), before, "")

	proxy.Cut()
	a := s.Anybody().Get(t, "/v1/search?lat=31.3115&lng=120.6290").WantCode(t, 503, "search.unavailable")
	if n, err := strconv.Atoi(a.Header.Get("Retry-After")); err != nil || n < 1 {
		t.Errorf("Retry-After = %q, want seconds", a.Header.Get("Retry-After"))
	}
	during := openShop(t, s, "停电中面馆", 31.3120, 120.6290, 2)
	guest := s.SignIn(t, number())
	v := visit(t, during, guest, book(t, guest, during.service, slots(t, guest, during.service, 1)[0], 1))
	guest.Post(t, "/v1/visits/"+v+"/review", `{"stars": 4, "text": "停电也能吃面"}`).Want(t, 201)

	proxy.Mend()
	find(t, s.Anybody(), during, "&q="+url.QueryEscape("停电中"))
}

// TestPageWithoutSimilarPlaces: while the search engine is stopped or hangs, the page of a
// place comes without what is like it, searches are refused with a time to come back, and
// both are whole again by themselves when it is back.
func TestPageWithoutSimilarPlaces(t *testing.T) {
	t.Parallel()
	setup := servers(t)
	proxy, through := cornertest.Through(t, setup.Index)
	setup.Index = through
	s := cornertest.Start(t, setup)
	sh, beside := openShop(t, s, "常青面馆", 31.3115, 120.6290, 2), openShop(t, s, "隔壁拉面", 31.3125, 120.6290, 2)
	find(t, s.Anybody(), sh, "")
	find(t, s.Anybody(), beside, "")
	page := "/v1/places/" + sh.place + "/page"
	whole := func() {
		t.Helper()
		for deadline := time.Now().Add(cornertest.Patience); ; time.Sleep(20 * time.Millisecond) {
			if s.Anybody().Get(t, page).Want(t, 200).Len(t, "similar") == 1 &&
				s.Anybody().Get(t, "/v1/search?lat=31.3115&lng=120.6290").Status == 200 {
				return
			}
			if time.Now().After(deadline) {
				t.Fatal("the page never had its similar places again")
			}
		}
	}
	whole()
	for name, away := range map[string]func(){"stopped": proxy.Cut, "hung": proxy.Hang} {
		away()
		for range 30 {
			if a := s.Anybody().Get(t, page).Want(t, 200); a.Len(t, "similar") != 0 || a.Text(t, "place.id") != sh.place {
				t.Errorf("%s: the page is %s, want it without similar places", name, a.Body)
			}
		}
		a := s.Anybody().Get(t, "/v1/search?lat=31.3115&lng=120.6290").WantCode(t, 503, "search.unavailable")
		if a.Header.Get("Retry-After") == "" {
			t.Errorf("%s: no Retry-After", name)
		}
		proxy.Mend()
		whole()
	}
}

// TestElasticsearchWiped: an index that is gone is built anew from the database.
func TestElasticsearchWiped(t *testing.T) {
	t.Parallel()
	setup := servers(t)
	s := cornertest.Start(t, setup)
	sh := openShop(t, s, "抹不掉的面馆", 31.3115, 120.6290, 2)
	find(t, s.Anybody(), sh, "")
	u, err := url.Parse(setup.Index)
	if err != nil {
		t.Fatal(err)
	}
	base := "http://" + u.Host
	for _, name := range indices(t, base, u.Path[1:]) {
		elastic(t, http.MethodDelete, base+"/"+name, nil)
	}
	find(t, s.Anybody(), sh, "")
}

// TestRedisAway: everything but signing in goes on, limits count in the process, and
// signing in comes back by itself.
func TestRedisAway(t *testing.T) {
	t.Parallel()
	setup := servers(t)
	proxy, through := cornertest.Through(t, setup.Cache)
	setup.Cache = through
	s := cornertest.Start(t, setup)
	sh := openShop(t, s, "无缓存面馆", 31.3115, 120.6290, 2)
	guest := s.SignIn(t, number())
	find(t, s.Anybody(), sh, "")

	proxy.Cut()
	stranger := number()
	s.Anybody().Post(t, "/v1/auth/codes", fmt.Sprintf(`{"phone": %q}`, stranger)).WantCode(t, 503, "identity.unavailable")
	find(t, s.Anybody(), sh, "")
	v := visit(t, sh, guest, book(t, guest, sh.service, slots(t, guest, sh.service, 1)[0], 1))
	guest.Post(t, "/v1/visits/"+v+"/review", `{"stars": 4, "text": "没有缓存也照样"}`).Want(t, 201)

	proxy.Mend()
	for deadline := time.Now().Add(cornertest.Patience); ; time.Sleep(50 * time.Millisecond) {
		a := s.Anybody().Post(t, "/v1/auth/codes", fmt.Sprintf(`{"phone": %q}`, stranger)).Want(t, 202, 503, 429)
		if a.Status != http.StatusServiceUnavailable {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("signing in never came back")
		}
	}
}

// TestDatabaseAway: what needs the database answers 503 with Retry-After, and works
// again by itself; nothing that was answered is lost.
func TestDatabaseAway(t *testing.T) {
	t.Parallel()
	setup := servers(t)
	proxy, through := cornertest.Through(t, setup.Database)
	setup.Database = through
	s := cornertest.Start(t, setup)
	sh := openShop(t, s, "断库面馆", 31.3115, 120.6290, 2)
	guest := s.SignIn(t, number())
	booking := book(t, guest, sh.service, slots(t, guest, sh.service, 1)[0], 1)
	find(t, s.Anybody(), sh, "")

	proxy.Cut()
	for _, c := range []struct{ method, path, body string }{
		{http.MethodGet, "/v1/places/" + sh.place, ""},
		{http.MethodGet, "/v1/bookings/" + booking, ""},
		{http.MethodPost, "/v1/merchants", `{"name": "断库"}`},
	} {
		a := guest.Do(t, c.method, c.path, c.body).WantCode(t, 503, "server.unavailable")
		if n, err := strconv.Atoi(a.Header.Get("Retry-After")); err != nil || n < 1 {
			t.Errorf("%s %s: Retry-After = %q, want seconds", c.method, c.path, a.Header.Get("Retry-After"))
		}
	}
	find(t, s.Anybody(), sh, "") // the index needs no database
	s.Anybody().Get(t, "/readyz").WantCode(t, 503, "server.not_ready")
	s.Anybody().Get(t, "/livez").Want(t, 200)

	proxy.Mend()
	for deadline := time.Now().Add(cornertest.Patience); ; time.Sleep(50 * time.Millisecond) {
		a := guest.Get(t, "/v1/bookings/"+booking).Want(t, 200, 503)
		if a.Status == http.StatusOK {
			if got := a.Text(t, "state"); got != "confirmed" {
				t.Errorf("the booking is %q, want confirmed", got)
			}
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the database never came back")
		}
	}
}
