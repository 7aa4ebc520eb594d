package attacks_test

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"corner/internal/cornertest"
)

// TestOwningTown: one phone registers businesses as fast as it can, and owns three.
func TestOwningTown(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{Capped: true})
	p := s.SignIn(t, wang)
	var owned atomic.Int64
	var wg sync.WaitGroup
	for i := range 30 {
		wg.Go(func() {
			a := p.Post(t, "/v1/merchants", fmt.Sprintf(`{"name": "铺子 %d"}`, i)).Want(t, 201, 409)
			if a.Status == 201 {
				owned.Add(1)
			} else if a.Text(t, "code") != "merchant.too_many" {
				t.Errorf("refused with %s", a.Body)
			}
		})
	}
	wg.Wait()
	if n := owned.Load(); n != 3 {
		t.Errorf("one phone owns %d businesses, want 3", n)
	}
}

// TestClaimingTown: one phone, new here, claims every listing of a town at once, and registers as many places of its own. It gets three and
// five; and what it claimed is shown to everybody as not verified.
func TestClaimingTown(t *testing.T) {
	t.Parallel()
	const n = 20
	s := cornertest.Start(t, cornertest.Setup{Capped: true})
	s.Ready(t)
	rows := "id,name,name_zh,name_en,category,cuisine,lat,lon,address,city,country,tz,phone,website,opening_hours,brand,extra\n"
	for i := range n {
		rows += fmt.Sprintf(
			"osm:node/%d,店 %d,,,amenity=cafe,,%v,120.6290,,suzhou,CN,Asia/Shanghai,,,Mo-Su 08:00-22:00,,\n",
			i,
			i,
			31.3+float64(i)/100,
		)
	}
	file := filepath.Join(t.TempDir(), "town.csv")
	if err := os.WriteFile(file, []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	s.Run(t, "import", file)
	var listings []string
	for deadline := time.Now().Add(cornertest.Patience); len(listings) < n; time.Sleep(10 * time.Millisecond) {
		listings = nil
		a := s.Anybody().Get(t, "/v1/search?lat=31.4&lng=120.629&radius=50000&limit=50").Want(t, 200, 503)
		for i := 0; a.Status == 200 && i < a.Len(t, "hits"); i++ {
			listings = append(listings, a.Text(t, fmt.Sprintf("hits.%d.place.id", i)))
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d listings are found, want %d", len(listings), n)
		}
	}
	p := s.SignIn(t, wang)
	m := p.Post(t, "/v1/merchants", `{"name": "大户"}`).Want(t, 201).Text(t, "id")
	// rivals makes n calls at once, and is how many went well; the others have a code.
	rivals := func(want int, code string, call func(i int) *cornertest.Answer) (done int64) {
		t.Helper()
		var well atomic.Int64
		var wg sync.WaitGroup
		for i := range n {
			wg.Go(func() {
				a := call(i).Want(t, want, 409, 429)
				if a.Status == want {
					well.Add(1)
				} else if got := a.Text(t, "code"); got != code {
					t.Errorf("refused with %s, want %s", got, code)
				}
			})
		}
		wg.Wait()
		return well.Load()
	}
	if got := rivals(202, "claim.too_many", func(i int) *cornertest.Answer {
		return p.Post(t, "/v1/places/"+listings[i]+"/claim", fmt.Sprintf(`{"merchant_id": %q}`, m))
	}); got != 3 {
		t.Errorf("one phone has claimed %d listings, want 3", got)
	}
	if got := rivals(201, "place.too_many_today", func(i int) *cornertest.Answer {
		return p.Post(
			t,
			"/v1/merchants/"+m+"/places",
			fmt.Sprintf(`{"name": "新铺 %d", "location": {"lat": %v, "lng": 121}}`, i, 32+float64(i)/100),
		)
	}); got != 5 {
		t.Errorf("one phone has registered %d places, want 5", got)
	}
	claimed := 0
	for _, id := range listings {
		if a := s.Anybody().Get(t, "/v1/places/"+id).Want(t, 200); a.At(t, "merchant_id") != nil {
			claimed++
			if a.Text(t, "claim.state") != "unverified" {
				t.Errorf("everybody is shown %s", a.Body)
			}
		}
	}
	if claimed != 3 {
		t.Errorf("%d listings have an owner, want 3", claimed)
	}
}
