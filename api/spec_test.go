package api_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"flag"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"corner/api/rest"
	"corner/media"

	"github.com/google/go-cmp/cmp"

	"corner/api"
)

var update = flag.Bool("update", false, "write openapi.json anew")

const golden = "openapi.json"

// openapi.json is kept so that a change of the interface shows in review.
func TestGoldenDocument(t *testing.T) {
	t.Parallel()
	got := (&api.API{}).OpenAPI()
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("the document is not %s; go test ./api -update writes it (-want +got):\n%s", golden, diff)
	}
}

type document struct {
	Paths map[string]map[string]struct {
		OperationID string                     `json:"operationId"`
		Summary     string                     `json:"summary"`
		Description string                     `json:"description"`
		Responses   map[string]json.RawMessage `json:"responses"`
		Parameters  []struct{ Name string }    `json:"parameters"`
	} `json:"paths"`
}

func readDocument(t *testing.T) document {
	t.Helper()
	var d document
	if err := json.Unmarshal((&api.API{}).OpenAPI(), &d); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestEveryRouteIsInTheDocument(t *testing.T) {
	t.Parallel()
	notOperations := map[string]bool{"GET /docs": true, "GET /openapi.json": true, "GET /problems/:code": true}
	described := map[string]bool{}
	for path, item := range readDocument(t).Paths {
		for method := range item {
			described[strings.ToUpper(method)+" "+regexp.MustCompile(`\{(\w+)\}`).ReplaceAllString(path, ":$1")] = true
		}
	}
	routes := (&api.API{}).Routes()
	for _, r := range routes {
		if !described[r] && !notOperations[r] {
			t.Errorf("route %s is not in the document", r)
		}
		delete(described, r)
	}
	for r := range described {
		t.Errorf("the document has %s, which is no route", r)
	}
	// The contract's, so that none goes missing.
	for _, want := range []string{
		"POST /v1/auth/codes", "POST /v1/auth/tokens", "POST /v1/auth/tokens/refresh", "GET /.well-known/jwks.json",
		"POST /v1/merchants", "GET /v1/merchants/:id", "POST /v1/merchants/:id/places", "GET /v1/merchants/:id/places",
		"GET /v1/merchants/:id/staff", "DELETE /v1/merchants/:id/staff/:user_id",
		"GET /v1/places/:id", "PATCH /v1/places/:id", "POST /v1/places/:id/publish", "POST /v1/places/:id/claim",
		"POST /v1/places/:id/services", "GET /v1/places/:id/services", "GET /v1/places/:id/reviews", "GET /v1/services/:id",
		"POST /v1/places/:id/photos", "GET /v1/places/:id/photos", "GET /v1/photos/:id", "PATCH /v1/photos/:id", "DELETE /v1/photos/:id",
		"GET /v1/photos/:id/:size", "HEAD /v1/photos/:id/:size",
		"GET /v1/services/:id/slots", "GET /v1/search", "GET /v1/categories", "POST /v1/holds", "POST /v1/bookings",
		"GET /v1/bookings/:id", "GET /v1/me/bookings", "GET /v1/places/:id/bookings", "POST /v1/bookings/:id/cancel", "GET /v1/bookings/:id/code",
		"POST /v1/visits", "GET /v1/visits/:id", "POST /v1/visits/:id/review", "GET /livez", "GET /readyz",
	} {
		if !strings.Contains("\n"+strings.Join(routes, "\n")+"\n", "\n"+want+"\n") {
			t.Errorf("there is no %s", want)
		}
	}
}

// What brings a body has the time that it takes to arrive, and a picture more; nothing else has.
func TestBodiesTakeLonger(t *testing.T) {
	t.Parallel()
	a := &api.API{}
	const pictures, pieces = "POST /v1/places/:id/photos", "PATCH /v1/uploads/:id"
	for _, route := range []string{pictures, pieces} {
		if !slices.Contains(a.Routes(), route) {
			t.Fatalf("%s is no route", route)
		}
	}
	bodies := 0
	for route, within := range a.Within() {
		want := rest.BodyWithin + rest.Deadline
		if route == pictures {
			want = rest.UploadWithin + rest.Deadline
		}
		if route == pieces { // the largest at 10 kB/s
			want = rest.ChunkWithin + rest.Deadline
			if atPace := time.Second * media.MaxResumed / 10_000; rest.ChunkWithin < atPace {
				t.Errorf("a piece may take %s, and takes %s at 10 kB/s", rest.ChunkWithin, atPace)
			}
		}
		if within != want {
			t.Errorf("%s may take %s, want %s", route, within, want)
		}
		if strings.HasPrefix(route, "GET ") || strings.HasPrefix(route, "DELETE ") {
			t.Errorf("%s brings no body, and may take %s", route, within)
		}
		bodies++
	}
	if bodies < 20 {
		t.Errorf("%d routes have time for a body, want all that take one", bodies)
	}
}

func TestEveryOperationTellsItsRefusals(t *testing.T) {
	t.Parallel()
	ids := map[string]bool{}
	for path, item := range readDocument(t).Paths {
		for method, op := range item {
			if op.OperationID == "" || ids[op.OperationID] || op.Summary == "" || op.Description == "" {
				t.Errorf("%s %s: wants an id of its own, a summary and a description", method, path)
			}
			ids[op.OperationID] = true
			want := []string{"500", "503"}
			if strings.HasPrefix(path, "/v1/") {
				want = append(want, "429")
			}
			for _, status := range want {
				if op.Responses[status] == nil {
					t.Errorf("%s %s: no answer %s", method, path, status)
				}
			}
		}
	}
}

func TestCreatingAndListingTakeTheirParameters(t *testing.T) {
	t.Parallel()
	for path, item := range readDocument(t).Paths {
		for method, op := range item {
			var names []string
			for _, p := range op.Parameters {
				names = append(names, p.Name)
			}
			has := func(name string) bool { return slices.Contains(names, name) }
			if op.Responses["201"] != nil && !has("Idempotency-Key") {
				t.Errorf("%s %s creates, and takes no Idempotency-Key", method, path)
			}
			if strings.Contains(string(op.Responses["200"]), "List\"") && path != "/v1/services/{id}/slots" && (!has("cursor") || !has("limit")) {
				t.Errorf("%s %s lists, and takes cursor and limit not: %v", method, path, names)
			}
		}
	}
}

// The page must be readable on a phone in a basement: it may ask for nothing.
func TestDocsNeedNoNetwork(t *testing.T) {
	t.Parallel()
	w := do(t, newAPI(), http.MethodGet, "/docs", "", nil)
	page := w.Body.String()
	if w.Code != http.StatusOK || !strings.Contains(page, "/v1/search") || !strings.Contains(page, "booking.slot_taken") {
		t.Fatalf("status %d, or the page lacks operations or codes", w.Code)
	}
	if m := regexp.MustCompile(`(?i)(src|href|action|url|@import|fetch)\s*[=(]\s*["']?(https?:)?//[^"' )>]*`).FindString(page); m != "" {
		t.Errorf("the page asks for %s", m)
	}
	csp := w.Header().Get("Content-Security-Policy")
	if !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") {
		t.Errorf("Content-Security-Policy: got %q", csp)
	}
	for _, tag := range []string{"style", "script"} {
		inner := regexp.MustCompile(`(?s)<` + tag + `>(.*?)</` + tag + `>`).FindStringSubmatch(page)
		if inner == nil {
			t.Fatalf("the page has no %s", tag)
		}
		sum := sha256.Sum256([]byte(inner[1]))
		if !strings.Contains(csp, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'") {
			t.Errorf("the policy does not let the page's own %s pass", tag)
		}
	}
}

