package cornertest_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"image/jpeg"
	"net/http"
	"strings"
	"testing"

	"corner/internal/cornertest"
	"corner/media/mediatest"
)

// addPhoto uploads a picture and is the photo's id.
func addPhoto(t testing.TB, p *cornertest.Phone, place, kind string, picture []byte) string {
	t.Helper()
	return p.Do(t, http.MethodPost, "/v1/places/"+place+"/photos?kind="+kind, string(picture), "Content-Type", "image/jpeg").
		Want(t, 201).
		Text(t, "id")
}

// TestPhoto: a phone held upright sends what it took lying on its side, with where it
// was; anybody sees it upright, in three sizes, and learns nothing from it.
func TestPhoto(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		s := cornertest.Start(t, setup)
		sh := openShop(t, s, "留影面馆", 31.3115, 120.6290, 2)
		upload := mediatest.Phoned(mediatest.Marked(2_400, 1_800), 6)
		a := sh.owner.Do(t, http.MethodPost, "/v1/places/"+sh.place+"/photos?kind=storefront&caption=%E9%97%A8%E9%9D%A2", string(upload),
			"Content-Type", "image/jpeg", "Idempotency-Key", "photo-1").Want(t, 201)
		id := a.Text(t, "id")
		if got := a.Header.Get("Location"); got != "/v1/photos/"+id || a.Text(t, "caption") != "门面" {
			t.Errorf("Location %q, body %s", got, a.Body)
		}
		for _, c := range []struct {
			size          string
			width, height int
		}{{"thumb", 120, 160}, {"small", 360, 480}, {"large", 1200, 1600}} {
			b := s.Anybody().Get(t, a.Text(t, "variants."+c.size+".url")).Want(t, 200)
			for name, want := range map[string]string{
				"Content-Type": "image/jpeg", "Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff",
				"ETag": fmt.Sprintf("\"%x\"", sha256.Sum256(b.Body)), "Content-Length": fmt.Sprint(len(b.Body)),
			} {
				if got := b.Header.Get(name); got != want {
					t.Errorf("%s: %s is %q, want %q", c.size, name, got, want)
				}
			}
			m, err := jpeg.Decode(bytes.NewReader(b.Body))
			if err != nil {
				t.Fatal(err)
			}
			if r := m.Bounds(); r.Dx() != c.width || r.Dy() != c.height {
				t.Errorf("%s: got %v, want %dx%d", c.size, r, c.width, c.height)
			}
			// Dark was the upper left; upright, that is the upper right.
			at := func(x, y int) uint32 {
				_, g, _, _ := m.At(c.width*x/4, c.height*y/4).RGBA()
				return g >> 8
			}
			if at(3, 1) > 60 || at(1, 1) < 160 || at(1, 3) < 160 || at(3, 3) < 160 {
				t.Errorf("%s is not upright: %d %d %d %d", c.size, at(1, 1), at(3, 1), at(1, 3), at(3, 3))
			}
			for _, secret := range mediatest.Secrets {
				if bytes.Contains(b.Body, []byte(secret)) {
					t.Errorf("%s still has %q", c.size, secret)
				}
			}
			not := s.Anybody().Get(t, "/v1/photos/"+id+"/"+c.size, "If-None-Match", `"x", W/`+b.Header.Get("ETag")).Want(t, 304)
			head := s.Anybody().Do(t, http.MethodHead, "/v1/photos/"+id+"/"+c.size, "").Want(t, 200)
			if len(not.Body)+len(head.Body) > 0 || head.Header.Get("Content-Length") != fmt.Sprint(len(b.Body)) ||
				not.Header.Get("ETag") != b.Header.Get("ETag") {
				t.Errorf(
					"%s: 304 has %d bytes, HEAD %d and Content-Length %s",
					c.size,
					len(not.Body),
					len(head.Body),
					head.Header.Get("Content-Length"),
				)
			}
		}
		again := sh.owner.Do(t, http.MethodPost, "/v1/places/"+sh.place+"/photos?kind=storefront&caption=%E9%97%A8%E9%9D%A2", string(upload),
			"Content-Type", "image/jpeg", "Idempotency-Key", "photo-1").Want(t, 201)
		if !bytes.Equal(again.Body, a.Body) {
			t.Errorf("a repeat answers %s, the first call %s", again.Body, a.Body)
		}
		// It stays through a restart, and goes when it is removed.
		s.Stop(t)
		s.Restart(t)
		sh.owner.URL = s.URL
		s.Anybody().Get(t, "/v1/photos/"+id+"/large").Want(t, 200)
		sh.owner.Do(t, http.MethodDelete, "/v1/photos/"+id, "").Want(t, 204)
		s.Anybody().Get(t, "/v1/photos/"+id+"/large").WantCode(t, 404, "photo.not_found")
		sh.owner.Do(t, http.MethodDelete, "/v1/photos/"+id, "").WantCode(t, 404, "photo.not_found")
	})
}

