package cornertest_test

import (
	"strings"
	"testing"

	"corner/internal/cornertest"
)

// TestReadyWithTheMap: the map of time zones is loaded without anybody having asked for it,
// and readiness says when it is there.
func TestReadyWithTheMap(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{})
	s.Ready(t)
	if got := s.Anybody().Get(t, "/readyz").Want(t, 200).Text(t, "parts.zones"); got != "ok" {
		t.Errorf("ready, but the map of time zones is %q", got)
	}
}

// TestMetrics: what was asked is counted by the route's template, never by what was
// asked for, and the parts tell how they are.
func TestMetrics(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{})
	nobody := s.Anybody()
	nobody.Get(t, "/v1/search?lat=31.2&lng=121.4").Want(t, 200)
	nobody.Get(t, "/v1/places/plc_secret").Want(t, 404)
	nobody.Get(t, "/made/up/by/a/stranger").Want(t, 404)
	figures := string(nobody.Get(t, "/metrics").Want(t, 200).Body)
	for _, want := range []string{
		`corner_http_request_duration_seconds_count{method="GET",route="/v1/search",status="200"} 1`,
		`corner_http_request_duration_seconds_count{method="GET",route="/v1/places/:id",status="404"} 1`,
		`corner_http_request_duration_seconds_count{method="any",route="none",status="404"} 1`,
		`corner_part_up{part="database"} 1`, `corner_part_up{part="index"} 1`, `corner_deliveries_waiting{consumer="index"} 0`,
		"go_goroutines", "corner_build_info", "go_sql_open_connections",
	} {
		if !strings.Contains(figures, want) {
			t.Errorf("/metrics lacks %s", want)
		}
	}
	for _, secret := range []string{"plc_secret", "stranger", "31.2"} {
		if strings.Contains(figures, secret) {
			t.Errorf("/metrics tells %q", secret)
		}
	}
}
