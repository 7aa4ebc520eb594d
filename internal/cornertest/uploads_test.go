package cornertest_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"

	"corner/internal/cornertest"
	"corner/media/mediatest"
)

// tusMetadata is what a client says of a photo.
func tusMetadata(kind, caption string) string {
	encode := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	return "filename " + encode("IMG_0001.jpg") + ",kind " + encode(kind) + ",caption " + encode(caption)
}

// padded is a picture of so many bytes: what follows its end is passed over.
func padded(n int) []byte {
	picture := mediatest.JPEG(mediatest.Marked(400, 300))
	rest := make([]byte, max(0, n-len(picture)))
	_, _ = io.ReadFull(rand.NewChaCha8([32]byte{}), rest)
	return append(picture, rest...)
}

func begin(t *testing.T, p *cornertest.Phone, place string, n int) *cornertest.Answer {
	t.Helper()
	return p.Do(t, http.MethodPost, "/v1/places/"+place+"/photos/uploads", "", "Tus-Resumable", "1.0.0",
		"Upload-Length", strconv.Itoa(n), "Upload-Metadata", tusMetadata("item", "一碗面"))
}

func begun(t *testing.T, p *cornertest.Phone, place string, n int) string {
	t.Helper()
	return begin(t, p, place, n).Want(t, 201).Header.Get("Location")
}

// chunk sends bytes of an upload.
func chunk(t *testing.T, p *cornertest.Phone, upload string, offset int, piece []byte) *cornertest.Answer {
	t.Helper()
	return p.Do(t, http.MethodPatch, upload, string(piece), "Tus-Resumable", "1.0.0", "Upload-Offset", strconv.Itoa(offset),
		"Content-Type", "application/offset+octet-stream")
}

func offsetOf(t *testing.T, a *cornertest.Answer) int {
	t.Helper()
	n, err := strconv.Atoi(a.Header.Get("Upload-Offset"))
	if err != nil {
		t.Fatalf("%s: the offset is %q", a.Call, a.Header.Get("Upload-Offset"))
	}
	return n
}

func head(t *testing.T, p *cornertest.Phone, upload string) *cornertest.Answer {
	t.Helper()
	return p.Do(t, http.MethodHead, upload, "", "Tus-Resumable", "1.0.0")
}

