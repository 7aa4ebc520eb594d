package cornertest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"corner/internal/cornertest"
)

// listing imports one place with a telephone number, and is its id.
func listing(t *testing.T, s *cornertest.Server, name, phone string, lat float64) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "one.csv")
	row := fmt.Sprintf("id,name,name_zh,name_en,category,cuisine,lat,lon,address,city,country,tz,phone,website,opening_hours,brand,extra\n"+
		"osm:node/%s,%s,,,amenity=cafe,,%v,120.6290,,suzhou,CN,Asia/Shanghai,%s,,Mo-Su 08:00-22:00,,\n", name, name, lat, phone)
	if err := os.WriteFile(file, []byte(row), 0o600); err != nil {
		t.Fatal(err)
	}
	s.Run(t, "import", file)
	sh := shop{lat: lat, lng: 120.629}
	for deadline := time.Now().Add(cornertest.Patience); ; time.Sleep(10 * time.Millisecond) {
		a := s.Anybody().Get(t, fmt.Sprintf("/v1/search?lat=%v&lng=%v&radius=50", sh.lat, sh.lng)).Want(t, 200, 503)
		if time.Now().After(deadline) {
			t.Fatalf("the listing is not found: %s", a.Body)
		}
		for i := 0; a.Status == 200 && i < a.Len(t, "hits"); i++ {
			if a.Text(t, fmt.Sprintf("hits.%d.place.name", i)) == name {
				return a.Text(t, fmt.Sprintf("hits.%d.place.id", i))
			}
		}
	}
}

// TestClaim: a claim is proved by the code that the listing's own number gets, or by evidence that an operator judges; until
// then everybody sees that it is not. What a wrong claimer did goes with the claim.
func TestClaim(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		s := cornertest.Start(t, setup)
		owner, thief, boss := s.SignIn(t, number()), s.SignIn(t, number()), s.SignIn(t, number())
		s.Run(t, "operator", "add", boss.Number)
		merchant := func(p *cornertest.Phone) string {
			return fmt.Sprintf(`{"merchant_id": %q}`, p.Post(t, "/v1/merchants", `{"name": "咖啡"}`).Want(t, 201).Text(t, "id"))
		}
		mobile := number()
		place := listing(t, s, "码头咖啡", mobile, 31.3115)
		claimed := owner.Post(t, "/v1/places/"+place+"/claim", merchant(owner)).Want(t, 202)
		if to := claimed.Text(t, "claim.code_sent_to"); to == mobile || to[len(to)-4:] != mobile[len(mobile)-4:] {
			t.Errorf("the code was sent to %q, of %s", to, mobile)
		}
		code := s.Await(t, regexp.MustCompile(`text for `+regexp.QuoteMeta(mobile)+`: .*?(\d{6})`))
		if got := s.Anybody().Get(t, "/v1/places/"+place).Want(t, 200).Text(t, "claim.state"); got != "unverified" {
			t.Errorf("everybody is shown a claim that is %q", got)
		}
		proof := "/v1/claims/" + claimed.Text(t, "claim.id") + "/proof"
		wrong := "000000"
		if code == wrong {
			wrong = "000001"
		}
		owner.Post(t, proof, fmt.Sprintf(`{"code": %q}`, wrong)).WantCode(t, 401, "identity.code_invalid")
		thief.Post(t, proof, fmt.Sprintf(`{"code": %q}`, code)).WantCode(t, 404, "claim.not_found")
		if got := owner.Post(t, proof, fmt.Sprintf(`{"code": %q}`, code)).Want(t, 200).Text(t, "state"); got != "verified" {
			t.Errorf("the claim is %q", got)
		}
		if a := s.Anybody().Get(t, "/v1/places/"+place).Want(t, 200); a.At(t, "claim") != nil {
			t.Errorf("a proved claim is shown still: %s", a.Body)
		}

		second := listing(t, s, "河边茶馆", "+862112345678", 31.3415)
		theirs := merchant(thief)
		stolen := thief.Post(t, "/v1/places/"+second+"/claim", theirs).Want(t, 202)
		thief.Patch(t, "/v1/places/"+second, `{"name": "野鸡酒吧", "phone": "+8613900000000"}`, "If-Match", stolen.Header.Get("ETag")).Want(t, 200)
		addPhoto(t, thief, second, "storefront", picture(1))
		proof = "/v1/claims/" + stolen.Text(t, "claim.id") + "/proof"
		licence := addPhoto(t, thief, second, "evidence", picture(3))
		for who, want := range map[*cornertest.Phone]int{thief: 200, boss: 200, owner: 404, s.Anybody(): 404} {
			who.Get(t, "/v1/photos/"+licence).Want(t, want)
			who.Get(t, "/v1/photos/"+licence+"/small").Want(t, want)
			if shown := strings.Contains(string(who.Get(t, "/v1/places/"+second+"/photos").Want(t, 200).Body), licence); shown != (want == 200) {
				t.Errorf("evidence is in the list of photos: %v", shown)
			}
		}
		thief.Post(t, proof, `{"evidence": {"location": {"lat": 31.3515, "lng": 120.629}}}`).WantCode(t, 422, "request.invalid")
		thief.Post(t, proof, `{"evidence": {"text": "真是我的", "location": {"lat": 31.3416, "lng": 120.629, "accuracy_m": 9}}}`).Want(t, 202)
		waits := decide(t, boss, "claim", `{"action": "refuse", "reason": "执照不符"}`)
		if waits.Text(t, "subject.id") != stolen.Text(t, "claim.id") {
			t.Errorf("decided about %s", waits.Body)
		}
		a := s.Anybody().Get(t, "/v1/places/"+second).Want(t, 200)
		if a.Text(t, "name") != "河边茶馆" || a.Text(t, "phone") != "+862112345678" || a.At(t, "merchant_id") != nil || a.At(t, "claim") != nil {
			t.Errorf("after the claim was refused the place is %s", a.Body)
		}
		if n := s.Anybody().Get(t, "/v1/places/"+second+"/photos").Want(t, 200).Len(t, "photos"); n != 0 {
			t.Errorf("%d photos of the wrong claimer are left", n)
		}
		thief.Post(t, "/v1/places/"+second+"/claim", theirs).WantCode(t, 409, "claim.refused")
		owner.Post(t, "/v1/places/"+second+"/claim", merchant(owner)).Want(t, 202)
	})
}
