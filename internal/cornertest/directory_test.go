package cornertest_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"corner/internal/cornertest"
	"corner/internal/fixtures"
)

// truth is a row of nearby_truth_osm15.jsonl.
type truth struct {
	Lat     float64  `json:"lat"`
	Lon     float64  `json:"lon"`
	Radius  float64  `json:"radius_m"`
	Count   int      `json:"count"`
	Edge    []string `json:"edge_ids"`
	Nearest [][2]any `json:"nearest"`
}

// TestDirectory: the whole extract is imported by the command, twice, and searching
// it over HTTP gives the truth.
func TestDirectory(t *testing.T) {
	t.Parallel()
	data := fixtures.Folder(t)
	setup := cornertest.Setup{Data: t.TempDir()}
	file := filepath.Join(data, "osm_merchants_15cities.csv")
	if out := cornertest.Run(
		t,
		setup,
		"import",
		file,
	); !strings.Contains(out, "59362 rows") ||
		!strings.Contains(out, "59362 new, 0 changed, 0 as they were, 0 claimed and left alone, 0 rejected") {
		t.Fatalf("the first import said:\n%s", out)
	}
	if out := cornertest.Run(
		t,
		setup,
		"import",
		file,
	); !strings.Contains(
		out,
		"0 new, 0 changed, 59362 as they were, 0 claimed and left alone, 0 rejected",
	) {
		t.Fatalf("the second import said:\n%s", out)
	}
	s := cornertest.Start(t, setup)
	f, err := os.Open(filepath.Join(data, "nearby_truth_osm15.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows := 0
	for lines := bufio.NewScanner(f); lines.Scan(); rows++ {
		var want truth
		if err := json.Unmarshal(lines.Bytes(), &want); err != nil {
			t.Fatal(err)
		}
		checkTruth(t, s.Anybody(), want)
	}
	if rows != 400 {
		t.Errorf("read %d rows of truth, want 400", rows)
	}
	loopAt(t, s, claim(t, s))
}

// loopAt is the loop at a real place that has been claimed: it opens, takes a booking,
// is visited and reviewed.
func loopAt(t *testing.T, s *cornertest.Server, sh shop) {
	t.Helper()
	path := "/v1/places/" + sh.place
	etag := sh.owner.Get(t, path).Want(t, 200).Header.Get("ETag")
	sh.owner.Patch(t, path, `{"hours": {"weekly": [`+allDay+`]}}`, "If-Match", etag).Want(t, 200)
	sh.service = sh.owner.Post(t, path+"/services", `{"name": "手冲咖啡 Pour-over", "duration_minutes": 30, "price": {"amount": 6800, "currency": "HKD"},
		"bookable": true, "capacity": 4}`).
		Want(t, 201).
		Text(t, "id")
	guest := s.SignIn(t, number())
	v := visit(t, sh, guest, book(t, guest, sh.service, slots(t, guest, sh.service, 2)[0], 2))
	if a := guest.Post(t, "/v1/visits/"+v+"/review", `{"stars": 5, "text": "值得专程来"}`).Want(t, 201); a.At(t, "verified") != true {
		t.Errorf("the review is not verified: %s", a.Body)
	}
	if got := s.Anybody().Get(t, path).Want(t, 200).Text(t, "rating.count"); got != "1" {
		t.Errorf("the place's rating counts %s, want 1", got)
	}
}

type hits struct {
	Hits []struct {
		Place struct {
			ID      string `json:"id"`
			Source  string `json:"source"`
			Claimed bool   `json:"claimed"`
		} `json:"place"`
		Distance float64 `json:"distance_m"`
	} `json:"hits"`
	Next *string `json:"next_cursor"`
}

func checkTruth(t *testing.T, p *cornertest.Phone, want truth) {
	t.Helper()
	var found []string
	for cursor := ""; ; {
		a := p.Get(t, fmt.Sprintf("/v1/search?lat=%v&lng=%v&radius=%v&limit=100%s", want.Lat, want.Lon, want.Radius, cursor)).Want(t, 200)
		var page hits
		if err := json.NewDecoder(bytes.NewReader(a.Body)).Decode(&page); err != nil {
			t.Fatal(err)
		}
		for _, h := range page.Hits {
			found = append(found, h.Place.Source)
		}
		if page.Next == nil {
			break
		}
		cursor = "&cursor=" + *page.Next
	}
	if n := want.Count; len(found) < n-len(want.Edge) || len(found) > n+len(want.Edge) {
		t.Errorf(
			"at %v,%v within %v m: %d places, want %d but for %d at the edge",
			want.Lat,
			want.Lon,
			want.Radius,
			len(found),
			n,
			len(want.Edge),
		)
	}
	for i, n := range want.Nearest {
		if i >= len(found) {
			break // the count has said so
		}
		if found[i] == n[0] {
			continue
		}
		// Places at the same distance may change places.
		tied := slices.ContainsFunc(want.Nearest, func(m [2]any) bool { return m[0] == found[i] && m[1] == n[1] })
		if !tied && i < len(want.Nearest)-1 {
			t.Errorf("at %v,%v within %v m: hit %d is %s, want %v", want.Lat, want.Lon, want.Radius, i, found[i], n)
		}
	}
}

// claim: an imported listing belongs to nobody and takes no bookings, until a
// merchant claims it; the first one wins.
func claim(t *testing.T, s *cornertest.Server) shop {
	t.Helper()
	var page hits
	a := s.Anybody().Get(t, "/v1/search?lat=22.2819&lng=114.1582&category=cafe&limit=1").Want(t, 200)
	if err := json.Unmarshal(a.Body, &page); err != nil || len(page.Hits) != 1 {
		t.Fatalf("a café in Hong Kong: %v, %s", err, a.Body)
	}
	place := page.Hits[0].Place
	if place.Claimed {
		t.Error("an imported listing is claimed from the start")
	}
	first, second := s.SignIn(t, number()), s.SignIn(t, number())
	body := func(p *cornertest.Phone) string {
		return fmt.Sprintf(`{"merchant_id": %q}`, p.Post(t, "/v1/merchants", `{"name": "咖啡"}`).Want(t, 201).Text(t, "id"))
	}
	merchant := first.Post(t, "/v1/places/"+place.ID+"/claim", body(first)).Want(t, 200, 202).Text(t, "merchant_id")
	second.Post(t, "/v1/places/"+place.ID+"/claim", body(second)).WantCode(t, 409, "place.already_claimed")
	etag := first.Get(t, "/v1/places/"+place.ID).Want(t, 200).Header.Get("ETag")
	first.Patch(t, "/v1/places/"+place.ID, `{"name": "我的咖啡馆"}`, "If-Match", etag).Want(t, 200)
	for deadline := time.Now().Add(cornertest.Patience); ; time.Sleep(10 * time.Millisecond) {
		a := s.Anybody().Get(t, "/v1/search?lat=22.2819&lng=114.1582&q=wodekafeiguan&limit=1").Want(t, 200)
		if a.Len(t, "hits") == 1 && a.At(t, "hits.0.place.claimed") == true {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("the claimed place is not found under its new name: %s", a.Body)
		}
	}
	return shop{merchant: merchant, place: place.ID, owner: first, lat: 22.2819, lng: 114.1582}
}

// extract is a directory of two places, the second of which has no position.
const extract = `id,name,name_zh,name_en,category,cuisine,lat,lon,address,city,country,tz,phone,website,opening_hours,brand,extra
osm:node/1,%s,,,amenity=cafe,,31.3115,120.6290,,suzhou,CN,Asia/Shanghai,,,,,
osm:node/2,没有位置,,,amenity=cafe,,abc,120.6290,,suzhou,CN,Asia/Shanghai,,,,,
`

// TestImportBesideServer: an import beside a running server is found by it; a row
// that cannot be used is written down with its reason; a changed row is taken over.
func TestImportBesideServer(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		s := cornertest.Start(t, setup)
		file := filepath.Join(t.TempDir(), "two.csv")
		for i, name := range []string{"先来咖啡", "后来咖啡"} {
			if err := os.WriteFile(file, fmt.Appendf(nil, extract, name), 0o600); err != nil {
				t.Fatal(err)
			}
			out := s.Run(t, "import", file)
			if want := []string{"1 new, 0 changed", "0 new, 1 changed"}[i]; !strings.Contains(out, want) || !strings.Contains(out, "1 rejected") {
				t.Errorf("import %d said, want %q:\n%s", i, want, out)
			}
			for deadline := time.Now().Add(cornertest.Patience); ; time.Sleep(20 * time.Millisecond) {
				a := s.Anybody().Get(t, "/v1/search?lat=31.3115&lng=120.6290&radius=100").Want(t, 200, 503)
				if a.Status == 200 && a.Len(t, "hits") == 1 && a.Text(t, "hits.0.place.name") == name {
					break
				}
				if time.Now().After(deadline) {
					t.Fatalf("%s is not found: %s", name, a.Body)
				}
			}
		}
		rejects, err := os.ReadFile(filepath.Join(s.Setup.Data, "two.rejects.csv"))
		if err != nil || !strings.Contains(string(rejects), "3,osm:node/2,") {
			t.Errorf("rejects = %q, %v; want line 3 with a reason", rejects, err)
		}
	})
}
