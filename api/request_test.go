package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"corner/api/rest"

	"github.com/google/go-cmp/cmp"

	"corner/api"
	"corner/discovery"
	"corner/identity"
	"corner/kv/memkv"
)

// newAPI has the parts that need no store: what a request meets before a room.
func newAPI(change ...func(*api.API)) http.Handler {
	keys, err := identity.NewKeys(bytes.Repeat([]byte{7}, identity.MinSecret))
	if err != nil {
		panic(err)
	}
	a := &api.API{
		Accounts: &identity.Accounts{Keys: keys, Now: time.Now}, Finder: &discovery.Finder{Now: time.Now},
		Log: slog.New(slog.DiscardHandler), Now: time.Now, Version: "v0",
	}
	for _, f := range change {
		f(a)
	}
	return a.Handler()
}

func do(t *testing.T, h http.Handler, method, path, body string, headers map[string]string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for k, v := range headers {
		r.Header.Set(k, v)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

type problem struct {
	Type, Title, Detail, Instance, Code string
	Status                              int
	RequestID                           string `json:"request_id"`
	Errors                              []struct{ Pointer, Parameter, Code, Message string }
}

func readProblem(t *testing.T, w *httptest.ResponseRecorder) problem {
	t.Helper()
	if got := w.Header().Get("Content-Type"); got != "application/problem+json" {
		t.Errorf("Content-Type: got %q, body %s", got, w.Body)
	}
	var p problem
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
		t.Fatalf("%v in %s", err, w.Body)
	}
	if p.Status != w.Code || p.Title == "" || p.RequestID != w.Header().Get("X-Request-Id") || p.Type != "/problems/"+p.Code {
		t.Errorf("status %d: not a whole problem: %s", w.Code, w.Body)
	}
	return p
}

func (p problem) fields() []string {
	var list []string
	for _, e := range p.Errors {
		list = append(list, e.Pointer+e.Parameter+" "+e.Code)
	}
	slices.Sort(list)
	return list
}

func TestRefusalsBeforeTheRooms(t *testing.T) {
	t.Parallel()
	h := newAPI()
	for name, tt := range map[string]struct {
		method, path, body string
		headers            map[string]string
		status             int
		code               string
		fields             []string
	}{
		"no such path":      {"GET", "/v1/nothing", "", nil, 404, "request.no_such_operation", nil},
		"no such method":    {"DELETE", "/v1/search", "", nil, 405, "request.method_not_allowed", nil},
		"not JSON":          {"POST", "/v1/auth/codes", `{"phone":`, nil, 400, "request.malformed", nil},
		"nothing":           {"POST", "/v1/auth/codes", "", map[string]string{"Content-Type": "application/json"}, 400, "request.malformed", nil},
		"no type":           {"POST", "/v1/auth/codes", `{"phone":"+8613800138000"}`, map[string]string{"Content-Type": ""}, 415, "request.unsupported_content", nil},
		"a beacon":          {"POST", "/v1/auth/codes", `{"phone":"+8613800138000"}`, map[string]string{"Content-Type": "text/plain;charset=UTF-8"}, 415, "request.unsupported_content", nil},
		"a slip in a name":  {"GET", "/v1/search?lat=31&lng=121&categry=cafe&Limit=3", "", nil, 422, "request.invalid", []string{"Limit unexpected", "categry unexpected"}},
		"given twice":       {"GET", "/v1/search?lat=31&lng=121&lng=122&sort=distance&sort=rating", "", nil, 422, "request.invalid", []string{"lng repeated", "sort repeated"}},
		"a bad escape":      {"GET", "/v1/search?lat=31&lng=121&q=%zz", "", nil, 422, "request.invalid", []string{" bad_format"}},
		"no parameters":     {"GET", "/v1/attributes?verbose=1", "", nil, 422, "request.invalid", []string{"verbose unexpected"}},
		"two values":        {"POST", "/v1/auth/codes", `{"phone":"+1"} {}`, nil, 400, "request.malformed", nil},
		"not an object":     {"POST", "/v1/auth/codes", `["+1"]`, nil, 400, "request.malformed", nil},
		"another type":      {"POST", "/v1/auth/codes", "phone=1", map[string]string{"Content-Type": "application/x-www-form-urlencoded"}, 415, "request.unsupported_content", nil},
		"too large":         {"POST", "/v1/auth/codes", `{"phone":"` + strings.Repeat("1", rest.MaxBody) + `"}`, nil, 413, "request.too_large", nil},
		"not signed in":     {"POST", "/v1/merchants", `{}`, nil, 401, "identity.sign_in_required", nil},
		"a bad token":       {"GET", "/v1/categories", "", map[string]string{"Authorization": "Bearer x.y.z"}, 401, "identity.token_invalid", nil},
		"no scheme":         {"GET", "/v1/categories", "", map[string]string{"Authorization": "secret"}, 401, "identity.token_invalid", nil},
		"no gateway":        {"POST", "/v1/auth/codes", `{"phone":"+8613800138000"}`, nil, 503, "identity.no_gateway", nil},
		"an expired one":    {"POST", "/v1/auth/tokens/refresh", `{"refresh_token":"rt_x"}`, map[string]string{"Authorization": "Bearer x.y.z"}, 401, "identity.token_invalid", nil},
		"wrong and unknown": {"POST", "/v1/auth/tokens", `{"phone":12,"code":null,"Phone":"a","x/y":{"z":1}}`, nil, 422, "request.invalid", []string{"/Phone unexpected", "/challenge_id required", "/code required", "/phone wrong_type", "/x~1y unexpected"}},
		"an empty object":   {"POST", "/v1/auth/tokens", `{}`, nil, 422, "request.invalid", []string{"/challenge_id required", "/code required", "/phone required"}},
		"a long key": {
			"POST", "/v1/auth/tokens", `{"phone":"+8613800138000"}`,
			map[string]string{"Idempotency-Key": strings.Repeat("k", 256)},
			422, "request.invalid",
			[]string{"/challenge_id required", "/code required", "Idempotency-Key bad_format"},
		},
		"queries": {
			"GET", "/v1/search?lat=abc&radius=0&limit=1e1&open_now=yes&open_at=soon&sort=luck&category=nowhere&cursor=!", "", nil, 422, "request.invalid",
			[]string{"category unknown", "cursor bad_format", "limit wrong_type", "lng required", "lat wrong_type", "open_at bad_format", "open_now wrong_type", "radius out_of_range", "sort unknown"},
		},
		"not a number": {"GET", "/v1/search?lat=NaN&lng=0x10", "", nil, 422, "request.invalid", []string{"lat wrong_type", "lng wrong_type"}},
		"no query":     {"GET", "/v1/search", "", nil, 422, "request.invalid", []string{"lat required", "lng required"}},
	} {
		w := do(t, h, tt.method, tt.path, tt.body, tt.headers)
		p := readProblem(t, w)
		if w.Code != tt.status || p.Code != tt.code {
			t.Errorf("%s: got %d %s, want %d %s", name, w.Code, p.Code, tt.status, tt.code)
		}
		slices.Sort(tt.fields)
		if diff := cmp.Diff(tt.fields, p.fields()); diff != "" {
			t.Errorf("%s: fields (-want +got):\n%s", name, diff)
		}
		if w.Code == http.StatusUnauthorized && !strings.HasPrefix(w.Header().Get("WWW-Authenticate"), "Bearer") {
			t.Errorf("%s: WWW-Authenticate: got %q", name, w.Header().Get("WWW-Authenticate"))
		}
	}
}

// What was sent may be a PIN, a code or a phone number: it never comes back, nor
// gets into the log.
func TestNoEcho(t *testing.T) {
	t.Parallel()
	const secret = "s3cr3t-9917"
	var log bytes.Buffer
	h := newAPI(func(a *api.API) {
		a.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	for _, r := range []*httptest.ResponseRecorder{
		do(t, h, "POST", "/v1/auth/tokens", `{"phone":["`+secret+`"],"code":{"a":"`+secret+`"},"pin":"`+secret+`"}`, nil),
		do(t, h, "POST", "/v1/auth/tokens", `{"phone":"`+secret+`","code":"`+secret, nil),
		do(t, h, "POST", "/v1/auth/codes", `{"phone":"`+secret+`"}`, nil),
		do(t, h, "POST", "/v1/auth/tokens/refresh", `{"refresh_token":"`+secret+`"}`, nil),
		do(t, h, "GET", "/v1/search?lat="+secret+"&sort="+secret, "", nil),
		do(t, h, "GET", "/v1/categories", "", map[string]string{"Authorization": "Bearer " + secret}),
		do(t, h, "GET", "/v1/categories", "", map[string]string{"X-Request-Id": secret + " "}),
	} {
		if strings.Contains(r.Body.String(), secret) {
			t.Errorf("echoed: %s", r.Body)
		}
	}
	if strings.Contains(log.String(), secret) {
		t.Errorf("logged: %s", &log)
	}
}

func TestManyFaultsAreBounded(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString(`{"phone":1`)
	for i := range 80_000 {
		b.WriteString(`,"` + string(rune('a'+i%26)) + strings.Repeat("z", i%7) + string(rune('一'+i%20_000)) + `":1`)
	}
	b.WriteString("}")
	p := readProblem(t, do(t, newAPI(), "POST", "/v1/auth/codes", b.String(), nil))
	if len(p.Errors) != 100 {
		t.Errorf("got %d errors, want 100", len(p.Errors))
	}
}

func TestPanicIsAProblem(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	h := newAPI(func(a *api.API) { a.Finder, a.Log = nil, slog.New(slog.NewTextHandler(&log, nil)) })
	p := readProblem(t, do(t, h, "GET", "/v1/search?lat=31.22345&lng=121.47123", "", map[string]string{"X-Request-Id": "abc-1"}))
	if p.Status != 500 || p.Code != "server.error" || p.RequestID != "abc-1" {
		t.Errorf("got %+v", p)
	}
	if !strings.Contains(log.String(), "nil pointer") || !strings.Contains(log.String(), "abc-1") {
		t.Errorf("the log does not say what happened: %s", &log)
	}
	if strings.Contains(log.String(), "31.22345") {
		t.Errorf("the log holds a position: %s", &log)
	}
}

func TestHealth(t *testing.T) {
	t.Parallel()
	away := errors.New("dial tcp 10.0.0.7:9200: refused, user elastic:hunter2")
	with := func(parts map[string]api.Part) http.Handler {
		return newAPI(func(a *api.API) { a.Ready = func(context.Context) map[string]api.Part { return parts } })
	}
	h := with(map[string]api.Part{"store": {Away: away, Needed: true}, "index": {}})
	if w := do(t, h, "GET", "/livez", "", nil); w.Code != 200 || !strings.Contains(w.Body.String(), `"v0"`) {
		t.Errorf("/livez: got %d %s", w.Code, w.Body)
	}
	w := do(t, h, "GET", "/readyz", "", nil)
	p := readProblem(t, w)
	if p.Code != "server.not_ready" || !strings.Contains(w.Body.String(), `"parts":{"index":"ok","store":"away"}`) ||
		strings.Contains(w.Body.String(), "hunter2") {
		t.Errorf("/readyz: got %s", w.Body)
	}
	w = do(t, with(map[string]api.Part{"store": {Needed: true}, "index": {Away: away}}), "GET", "/readyz", "", nil)
	if w.Code != 200 || !strings.Contains(w.Body.String(), `"parts":{"index":"away","store":"ok"}`) ||
		!strings.Contains(w.Body.String(), `"degraded"`) {
		t.Errorf("/readyz with only search away: got %d %s", w.Code, w.Body)
	}
	if w := do(t, newAPI(), "GET", "/readyz", "", nil); w.Code != 200 {
		t.Errorf("/readyz without parts: got %d %s", w.Code, w.Body)
	}
}

func TestLimit(t *testing.T) {
	t.Parallel()
	now := time.Now()
	store := memkv.New(memkv.Bounds{})
	store.Now = func() time.Time { return now }
	h := newAPI(func(a *api.API) { a.KV, a.RateLimit = store, 2 })
	most, err := strconv.Atoi(do(t, h, "GET", "/v1/categories", "", nil).Header().Get("RateLimit-Limit"))
	if err != nil {
		t.Fatal(err)
	}
	for i := 1; i < most; i++ {
		w := do(t, h, "GET", "/v1/categories", "", nil)
		if got, want := w.Header().Get("RateLimit-Remaining"), strconv.Itoa(most-1-i); w.Code != 200 || got != want {
			t.Fatalf("call %d: got %d with %s remaining, want 200 with %s", i+1, w.Code, got, want)
		}
	}
	w := do(t, h, "GET", "/v1/categories", "", map[string]string{"Authorization": "Bearer guess"})
	if p := readProblem(t, w); p.Status != 429 || p.Code != "request.too_many" || w.Header().Get("Retry-After") != "1" {
		t.Errorf("one too many: got %+v, Retry-After %q", p, w.Header().Get("Retry-After"))
	}
	if w := do(t, h, "GET", "/livez", "", nil); w.Code != 200 {
		t.Errorf("a probe is limited: %d", w.Code)
	}
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	h := newAPI()
	w := do(t, h, "GET", "/v1/categories", "", map[string]string{"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8", "X-Request-Id": "trace.7"})
	if !strings.Contains(w.Body.String(), `"name":"面馆"`) || !strings.Contains(w.Body.String(), `"key":"bank","parent":"public"`) {
		t.Errorf("categories: got %s", w.Body)
	}
	for k, want := range map[string]string{"Content-Language": "zh", "X-Request-Id": "trace.7", "X-Content-Type-Options": "nosniff"} {
		if got := w.Header().Get(k); got != want {
			t.Errorf("%s: got %q, want %q", k, got, want)
		}
	}
	w = do(t, h, "GET", "/.well-known/jwks.json", "", nil)
	if !strings.Contains(w.Body.String(), `"kty":"EC"`) || strings.Contains(w.Body.String(), `"d"`) || w.Header().Get("Cache-Control") == "" {
		t.Errorf("jwks: got %s, %v", w.Body, w.Header())
	}
}
