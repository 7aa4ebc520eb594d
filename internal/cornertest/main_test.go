package cornertest_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"corner/internal/cornertest"
	"corner/store/storetest"
	"corner/uid"
)

func TestMain(m *testing.M) {
	code := m.Run()
	cornertest.RemoveBinaries()
	os.Exit(code)
}

// everyStack runs test on the embedded default and on PostgreSQL, Elasticsearch and
// Redis.
func everyStack(t *testing.T, test func(t *testing.T, setup cornertest.Setup)) {
	t.Helper()
	t.Run("embedded", func(t *testing.T) {
		t.Parallel()
		test(t, cornertest.Setup{Data: t.TempDir()})
	})
	t.Run("servers", func(t *testing.T) {
		t.Parallel()
		test(t, servers(t))
	})
}

// servers is a setup on real servers with nothing in them: a database, an index and
// a cache number of its own.
func servers(t testing.TB) cornertest.Setup {
	t.Helper()
	return cornertest.Setup{
		Data:     t.TempDir(),
		Database: storetest.URL(t, "postgres"),
		Index:    indexURL(t),
		Cache:    cacheURL(t),
	}
}

// server is the URL of an engine; without one the test is skipped, or fails where
// every engine is required.
func server(t testing.TB, variable string) string {
	t.Helper()
	u := os.Getenv(variable)
	if u == "" && os.Getenv("CORNER_TEST_REQUIRE") == "all" {
		t.Fatalf("CORNER_TEST_REQUIRE=all, but %s names no server", variable)
	}
	if u == "" {
		t.Skipf("not run on real servers: %s names none", variable)
	}
	return u
}

// indexURL names an alias of the test's own.
func indexURL(t testing.TB) string {
	t.Helper()
	base := strings.TrimSuffix(server(t, "CORNER_TEST_ELASTICSEARCH"), "/")
	alias := strings.ReplaceAll(strings.ToLower(uid.New("corner-test", time.Now())), "_", "-")
	t.Cleanup(func() {
		for _, name := range indices(t, base, alias) {
			elastic(t, http.MethodDelete, base+"/"+name, nil)
		}
	})
	return base + "/" + alias
}

// indices are the names of what an alias stands for.
func indices(t testing.TB, base, alias string) []string {
	t.Helper()
	var found map[string]any
	elastic(t, http.MethodGet, base+"/_alias/"+alias, &found)
	var names []string
	for name, v := range found {
		if _, ok := v.(map[string]any); ok {
			names = append(names, name)
		}
	}
	return names
}

// elastic asks Elasticsearch itself, as an operator would.
func elastic(t testing.TB, method, url string, into any) {
	t.Helper()
	req, err := http.NewRequest(method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := (&http.Client{Timeout: cornertest.Patience}).Do(req)
	if err != nil {
		t.Fatalf("%s %s: %v", method, url, err)
	}
	defer res.Body.Close()
	if into != nil {
		if err := json.NewDecoder(res.Body).Decode(into); err != nil {
			t.Fatalf("%s %s: %v", method, url, err)
		}
	}
}

var cacheNumber atomic.Int64

// cacheURL is one of Redis's numbered databases; tests share the 16 in turn, and
// their keys hold nothing of each other's.
func cacheURL(t testing.TB) string {
	t.Helper()
	u, err := url.Parse(server(t, "CORNER_TEST_REDIS"))
	if err != nil {
		t.Fatal(err)
	}
	u.Path = fmt.Sprint("/", cacheNumber.Add(1)%16)
	return u.String()
}

var phoneNumber atomic.Int64

// number is a mobile number that no other test has. Nobody's: the tests' servers
// send no codes.
func number() string { return fmt.Sprintf("+86138%08d", phoneNumber.Add(1)) }
