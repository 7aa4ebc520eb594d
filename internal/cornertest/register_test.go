package cornertest_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"corner/internal/cornertest"
)

// A tea stall with all that publishing needs, and its first services.
const stall = `{"name": "阿珍奶茶", "names": {"en": "Zhen Milk Tea"}, "category": "tea_drinks", "phone": "+86 512 6520 1111",
	"location": {"lat": 31.3201, "lng": 120.6201, "coord_system": "wgs84", "accuracy_m": 6, "how": "gps"},
	"hours": {"weekly": [` + allDay + `]},
	"services": [{"name": "珍珠奶茶", "price": {"amount": 1200, "currency": "CNY"}, "bookable": false},
		{"name": "柠檬茶", "price": {"amount": 900, "currency": "CNY"}, "bookable": false}]}`

// weak is a phone on a network that loses the first answer of every call that creates:
// it asks again, and takes what it gets then. calls counts what the shopkeeper does, a
// repetition not.
type weak struct {
	*cornertest.Phone

	calls int
}

func (w *weak) post(t *testing.T, path, body, key string) *cornertest.Answer {
	t.Helper()
	w.calls++
	lost := w.Do(t, http.MethodPost, path, body, "Idempotency-Key", key)
	a := w.Do(t, http.MethodPost, path, body, "Idempotency-Key", key)
	if a.Status != lost.Status || string(a.Body) != string(lost.Body) {
		t.Errorf("POST %s: the second answer is\n%d %s, want that of the first,\n%d %s", path, a.Status, a.Body, lost.Status, lost.Body)
	}
	return a
}

// TestRegisterInFiveCalls: code, token, merchant, place with services, publish; every
// one of the last three is repeated by a phone that lost the answer.
func TestRegisterInFiveCalls(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		s := cornertest.Start(t, setup)
		w := &weak{Phone: s.SignIn(t, number()), calls: 2} // the code and the token
		merchant := w.post(t, "/v1/merchants", `{"name": "阿珍"}`, "m").Want(t, 201).Text(t, "id")
		draft := w.post(t, "/v1/merchants/"+merchant+"/places", stall, "p").Want(t, 201)
		if n := draft.Len(t, "missing"); n != 0 {
			t.Fatalf("the draft misses %d things, want none: %s", n, draft.Body)
		}
		place := draft.Text(t, "id")
		if got := w.post(t, "/v1/places/"+place+"/publish", "", "").Want(t, 200).Text(t, "state"); got != "published" {
			t.Errorf("state %q, want published", got)
		}
		if w.calls != 5 {
			t.Errorf("it took %d calls, want 5", w.calls)
		}
		find(t, s.Anybody(), shop{place: place, lat: 31.3201, lng: 120.6201}, "&q="+url.QueryEscape("珍珠奶茶"))
		if n := s.Anybody().Get(t, "/v1/places/"+place+"/services").Want(t, 200).Len(t, "services"); n != 2 {
			t.Errorf("the stall sells %d things, want 2", n)
		}
		if n := w.Get(t, "/v1/merchants/"+merchant+"/places").Want(t, 200).Len(t, "places"); n != 1 {
			t.Errorf("the merchant has %d places, want 1", n)
		}
		// A second phone of the family finds out before it has made another one.
		second := s.SignIn(t, number())
		other := second.Post(t, "/v1/merchants", `{"name": "珍姐"}`).Want(t, 201).Text(t, "id")
		again := strings.NewReplacer("阿珍奶茶", "阿珍奶茶店", "31.3201", "31.3203", "1111", "2222").Replace(stall)
		a := second.Post(t, "/v1/merchants/"+other+"/places", again).WantCode(t, 409, "place.duplicate")
		if got := a.Text(t, "candidates.0.id"); got != place {
			t.Errorf("the candidate is %s, want %s", got, place)
		}
		overruled := strings.Replace(again, `{"name"`, fmt.Sprintf(`{"not_duplicate_of": [%q], "name"`, place), 1)
		id := second.Post(t, "/v1/merchants/"+other+"/places", overruled).Want(t, 201).Text(t, "id")
		second.Post(t, "/v1/places/"+id+"/publish", "").Want(t, 200)
		history := second.Get(t, "/v1/places/"+id+"/history").Want(t, 200)
		if !strings.Contains(string(history.Body), "not_duplicate_of") || history.Len(t, "revisions") != 4 {
			t.Errorf("the history tells nothing of the overruling, or not of 4 changes: %s", history.Body)
		}
	})
}

// TestRegisterStepByStep: each step is saved, and told what is missing still.
func TestRegisterStepByStep(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{})
	p := s.SignIn(t, number())
	merchant := p.Post(t, "/v1/merchants", `{"name": "阿珍"}`).Want(t, 201).Text(t, "id")
	a := p.Post(t, "/v1/merchants/"+merchant+"/places", `{"location": {"lat": 31.33, "lng": 120.63, "accuracy_m": 80}}`).Want(t, 201)
	if a.At(t, "location.measure_again") != true || a.Text(t, "missing.0") != "/name" || a.Text(t, "completeness") != "25" {
		t.Errorf("a draft with a bad spot: %s, want it asked to measure again, /name missing, 25 %%", a.Body)
	}
	place := a.Text(t, "id")
	for i, step := range []string{
		`{"name": "阿珍早点"}`, `{"category": "bakery"}`, `{"location": {"accuracy_m": 5}}`, `{"hours": {"weekly": [` + allDay + `]}}`,
	} {
		p.Post(t, "/v1/places/"+place+"/publish", "").WantCode(t, 409, "place.incomplete")
		if i == 3 {
			p.Do(t, http.MethodPatch, "/v1/places/"+place, step).WantCode(t, 428, "request.if_match_required")
			p.Do(t, http.MethodPatch, "/v1/places/"+place, step, "If-Match", `"1"`).WantCode(t, 412, "place.stale")
		}
		a = p.Do(t, http.MethodPatch, "/v1/places/"+place, step, "If-Match", fmt.Sprintf(`"%d"`, i+1)).Want(t, 200)
	}
	if a.Text(t, "completeness") != "80" || a.Len(t, "missing") != 0 {
		t.Errorf("all there: %s, want 80 %% and nothing missing", a.Body)
	}
	p.Post(t, "/v1/places/"+place+"/publish", "").Want(t, 200)
}

// TestFamilyRegistersAtOnce: of many phones that register one shop at one moment, one
// gets it published, on every database.
func TestFamilyRegistersAtOnce(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		s := cornertest.Start(t, setup)
		const n = 6
		places, phones := make([]string, n), make([]*cornertest.Phone, n)
		for i := range n {
			phones[i] = s.SignIn(t, number())
			merchant := phones[i].Post(t, "/v1/merchants", `{"name": "阿珍"}`).Want(t, 201).Text(t, "id")
			places[i] = phones[i].Post(t, "/v1/merchants/"+merchant+"/places", stall).Want(t, 201).Text(t, "id")
		}
		statuses := make([]int, n)
		var wg sync.WaitGroup
		for i := range n {
			wg.Go(func() {
				a, err := phones[i].Try(http.MethodPost, "/v1/places/"+places[i]+"/publish", "")
				if err != nil {
					t.Error(err)
					return
				}
				statuses[i] = a.Status
			})
		}
		wg.Wait()
		count := map[int]int{}
		for _, status := range statuses {
			count[status]++
		}
		if count[200] != 1 || count[409] != n-1 {
			t.Errorf("answers %v, want one 200 and %d 409", count, n-1)
		}
	})
}
