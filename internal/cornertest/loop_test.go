package cornertest_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"corner/internal/cornertest"
)

// shop is a noodle shop with a table service, registered over HTTP.
type shop struct {
	merchant, place, service string
	owner                    *cornertest.Phone
	lat, lng                 float64
}

// openShop registers and publishes a shop that is open at all hours, with a bookable
// service for capacity people at a time.
func openShop(t testing.TB, s *cornertest.Server, name string, lat, lng float64, capacity int) shop {
	t.Helper()
	sh := shop{owner: s.SignIn(t, number()), lat: lat, lng: lng}
	sh.merchant = sh.owner.Post(t, "/v1/merchants", fmt.Sprintf(`{"name": %q}`, name)).Want(t, 201).Text(t, "id")
	place := sh.owner.Post(t, "/v1/merchants/"+sh.merchant+"/places", fmt.Sprintf(`{
		"name": %q, "category": "noodles", "location": {"lat": %v, "lng": %v, "accuracy_m": 8}, "phone": "+86 512 6520 0000", "time_zone": "Asia/Shanghai",
		"hours": {"weekly": [%s]}}`, name, lat, lng, allDay)).Want(t, 201)
	sh.place = place.Text(t, "id")
	if got := place.Text(t, "state"); got != "draft" {
		t.Fatalf("a new place is %q, want draft", got)
	}
	sh.service = sh.owner.Post(t, "/v1/places/"+sh.place+"/services", fmt.Sprintf(`{"name": "牛肉面 Beef noodles", "duration_minutes": 60,
		"price": {"amount": 2800, "currency": "CNY"}, "bookable": true, "capacity": %d, "slot_step_minutes": 30}`, capacity)).Want(t, 201).Text(t, "id")
	sh.owner.Post(t, "/v1/places/"+sh.place+"/publish", "").Want(t, 200)
	return sh
}

const allDay = `{"day":"mon","opens":"00:00","closes":"24:00"},{"day":"tue","opens":"00:00","closes":"24:00"},{"day":"wed","opens":"00:00","closes":"24:00"},
	{"day":"thu","opens":"00:00","closes":"24:00"},{"day":"fri","opens":"00:00","closes":"24:00"},{"day":"sat","opens":"00:00","closes":"24:00"},{"day":"sun","opens":"00:00","closes":"24:00"}`

