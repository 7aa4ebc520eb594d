package rest_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corner/api/rest"
	"corner/fault"
	"corner/kv"
	"corner/uid"
)

var (
	errStale = fault.New(fault.Stale, "thing.stale", "it has changed", "已被修改")
	errAway  = fault.New(fault.Unavailable, "thing.away", "it is away", "暂时不可用")
)

func TestKindsAndStatuses(t *testing.T) {
	t.Parallel()
	for kind, want := range map[fault.Kind]int{
		fault.Internal: 500, fault.Malformed: 400, fault.Invalid: 422, fault.Unauthenticated: 401, fault.Forbidden: 403, fault.NotFound: 404,
		fault.Conflict: 409, fault.Stale: 412, fault.VersionRequired: 428, fault.TooMany: 429, fault.Unavailable: 503, fault.TooLarge: 413,
		fault.UnsupportedContent: 415, fault.TooSlow: 408,
	} {
		status, _, b := rest.ProblemOf(t.Context(), fault.New(kind, "test.code", "words", "话"), "zh")
		if status != want {
			t.Errorf("kind %d: got %d, want %d", kind, status, want)
		}
		if told := strings.Contains(string(b), "话"); told != (kind != fault.Internal) {
			t.Errorf("kind %d: got %s", kind, b)
		}
	}
	if status, _, _ := rest.ProblemOf(t.Context(), errors.Join(errors.New("limit tries"), kv.ErrUnavailable), ""); status != 503 {
		t.Errorf("kv away: got %d, want 503", status)
	}
}

func TestProblemCarriesWhatTheCallerNeeds(t *testing.T) {
	t.Parallel()
	err := errStale.WithData(fault.CurrentVersion(7))
	_, headers, b := rest.ProblemOf(t.Context(), err, "")
	var got map[string]any
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	if got["current_version"] != 7.0 || got["code"] != "thing.stale" || got["type"] != "/problems/thing.stale" || headers["Etag"][0] != `"7"` {
		t.Errorf("got %s, %v", b, headers)
	}
	_, headers, _ = rest.ProblemOf(t.Context(), rest.ErrTooFast.After(1100*time.Millisecond), "")
	if headers["Retry-After"][0] != "2" {
		t.Errorf("Retry-After: got %v, want 2: rounded up", headers["Retry-After"])
	}
	var in fault.Input
	in.Add("/a/0", fault.Required)
	in.Add("?radius", fault.OutOfRange)
	_, _, b = rest.ProblemOf(t.Context(), in.Err(), "zh")
	want := `"errors":[{"pointer":"/a/0","code":"required","message":"必填"},{"parameter":"radius","code":"out_of_range","message":"超出范围"}]`
	if !strings.Contains(string(b), want) {
		t.Errorf("got %s\nwant %s in it", b, want)
	}
}

func TestChooseLanguage(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]string{
		"": "en", "zh": "zh", "ZH-hant-HK": "zh", "en-GB,zh;q=0.9": "en", "en;q=0.5, zh-CN;q=0.8": "zh", "fr, zh;q=0.1": "zh", "fr": "en",
		"zh;q=0, en;q=0.1": "en", "zh;q=0": "en", "zh;q=x": "en", "zh;q=NaN": "en", "*": "en", "*;q=0.5, zh": "zh", "en,zh": "en", ",;": "en", "zhx": "en",
	} {
		if got := rest.ChooseLanguage(header); got != want {
			t.Errorf("%q: got %s, want %s", header, got, want)
		}
	}
}

// The examples of RFC 7396, appendix A.
func TestMergePatch(t *testing.T) {
	t.Parallel()
	for _, tt := range [][3]string{
		{`{"a":"b"}`, `{"a":"c"}`, `{"a":"c"}`},
		{`{"a":"b"}`, `{"b":"c"}`, `{"a":"b","b":"c"}`},
		{`{"a":"b"}`, `{"a":null}`, `{}`},
		{`{"a":"b","b":"c"}`, `{"a":null}`, `{"b":"c"}`},
		{`{"a":["b"]}`, `{"a":"c"}`, `{"a":"c"}`},
		{`{"a":"c"}`, `{"a":["b"]}`, `{"a":["b"]}`},
		{`{"a":{"b":"c"}}`, `{"a":{"b":"d","c":null}}`, `{"a":{"b":"d"}}`},
		{`{"a":[{"b":"c"}]}`, `{"a":[1]}`, `{"a":[1]}`},
		{`["a","b"]`, `["c","d"]`, `["c","d"]`},
		{`{"a":"b"}`, `["c"]`, `["c"]`},
		{`{"a":"foo"}`, `null`, `null`},
		{`{"a":"foo"}`, `"bar"`, `"bar"`},
		{`{"e":null}`, `{"a":1}`, `{"a":1,"e":null}`},
		{`[1,2]`, `{"a":"b","c":null}`, `{"a":"b"}`},
		{`{}`, `{"a":{"bb":{"ccc":null}}}`, `{"a":{"bb":{}}}`},
	} {
		got, err := rest.MergePatch(tt[0], tt[1])
		if err != nil || got != tt[2] {
			t.Errorf("%s with %s: got %s, %v, want %s", tt[0], tt[1], got, err, tt[2])
		}
	}
}