func TestProblemTypesLeadToTheirWords(t *testing.T) {
	t.Parallel()
	h := newAPI()
	w := do(t, h, http.MethodGet, "/problems/booking.slot_taken", "", nil)
	if got := w.Header().Get("Location"); w.Code != http.StatusSeeOther || got != "/docs#problem-booking.slot_taken" {
		t.Errorf("got %d to %q", w.Code, got)
	}
	if w := do(t, h, http.MethodGet, "/problems/no.such", "", nil); w.Code != http.StatusNotFound {
		t.Errorf("an unknown code: got %d, want 404", w.Code)
	}
}

// TestEveryOperationHasExamples: of what is sent and of what is answered, and they are what
// the schemas say.
func TestEveryOperationHasExamples(t *testing.T) {
	t.Parallel()
	for _, lacking := range api.WithoutExample() {
		t.Errorf("no example: %s", lacking)
	}
	for where, faults := range api.WrongExamples() {
		t.Errorf("the example of %s is not what its schema says: %v", where, faults)
	}
}

// TestReferenceIsWhole: every operation is on the page and in the file.
func TestReferenceIsWhole(t *testing.T) {
	t.Parallel()
	page := do(t, newAPI(), http.MethodGet, "/docs", "", nil).Body.String()
	file := api.Reference() // which TestGoldenReference holds the file to
	ids := api.OperationIDs()
	if len(ids) < 60 {
		t.Errorf("%d operations, want all of them", len(ids))
	}
	for _, id := range ids {
		if !strings.Contains(page, `id="`+id+`"`) {
			t.Errorf("/docs lacks %s", id)
		}
		if !bytes.Contains(file, []byte("`"+id+"`")) {
			t.Errorf("docs/api/reference.md lacks %s", id)
		}
	}
}
