package cornertest_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"corner/internal/cornertest"
)

const milkTea = `{"key": "milk_tea_kiosk", "parent": "tea_drinks", "names": {"en": "Milk tea kiosk", "zh": "奶茶亭"}, "words": ["boba stand"]}`

// TestAddedCategory: what an operator adds, a merchant registers under and a consumer
// searches for, without a restart and on every instance.
func TestAddedCategory(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		first := cornertest.Start(t, setup)
		other := first
		if setup.Database != "" {
			other = cornertest.Start(t, setup)
		}
		boss := first.SignIn(t, number())
		first.Run(t, "operator", "add", boss.Number)
		a := boss.Post(t, "/v1/categories", milkTea, "Idempotency-Key", "k1").Want(t, http.StatusCreated)
		if a.Header.Get("Location") != "/v1/categories/milk_tea_kiosk" || a.Text(t, "parent") != "tea_drinks" || a.At(t, "bookable") != true {
			t.Errorf("the category: %v %s", a.Header, a.Body)
		}
		boss.Post(t, "/v1/categories", milkTea, "Idempotency-Key", "k1").Want(t, http.StatusCreated)
		boss.Post(t, "/v1/categories", milkTea, "Idempotency-Key", "k2").WantCode(t, http.StatusConflict, "category.taken")
		bad := boss.Post(t, "/v1/categories", `{"key": "X", "parent": "volcano", "names": {"zh": "亭"}}`).WantCode(t, 422, "request.invalid")
		if n := bad.Len(t, "errors"); n != 3 {
			t.Errorf("%d faults, want 3: %s", n, bad.Body)
		}

		sh := openShop(t, first, "小满", 31.3115, 120.6290, 4)
		move := func(category string) {
			t.Helper()
			etag := sh.owner.Get(t, "/v1/places/"+sh.place).Header.Get("ETag")
			sh.owner.Patch(t, "/v1/places/"+sh.place, fmt.Sprintf(`{"category": %q}`, category), "If-Match", etag).Want(t, 200)
		}
		move("milk_tea_kiosk")
		for _, s := range []*cornertest.Server{first, other} {
			knows(t, s.Anybody(), "milk_tea_kiosk")
			for _, more := range []string{
				"&category=milk_tea_kiosk", "&category=tea_drinks", "&category=dining",
				"&q=" + url.QueryEscape("奶茶亭"), "&q=" + url.QueryEscape("boba stand"), "&q=kiosk",
			} {
				find(t, s.Anybody(), sh, more)
			}
			if got := s.Anybody().
				Get(t, "/v1/suggestions?lat=31.3115&lng=120.6290&q="+url.QueryEscape("奶茶亭")).
				Text(t, "categories.0.key"); got != "milk_tea_kiosk" {
				t.Errorf("the first category suggested for its name is %q", got)
			}
		}

		etag := boss.Get(t, "/v1/categories/milk_tea_kiosk").Want(t, 200).Header.Get("ETag")
		boss.Patch(t, "/v1/categories/milk_tea_kiosk", `{"names": {"en": "Bubble kiosk"}}`).WantCode(t, 428, "request.if_match_required")
		boss.Patch(t, "/v1/categories/noodles", `{"names": {"en": "Pasta"}}`, "If-Match", `"1"`).WantCode(t, 409, "category.built_in")
		a = boss.Patch(t, "/v1/categories/milk_tea_kiosk", `{"names": {"en": "Bubble kiosk"}}`, "If-Match", etag).Want(t, 200)
		if a.Text(t, "names.en") != "Bubble kiosk" || a.Text(t, "names.zh") != "奶茶亭" || a.Text(t, "words.0") != "boba stand" {
			t.Errorf("renamed: %s, want the English name to be another, alone", a.Body)
		}
		boss.Patch(t, "/v1/categories/milk_tea_kiosk", `{"words": null}`, "If-Match", etag).WantCode(t, 412, "category.stale")
		move("noodles") // and back: the place is read again, and found by the new name
		move("milk_tea_kiosk")
		find(t, first.Anybody(), sh, "&q=bubble")
	})
}

// knows waits until an instance has the category in its tree.
func knows(t *testing.T, p *cornertest.Phone, key string) {
	t.Helper()
	for began := time.Now(); time.Since(began) < cornertest.Patience; time.Sleep(20 * time.Millisecond) {
		a := p.Get(t, "/v1/categories").Want(t, 200)
		for i := range a.Len(t, "categories") {
			if a.Text(t, fmt.Sprintf("categories.%d.key", i)) == key {
				return
			}
		}
	}
	t.Fatalf("%s was not known in %s", key, cornertest.Patience)
}
