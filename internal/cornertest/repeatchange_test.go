package cornertest_test

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"corner/internal/cornertest"
	"corner/media/mediatest"
)

// change is a call that If-Match guards.
type change struct {
	op           string // its id
	who          *cornertest.Phone
	method, path string
	body, bend   string // the second is another input; "" for a call without a body
	read         string // where what it changes is read; "" for the path
	gone         bool   // it is not there any more, after
}

// changes is every call that If-Match guards, and something for each to change.
func changes(t *testing.T, s *cornertest.Server) []change {
	sh := openShop(t, s, "改来改去", 31.3115, 120.6290, 5)
	boss := s.SignIn(t, number())
	s.Run(t, "operator", "add", boss.Number)
	boss.Post(t, "/v1/categories", milkTea).Want(t, 201)
	photo := sh.owner.Post(t, "/v1/places/"+sh.place+"/photos?kind=item", string(mediatest.JPEG(mediatest.Marked(40, 30))),
		"Content-Type", "image/jpeg").Want(t, 201).Text(t, "id")
	draft := sh.owner.Post(t, "/v1/merchants/"+sh.merchant+"/places", `{"name": "分店"}`).Want(t, 201).Text(t, "id")
	sold := sh.owner.Post(t, "/v1/places/"+sh.place+"/services", `{"name": "馄饨", "price": {"amount": 1800, "currency": "CNY"}, "bookable": false}`).
		Want(t, 201).
		Text(t, "id")
	place := "/v1/places/" + sh.place
	return []change{
		{"revisePlace", sh.owner, "PATCH", place, `{"address": "甲路1号"}`, `{"address": "乙路1号"}`, "", false},
		{"reviseService", sh.owner, "PATCH", "/v1/services/" + sh.service, `{"description": "大碗"}`, `{"description": "小碗"}`, "", false},
		{"changePhoto", sh.owner, "PATCH", "/v1/photos/" + photo, `{"caption": "窗边"}`, `{"caption": "门边"}`, "", false},
		{"renameMerchant", sh.owner, "PATCH", "/v1/merchants/" + sh.merchant, `{"name": "甲"}`, `{"name": "乙"}`, "", false},
		{"changeMe", sh.owner, "PATCH", "/v1/me", `{"name": "甲"}`, `{"name": "乙"}`, "", false},
		{"reviseCategory", boss, "PATCH", "/v1/categories/milk_tea_kiosk", `{"names": {"en": "A"}}`, `{"names": {"en": "B"}}`, "", false},
		{
			"setHoursException",
			sh.owner,
			"PUT",
			place + "/hours/exceptions/2031-12-25",
			`{"closed": true}`,
			`{"intervals": [{"opens": "10:00", "closes": "12:00"}]}`,
			place,
			false,
		},
		{"removeHoursException", sh.owner, "DELETE", place + "/hours/exceptions/2031-12-25", "", "", place, false},
		{
			"closePlace",
			sh.owner,
			"PUT",
			place + "/closure",
			`{"kind": "temporary", "from": "2031-12-01", "until": "2031-12-24"}`,
			`{"kind": "temporary", "from": "2031-12-01", "until": "2031-12-25"}`,
			place,
			false,
		},
		{"reopenPlace", sh.owner, "DELETE", place + "/closure", "", "", place, false},
		{"retireService", sh.owner, "DELETE", "/v1/services/" + sold, "", "", "", false},
		{"deleteDraft", sh.owner, "DELETE", "/v1/places/" + draft, "", "", "", true},
	}
}

// TestRepeatedChange: whatever If-Match guards, sent again with its Idempotency-Key and the If-Match of the
// first call, answers as the first one did, also when several are sent at one time; it has changed once. With
// another body it is refused, and a key of a call that failed is none.
func TestRepeatedChange(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		s := cornertest.Start(t, setup)
		list := changes(t, s)
		tried := map[string]bool{}
		for _, c := range list {
			tried[c.op] = true
			t.Run(c.op, func(t *testing.T) { c.repeat(t) })
		}
		if all := guarded(t, s); !maps.Equal(all, tried) {
			t.Errorf("tried %v, and the document has %v", slices.Sorted(maps.Keys(tried)), slices.Sorted(maps.Keys(all)))
		}
		a := list[0] // a key is its owner's
		stranger := s.SignIn(t, number())
		tag := a.who.Get(t, a.path).Header.Get("ETag")
		stranger.Patch(t, a.path, a.body, "If-Match", tag, "Idempotency-Key", "key-"+a.op).WantCode(t, 404, "place.not_found")
	})
}

