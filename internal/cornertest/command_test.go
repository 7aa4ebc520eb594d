package cornertest_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"

	"corner/internal/cornertest"
)

// TestCodesArePrintedLoudly: where it was asked for, codes are printed, and the server says at its
// start what that means.
func TestCodesArePrintedLoudly(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{})
	if !strings.Contains(s.Output(), "level=WARN") || !strings.Contains(s.Output(), "ONE-TIME CODES ARE PRINTED HERE") {
		t.Errorf("the server does not warn that it prints codes:\n%s", s.Output())
	}
	s.SignIn(t, "+8613800138000") // reads the code from the output
}

// TestNoGateway: who wants no signing in says so.
func TestNoGateway(t *testing.T) {
	t.Parallel()
	for _, sms := range []string{"unset", "none:"} {
		s := cornertest.Start(t, cornertest.Setup{SMS: sms})
		s.Anybody().Post(t, "/v1/auth/codes", `{"phone": "+8613800138000"}`).WantCode(t, 503, "identity.no_gateway")
		if strings.Contains(s.Output(), "code for") {
			t.Errorf("the server printed a code:\n%s", s.Output())
		}
		if strings.Count(s.Output(), "nobody can sign in until --sms is set") != 1 {
			t.Errorf("with --sms %s the server does not say in one line that nobody can sign in:\n%s", sms, s.Output())
		}
	}
}

// TestPrintedCodesStayHere: codes are not printed where others can reach the server, unless that is
// asked for by name.
func TestPrintedCodesStayHere(t *testing.T) {
	t.Parallel()
	for _, listen := range []string{"0.0.0.0:0", "[::]:0", ":0"} {
		for _, command := range []string{"serve", "demo"} {
			out := cornertest.RunFails(t, cornertest.Setup{Data: t.TempDir()}, command, "--sms=log:", "--listen="+listen)
			if !strings.Contains(out, "--allow-printed-codes") {
				t.Errorf("corner %s --listen=%s said %q, want what allows it", command, listen, out)
			}
		}
	}
	s := cornertest.Start(t, cornertest.Setup{Args: []string{"--listen=0.0.0.0:0", "--allow-printed-codes"}})
	if !strings.Contains(s.Output(), "ONE-TIME CODES ARE PRINTED HERE") {
		t.Errorf("the server does not warn:\n%s", s.Output())
	}
}

// TestDataIsPrivate: nobody else on the machine reads the database.
func TestDataIsPrivate(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{Data: filepath.Join(t.TempDir(), "corner-data")})
	for path, want := range map[string]os.FileMode{
		"": 0o700, "corner.db": 0o600, "corner.db-wal": 0o600, "secret": 0o600,
	} {
		info, err := os.Stat(filepath.Join(s.Setup.Data, path))
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%q: %v, %v; want mode %o", path, info.Mode().Perm(), err, want)
		}
	}
}

// TestGatewayURL: codes go to the operator's URL, and sign people in.
func TestGatewayURL(t *testing.T) {
	t.Parallel()
	var code atomic.Value
	gateway := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var m map[string]string
		if json.NewDecoder(r.Body).Decode(&m) == nil {
			code.Store(m["code"])
		}
	}))
	defer gateway.Close()
	s := cornertest.Start(t, cornertest.Setup{SMS: gateway.URL, Args: []string{"--log-level=DEBUG"}})
	challenge := s.Anybody().Post(t, "/v1/auth/codes", `{"phone": "+8613800138000"}`).Want(t, 202).Text(t, "challenge_id")
	sent, _ := code.Load().(string)
	s.Anybody().Post(t, "/v1/auth/tokens", `{"challenge_id": "`+challenge+`", "phone": "+8613800138000", "code": "`+sent+`"}`).Want(t, 200)
	s.Stop(t)
	for _, told := range []string{sent, "code for", "ARE PRINTED", "13800138000"} {
		if strings.Contains(s.Output(), told) {
			t.Errorf("the server printed %q:\n%s", told, s.Output())
		}
	}
}

// TestDemoKeepsItsData: the town is made once, and what is added to it stays.
func TestDemoKeepsItsData(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{Command: "demo"})
	welcome := s.Await(t, regexp.MustCompile(`(curl -s .*/v1/services/\S+/slots\S*)`))
	if !strings.Contains(welcome, "party=2") {
		t.Errorf("the welcome shows no table for two: %s", welcome)
	}
	built := regexp.MustCompile(`msg="built the search index" places=(\d+)`)
	if n := s.Await(t, built); n < "1900" || n > "2100" || len(n) != 4 {
		t.Errorf("the town has %s places, want about 2000", n)
	}
	sh := openShop(t, s, "常驻面馆", 31.3115, 120.6290, 1)
	s.Stop(t)
	made, err := os.Stat(filepath.Join(s.Setup.Data, "corner.db"))
	if err != nil {
		t.Fatal(err)
	}
	s.Restart(t)
	find(t, s.Anybody(), sh, "&q=changzhumianguan")
	again, err := os.Stat(filepath.Join(s.Setup.Data, "corner.db"))
	if err != nil || !os.SameFile(made, again) {
		t.Errorf("the town was made again: %v", err)
	}
}

// TestCommands: what ends by itself says what it did.
func TestCommands(t *testing.T) {
	t.Parallel()
	setup := cornertest.Setup{Data: t.TempDir()}
	for _, c := range []struct{ command, want string }{
		{"version", "corner "},
		{"migrate", "done 0001_loop\n"},
		{"migrate", "up to date: sqlite"},
		{"migrate --check", ""},
	} {
		if out := cornertest.Run(t, setup, strings.Fields(c.command)...); !strings.Contains(out, c.want) {
			t.Errorf("corner %s said %q, want %q", c.command, out, c.want)
		}
	}
}

// TestReindex rebuilds an index that is in use.
func TestReindex(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, servers(t))
	sh := openShop(t, s, "重排面馆", 31.3115, 120.6290, 1)
	find(t, s.Anybody(), sh, "")
	if out := s.Run(t, "reindex"); !strings.Contains(out, "1 places in the index") {
		t.Errorf("reindex said %q", out)
	}
	find(t, s.Anybody(), sh, "")
}
