package cornertest_test

import (
	"fmt"
	"strings"
	"testing"

	"corner/internal/cornertest"
)

// TestBrand: a stall that is named KFC is none until an operator says so for the place or for its merchant, or the server's command
// does; and it is none any more when it is renamed or the brand is taken.
func TestBrand(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		s := cornertest.Start(t, setup)
		stall, boss, anybody := openShop(t, s, "肯德基（观前街店）", 31.3115, 120.6290, 5), s.SignIn(t, number()), s.SignIn(t, number())
		s.Run(t, "operator", "add", boss.Number)
		path := "/v1/places/" + stall.place
		brand := func(p *cornertest.Phone, path, want, claimed string) {
			t.Helper()
			a := p.Get(t, path).Want(t, 200)
			is, _ := a.At(t, "brand").(string)
			says, _ := a.At(t, "brand_claimed").(string)
			if is != want || says != claimed {
				t.Errorf("%s is of brand %q and claims %q, want %q and %q", path, is, says, want, claimed)
			}
		}
		rename := func(sh shop, place, name string) {
			t.Helper()
			path := "/v1/places/" + place
			sh.owner.Patch(t, path, fmt.Sprintf(`{"name": %q}`, name), "If-Match", sh.owner.Get(t, path).Header.Get("ETag")).Want(t, 200)
		}
		brand(anybody, path, "", "")
		brand(stall.owner, path, "", "kfc")
		brand(boss, path, "", "kfc")
		if got := stall.owner.Get(t, "/v1/merchants/"+stall.merchant+"/places").Want(t, 200); got.Text(t, "places.0.brand_claimed") != "kfc" {
			t.Errorf("its own list says %s", got.Body)
		}

		// An operator says so of the place, if it is what he was shown.
		c := waiting(t, boss, "brand")
		on := func(body string) *cornertest.Answer { return boss.Post(t, "/v1/operator/queue/"+c+"/decision", body) }
		on(`{"action": "grant_brand", "reason": "有授权"}`).WantCode(t, 422, "request.invalid")
		on(`{"action": "dismiss", "brand": "kfc", "reason": "有授权"}`).WantCode(t, 422, "request.invalid")
		on(`{"action": "grant_brand", "brand": "starbucks", "reason": "有授权"}`).WantCode(t, 409, "brand.not_claimed")
		on(`{"action": "grant_brand", "brand": "kfc", "reason": "有授权"}`).Want(t, 200)
		brand(anybody, path, "kfc", "")
		find(t, anybody, stall, "&brand=kfc")
		rename(stall, stall.place, "肯德基观前街店")
		brand(anybody, path, "kfc", "")
		rename(stall, stall.place, "老王炸鸡")
		brand(anybody, path, "", "")
		rename(stall, stall.place, "肯德基")
		brand(stall.owner, path, "", "kfc")
		c = waiting(t, boss, "brand")
		on(`{"action": "dismiss", "reason": "没有授权"}`).Want(t, 200)
		brand(stall.owner, path, "", "kfc")

		// Or of its merchant: all places, now and later.
		rename(stall, stall.place, "老王炸鸡")
		rename(stall, stall.place, "肯德基")
		c = waiting(t, boss, "brand")
		on(`{"action": "give_brand", "brand": "kfc", "reason": "总部"}`).Want(t, 200)
		on(`{"action": "give_brand", "brand": "kfc", "reason": "总部"}`).Want(t, 200)
		brand(anybody, path, "kfc", "")
		find(t, anybody, stall, "&brand=kfc")
		second := stall.owner.Post(t, "/v1/merchants/"+stall.merchant+"/places", `{"name": "肯德基（平江路店）", "category": "fast_food",
			"location": {"lat": 31.35, "lng": 120.65}, "time_zone": "Asia/Shanghai"}`).Want(t, 201)
		if second.Text(t, "brand") != "kfc" {
			t.Errorf("a later place of the brand's merchant is %s", second.Body)
		}
		if got := boss.Get(t, "/v1/operator/queue?kind=brand").Want(t, 200).Len(t, "cases"); got != 0 {
			t.Errorf("%d cases wait for places of the brand's own merchant", got)
		}
		if got := boss.Get(t, path+"/history").Want(t, 200).Text(t, "revisions.0.kind"); got != "place.branded" {
			t.Errorf("the last of the history is %s", got)
		}

		// The server's command takes it from both, and gives it again.
		if out := s.Run(t, "brand", "list"); !strings.Contains(out, "kfc") || !strings.Contains(out, stall.merchant) {
			t.Errorf("brand list prints %s", out)
		}
		if out := s.Run(t, "brand", "take", "kfc", stall.merchant); !strings.Contains(out, "2 places") {
			t.Errorf("brand take prints %s", out)
		}
		brand(stall.owner, path, "", "kfc")
		brand(stall.owner, "/v1/places/"+second.Text(t, "id"), "", "kfc")
		if out := s.Run(t, "brand", "give", "kfc", stall.merchant); !strings.Contains(out, "2 places") {
			t.Errorf("brand give prints %s", out)
		}
		brand(anybody, path, "kfc", "")

		// Another's stall is none.
		other := openShop(t, s, "肯德基（假）店", 31.4115, 120.6290, 5)
		brand(anybody, "/v1/places/"+other.place, "", "")
	})
}