// cutOff sends the beginning of a chunk over a connection that breaks.
func cutOff(t *testing.T, p *cornertest.Phone, upload string, offset int, whole, sent []byte) {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(p.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_, err = fmt.Fprintf(conn, "PATCH %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: %d\r\n"+
		"Content-Type: application/offset+octet-stream\r\nContent-Length: %d\r\n\r\n", upload, p.Token, offset, len(whole))
	if err == nil {
		_, err = conn.Write(sent)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestUploadResumes: what has arrived counts, however the connection or the server ended, on whichever instance; the last
// byte hangs the photo, once, and whoever lost the answer gets it again.
func TestUploadResumes(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		if setup.Database != "" {
			setup.Args = append(setup.Args, "--blobs=file://"+t.TempDir()) // what instances share
		}
		all := instances(t, setup)
		s, other := all[0], all[len(all)-1]
		sh := openShop(t, s, "慢慢传面馆", 31.3115, 120.6290, 5)
		elsewhere := *sh.owner // the same person, on whichever other instance there is
		elsewhere.URL = other.URL
		picture := padded(1_500_000)
		upload := begun(t, sh.owner, sh.place, len(picture))
		if a := head(t, &elsewhere, upload).Want(t, 200); offsetOf(t, a) != 0 || a.Header.Get("Upload-Length") != "1500000" ||
			a.Header.Get("Cache-Control") != "no-store" || a.Header.Get("Upload-Expires") == "" || a.Header.Get("Tus-Resumable") != "1.0.0" {
			t.Errorf("begun, it is %v", a.Header)
		}
		cutOff(t, sh.owner, upload, 0, picture, picture[:700_000])
		eventually(t, "what arrived counts", func() bool { return offsetOf(t, head(t, sh.owner, upload)) == 700_000 })
		if a := chunk(
			t,
			&elsewhere,
			upload,
			700_000,
			picture[700_000:1_000_000],
		).Want(t, 204); offsetOf(t, a) != 1_000_000 ||
			a.Header.Get("Location") != "" {
			t.Errorf("after another piece it is %v", a.Header)
		}
		chunk(t, sh.owner, upload, 700_000, picture[700_000:1_000_000]).WantCode(t, 409, "upload.wrong_offset")
		chunk(t, sh.owner, upload, 1_100_000, picture[1_100_000:]).WantCode(t, 409, "upload.wrong_offset")
		s.Kill(t)
		s.Restart(t)
		sh.owner.URL, elsewhere.URL = s.URL, other.URL
		if got := offsetOf(t, head(t, sh.owner, upload).Want(t, 200)); got != 1_000_000 {
			t.Errorf("after kill -9, %d bytes are there", got)
		}
		var wg sync.WaitGroup
		var answers [6]*cornertest.Answer
		for i := range answers { // phones that lost the answer, and some that did not wait for it
			wg.Go(func() {
				p := []*cornertest.Phone{sh.owner, &elsewhere}[i%2]
				a, err := p.Try(http.MethodPatch, upload, string(picture[1_000_000:]), "Tus-Resumable", "1.0.0", "Upload-Offset", "1000000",
					"Content-Type", "application/offset+octet-stream")
				if err != nil {
					t.Error(err)
				}
				answers[i] = a
			})
		}
		wg.Wait()
		if t.Failed() {
			return
		}
		for _, a := range answers {
			if a.Status != 409 { // it came while another was sending
				a.Want(t, 204)
			}
		}
		last := chunk(t, sh.owner, upload, 1_000_000, picture[1_000_000:]).Want(t, 204)
		photo := last.Header.Get("Location")
		if !strings.HasPrefix(photo, "/v1/photos/pht_") || offsetOf(t, last) != len(picture) {
			t.Fatalf("the last piece is answered %v", last.Header)
		}
		for name, a := range map[string]*cornertest.Answer{
			"again": chunk(t, &elsewhere, upload, 1_000_000, picture[1_000_000:]), "nothing at the end": chunk(t, sh.owner, upload, len(picture), nil),
			"HEAD": head(t, sh.owner, upload),
		} {
			if got := a.Want(t, 200, 204).Header.Get("Location"); got != photo {
				t.Errorf("%s: the photo is %q, want %q", name, got, photo)
			}
		}
		got := sh.owner.Get(t, photo).Want(t, 200)
		if got.Text(t, "kind") != "item" || got.Text(t, "caption") != "一碗面" || got.Text(t, "place_id") != sh.place {
			t.Errorf("the photo is %s", got.Body)
		}
		plain := sh.owner.Post(t, "/v1/places/"+sh.place+"/photos?kind=item", string(picture)).Want(t, 201)
		if a, b := got.At(t, "variants.large.bytes"), plain.At(t, "variants.large.bytes"); a != b {
			t.Errorf("sent in pieces it has %v bytes, at once %v", a, b)
		}
		if n := sh.owner.Get(t, "/v1/places/"+sh.place+"/photos").Want(t, 200).Len(t, "photos"); n != 2 {
			t.Errorf("%d photos hang, want 2", n)
		}
	})
}

// TestUploadBounds: what tus says of versions, lengths and ends, and what one person may have under way.
func TestUploadBounds(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		s := cornertest.Start(t, setup)
		sh := openShop(t, s, "有度面馆", 31.3115, 120.6290, 5)
		path := "/v1/places/" + sh.place + "/photos/uploads"
		for _, p := range []string{path, "/v1/uploads/upl_01kay3c4zq8v0e5t7m2r9x6b1d"} {
			a := s.Anybody().Do(t, http.MethodOptions, p, "").Want(t, 204)
			if a.Header.Get("Tus-Version") != "1.0.0" || a.Header.Get("Tus-Extension") != "creation,expiration,termination" ||
				a.Header.Get("Tus-Max-Size") != "10485760" {
				t.Errorf("OPTIONS %s: %v", p, a.Header)
			}
		}
		for _, version := range []string{"", "0.2.2"} {
			a := sh.owner.Do(t, http.MethodPost, path, "", "Tus-Resumable", version, "Upload-Length", "9").WantCode(t, 412, "upload.version")
			if a.Header.Get("Tus-Version") != "1.0.0" {
				t.Errorf("version %q is refused with %v", version, a.Header)
			}
		}
		begin(t, sh.owner, sh.place, 10<<20+1).WantCode(t, 413, "upload.too_large")
		begin(t, sh.owner, sh.place, 0).WantCode(t, 422, "request.invalid")
		bad := sh.owner.Do(t, http.MethodPost, path, "", "Tus-Resumable", "1.0.0", "Upload-Length", "x", "Upload-Metadata", "kind !").
			WantCode(t, 422, "request.invalid")
		if bad.Len(t, "errors") != 2 {
			t.Errorf("%s, want two faults", bad.Body)
		}
		upload := ""
		for range 2 { // whoever lost the answer asks again
			a := sh.owner.Do(t, http.MethodPost, path, "", "Tus-Resumable", "1.0.0", "Upload-Length", "10", "Upload-Metadata", tusMetadata("item", ""),
				"Idempotency-Key", "k").
				Want(t, 201)
			if upload != "" && a.Header.Get("Location") != upload {
				t.Errorf("asked for again, the upload is %s, want %s", a.Header.Get("Location"), upload)
			}
			upload = a.Header.Get("Location")
		}
		sh.owner.Do(t, http.MethodPatch, upload, "12345", "Tus-Resumable", "1.0.0", "Upload-Offset", "0", "Content-Type", "image/jpeg").
			WantCode(t, 415, "upload.unsupported_content")
		chunk(t, sh.owner, upload, 0, []byte("12345678901")).WantCode(t, 413, "upload.too_large")
		if got := offsetOf(t, head(t, sh.owner, upload)); got != 0 {
			t.Errorf("a chunk that was refused left %d bytes", got)
		}
		// Only who began it knows of it, whatever he may do for the place.
		colleague := s.SignIn(t, number())
		sh.owner.Do(t, http.MethodPost, "/v1/merchants/"+sh.merchant+"/invitations", fmt.Sprintf(`{"phone": %q, "role": "manager"}`, colleague.Number)).
			Want(t, 201)
		colleague.Post(t, "/v1/invitations/"+colleague.Get(t, "/v1/invitations").Text(t, "invitations.0.id")+"/acceptance", "").Want(t, 200)
		head(t, colleague, upload).Want(t, 404)
		chunk(t, colleague, upload, 0, []byte("1")).WantCode(t, 404, "upload.not_found")
		colleague.Do(t, http.MethodDelete, upload, "", "Tus-Resumable", "1.0.0").WantCode(t, 404, "upload.not_found")
		// What is no picture is refused as it would be at once, each time, and counts until it is given up.
		for range 2 {
			chunk(t, sh.owner, upload, 0, []byte("no picture")).WantCode(t, 415, "photo.unsupported_format")
		}
		answers := make([]*cornertest.Answer, 8)
		var wg sync.WaitGroup
		for i := range answers {
			wg.Go(func() { answers[i] = begin(t, sh.owner, sh.place, 10) })
		}
		wg.Wait()
		var made []string
		for _, a := range answers {
			if a.Status == 201 {
				made = append(made, a.Header.Get("Location"))
				continue
			}
			a.WantCode(t, 409, "upload.too_many")
		}
		if len(made) != 2 {
			t.Fatalf("beside one, %d uploads were begun, want 2", len(made))
		}
		sh.owner.Do(t, http.MethodDelete, made[0], "", "Tus-Resumable", "1.0.0").Want(t, 204)
		head(t, sh.owner, made[0]).Want(t, 404)
		chunk(t, sh.owner, made[0], 0, bytes.Repeat([]byte("x"), 10)).WantCode(t, 404, "upload.not_found")
		picture := mediatest.JPEG(mediatest.Marked(40, 30))
		done := begun(t, sh.owner, sh.place, len(picture))
		if chunk(t, sh.owner, done, 0, picture).Want(t, 204).Header.Get("Location") == "" {
			t.Error("a picture in one piece is no photo")
		}
		begun(t, sh.owner, sh.place, 10) // what has become a photo does not count
	})
}
