package cornertest_test

import (
	"testing"

	"corner/internal/cornertest"
	"corner/media/mediatest"
)

// TestDeleteDraft: a draft that nobody else saw goes with all that belongs to it; what could be
// found once stays.
func TestDeleteDraft(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		s := cornertest.Start(t, setup)
		sh := openShop(t, s, "留下面馆", 31.3115, 120.6290, 9)
		draft := sh.owner.Post(
			t,
			"/v1/merchants/"+sh.merchant+"/places",
			`{"name": "没开成的面馆", "category": "noodles", "services": [{"name": "茶", "price": {"amount": 500, "currency": "CNY"}, "bookable": false}]}`,
		).
			Want(t, 201).Text(t, "id")
		photo := addPhoto(t, sh.owner, draft, "item", mediatest.JPEG(mediatest.Marked(32, 24)))
		path := "/v1/places/" + draft
		version := func(path string) string { return sh.owner.Get(t, path).Want(t, 200).Header.Get("ETag") }
		sh.owner.Do(t, "DELETE", path, "").WantCode(t, 428, "request.if_match_required")
		sh.owner.Do(t, "DELETE", path, "", "If-Match", `"77"`).WantCode(t, 412, "place.stale")
		sh.owner.Do(t, "DELETE", path, "", "If-Match", version(path)).Want(t, 204)
		for _, gone := range []string{path, path + "/history", path + "/services", path + "/photos", "/v1/photos/" + photo} {
			sh.owner.Get(t, gone).Want(t, 404)
		}
		if n := sh.owner.Get(t, "/v1/merchants/"+sh.merchant+"/places").Want(t, 200).Len(t, "places"); n != 1 {
			t.Errorf("the merchant has %d places, want 1", n)
		}

		path = "/v1/places/" + sh.place
		sh.owner.Do(t, "DELETE", path, "", "If-Match", version(path)).WantCode(t, 409, "place.was_published")
		sh.owner.Post(t, path+"/unpublish", "").Want(t, 200)
		sh.owner.Do(t, "DELETE", path, "", "If-Match", version(path)).WantCode(t, 409, "place.was_published")
	})
}
