package cornertest_test

import (
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"corner/internal/cornertest"
)

// TestMetricsApart: with an address of its own /metrics is there and nothing else, and it is not
// where everybody is.
func TestMetricsApart(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{Args: []string{"--metrics-addr=127.0.0.1:0"}})
	at := "http://" + s.Await(t, regexp.MustCompile(`msg=metrics address=(\S+)`))
	s.Ready(t)
	s.Anybody().Get(t, "/metrics").Want(t, 404)
	if strings.Contains(string(s.Anybody().Get(t, "/openapi.json").Want(t, 200).Body), `"/metrics"`) {
		t.Error("the document has /metrics, which is not there")
	}
	for path, want := range map[string]int{"/metrics": 200, "/livez": 404, "/v1/categories": 404} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, at+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		a, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(a.Body)
		_ = a.Body.Close()
		if err != nil || a.StatusCode != want {
			t.Errorf("%s answers %d, %v; want %d", path, a.StatusCode, err, want)
		}
		if figures := strings.Contains(string(body), "corner_http_requests_in_flight"); figures != (path == "/metrics") {
			t.Errorf("%s shows figures: %v", path, figures)
		}
	}
}