// find searches near the shop until it is found, and tells how long that took.
func find(t testing.TB, p *cornertest.Phone, sh shop, more string) (hit int, a *cornertest.Answer, took time.Duration) {
	t.Helper()
	began := time.Now()
	for {
		a = p.Get(t, fmt.Sprintf("/v1/search?lat=%v&lng=%v&radius=500%s", sh.lat+0.001, sh.lng, more)).Want(t, 200, 503)
		if a.Status == http.StatusOK {
			for i := range a.Len(t, "hits") {
				if a.Text(t, fmt.Sprintf("hits.%d.place.id", i)) == sh.place {
					return i, a, time.Since(began)
				}
			}
		}
		if time.Since(began) > cornertest.Patience {
			t.Fatalf("the shop was not found in %s: %s", cornertest.Patience, a.Body)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// slots are the starts that can be taken from tomorrow on.
func slots(t testing.TB, p *cornertest.Phone, service string, party int) []string {
	t.Helper()
	q := url.Values{
		"from":  {time.Now().Add(24 * time.Hour).Format(time.RFC3339)},
		"to":    {time.Now().Add(48 * time.Hour).Format(time.RFC3339)},
		"party": {fmt.Sprint(party)},
	}
	a := p.Get(t, "/v1/services/"+service+"/slots?"+q.Encode()).Want(t, 200)
	var starts []string
	for i := range a.Len(t, "slots") {
		starts = append(starts, a.Text(t, fmt.Sprintf("slots.%d.start", i)))
	}
	return starts
}

func holdBody(service, start string, party int) string {
	return fmt.Sprintf(`{"service_id": %q, "start": %q, "party": %d}`, service, start, party)
}

func book(t testing.TB, p *cornertest.Phone, service, start string, party int) string {
	t.Helper()
	hold := p.Post(t, "/v1/holds", holdBody(service, start, party)).Want(t, 201).Text(t, "id")
	return p.Post(t, "/v1/bookings", fmt.Sprintf(`{"hold_id": %q}`, hold)).Want(t, 201).Text(t, "id")
}

func visit(t testing.TB, sh shop, p *cornertest.Phone, booking string) string {
	t.Helper()
	code := p.Get(t, "/v1/bookings/"+booking+"/code").Want(t, 200).Text(t, "code")
	return sh.owner.Post(t, "/v1/visits", fmt.Sprintf(`{"code": %q}`, code)).Want(t, 201).Text(t, "id")
}

// TestLoop is the product: register, find, book, come, review.
func TestLoop(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		s := cornertest.Start(t, setup)
		sh := openShop(t, s, "老王牛肉面", 31.3115, 120.6290, 4)
		guest := s.SignIn(t, number())

		for _, q := range []string{"", "&q=" + url.QueryEscape("牛肉面"), "&q=beef+noodle", "&q=laowang", "&q=niuroumian", "&q=lwnrm", "&open_now=true", "&category=noodles", "&category=dining"} {
			i, a, _ := find(t, s.Anybody(), sh, q)
			if got := a.At(t, fmt.Sprintf("hits.%d.open_now", i)); got != true {
				t.Errorf("%s: open_now = %v, want true", q, got)
			}
			if got := a.Text(t, fmt.Sprintf("hits.%d.distance_m", i)); got < "110" || got > "112" {
				t.Errorf("%s: distance_m = %s, want about 111", q, got)
			}
		}
		if a := s.Anybody().Get(t, "/v1/search?lat=31.3125&lng=120.6290&radius=500&q=car+wash").Want(t, 200); a.Len(t, "hits") != 0 {
			t.Errorf("a search for a car wash finds the noodle shop: %s", a.Body)
		}

		start := slots(t, guest, sh.service, 2)[0]
		hold := guest.Post(t, "/v1/holds", holdBody(sh.service, start, 2)).Want(t, 201)
		if got := hold.Text(t, "price.amount") + hold.Text(t, "price.currency"); got != "5600CNY" {
			t.Errorf("price of a party of two = %s, want 5600CNY", got)
		}
		body := fmt.Sprintf(`{"hold_id": %q}`, hold.Text(t, "id"))
		booking := guest.Post(t, "/v1/bookings", body).Want(t, 201)
		if got := booking.Text(t, "state"); got != "confirmed" {
			t.Errorf("state = %q, want confirmed", got)
		}
		again := guest.Post(t, "/v1/bookings", body).Want(t, 201)
		if got, want := again.Text(t, "id"), booking.Text(t, "id"); got != want {
			t.Errorf("booking the hold again gives %s, want the one booking %s", got, want)
		}
		id := booking.Text(t, "id")

		code := guest.Get(t, "/v1/bookings/"+id+"/code").Want(t, 200).Text(t, "code")
		confirm := fmt.Sprintf(`{"code": %q}`, code)
		v := sh.owner.Post(t, "/v1/visits", confirm).Want(t, 201)
		if got := v.Text(t, "booking_id") + v.Text(t, "place_id"); got != id+sh.place {
			t.Errorf("the visit is of %s, want %s", got, id+sh.place)
		}
		if got := sh.owner.Post(t, "/v1/visits", confirm).Want(t, 201).Text(t, "id"); got != v.Text(t, "id") {
			t.Errorf("the same code again gives visit %s, want %s", got, v.Text(t, "id"))
		}
		guest.Get(t, "/v1/bookings/"+id+"/code").WantCode(t, 409, "booking.no_code")

		path := "/v1/visits/" + v.Text(t, "id") + "/review"
		review := guest.Post(t, path, `{"stars": 5, "text": "汤鲜面韧 — best noodles round the corner"}`).Want(t, 201)
		if got := review.At(t, "verified"); got != true {
			t.Errorf("verified = %v, want true", got)
		}
		guest.Post(t, path, `{"stars": 1, "text": "changed my mind"}`).WantCode(t, 409, "review.exists")
		list := s.Anybody().Get(t, "/v1/places/"+sh.place+"/reviews").Want(t, 200)
		if list.Len(t, "reviews") != 1 || list.Text(t, "reviews.0.id") != review.Text(t, "id") {
			t.Errorf("reviews = %s, want the one", list.Body)
		}
		if got := s.Anybody().Get(t, "/v1/places/"+sh.place).Want(t, 200).Text(t, "rating.count"); got != "1" {
			t.Errorf("the place's rating counts %s, want 1", got)
		}
		for deadline := time.Now().Add(cornertest.Patience); ; time.Sleep(10 * time.Millisecond) {
			i, a, _ := find(t, s.Anybody(), sh, "")
			if a.Text(t, fmt.Sprintf("hits.%d.rating.count", i)) == "1" {
				break
			}
			if time.Now().After(deadline) {
				t.Fatalf("search never showed the rating: %s", a.Body)
			}
		}
	})
}

// TestFresh: an edit is found at once in process, and within two seconds on
// Elasticsearch. The first bound is a figure of docs/benchmarks.md, not of a test on
// a busy machine; both are logged.
func TestFresh(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		s := cornertest.Start(t, setup)
		sh := openShop(t, s, "改名前", 31.3115, 120.6290, 1)
		find(t, s.Anybody(), sh, "")
		const edits = 5
		var worst time.Duration
		for i := range edits {
			etag := s.Anybody().Get(t, "/v1/places/"+sh.place).Want(t, 200).Header.Get("ETag")
			sh.owner.Patch(t, "/v1/places/"+sh.place, fmt.Sprintf(`{"name": "改名%d次的面馆"}`, i), "If-Match", etag).Want(t, 200)
			_, _, took := find(t, s.Anybody(), sh, "&q="+url.QueryEscape(fmt.Sprintf("改名%d次", i)))
			worst = max(worst, took)
		}
		t.Logf("an edit was found after at most %s", worst.Round(time.Millisecond))
		if worst > 10*time.Second {
			t.Errorf("an edit was found after %s", worst)
		}
	})
}
