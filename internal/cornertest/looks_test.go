package cornertest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"corner/internal/cornertest"
)

// seen is a look as the person looked at is told of it.
type seen struct{ by, merchant, what, subject string }

// looksAt is everything that somebody is told of who looked at their data.
func looksAt(t *testing.T, p *cornertest.Phone) (all []seen) {
	t.Helper()
	for path := "/v1/me/looks?limit=100"; ; {
		a := p.Get(t, path).Want(t, 200)
		text := func(i int, name string) string {
			if v, ok := a.At(t, fmt.Sprintf("looks.%d.%s", i, name)).(string); ok {
				return v
			}
			return ""
		}
		for i := range a.Len(t, "looks") {
			all = append(all, seen{text(i, "by"), text(i, "merchant.id"), text(i, "what"), text(i, "subject_id")})
		}
		if a.At(t, "next_cursor") == nil {
			return all
		}
		path = "/v1/me/looks?limit=100&cursor=" + a.Text(t, "next_cursor")
	}
}

// weeks is where the bookings of a place in the next weeks are.
func weeks(place string) string {
	now := time.Now().UTC()
	return "/v1/places/" + place + "/bookings?limit=100&from=" + now.Format(time.RFC3339) + "&to=" + now.AddDate(0, 0, 20).Format(time.RFC3339)
}

// TestLooks: whoever is looked at is told so, once an hour, with the business and not with its people; one's own reading is no look,
// nor is what was refused.
func TestLooks(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		s := cornertest.Start(t, setup)
		sh, guest, staff, stranger := openShop(
			t,
			s,
			"看见面馆",
			31.3115,
			120.6290,
			9,
		), s.SignIn(
			t,
			number(),
		), s.SignIn(
			t,
			number(),
		), s.SignIn(
			t,
			number(),
		)
		employ(t, sh, staff, "counter")
		booking := book(t, guest, sh.service, slots(t, guest, sh.service, 1)[0], 1)
		guest.Get(t, "/v1/bookings/"+booking).Want(t, 200)
		stranger.Get(t, "/v1/bookings/"+booking).Want(t, 404)
		stranger.Get(t, "/v1/places/"+sh.place+"/bookings").Want(t, 404)
		if got := looksAt(t, guest); len(got) != 0 {
			t.Fatalf("before anybody looked: %v", got)
		}
		for range 3 {
			staff.Get(t, "/v1/bookings/"+booking).Want(t, 200)
		}
		sh.owner.Get(t, "/v1/bookings/"+booking).Want(t, 200)
		sh.owner.Get(t, weeks(sh.place)).Want(t, 200)
		want := []seen{
			{
				"merchant",
				sh.merchant,
				"bookings",
				sh.place,
			},
			{"merchant", sh.merchant, "booking", booking},
			{"merchant", sh.merchant, "booking", booking},
		}
		if got := looksAt(t, guest); !slices.Equal(got, want) {
			t.Errorf("looked at as %v, want %v", got, want)
		}
		first := guest.Get(t, "/v1/me/looks?limit=2").Want(t, 200)
		rest := guest.Get(t, "/v1/me/looks?limit=2&cursor="+first.Text(t, "next_cursor")).Want(t, 200)
		if first.Len(t, "looks") != 2 || rest.Len(t, "looks") != 1 || rest.At(t, "next_cursor") != nil {
			t.Errorf("pages: %s %s", first.Body, rest.Body)
		}
		if first.Text(t, "looks.0.merchant.name") != "看见面馆" {
			t.Errorf("the business is not named: %s", first.Body)
		}
		for _, person := range []string{staff.User, sh.owner.User, staff.Number, sh.owner.Number} {
			if strings.Contains(string(first.Body)+string(rest.Body), person) {
				t.Errorf("the answer names %s, who looked", person)
			}
		}
		if mine := staff.Get(t, "/v1/me/export").Want(t, 200); !strings.Contains(string(mine.Body), booking) {
			t.Errorf("who looked does not find it in the export: %s", mine.Body)
		}
	})
}