// guarded is the ids of the operations that take an If-Match and an Idempotency-Key, by the document.
func guarded(t *testing.T, s *cornertest.Server) map[string]bool {
	ids := map[string]bool{}
	paths, ok := s.Anybody().Get(t, "/openapi.json").Want(t, 200).At(t, "paths").(map[string]any)
	if !ok {
		t.Fatal("the document has no paths")
	}
	for _, item := range paths {
		for _, op := range item.(map[string]any) { //nolint:forcetypeassert // of our own document
			text := fmt.Sprint(op)
			if strings.Contains(text, "name:If-Match") {
				if !strings.Contains(text, "name:Idempotency-Key") {
					t.Errorf("no Idempotency-Key: %s", text)
				}
				ids[op.(map[string]any)["operationId"].(string)] = true //nolint:forcetypeassert // of our own document
			}
		}
	}
	return ids
}

func (c change) call(t *testing.T, body, tag, key string) *cornertest.Answer {
	t.Helper()
	return c.who.Do(t, c.method, c.path, body, "If-Match", tag, "Idempotency-Key", key)
}

func (c change) repeat(t *testing.T) {
	read := c.path
	if c.read != "" {
		read = c.read
	}
	version := func() string { return c.who.Get(t, read).Want(t, 200).Header.Get("ETag") }
	key, before := "key-"+c.op, version()
	c.call(t, c.body, `"0"`, key).WantCode(t, 412, codeOfStale[c.op])

	answers := make([]*cornertest.Answer, 8)
	var wg sync.WaitGroup
	for i := range answers {
		wg.Go(func() {
			var err error
			if answers[i], err = c.who.Try(c.method, c.path, c.body, "If-Match", before, "Idempotency-Key", key); err != nil {
				t.Errorf("call %d: %v", i, err)
			}
		})
	}
	wg.Wait()
	if t.Failed() {
		return
	}
	for _, a := range answers {
		a.Want(t, http.StatusOK, http.StatusNoContent)
		if !bytes.Equal(a.Body, answers[0].Body) || a.Header.Get("ETag") != answers[0].Header.Get("ETag") {
			t.Fatalf("calls with one key were answered %q %s and %q %s",
				answers[0].Header.Get("ETag"), answers[0].Body, a.Header.Get("ETag"), a.Body)
		}
	}
	if !c.gone {
		if after := version(); after != next(t, before) {
			t.Fatalf("after %d calls with one key the version %s became %s", len(answers), before, after)
		}
	}
	if c.bend != "" {
		c.call(t, c.bend, before, key).WantCode(t, 409, "request.idempotency_key_reused")
		// Somebody else goes on: the repeat shows where that has led, and changes nothing.
		c.call(t, c.bend, version(), key+"-2").Want(t, 200)
		now := version()
		if a := c.call(t, c.body, before, key).Want(t, 200); a.Header.Get("ETag") != now || version() != now {
			t.Errorf("the repeat after another change was answered with version %s, want %s", a.Header.Get("ETag"), now)
		}
	}
	if c.gone {
		c.who.Get(t, read).Want(t, 404)
		c.call(t, c.body, before, key+"-2").Want(t, 404)
	}
	tag := before
	if !c.gone {
		tag = version()
	}
	c.call(t, c.body, tag, strings.Repeat("x", 256)).WantCode(t, 422, "request.invalid")
}

// codeOfStale is how each call says that its version is no more.
var codeOfStale = map[string]string{
	"revisePlace":          "place.stale",
	"reviseService":        "service.stale",
	"changePhoto":          "photo.stale",
	"renameMerchant":       "merchant.stale",
	"changeMe":             "identity.user_stale",
	"reviseCategory":       "category.stale",
	"setHoursException":    "place.stale",
	"removeHoursException": "place.stale",
	"closePlace":           "place.stale",
	"reopenPlace":          "place.stale",
	"retireService":        "service.stale",
	"deleteDraft":          "place.stale",
}

// next is the ETag of the version after that of tag.
func next(t *testing.T, tag string) string {
	t.Helper()
	var n int
	if _, err := fmt.Sscanf(tag, `"%d"`, &n); err != nil {
		t.Fatalf("the ETag %s: %v", tag, err)
	}
	return fmt.Sprintf(`"%d"`, n+1)
}