// TestPhotoRefused: what is no use is refused by name, and nothing of it stays.
func TestPhotoRefused(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{})
	sh := openShop(t, s, "不收面馆", 31.3115, 120.6290, 2)
	path := "/v1/places/" + sh.place + "/photos?kind=item"
	whole := mediatest.Phoned(mediatest.Marked(400, 300), 1)
	for name, c := range map[string]struct {
		upload []byte
		status int
		code   string
		format string
	}{
		"HEIC":       {mediatest.HEIC(), 415, "photo.heic", "heic"},
		"GIF":        {[]byte("GIF89a and so on"), 415, "photo.unsupported_format", "gif"},
		"no picture": {[]byte(`{"photo": "base64"}`), 415, "photo.unsupported_format", "unknown"},
		"a bomb":     {mediatest.Bomb(), 413, "photo.too_many_pixels", ""},
		"21 MB":      {append(bytes.Clone(whole), make([]byte, 21<<20)...), 413, "photo.too_large", ""},
		"cut off":    {whole[:len(whole)/2], 422, "request.invalid", ""},
		"nearly all": {whole[:len(whole)-20], 422, "request.invalid", ""},
		"nothing":    {nil, 415, "photo.unsupported_format", "unknown"},
	} {
		a := sh.owner.Do(t, http.MethodPost, path, string(c.upload), "Content-Type", "image/jpeg", "Accept-Language", "zh").
			WantCode(t, c.status, c.code)
		if c.format != "" && a.Text(t, "format") != c.format {
			t.Errorf("%s: names %q, want %q", name, a.Text(t, "format"), c.format)
		}
		if c.status == 422 && (a.Text(t, "errors.0.pointer") != "/photo" || a.Text(t, "errors.0.code") != "broken") {
			t.Errorf("%s: got %s, want /photo broken", name, a.Body)
		}
		if detail := a.Text(t, "detail"); c.status != 422 && !strings.Contains(detail, "照片") {
			t.Errorf("%s: said %q to who reads Chinese", name, detail)
		}
	}
	a := sh.owner.Do(t, http.MethodPost, "/v1/places/"+sh.place+"/photos?kind=selfie&service_id=svc_1&caption="+strings.Repeat("a", 301), string(whole)).
		WantCode(t, 422, "request.invalid")
	if n := a.Len(t, "errors"); n != 2 {
		t.Errorf("a wrong kind and a long caption: %s", a.Body)
	}
	if n := s.Anybody().Get(t, "/v1/places/"+sh.place+"/photos").Len(t, "photos"); n != 0 {
		t.Errorf("%d photos, want none", n)
	}
	// Elsewhere a body is as small as before.
	sh.owner.Post(t, "/v1/merchants", `{"name": "`+strings.Repeat("x", 2<<20)+`"}`).WantCode(t, 413, "request.too_large")
}

// TestPhotoOrder: photos are put in order, each change names its version, and search
// shows a place with its cover.
func TestPhotoOrder(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{})
	sh := openShop(t, s, "排序面馆", 31.3115, 120.6290, 2)
	var ids []string
	for i := range 4 {
		ids = append(ids, addPhoto(t, sh.owner, sh.place, "interior", mediatest.JPEG(mediatest.Marked(20+i, 20))))
	}
	order := func(limit int) (got []string) {
		for path := fmt.Sprintf("/v1/places/%s/photos?limit=%d", sh.place, limit); ; {
			a := s.Anybody().Get(t, path).Want(t, 200)
			for i := range a.Len(t, "photos") {
				got = append(got, a.Text(t, fmt.Sprintf("photos.%d.id", i)))
			}
			next, ok := a.At(t, "next_cursor").(string)
			if !ok {
				return got
			}
			path = fmt.Sprintf("/v1/places/%s/photos?limit=%d&cursor=%s", sh.place, limit, next)
		}
	}
	if got := order(3); fmt.Sprint(got) != fmt.Sprint(ids) {
		t.Errorf("order %v, want %v", got, ids)
	}
	path := "/v1/photos/" + ids[3]
	etag := s.Anybody().Get(t, path).Want(t, 200).Header.Get("ETag")
	sh.owner.Patch(t, path, `{"position": 0}`).WantCode(t, 428, "request.if_match_required")
	a := sh.owner.Patch(t, path, `{"position": 0, "kind": "storefront", "caption": "门面"}`, "If-Match", etag).Want(t, 200)
	if a.Text(t, "kind") != "storefront" || a.Text(t, "version") != "2" {
		t.Errorf("after the patch: %s", a.Body)
	}
	sh.owner.Patch(t, path, `{"caption": null}`, "If-Match", etag).WantCode(t, 412, "photo.stale")
	b := sh.owner.Patch(t, path, `{"caption": null}`, "If-Match", a.Header.Get("ETag")).Want(t, 200)
	if b.At(t, "caption") != nil || b.Text(t, "kind") != "storefront" {
		t.Errorf("after the caption has gone: %s", b.Body)
	}
	sh.owner.Patch(t, path, `{"kind": "selfie", "position": 30, "width": 1}`, "If-Match", b.Header.Get("ETag")).
		WantCode(t, 422, "request.invalid")
	if got, want := order(1), []string{ids[3], ids[0], ids[1], ids[2]}; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("order %v, want %v", got, want)
	}
}

// TestPhotosOfADraft are not for caches that others share.
func TestPhotosOfADraft(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{})
	sh := openShop(t, s, "未开面馆", 31.3115, 120.6290, 2)
	draft := sh.owner.Post(
		t,
		"/v1/merchants/"+sh.merchant+"/places",
		`{"name": "筹备中", "category": "noodles", "location": {"lat": 31.31, "lng": 120.62}, "time_zone": "Asia/Shanghai"}`,
	).Want(t, 201).Text(t, "id")
	id := addPhoto(t, sh.owner, draft, "storefront", mediatest.JPEG(mediatest.Marked(20, 20)))
	if got := sh.owner.Get(t, "/v1/photos/"+id+"/thumb").Want(t, 200).Header.Get("Cache-Control"); got != "private, no-cache" {
		t.Errorf("Cache-Control is %q, want private, no-cache", got)
	}
	s.Anybody().Get(t, "/v1/photos/"+id+"/thumb").WantCode(t, 404, "photo.not_found")
}