// silent are the operations that show no data of somebody else's, by why.
var silent = map[string][]string{
	"shows everybody what is public: businesses, places, photos, what is sold, reviews without an author": {
		"GET /.well-known/jwks.json", "GET /livez", "GET /metrics", "GET /readyz", "GET /v1/attributes", "GET /v1/categories",
		"GET /v1/categories/{key}", "GET /v1/map", "GET /v1/merchants/{id}/branches", "GET /v1/photos/{id}", "GET /v1/photos/{id}/{size}",
		"HEAD /v1/photos/{id}/{size}", "GET /v1/places/{id}", "GET /v1/places/{id}/page", "GET /v1/places/{id}/photos",
		"GET /v1/places/{id}/reviews", "GET /v1/places/{id}/services", "GET /v1/places/{id}/similar", "GET /v1/search",
		"GET /v1/search.geojson", "GET /v1/services/{id}", "GET /v1/services/{id}/slots", "GET /v1/suggestions",
	},
	"shows or changes what is one's own": {
		"POST /v1/auth/codes",
		"POST /v1/auth/tokens",
		"POST /v1/auth/tokens/refresh",
		"POST /v1/bookings",
		"GET /v1/bookings/{id}/code",
		"GET /v1/devices",
		"DELETE /v1/devices",
		"DELETE /v1/devices/{id}",
		"POST /v1/holds",
		"GET /v1/invitations",
		"POST /v1/invitations/{id}/acceptance",
		"DELETE /v1/invitations/{id}",
		"GET /v1/me",
		"PATCH /v1/me",
		"DELETE /v1/me",
		"GET /v1/me/bookings",
		"GET /v1/me/export",
		"POST /v1/me/factor",
		"DELETE /v1/me/factor",
		"POST /v1/me/factor/check",
		"POST /v1/me/factor/recovery-codes",
		"GET /v1/me/looks",
		"GET /v1/me/merchants",
		"GET /v1/me/notices",
		"POST /v1/me/notices/read",
		"POST /v1/me/phone",
		"DELETE /v1/me/phone",
		"GET /v1/me/visits",
		"HEAD /v1/uploads/{id}",
		"PATCH /v1/uploads/{id}",
		"DELETE /v1/uploads/{id}",
		"OPTIONS /v1/uploads/{id}",
		"POST /v1/reports",
		"POST /v1/visits/{id}/review",
	},
	"is about businesses, places and what is sold, and names nobody": {
		"POST /v1/categories", "PATCH /v1/categories/{key}", "GET /v1/claims/{id}", "POST /v1/claims/{id}/proof", "POST /v1/merchants",
		"GET /v1/merchants/{id}", "PATCH /v1/merchants/{id}", "POST /v1/merchants/{id}/close", "GET /v1/merchants/{id}/places",
		"POST /v1/merchants/{id}/places", "PATCH /v1/photos/{id}", "DELETE /v1/photos/{id}", "PATCH /v1/places/{id}", "DELETE /v1/places/{id}",
		"POST /v1/places/{id}/claim", "DELETE /v1/places/{id}/claim", "PUT /v1/places/{id}/closure", "DELETE /v1/places/{id}/closure",
		"PUT /v1/places/{id}/hours/exceptions/{date}", "DELETE /v1/places/{id}/hours/exceptions/{date}", "POST /v1/places/{id}/photos",
		"POST /v1/places/{id}/photos/uploads", "OPTIONS /v1/places/{id}/photos/uploads",
		"POST /v1/places/{id}/publish", "POST /v1/places/{id}/services", "POST /v1/places/{id}/services/batch", "POST /v1/places/{id}/unpublish",
		"PATCH /v1/services/{id}", "DELETE /v1/services/{id}", "PUT /v1/services/{id}/sold-out", "DELETE /v1/services/{id}/sold-out",
	},
	"answers with nothing": {
		"DELETE /v1/merchants/{id}/invitations/{invitation_id}",
		"DELETE /v1/merchants/{id}/staff/{user_id}",
		"PUT /v1/merchants/{id}/staff/{user_id}",
	},
}

