package cornertest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Phone is an app on somebody's phone.
type Phone struct {
	URL     string // of the server
	Number  string
	User    string // id
	Token   string // access token; "": not signed in
	Refresh string
	Device  string // this sign-in's id
}

// Answer is what the server said.
type Answer struct {
	Call   string // "POST /v1/holds"
	Status int
	Header http.Header
	Body   []byte
}

// Get asks for a path.
func (p *Phone) Get(t testing.TB, path string, headers ...string) *Answer {
	t.Helper()
	return p.Do(t, http.MethodGet, path, "", headers...)
}

// Post sends JSON.
func (p *Phone) Post(t testing.TB, path, body string, headers ...string) *Answer {
	t.Helper()
	return p.Do(t, http.MethodPost, path, body, headers...)
}

// Patch sends a merge patch.
func (p *Phone) Patch(t testing.TB, path, body string, headers ...string) *Answer {
	t.Helper()
	return p.Do(t, http.MethodPatch, path, body, append(headers, "Content-Type", "application/merge-patch+json")...)
}

// Do makes a call; headers are names and values in turn.
func (p *Phone) Do(t testing.TB, method, path, body string, headers ...string) *Answer {
	t.Helper()
	a, err := p.Try(method, path, body, headers...)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	return a
}

// Try is Do for calls that may find nobody there.
func (p *Phone) Try(method, path, body string, headers ...string) (*Answer, error) {
	var in io.Reader
	if body != "" {
		in = strings.NewReader(body)
	}
	req, err := http.NewRequest(method, p.URL+path, in) //nolint:noctx // the client has a deadline
	if err != nil {
		return nil, err
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	if p.Token != "" {
		req.Header.Set("Authorization", "Bearer "+p.Token)
	}
	for h := range slices.Chunk(headers, 2) {
		req.Header.Set(h[0], h[1])
	}
	res, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	out, err := io.ReadAll(res.Body)
	if err != nil {
		return nil, err
	}
	return &Answer{method + " " + path, res.StatusCode, res.Header, out}, nil
}

// Want fails the test unless the answer has one of these statuses.
func (a *Answer) Want(t testing.TB, statuses ...int) *Answer {
	t.Helper()
	if !slices.Contains(statuses, a.Status) {
		t.Fatalf("%s: status %d, want %v\n%s", a.Call, a.Status, statuses, a.Body)
	}
	return a
}

// WantCode fails the test unless the answer is a problem document with that status
// and code.
func (a *Answer) WantCode(t testing.TB, status int, code string) *Answer {
	t.Helper()
	a.Want(t, status)
	if got := a.Header.Get("Content-Type"); !strings.HasPrefix(got, "application/problem+json") {
		t.Fatalf("%s: Content-Type %q, want a problem document\n%s", a.Call, got, a.Body)
	}
	if got := a.Text(t, "code"); got != code {
		t.Fatalf("%s: code %q, want %q\n%s", a.Call, got, code, a.Body)
	}
	return a
}

// At is the value at a path, "hits.0.place.id"; nil if there is none. Numbers are
// json.Number, so that money stays what it is.
func (a *Answer) At(t testing.TB, path string) any {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(a.Body))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%s: not JSON: %v\n%s", a.Call, err, a.Body)
	}
	for part := range strings.SplitSeq(path, ".") {
		switch x := v.(type) {
		case map[string]any:
			v = x[part]
		case []any:
			i, err := strconv.Atoi(part)
			if err != nil || i < 0 || i >= len(x) {
				return nil
			}
			v = x[i]
		default:
			return nil
		}
	}
	return v
}

// Text is the string or number at a path; the test fails if there is none.
func (a *Answer) Text(t testing.TB, path string) string {
	t.Helper()
	switch v := a.At(t, path).(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	}
	t.Fatalf("%s: no text at %q\n%s", a.Call, path, a.Body)
	return ""
}

// Len is the number of items of the list at a path.
func (a *Answer) Len(t testing.TB, path string) int {
	t.Helper()
	list, ok := a.At(t, path).([]any)
	if !ok {
		t.Fatalf("%s: no list at %q\n%s", a.Call, path, a.Body)
	}
	return len(list)
}
