package attacks_test

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"corner/internal/cornertest"
	"corner/media/mediatest"
)

// trickle opens a request whose body never comes, and returns what ends it.
func trickle(t *testing.T, s *cornertest.Server, head string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if _, err := io.WriteString(conn, head); err != nil {
		t.Fatal(err)
	}
	return conn
}

// uploader is somebody with a place to upload photos to.
type uploader struct {
	*cornertest.Phone
	path string
}

func newUploader(t *testing.T, s *cornertest.Server, phone string) uploader {
	t.Helper()
	p := s.SignIn(t, phone)
	merchant := p.Post(t, "/v1/merchants", `{"name": "照相馆"}`).Want(t, 201).Text(t, "id")
	place := p.Post(t, "/v1/merchants/"+merchant+"/places", `{"name": "照相馆"}`).Want(t, 201).Text(t, "id")
	return uploader{p, "/v1/places/" + place + "/photos?kind=interior"}
}

// TestSlowBody: a body that brings a byte now and then is cut, and the answer says why.
func TestSlowBody(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{})
	conn := trickle(t, s, "POST /v1/auth/codes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")
	if err := conn.SetDeadline(time.Now().Add(cornertest.Patience)); err != nil {
		t.Fatal(err)
	}
	answer, err := io.ReadAll(conn) // to the end: the connection is closed
	if err != nil || !bytes.HasPrefix(answer, []byte("HTTP/1.1 408 ")) || !bytes.Contains(answer, []byte(`"request.too_slow"`)) {
		t.Errorf("a body that does not come is answered %v:\n%s", err, answer)
	}
}

// TestSlowPhone: a quarter of a megabyte at 20 kB/s takes longer than an answer may, and is taken.
func TestSlowPhone(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{})
	body := `{"phone": "+8613800138000"` + strings.Repeat(" ", 250<<10) + `}`
	r, w := io.Pipe()
	go func() {
		for at := 0; at < len(body); at += 10 << 10 {
			if _, err := io.WriteString(w, body[at:min(at+10<<10, len(body))]); err != nil {
				return
			}
			time.Sleep(500 * time.Millisecond)
		}
		_ = w.Close()
	}()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/v1/auth/codes", r)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	a, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	if a.StatusCode != http.StatusAccepted {
		said, _ := io.ReadAll(a.Body)
		t.Errorf("answered %d: %s", a.StatusCode, said)
	}
}

// TestSlowUploads: sixteen phones that say they will send a picture and do not keep nobody else from
// sending one.
func TestSlowUploads(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{})
	u := newUploader(t, s, wang)
	for range 16 {
		trickle(
			t,
			s,
			fmt.Sprintf("POST %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n\xff\xd8",
				u.path, u.Token, 20<<20),
		)
	}
	// Not a picture, so it is refused for what it is, not because others are on their way.
	u.Post(t, u.path, "no picture", "Content-Type", "image/jpeg").WantCode(t, 415, "photo.unsupported_format")
}

// TestHead: HEAD is wherever GET is, with the headers and without the body.
func TestHead(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{})
	for path, want := range map[string]int{"/livez": 200, "/v1/categories": 200, "/v1/search?lat=31&lng=121": 200, "/openapi.json": 200, "/v1/places/x": 404, "/v1/me/bookings": 401} {
		a := s.Anybody().Do(t, "HEAD", path, "")
		if a.Status != want || len(a.Body) != 0 || a.Header.Get("Content-Type") == "" {
			t.Errorf("HEAD %s: %d with %d bytes of %q, want %d without a body", path, a.Status, len(a.Body), a.Header.Get("Content-Type"), want)
		}
	}
	s.Anybody().Do(t, "HEAD", "/v1/auth/codes", "").Want(t, 405)
}

// TestTwoServers: a second server of the same data is refused, says who has it, and takes over once
// the first is gone, however it went.
func TestTwoServers(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{})
	out := cornertest.RunFails(t, s.Setup, "serve", "--listen=127.0.0.1:0")
	if !strings.Contains(out, "another corner serves the data in "+s.Setup.Data) {
		t.Errorf("a second server said %q", out)
	}
	s.Run(t, "operator", "add", wang) // commands work beside it
	s.Run(t, "keys")
	s.Kill(t)
	s.Restart(t)
}

// TestLeaving: a server that was told to stop says so at /readyz, and answers until it has gone.
func TestLeaving(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{Args: []string{"--drain-delay=30s"}})
	s.Ready(t)
	s.Signal(t)
	for deadline := time.Now().Add(cornertest.Patience); ; time.Sleep(20 * time.Millisecond) {
		a := s.Anybody().Get(t, "/readyz").Want(t, 200, 503)
		if a.Status == 503 {
			a.WantCode(t, 503, "server.not_ready")
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("/readyz does not say that the server stops")
		}
	}
	s.Anybody().Get(t, "/v1/categories").Want(t, 200)
	s.Kill(t)
}

// TestHoardingUploads: one account that begins many uploads and lets them hang keeps nobody else from
// sending one, however large.
func TestHoardingUploads(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{Args: []string{"--photo-memory=256"}})
	hoarder := newUploader(t, s, wang)
	part := strings.Repeat("\xff", 4<<20)
	for range 8 {
		conn := trickle(t, s, fmt.Sprintf("POST %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n",
			hoarder.path, hoarder.Token, 20<<20))
		_, _ = io.WriteString(conn, part) // who is refused is cut off
	}
	other := newUploader(t, s, "+8613800138001")
	picture := append(mediatest.JPEG(mediatest.Marked(40, 30)), make([]byte, 19<<20)...)
	other.Do(t, http.MethodPost, other.path, string(picture), "Content-Type", "image/jpeg").Want(t, 201)
}