// TestEveryLookIsLogged goes over every operation of the document: those that show somebody else's data leave a look with them,
// and of the others somebody has said why they show none. One that is added must be in one or the other.
func TestEveryLookIsLogged(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	// Somebody whom the operators have something of.
	claim, waits := w.claim(t)
	shop := func(what, subject string) seen { return seen{"merchant", w.shop.merchant, what, subject} }
	operator := func(what, subject string) seen { return seen{"operator", "", what, subject} }
	get := func(p, path string) *cornertest.Answer { return w.people[p].Get(t, path).Want(t, 200) }
	rows := map[string]func() (at string, told seen){
		"GET /v1/bookings/{id}": func() (string, seen) {
			id := w.booking(t)
			get("counter", "/v1/bookings/"+id)
			return "guest", shop("booking", id)
		},
		"GET /v1/places/{id}/bookings": func() (string, seen) {
			w.booking(t)
			get("counter", weeks(w.shop.place))
			return "guest", shop("bookings", w.shop.place)
		},
		"POST /v1/bookings/{id}/cancel": func() (string, seen) {
			id := w.booking(t)
			w.people["manager"].Post(t, "/v1/bookings/"+id+"/cancel", "").Want(t, 200)
			return "guest", shop("booking", id)
		},
		"POST /v1/bookings/{id}/reschedule": func() (string, seen) {
			id := w.booking(t)
			w.people["manager"].Post(t, "/v1/bookings/"+id+"/reschedule", fmt.Sprintf(`{"start": %q}`, w.starts[9])).Want(t, 200)
			return "guest", shop("booking", id)
		},
		"POST /v1/visits": func() (string, seen) {
			id := w.booking(t)
			code := get("guest", "/v1/bookings/"+id+"/code").Text(t, "code")
			w.people["counter"].Post(t, "/v1/visits", fmt.Sprintf(`{"code": %q}`, code)).Want(t, 201)
			return "guest", shop("booking", id)
		},
		"GET /v1/visits/{id}": func() (string, seen) {
			id := w.visit(t)
			get("counter", "/v1/visits/"+id)
			return "guest", shop("visit", id)
		},
		"GET /v1/merchants/{id}/staff": func() (string, seen) {
			get("owner", "/v1/merchants/"+w.shop.merchant+"/staff")
			return "counter", shop("staff", w.shop.merchant)
		},
		"GET /v1/merchants/{id}/invitations": func() (string, seen) {
			invite(t, w.shop, w.people["stranger"].Number, "counter") // who has not answered
			get("owner", "/v1/merchants/"+w.shop.merchant+"/invitations")
			return "stranger", shop("invitations", w.shop.merchant)
		},
		"POST /v1/merchants/{id}/invitations": func() (string, seen) {
			body, key := fmt.Sprintf(`{"phone": %q, "role": "counter"}`, w.people["guest"].Number), "invite-the-guest"
			ask := func() *cornertest.Answer {
				return w.other.owner.Post(t, "/v1/merchants/"+w.other.merchant+"/invitations", body, "Idempotency-Key", key).Want(t, 201)
			}
			w.people["guest"].Post(t, "/v1/invitations/"+ask().Text(t, "id")+"/acceptance", "").Want(t, 200)
			ask() // again: now it says who accepted
			return "guest", seen{"merchant", w.other.merchant, "invitations", w.other.merchant}
		},
		"GET /v1/places/{id}/history": func() (string, seen) {
			get("counter", "/v1/places/"+w.shop.place+"/history")
			return "owner", shop("place_history", w.shop.place)
		},
		"GET /v1/operator/queue": func() (string, seen) {
			get("operator", "/v1/operator/queue")
			return "owner", operator("queue", "")
		},
		"GET /v1/operator/queue/{id}": func() (string, seen) {
			get("operator", "/v1/operator/queue/"+waits)
			return "owner", operator("case", waits)
		},
		"POST /v1/operator/queue/{id}/decision": func() (string, seen) {
			w.shop.owner.Post(t, "/v1/claims/"+claim+"/proof", `{"evidence": {"text": "真是我的"}}`).Want(t, 202)
			visit := w.visit(t)
			review := w.people["guest"].Post(t, "/v1/visits/"+visit+"/review", `{"stars": 1, "text": "差"}`).Want(t, 201).Text(t, "id")
			w.shop.owner.Post(t, "/v1/reports", fmt.Sprintf(`{"review_id": %q, "reason": "骂人"}`, review)).Want(t, 201)
			var id string
			for i, a := 0, get("operator", "/v1/operator/queue?kind=report"); i < a.Len(t, "cases"); i++ {
				id = a.Text(t, fmt.Sprintf("cases.%d.id", i))
			}
			w.people["operator"].Post(t, "/v1/operator/queue/"+id+"/decision", `{"action": "dismiss", "reason": "没事"}`).Want(t, 200)
			return "guest", operator("case", id)
		},
	}
	for op, look := range rows {
		before := map[string][]seen{}
		for role, p := range w.people {
			if role != "anybody" {
				before[role] = looksAt(t, p)
			}
		}
		at, told := look()
		if slices.Contains(before[at], told) && op != "GET /v1/operator/queue" { // which waiting for the claim has looked at
			t.Errorf("%s: the %s was told of %v before", op, at, told)
		}
		if now := looksAt(t, w.people[at]); !slices.Contains(now, told) {
			t.Errorf("%s: the %s is not told of %v, but of %v", op, at, told, now)
		}
	}
	why := map[string]string{}
	for reason, ops := range silent {
		for _, op := range ops {
			if why[op] != "" || rows[op] != nil {
				t.Errorf("%s is named twice", op)
			}
			why[op] = reason
		}
	}
	paths, ok := w.s.Anybody().Get(t, "/openapi.json").Want(t, 200).At(t, "paths").(map[string]any)
	if !ok {
		t.Fatal("the document has no paths")
	}
	for path, item := range paths {
		for method := range item.(map[string]any) {
			op := strings.ToUpper(method) + " " + path
			if why[op] == "" && rows[op] == nil {
				t.Errorf("%s is not known: whose data does it show to whom? Log the look (identity.Journal), or say why it shows none", op)
			}
			delete(why, op)
			delete(rows, op)
		}
	}
	for op := range why {
		t.Errorf("%s is said to be silent, and is not there", op)
	}
	for op := range rows {
		t.Errorf("%s is said to be logged, and is not there", op)
	}
}
