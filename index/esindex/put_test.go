package esindex_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"corner/discovery"
	"corner/fault"
	"corner/index/esindex"
)

// TestRefused has the engine refuse one listing of several.
func TestRefused(t *testing.T) {
	t.Parallel()
	x := built(t, esindex.Options{})
	bad := shop("bad", 1)
	bad.Point.Lat = 91
	err := x.Put(t.Context(), []discovery.Listing{shop("a", 1), bad, shop("b", 1)})
	if err == nil || !strings.Contains(err.Error(), "plc_bad") || fault.KindOf(err) != fault.Internal {
		t.Errorf("got %v, want an error of kind Internal that names plc_bad", err)
	}
	eventually(t, x, "plc_a", "plc_b")
	if err := x.Rebuild(t.Context(), filler([]discovery.Listing{bad})); err == nil || errors.Is(err, discovery.ErrUnavailable) {
		t.Errorf("Rebuild: got %v, want its error", err)
	}
	finds(t, x, "plc_a", "plc_b")
}

// TestBatches puts more than one _bulk call takes.
func TestBatches(t *testing.T) {
	t.Parallel()
	x := built(t, esindex.Options{})
	many := make([]discovery.Listing, 8)
	for i := range many {
		many[i] = shop(string(rune('a'+i)), 1)
		many[i].Address = strings.Repeat("路", 1<<19) // 1.5 MB
	}
	if err := x.Put(t.Context(), many); err != nil {
		t.Fatal(err)
	}
	eventually(t, x, "plc_a", "plc_b", "plc_c", "plc_d", "plc_e", "plc_f", "plc_g", "plc_h")
}

// TestIdle holds that the first search after a long silence sees what was put: an index
// without a refresh interval of its own is not refreshed while nobody searches it.
func TestIdle(t *testing.T) {
	t.Parallel()
	address := server(t)
	name := alias(t, address)
	x := built(t, esindex.Options{Alias: name}, shop("a", 1))
	finds(t, x, "plc_a")
	rest(t, http.MethodPut, address+"/"+name+"/_settings", map[string]any{"index.search.idle.after": "100ms"}, nil)
	time.Sleep(500 * time.Millisecond)
	before := refreshes(t, address, name)
	if err := x.Put(t.Context(), []discovery.Listing{shop("b", 1)}); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(10 * time.Second); refreshes(t, address, name) == before; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("an idle index is not refreshed in 10 s after a put")
		}
	}
	finds(t, x, "plc_a", "plc_b")
}

// refreshes counts how often an index was refreshed. Asking does not wake it, as a search does.
func refreshes(t *testing.T, address, name string) int {
	t.Helper()
	var answer struct {
		All struct {
			Primaries struct {
				Refresh struct{ Total int }
			}
		} `json:"_all"`
	}
	rest(t, http.MethodGet, address+"/"+name+"/_stats/refresh", nil, &answer)
	return answer.All.Primaries.Refresh.Total
}

// TestFresh measures how long after Put a listing is found.
func TestFresh(t *testing.T) {
	t.Parallel()
	x := built(t, esindex.Options{})
	var longest time.Duration
	for version := int64(1); version <= 12; version++ {
		l := shop("a", version)
		l.Live = version%2 == 1
		if err := x.Put(t.Context(), []discovery.Listing{l}); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		for (len(found(t, x)) == 1) != l.Live {
			if time.Since(began) > 5*time.Second {
				t.Fatal("not found after 5 s")
			}
			time.Sleep(5 * time.Millisecond)
		}
		longest = max(longest, time.Since(began))
	}
	t.Logf("visible after %v at most", longest)
	if longest > 2*time.Second { // a second is the goal; the machine may be busy
		t.Errorf("visible after %v", longest)
	}
}
