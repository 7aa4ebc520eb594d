package esindex_test

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"testing"
	"time"

	"corner/discovery"
	"corner/index/esindex"
)

// server is the address of a real Elasticsearch, or the test is skipped, aloud.
func server(t testing.TB) string {
	t.Helper()
	address := os.Getenv("CORNER_TEST_ELASTICSEARCH")
	if address != "" {
		return address
	}
	if os.Getenv("CORNER_TEST_REQUIRE") == "all" {
		t.Fatal("CORNER_TEST_REQUIRE=all, but CORNER_TEST_ELASTICSEARCH is empty")
	}
	t.Skip("not run: CORNER_TEST_ELASTICSEARCH is empty")
	return ""
}

// alias is a name that no other test has; whatever is called so is deleted at the end.
func alias(t testing.TB, address string) string {
	t.Helper()
	name := "corner-test-" + lower(rand.Text()[:12])
	t.Cleanup(func() { wipe(t, address, name) })
	return name
}

func lower(s string) string { return string(bytes.ToLower([]byte(s))) }

// wipe deletes everything of an alias, as an operator with a broom would.
func wipe(t testing.TB, address, alias string) {
	t.Helper()
	for _, name := range indices(t, address, alias) {
		rest(t, http.MethodDelete, address+"/"+name, nil, nil)
	}
}

// indices are the physical indices made for an alias, and one named like it.
func indices(t testing.TB, address, alias string) []string {
	t.Helper()
	var rows []struct{ Index string }
	rest(t, http.MethodGet, address+"/_cat/indices/"+alias+"*?format=json&h=index&expand_wildcards=all", nil, &rows)
	var names []string
	for _, r := range rows {
		names = append(names, r.Index)
	}
	return names
}

// rest is a bare call, for looking behind the back of the code under test.
func rest(t testing.TB, method, url string, body, into any) {
	t.Helper()
	var payload io.Reader
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		payload = bytes.NewReader(b)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, url, payload)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if res.StatusCode >= 300 {
		t.Fatalf("%s %s: %d %s", method, url, res.StatusCode, answer)
	}
	if into != nil {
		if err := json.Unmarshal(answer, into); err != nil {
			t.Fatal(err)
		}
	}
}

func open(t testing.TB, address string, o esindex.Options) *esindex.Index {
	t.Helper()
	o.SearchLimit = cmp.Or(o.SearchLimit, 20*time.Second) // the machine may be busy
	x, err := esindex.Open(address, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	return x
}

// built is an index that has been built, of the given listings.
func built(t testing.TB, o esindex.Options, listings ...discovery.Listing) *esindex.Index {
	t.Helper()
	address := server(t)
	if o.Alias == "" {
		o.Alias = alias(t, address)
	}
	x := open(t, address, o)
	if err := x.Rebuild(t.Context(), filler(listings)); err != nil {
		t.Fatal(err)
	}
	return x
}

func filler(listings []discovery.Listing) func(put func([]discovery.Listing) error) error {
	return func(put func([]discovery.Listing) error) error { return put(listings) }
}
