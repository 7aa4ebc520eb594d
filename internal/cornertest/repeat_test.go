package cornertest_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"corner/internal/cornertest"
	"corner/media/mediatest"
)

// idOf is the id in a body, "" if there is none.
func idOf(body []byte) string {
	var v struct {
		ID   string `json:"id"`
		User string `json:"user_id"` // of staff
	}
	_ = json.Unmarshal(body, &v)
	return cmp.Or(v.ID, v.User)
}

// TestRepeat: every POST that creates, sent again with its Idempotency-Key, gives
// what the first one made, also when both are sent at one time; with another body it
// is refused.
func TestRepeat(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		s := cornertest.Start(t, setup)
		sh := openShop(t, s, "再来一碗", 31.3115, 120.6290, 5)
		guest := s.SignIn(t, number())
		starts := slots(t, guest, sh.service, 1)
		hold := guest.Post(t, "/v1/holds", holdBody(sh.service, starts[0], 1)).Want(t, 201).Text(t, "id")
		other := guest.Post(t, "/v1/holds", holdBody(sh.service, starts[0], 1)).Want(t, 201).Text(t, "id")
		came := visit(t, sh, guest, book(t, guest, sh.service, starts[0], 1))

		for _, c := range []struct {
			name       string
			who        *cornertest.Phone
			path       string
			body, bend string // the second is another input
		}{
			{"merchant", sh.owner, "/v1/merchants", `{"name": "甲"}`, `{"name": "乙"}`},
			{
				"place", sh.owner, "/v1/merchants/" + sh.merchant + "/places",
				`{"name": "分店", "category": "noodles", "location": {"lat": 31.3, "lng": 120.6}, "time_zone": "Asia/Shanghai"}`,
				`{"name": "分店", "category": "noodles", "location": {"lat": 31.4, "lng": 120.6}, "time_zone": "Asia/Shanghai"}`,
			},
			{
				"service", sh.owner, "/v1/places/" + sh.place + "/services",
				`{"name": "馄饨", "duration_minutes": 30, "price": {"amount": 1800, "currency": "CNY"}, "bookable": false, "capacity": 1}`,
				`{"name": "馄饨", "duration_minutes": 30, "price": {"amount": 1900, "currency": "CNY"}, "bookable": false, "capacity": 1}`,
			},
			{
				"photo", sh.owner, "/v1/places/" + sh.place + "/photos?kind=item",
				string(mediatest.JPEG(mediatest.Marked(40, 30))), string(mediatest.JPEG(mediatest.Marked(30, 40))),
			},
			{"hold", guest, "/v1/holds", holdBody(sh.service, starts[3], 1), holdBody(sh.service, starts[3], 2)},
			{"booking", guest, "/v1/bookings", fmt.Sprintf(`{"hold_id": %q}`, hold), fmt.Sprintf(`{"hold_id": %q}`, other)},
			{"review", guest, "/v1/visits/" + came + "/review", `{"stars": 5, "text": "好"}`, `{"stars": 4, "text": "好"}`},
			{
				"invitation", sh.owner, "/v1/merchants/" + sh.merchant + "/invitations",
				`{"phone": "+8613700137000", "role": "counter"}`, `{"phone": "+8613700137000", "role": "owner"}`,
			},
		} {
			t.Run(c.name, func(t *testing.T) {
				key := "key-" + c.name
				ids := make([]string, 8)
				var wg sync.WaitGroup
				for i := range ids {
					wg.Go(func() {
						a, err := c.who.Try(http.MethodPost, c.path, c.body, "Idempotency-Key", key)
						if err != nil || a.Status != http.StatusCreated {
							t.Errorf("call %d: %v, %+v", i, err, a)
							return
						}
						ids[i] = idOf(a.Body)
					})
				}
				wg.Wait()
				for _, id := range ids {
					if id == "" || id != ids[0] {
						t.Fatalf("%d calls with one key gave %v, want one id", len(ids), ids)
					}
				}
				c.who.Post(t, c.path, c.bend, "Idempotency-Key", key).WantCode(t, 409, "request.idempotency_key_reused")
			})
		}
		if n := s.Anybody().Get(t, "/v1/places/"+sh.place+"/services").Want(t, 200).Len(t, "services"); n != 2 {
			t.Errorf("the place has %d services, want 2", n)
		}
	})
}

// TestSignInAgain: a phone that lost the answer to its sign-in, or to a refresh, gets
// that answer when it asks again.
func TestSignInAgain(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		s := cornertest.Start(t, setup)
		p := s.SignIn(t, number())
		first := p.Post(t, "/v1/auth/tokens/refresh", fmt.Sprintf(`{"refresh_token": %q}`, p.Refresh)).Want(t, 200, 201).Text(t, "refresh_token")
		again := p.Post(t, "/v1/auth/tokens/refresh", fmt.Sprintf(`{"refresh_token": %q}`, p.Refresh)).Want(t, 200, 201).Text(t, "refresh_token")
		if first != again {
			t.Error("a refresh that was repeated gives another token")
		}
		second := p.Post(t, "/v1/auth/tokens/refresh", fmt.Sprintf(`{"refresh_token": %q}`, first)).Want(t, 200, 201).Text(t, "refresh_token")
		p.Post(t, "/v1/auth/tokens/refresh", fmt.Sprintf(`{"refresh_token": %q}`, p.Refresh)).WantCode(t, 401, "identity.token_invalid")
		p.Post(t, "/v1/auth/tokens/refresh", fmt.Sprintf(`{"refresh_token": %q}`, second)).WantCode(t, 401, "identity.token_invalid")
	})
}

// TestQuietLog: what the program prints tells no token, no code and no phone number,
// but for the line of the log gateway.
func TestQuietLog(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{Args: []string{"--log-level=DEBUG"}})
	sh := openShop(t, s, "安静面馆", 31.3115, 120.6290, 1)
	guest := s.SignIn(t, number())
	booking := book(t, guest, sh.service, slots(t, guest, sh.service, 1)[0], 1)
	code := guest.Get(t, "/v1/bookings/"+booking+"/code").Want(t, 200).Text(t, "code")
	sh.owner.Post(t, "/v1/visits", fmt.Sprintf(`{"code": %q}`, code)).Want(t, 201)
	guest.Post(t, "/v1/auth/codes", `{"phone": "not a number +8613899999999"}`).Want(t, 422)
	guest.Get(t, "/v1/search?lat=31.3115&lng=120.6290&q=secretword").Want(t, 200)
	s.Stop(t)
	for line := range strings.SplitSeq(s.Output(), "\n") {
		if strings.HasPrefix(line, "code for +") {
			continue
		}
		for what, secret := range map[string]string{
			"access token": guest.Token, "refresh token": guest.Refresh, "phone number": guest.Number[1:], "bad phone": "13899999999",
			"visit code": code, "plain visit code": strings.ReplaceAll(code, "-", ""), "search text": "secretword", "position": "31.31",
		} {
			if strings.Contains(line, secret) {
				t.Errorf("the log tells the %s: %s", what, line)
			}
		}
	}
}
