package websms_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"corner/identity/websms"
)

func TestSendCode(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		status int
		ok     bool
	}{"taken": {202, true}, "refused": {403, false}, "broken": {500, false}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				var m map[string]string
				if err := json.NewDecoder(r.Body).Decode(&m); err != nil {
					t.Errorf("body: %v", err)
				}
				if m["to"] != "+8613800138000" || m["code"] != "123456" || !strings.Contains(m["text"], "验证码") {
					t.Errorf("message = %v", m)
				}
				if got := r.Header.Get("Authorization"); got != "Bearer s3cret" {
					t.Errorf("Authorization = %q", got)
				}
				w.WriteHeader(c.status)
				_, _ = w.Write([]byte("you sent 123456"))
			}))
			defer server.Close()
			g := &websms.Gateway{URL: server.URL, Token: "s3cret", Client: server.Client()}
			err := g.SendCode(t.Context(), "+8613800138000", "123456")
			if (err == nil) != c.ok {
				t.Fatalf("SendCode = %v, want ok %v", err, c.ok)
			}
			if err != nil && (strings.Contains(err.Error(), "123456") || strings.Contains(err.Error(), "138")) {
				t.Errorf("the error tells the code or the phone: %v", err)
			}
		})
	}
}

func TestSendCodeWithNobodyThere(t *testing.T) {
	t.Parallel()
	g := &websms.Gateway{URL: "http://127.0.0.1:1/?key=hush", Client: http.DefaultClient}
	err := g.SendCode(t.Context(), "+8613800138000", "123456")
	if err == nil || strings.Contains(err.Error(), "hush") {
		t.Fatalf("SendCode = %v, want an error that does not tell the URL", err)
	}
}