func FuzzCursor(f *testing.F) {
	f.Add("")
	f.Add(rest.FormatCursor(uid.New("plc", time.UnixMilli(1_700_000_000_000))))
	f.Fuzz(func(t *testing.T, cursor string) {
		id, ok := rest.ParseCursor("plc", cursor)
		if ok && rest.FormatCursor(id) != cursor {
			t.Errorf("%q reads as %q, which is written %q", cursor, id, rest.FormatCursor(id))
		}
		if ok && !uid.Valid("plc", id) {
			t.Errorf("%q reads as %q", cursor, id)
		}
	})
}

func TestMatchesVersion(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]bool{
		`"3"`: true, `"2", "3"`: true, ` "3" `: true, `W/"3"`: false, `"4"`: false, `3`: false, `*`: false, ``: false,
	} {
		if got := rest.MatchesVersion(header, 3); got != want {
			t.Errorf("%s: got %v, want %v", header, got, want)
		}
	}
}

func TestClientAddress(t *testing.T) {
	t.Parallel()
	for ip, want := range map[string]string{
		"10.1.2.3": "10.1.2.3", "::ffff:10.1.2.3": "10.1.2.3", "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64", "fe80::1%eth0": "fe80::/64", "": "unknown", "@": "unknown",
	} {
		if got := rest.ClientAddress(ip); got != want {
			t.Errorf("%q: got %q, want %q", ip, got, want)
		}
	}
}

func TestRequestID(t *testing.T) {
	t.Parallel()
	for given, kept := range map[string]bool{"a.B-9_": true, "": false, "a b": false, "x\n": false, "日": false, strings.Repeat("a", 65): false} {
		if got := rest.RequestID(given, time.Now()); (got == given) != kept || len(got) > 64 || got == "" {
			t.Errorf("%q: got %q", given, got)
		}
	}
}

// FuzzMergePatch: whatever two texts of JSON, the patch is applied as RFC 7396 says: it
// never fails, doing it again changes nothing more, an empty patch of an object changes
// nothing, and no null that the patch brought stays in an object.
func FuzzMergePatch(f *testing.F) {
	f.Add(`{"a":{"b":1,"c":[1,2]},"d":null}`, `{"a":{"b":null,"e":{"f":null}},"d":"x"}`)
	f.Add(`{"name":"老王面馆","location":{"lat":31.2,"lng":121.4}}`, `{"location":{"accuracy_m":5},"names":{"en":"Wang"}}`)
	f.Add(`[1,2,3]`, `{"a":1}`)
	f.Add(`{"a":1}`, `null`)
	f.Add(`{"a":28.0}`, `{"a":{"a":{"a":{}}}}`)
	f.Fuzz(func(t *testing.T, target, patch string) {
		if !json.Valid([]byte(target)) || !json.Valid([]byte(patch)) {
			t.Skip()
		}
		once, err := rest.MergePatch(target, patch)
		if err != nil {
			t.Fatalf("MergePatch(%s, %s): %v", target, patch, err)
		}
		twice, err := rest.MergePatch(once, patch)
		if err != nil || twice != once {
			t.Errorf("again: got %s, %v, want %s", twice, err, once)
		}
		same, err := rest.MergePatch(once, `{}`)
		if _, object := decode(t, once).(map[string]any); object && (err != nil || same != once) {
			t.Errorf("an empty patch: got %s, %v, want %s", same, err, once)
		}
		changes, ok := decode(t, patch).(map[string]any)
		if !ok {
			if diff := cmp.Diff(decode(t, patch), decode(t, once)); diff != "" {
				t.Errorf("a patch that is no object replaces (-patch +got):\n%s", diff)
			}
			return
		}
		merged, ok := decode(t, once).(map[string]any)
		if !ok {
			t.Fatalf("a patch that is an object made %s", once)
		}
		for k, v := range changes {
			if got, there := merged[k]; there != (v != nil) || there && got == nil {
				t.Errorf("member %q: there %v, %v; patched with %v", k, there, got, v)
			}
		}
	})
}

func TestPointerTo(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"": "", "name": "/name", "price.amount": "/price/amount", "services.7.duration": "/services/7/duration_minutes",
		"at_home.radius": "/at_home/radius_m", "radius": "/radius", "cancellation.free": "/cancellation/free_hours",
		"location.accuracy": "/location/accuracy_m", "a/b.c~d": "/a~1b/c~0d", "/kept": "/kept",
	} {
		if got := rest.PointerTo(name); got != want {
			t.Errorf("%q is at %q, want %q", name, got, want)
		}
	}
}

func TestClientWhoLeft(t *testing.T) {
	t.Parallel()
	ctx, leave := context.WithCancel(t.Context())
	leave()
	for name, tt := range map[string]struct {
		err    error
		ctx    context.Context
		status int
		code   string
	}{
		"left":           {context.Canceled, ctx, 499, "request.cancelled"},
		"left, wrapped":  {errors.New("interrupted"), ctx, 499, "request.cancelled"},
		"too slow":       {context.DeadlineExceeded, t.Context(), 503, "request.timeout"},
		"a stranger":     {errors.New("dial tcp 10.0.0.7: refused"), t.Context(), 500, "server.error"},
		"a room refuses": {errAway, ctx, 503, "thing.away"},
	} {
		status, _, b := rest.ProblemOf(tt.ctx, tt.err, "")
		if status != tt.status || !strings.Contains(string(b), `"`+tt.code+`"`) || strings.Contains(string(b), "10.0.0.7") {
			t.Errorf("%s: got %d %s, want %d %s", name, status, b, tt.status, tt.code)
		}
	}
}

func decode(t *testing.T, s string) (v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(s), &v); err != nil {
		t.Fatal(err)
	}
	return v
}
