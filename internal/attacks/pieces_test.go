package attacks_test

import (
	"encoding/base64"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"corner/internal/cornertest"
	"corner/media/mediatest"
)

// TestSlowPieces: a piece of a photo that comes at 10 kB/s is not cut, though it takes longer than any other call may:
// more than a minute.
func TestSlowPieces(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{})
	u := newUploader(t, s, wang)
	const second, seconds = 10_000, 66
	picture := append(mediatest.JPEG(mediatest.Marked(40, 30)), make([]byte, second*seconds)...)
	upload := u.Do(t, http.MethodPost, strings.TrimSuffix(u.path, "?kind=interior")+"/uploads", "", "Tus-Resumable", "1.0.0",
		"Upload-Length", strconv.Itoa(len(picture)), "Upload-Metadata", "kind "+base64.StdEncoding.EncodeToString([]byte("item"))).
		Want(t, 201).Header.Get("Location")
	r, w := io.Pipe()
	go func() {
		for at := 0; at < len(picture); at += second {
			if _, err := w.Write(picture[at:min(at+second, len(picture))]); err != nil {
				return
			}
			time.Sleep(time.Second)
		}
		_ = w.Close()
	}()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPatch, s.URL+upload, r)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{
		"Authorization": "Bearer " + u.Token, "Tus-Resumable": "1.0.0", "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream",
	} {
		req.Header.Set(name, value)
	}
	a, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	if a.StatusCode != http.StatusNoContent || a.Header.Get("Location") == "" {
		said, _ := io.ReadAll(a.Body)
		t.Errorf("answered %d %v: %s", a.StatusCode, a.Header, said)
	}
}
