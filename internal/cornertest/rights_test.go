package cornertest_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"corner/internal/cornertest"
	"corner/media/mediatest"
)

// Who asks, in this order. Elsewhere is a manager of the shop who is limited to another branch; all others of the shop
// may do what they may at all its places.
var roles = [...]string{"anybody", "stranger", "guest", "counter", "manager", "owner", "finance", "marketing", "elsewhere", "rival"}

// answers is what everybody is answered.
type answers map[string]int

func all(status int) answers {
	a := answers{}
	for _, r := range roles {
		a[r] = status
	}
	return a
}

func signedIn(status int) answers { return all(status).but(401, "anybody") }

// may is for those who are named; to others it is not there, and who has not signed in is asked to.
func may(status int, who string) answers { return signedIn(404).but(status, who) }

// forThem is for those who are named; to others it is not there, signed in or not.
func forThem(status int, who string) answers { return all(404).but(status, who) }

// but answers some otherwise.
func (a answers) but(status int, who string) answers {
	for r := range strings.FieldsSeq(who) {
		if !slices.Contains(roles[:], r) {
			panic("there is no role " + r)
		}
		a[r] = status
	}
	return a
}

// operators is where an operator of the server is answered otherwise than a stranger.
var operators = map[string]int{
	"GET /v1/merchants/{id}/branches": 200, "GET /v1/places/{id}/history": 200,
	"GET /v1/merchants/{id}": 200,
	"GET /v1/claims/{id}":    200,
	"GET /v1/operator/queue": 200, "GET /v1/operator/queue/{id}": 200, "POST /v1/operator/queue/{id}/decision": 200,
	"GET /v1/merchants/{id}/places": 200,
	"GET /v1/places/{id}":           200, // drafts too, as below
	"GET /v1/places/{id}/services":  200,
	"GET /v1/places/{id}/reviews":   200,
	"DELETE /v1/places/{id}/claim":  204,
	"POST /v1/categories":           201,
	"PATCH /v1/categories/{key}":    200,
	"GET /v1/places/{id}/similar":   200,
	"GET /v1/places/{id}/page":      200,
	"GET /v1/places/{id}/photos":    200,
	"GET /v1/photos/{id}":           200,
	"GET /v1/photos/{id}/{size}":    200,
	"HEAD /v1/photos/{id}/{size}":   200,
}

// world is one shop with everybody around it.
type world struct {
	s      *cornertest.Server
	shop   shop
	draft  string // a place of the shop that is not published
	branch string // another one, the only one of elsewhere's
	made   int    // places registered so far
	begun  string // the upload that was begun last
	other  shop   // the rival's
	people map[string]*cornertest.Phone
	starts []string
	phones int
}

func newWorld(t *testing.T) *world {
	t.Helper()
	return newWorldOn(t, cornertest.Setup{})
}

func newWorldOn(t *testing.T, setup cornertest.Setup) *world {
	t.Helper()
	s := cornertest.Start(t, setup)
	s.Ready(t)
	w := &world{s: s, shop: openShop(t, s, "规矩面馆", 31.3115, 120.6290, 50), other: openShop(t, s, "对门面馆", 31.3116, 120.6290, 50)}
	w.people = map[string]*cornertest.Phone{
		"anybody": s.Anybody(), "stranger": s.SignIn(t, number()), "guest": s.SignIn(t, number()),
		"counter": s.SignIn(t, number()), "manager": s.SignIn(t, number()), "owner": w.shop.owner, "rival": w.other.owner,
		"finance": s.SignIn(t, number()), "marketing": s.SignIn(t, number()), "elsewhere": s.SignIn(t, number()),
		"operator": s.SignIn(t, number()),
	}
	for _, role := range []string{"counter", "manager", "finance", "marketing"} {
		employ(t, w.shop, w.people[role], role)
	}
	w.branch = w.shop.owner.Post(t, "/v1/merchants/"+w.shop.merchant+"/places",
		`{"name": "规矩面馆", "branch": "远店", "category": "noodles", "location": {"lat": 31.41, "lng": 120.72}, "time_zone": "Asia/Shanghai"}`).
		Want(t, 201).Text(t, "id")
	employ(t, w.shop, w.people["elsewhere"], "manager", w.branch)
	s.Run(t, "operator", "add", w.people["operator"].Number)
	w.draft = w.shop.owner.Post(
		t,
		"/v1/merchants/"+w.shop.merchant+"/places",
		`{"name": "筹备中", "category": "noodles", "location": {"lat": 31.31, "lng": 120.62}, "time_zone": "Asia/Shanghai"}`,
	).Want(t, 201).Text(t, "id")
	w.starts = slots(t, w.people["guest"], w.shop.service, 1)
	return w
}

// hold, booking, code and visit are the guest's, fresh ones at each call.
func (w *world) hold(t *testing.T) string {
	w.phones++
	start := w.starts[w.phones%len(w.starts)]
	return w.people["guest"].Post(t, "/v1/holds", holdBody(w.shop.service, start, 1)).Want(t, 201).Text(t, "id")
}

func (w *world) booking(t *testing.T) string {
	return w.people["guest"].Post(t, "/v1/bookings", fmt.Sprintf(`{"hold_id": %q}`, w.hold(t))).Want(t, 201).Text(t, "id")
}

func (w *world) code(t *testing.T) string {
	return w.people["guest"].Get(t, "/v1/bookings/"+w.booking(t)+"/code").Want(t, 200).Text(t, "code")
}

func (w *world) visit(t *testing.T) string {
	return w.shop.owner.Post(t, "/v1/visits", fmt.Sprintf(`{"code": %q}`, w.code(t))).Want(t, 201).Text(t, "id")
}

// employ makes somebody staff of the shop, everywhere or at some places: invited, and accepted.
func employ(t *testing.T, sh shop, who *cornertest.Phone, role string, places ...string) {
	t.Helper()
	who.Post(t, "/v1/invitations/"+invite(t, sh, who.Number, role, places...)+"/acceptance", "").Want(t, 200)
}

func invite(t *testing.T, sh shop, phone, role string, places ...string) string {
	t.Helper()
	return sh.owner.Post(t, "/v1/merchants/"+sh.merchant+"/invitations", roleOf(t, map[string]any{"phone": phone, "role": role}, places)).
		Want(t, 201).
		Text(t, "id")
}

// roleOf is a body that gives a role, limited to some places if there are any.
func roleOf(t *testing.T, body map[string]any, places []string) string {
	t.Helper()
	if len(places) > 0 {
		body["place_ids"] = places
	}
	raw, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// photo is one of the shop, or of the place given.
func (w *world) photo(t *testing.T, place string) string {
	return addPhoto(t, w.shop.owner, place, "item", mediatest.JPEG(mediatest.Marked(32, 24)))
}

// claim is one of the shop that is not proved, and the case that its evidence opened.
func (w *world) claim(t *testing.T) (claim, waits string) {
	t.Helper()
	place := openShop(t, w.s, "换主面馆", 31.3118, 120.6290, 1).place
	w.people["operator"].Do(t, "DELETE", "/v1/places/"+place+"/claim", "").Want(t, 204)
	claim = w.shop.owner.Post(t, "/v1/places/"+place+"/claim", fmt.Sprintf(`{"merchant_id": %q}`, w.shop.merchant)).
		Want(t, 202).
		Text(t, "claim.id")
	w.shop.owner.Post(t, "/v1/claims/"+claim+"/proof", `{"evidence": {"text": "是我的"}}`).Want(t, 202)
	return claim, waiting(t, w.people["operator"], "claim")
}

// dish is a fresh service of the shop.
func (w *world) dish(t *testing.T) string {
	return w.shop.owner.Post(t, "/v1/places/"+w.shop.place+"/services", `{"name": "茶", "price": {"amount": 500, "currency": "CNY"}, "bookable": false}`).
		Want(t, 201).
		Text(t, "id")
}

// TestRights: for every operation, who may. 404 is the answer both for what is not
// there and for what is not yours.
func TestRights(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	get := func(path string) func(*testing.T) (string, string) {
		return func(*testing.T) (string, string) { return path, "" }
	}
	send := func(path, body string) func(*testing.T) (string, string) {
		return func(*testing.T) (string, string) { return path, body }
	}
	const place = `{"name": "新店", "category": "noodles", "location": {"lat": %v, "lng": 120.62}, "time_zone": "Asia/Shanghai"}`
	const service = `{"name": "茶", "duration_minutes": 10, "price": {"amount": 500, "currency": "CNY"}, "bookable": false, "capacity": 1}`

	third := openShop(t, w.s, "第三面馆", 31.3117, 120.6290, 1)
	closing := shop{merchant: w.other.owner.Post(t, "/v1/merchants", `{"name": "要关的商户"}`).Want(t, 201).Text(t, "id")}
	invited := invite(t, w.shop, number(), "counter")
	asked := invite(t, w.other, w.people["guest"].Number, "counter")
	askedAgain := invite(t, third, w.people["guest"].Number, "counter")
	shown, hidden := w.photo(t, w.shop.place), w.photo(t, w.draft)
	claim, open := w.claim(t)
	for _, row := range []struct {
		op   string // "METHOD template", as in the document
		what func(*testing.T) (path, body string)
		want answers
	}{
		{"POST /v1/auth/codes", func(*testing.T) (string, string) { return "/v1/auth/codes", fmt.Sprintf(`{"phone": %q}`, number()) }, all(202)},
		{"POST /v1/auth/tokens", func(*testing.T) (string, string) {
			return "/v1/auth/tokens", fmt.Sprintf(`{"challenge_id": "chl_aaaaaaaaaaaaaaaaaaaaaaaaaa", "phone": %q, "code": "000000"}`, number())
		}, all(401)},
		{"POST /v1/auth/tokens/refresh", send("/v1/auth/tokens/refresh", `{"refresh_token": "rt_forged"}`), all(401)},
		{"GET /.well-known/jwks.json", get("/.well-known/jwks.json"), all(200)},
		{"GET /livez", get("/livez"), all(200)},
		{"GET /metrics", get("/metrics"), all(200)},
		{"GET /readyz", get("/readyz"), all(200)},
		{"GET /v1/categories", get("/v1/categories"), all(200)},
		{"GET /v1/categories/{key}", get("/v1/categories/noodles"), all(200)},
		{"POST /v1/categories", send("/v1/categories", `{"key": "kiosk", "parent": "dining", "names": {"en": "Kiosk", "zh": "小亭"}}`), signedIn(403)},
		{"PATCH /v1/categories/{key}", send("/v1/categories/kiosk", `{"words": ["stall"]}`), signedIn(403)},
		{"GET /v1/search.geojson", get("/v1/search.geojson?lat=31.3115&lng=120.6290"), all(200)},
		{"GET /v1/search", get("/v1/search?lat=31.3115&lng=120.6290"), all(200)},
		{"GET /v1/suggestions", get("/v1/suggestions?lat=31.3115&lng=120.6290&q=gui"), all(200)},
		{"GET /v1/map", get("/v1/map?bbox=120,31,121,32&zoom=9"), all(200)},
		{"GET /v1/attributes", get("/v1/attributes"), all(200)},
		{"GET /v1/places/{id}/similar", get("/v1/places/" + w.shop.place + "/similar"), all(200)},
		{"GET /v1/places/{id}/similar", get("/v1/places/" + w.draft + "/similar"), forThem(200, "counter manager owner finance marketing")},
		{"GET /v1/places/{id}/page", get("/v1/places/" + w.shop.place + "/page"), all(200)},
		{"GET /v1/places/{id}/page", get("/v1/places/" + w.draft + "/page"), forThem(200, "counter manager owner finance marketing")},

		{"POST /v1/merchants", send("/v1/merchants", `{"name": "新商户"}`), signedIn(201)},
		{"GET /v1/merchants/{id}", get("/v1/merchants/" + w.shop.merchant), may(200, "counter manager owner finance marketing elsewhere")},
		{"PATCH /v1/merchants/{id}", send("/v1/merchants/"+w.shop.merchant, `{"name": "规矩餐饮"}`), may(200, "owner")},
		{"GET /v1/merchants/{id}/branches", get("/v1/merchants/" + w.shop.merchant + "/branches"), all(200)},
		{"GET /v1/merchants/{id}/branches", func(t *testing.T) (string, string) {
			return "/v1/merchants/" + w.people["owner"].Post(t, "/v1/merchants", `{"name": "无店"}`).Want(t, 201).Text(t, "id") + "/branches", ""
		}, forThem(200, "owner")},
		{"POST /v1/merchants/{id}/close", get("/v1/merchants/" + closing.merchant + "/close"), may(200, "rival")},
		{"GET /v1/merchants/{id}/places", get("/v1/merchants/" + w.shop.merchant + "/places"), may(200, "counter manager owner finance marketing elsewhere")},
		{"POST /v1/merchants/{id}/places", func(*testing.T) (string, string) {
			w.made++
			return "/v1/merchants/" + w.shop.merchant + "/places", fmt.Sprintf(place, 31.4+float64(w.made)/100)
		}, may(201, "manager owner")},
		{"GET /v1/merchants/{id}/staff", get("/v1/merchants/" + w.shop.merchant + "/staff"), may(200, "owner")},
		{"PUT /v1/merchants/{id}/staff/{user_id}", send("/v1/merchants/"+w.shop.merchant+"/staff/"+w.people["manager"].User, `{"role": "manager"}`), may(204, "owner")},
		// The last owner cannot be dismissed, but only an owner is told so.
		{"DELETE /v1/merchants/{id}/staff/{user_id}", get("/v1/merchants/" + w.shop.merchant + "/staff/" + w.shop.owner.User), may(409, "owner")},
		{"POST /v1/merchants/{id}/invitations", func(*testing.T) (string, string) {
			return "/v1/merchants/" + w.shop.merchant + "/invitations", fmt.Sprintf(`{"phone": %q, "role": "counter"}`, number())
		}, may(201, "owner")},
		{"GET /v1/merchants/{id}/invitations", get("/v1/merchants/" + w.shop.merchant + "/invitations"), may(200, "owner")},
		{"DELETE /v1/merchants/{id}/invitations/{invitation_id}", get("/v1/merchants/" + w.shop.merchant + "/invitations/" + invited), may(204, "owner")},
		{"GET /v1/invitations", get("/v1/invitations"), signedIn(200)},
		{"POST /v1/invitations/{id}/acceptance", get("/v1/invitations/" + asked + "/acceptance"), may(200, "guest")},
		{"DELETE /v1/invitations/{id}", get("/v1/invitations/" + askedAgain), may(204, "guest")},
		{"GET /v1/me", get("/v1/me"), signedIn(200)},
		{"PATCH /v1/me", send("/v1/me", `{}`), signedIn(200)},
		{"GET /v1/me/export", get("/v1/me/export"), signedIn(200)},
		{"DELETE /v1/me", get("/v1/me?bookings=9999"), signedIn(409)},
		{"POST /v1/me/factor", send("/v1/me/factor", ""), signedIn(200)},
		{"POST /v1/me/factor", send("/v1/me/factor", `{"code": "nonsense"}`), all(401)},
		// What was only begun above cannot be checked, and is confirmed by no wrong code.
		{"POST /v1/me/factor/check", send("/v1/me/factor/check", `{"code": "nonsense"}`), signedIn(404)},
		{"POST /v1/me/factor/recovery-codes", send("/v1/me/factor/recovery-codes", `{"code": "nonsense"}`), signedIn(404)},
		{"DELETE /v1/me/factor", get("/v1/me/factor"), signedIn(204)},
		{"POST /v1/me/phone", func(*testing.T) (string, string) {
			return "/v1/me/phone", fmt.Sprintf(`{"phone": %q, "challenge_id": "chl_a", "code": "0", "old_challenge_id": "chl_b", "old_code": "0"}`, number())
		}, all(401)},
		{"DELETE /v1/me/phone", get("/v1/me/phone"), signedIn(204)},
		{"GET /v1/me/notices", get("/v1/me/notices"), signedIn(200)},
		{"POST /v1/me/notices/read", send("/v1/me/notices/read", `{"up_to": "ntc_00000000000000000000000000"}`), signedIn(204)},
		{"GET /v1/me/merchants", get("/v1/me/merchants"), signedIn(200)},
		{"GET /v1/me/looks", get("/v1/me/looks"), signedIn(200)},
		{"GET /v1/me/visits", get("/v1/me/visits"), signedIn(200)},
		{"GET /v1/devices", get("/v1/devices"), signedIn(200)},
		{"DELETE /v1/devices", get("/v1/devices"), signedIn(204)},
		{"DELETE /v1/devices/{id}", get("/v1/devices/" + w.s.SignIn(t, w.people["guest"].Number).Device), may(204, "guest")},

		{"GET /v1/places/{id}", get("/v1/places/" + w.shop.place), all(200)},
		{"GET /v1/places/{id}", get("/v1/places/" + w.draft), forThem(200, "counter manager owner finance marketing")},
		{"DELETE /v1/places/{id}", get("/v1/places/" + w.shop.place), may(409, "manager owner")},
		{"DELETE /v1/places/{id}", func(t *testing.T) (string, string) {
			w.made++
			return "/v1/places/" + w.shop.owner.Post(t, "/v1/merchants/"+w.shop.merchant+"/places", fmt.Sprintf(place, 31.4+float64(w.made)/100)).
				Want(t, 201).Text(t, "id"), ""
		}, may(204, "manager owner")},
		{"PATCH /v1/places/{id}", func(t *testing.T) (string, string) {
			w.made++
			return "/v1/places/" + w.shop.place, fmt.Sprintf(`{"address": "观前街 %d 号"}`, w.made)
		}, may(200, "manager owner").but(422, "marketing")},
		{"PATCH /v1/places/{id}", send("/v1/places/"+w.shop.place, `{"names": {"en": "Rules Noodles"}}`), may(200, "manager owner marketing")},
		{"GET /v1/places/{id}/history", get("/v1/places/" + w.shop.place + "/history"), may(200, "counter manager owner finance")},
		{"PUT /v1/places/{id}/hours/exceptions/{date}", send("/v1/places/"+w.shop.place+"/hours/exceptions/2026-12-25", `{"closed": true}`), may(200, "manager owner")},
		{"DELETE /v1/places/{id}/hours/exceptions/{date}", get("/v1/places/" + w.shop.place + "/hours/exceptions/2026-12-26"), may(200, "manager owner")},
		{"PUT /v1/places/{id}/closure", send("/v1/places/"+w.shop.place+"/closure", `{"kind": "temporary", "from": "2030-12-01", "until": "2030-12-24"}`), may(200, "manager owner")},
		{"DELETE /v1/places/{id}/closure", get("/v1/places/" + w.shop.place + "/closure"), may(200, "manager owner")},
		{"POST /v1/places/{id}/publish", get("/v1/places/" + w.shop.place + "/publish"), may(200, "manager owner")},
		{"POST /v1/places/{id}/publish", get("/v1/places/" + w.draft + "/publish"), may(409, "manager owner")},
		{"POST /v1/places/{id}/unpublish", get("/v1/places/" + w.draft + "/unpublish"), may(200, "manager owner")},
		{"POST /v1/places/{id}/claim", send("/v1/places/"+w.other.place+"/claim", fmt.Sprintf(`{"merchant_id": %q}`, w.shop.merchant)), may(409, "manager owner")},
		{"GET /v1/claims/{id}", get("/v1/claims/" + claim), may(200, "counter manager owner finance")},
		{"POST /v1/claims/{id}/proof", send("/v1/claims/"+claim+"/proof", `{"evidence": {"text": "是我的"}}`), may(202, "manager owner")},
		{"POST /v1/reports", send("/v1/reports", fmt.Sprintf(`{"place_id": %q, "reason": "不存在"}`, w.shop.place)), signedIn(201)},
		{"GET /v1/operator/queue", get("/v1/operator/queue"), signedIn(403)},
		{"GET /v1/operator/queue/{id}", get("/v1/operator/queue/" + open), signedIn(403)},
		{"POST /v1/operator/queue/{id}/decision", send("/v1/operator/queue/"+open+"/decision", `{"action": "dismiss", "reason": "没事"}`), signedIn(403)},
		{"DELETE /v1/places/{id}/claim", get("/v1/places/" + third.place + "/claim"), signedIn(403)},
		{"GET /v1/places/{id}/services", get("/v1/places/" + w.shop.place + "/services"), all(200)},
		{"GET /v1/places/{id}/services", get("/v1/places/" + w.draft + "/services"), forThem(200, "counter manager owner finance marketing")},
		{"POST /v1/places/{id}/services", send("/v1/places/"+w.shop.place+"/services", service), may(201, "manager owner")},
		{"POST /v1/places/{id}/photos", send("/v1/places/"+w.shop.place+"/photos?kind=item", string(mediatest.JPEG(mediatest.Marked(32, 24)))), may(201, "manager owner marketing")},
		{"POST /v1/places/{id}/photos/uploads", get("/v1/places/" + w.shop.place + "/photos/uploads"), may(201, "manager owner marketing")},
		{"HEAD /v1/uploads/{id}", func(t *testing.T) (string, string) { return w.upload(t), "" }, may(200, "owner")},
		{"PATCH /v1/uploads/{id}", func(t *testing.T) (string, string) { return w.upload(t), "1" }, may(204, "owner")},
		{"DELETE /v1/uploads/{id}", func(t *testing.T) (string, string) { return w.upload(t), "" }, may(204, "owner")},
		{"OPTIONS /v1/uploads/{id}", func(t *testing.T) (string, string) { return w.upload(t), "" }, all(204)},
		{"OPTIONS /v1/places/{id}/photos/uploads", get("/v1/places/" + w.shop.place + "/photos/uploads"), all(204)},
		{"GET /v1/places/{id}/photos", get("/v1/places/" + w.shop.place + "/photos"), all(200)},
		{"GET /v1/places/{id}/photos", get("/v1/places/" + w.draft + "/photos"), forThem(200, "counter manager owner finance marketing")},
		{"GET /v1/photos/{id}", get("/v1/photos/" + shown), all(200)},
		{"GET /v1/photos/{id}", get("/v1/photos/" + hidden), forThem(200, "counter manager owner finance marketing")},
		{"GET /v1/photos/{id}/{size}", get("/v1/photos/" + shown + "/thumb"), all(200)},
		{"GET /v1/photos/{id}/{size}", get("/v1/photos/" + hidden + "/thumb"), forThem(200, "counter manager owner finance marketing")},
		{"HEAD /v1/photos/{id}/{size}", get("/v1/photos/" + shown + "/large"), all(200)},
		{"HEAD /v1/photos/{id}/{size}", get("/v1/photos/" + hidden + "/large"), forThem(200, "counter manager owner finance marketing")},
		{"PATCH /v1/photos/{id}", send("/v1/photos/"+shown, `{"caption": "门面"}`), may(200, "manager owner marketing")},
		{"DELETE /v1/photos/{id}", func(t *testing.T) (string, string) { return "/v1/photos/" + w.photo(t, w.shop.place), "" }, may(204, "manager owner marketing")},
		{"POST /v1/places/{id}/services/batch", send("/v1/places/"+w.shop.place+"/services/batch", `{"services": [`+service+`]}`), may(201, "manager owner")},
		{"PATCH /v1/services/{id}", func(t *testing.T) (string, string) { return "/v1/services/" + w.dish(t), `{"description": "新茶"}` }, may(200, "manager owner marketing")},
		{"PATCH /v1/services/{id}", func(t *testing.T) (string, string) {
			return "/v1/services/" + w.dish(t), `{"price": {"amount": 1, "currency": "CNY"}}`
		}, may(200, "manager owner").but(422, "marketing")},
		{"DELETE /v1/services/{id}", func(t *testing.T) (string, string) { return "/v1/services/" + w.dish(t), "" }, may(204, "manager owner")},
		{"PUT /v1/services/{id}/sold-out", func(t *testing.T) (string, string) { return "/v1/services/" + w.dish(t) + "/sold-out", `{}` }, may(200, "counter manager owner")},
		{"DELETE /v1/services/{id}/sold-out", func(t *testing.T) (string, string) { return "/v1/services/" + w.dish(t) + "/sold-out", "" }, may(200, "counter manager owner")},
		{"GET /v1/services/{id}", get("/v1/services/" + w.shop.service), all(200)},
		{"GET /v1/services/{id}/slots", get("/v1/services/" + w.shop.service + "/slots"), all(200)},

		{"POST /v1/holds", func(*testing.T) (string, string) { return "/v1/holds", holdBody(w.shop.service, w.starts[5], 1) }, signedIn(201)},
		{"POST /v1/bookings", func(t *testing.T) (string, string) { return "/v1/bookings", fmt.Sprintf(`{"hold_id": %q}`, w.hold(t)) }, may(201, "guest")},
		{"GET /v1/bookings/{id}", func(t *testing.T) (string, string) { return "/v1/bookings/" + w.booking(t), "" }, may(200, "guest counter manager owner finance")},
		{"GET /v1/places/{id}/bookings", get("/v1/places/" + w.shop.place + "/bookings"), may(200, "counter manager owner finance")},
		{"GET /v1/me/bookings", get("/v1/me/bookings"), signedIn(200)},
		{"POST /v1/bookings/{id}/cancel", func(t *testing.T) (string, string) { return "/v1/bookings/" + w.booking(t) + "/cancel", "" }, may(200, "guest manager owner")},
		{"POST /v1/bookings/{id}/reschedule", func(t *testing.T) (string, string) {
			return "/v1/bookings/" + w.booking(t) + "/reschedule", fmt.Sprintf(`{"start": %q}`, w.starts[8])
		}, may(200, "guest manager owner")},
		{"GET /v1/bookings/{id}/code", func(t *testing.T) (string, string) { return "/v1/bookings/" + w.booking(t) + "/code", "" }, may(200, "guest")},
		{"POST /v1/visits", func(t *testing.T) (string, string) { return "/v1/visits", fmt.Sprintf(`{"code": %q}`, w.code(t)) }, may(201, "counter manager owner")},
		{"GET /v1/visits/{id}", func(t *testing.T) (string, string) { return "/v1/visits/" + w.visit(t), "" }, may(200, "guest counter manager owner finance")},
		{"POST /v1/visits/{id}/review", func(t *testing.T) (string, string) {
			return "/v1/visits/" + w.visit(t) + "/review", `{"stars": 5, "text": "好"}`
		}, may(201, "guest")},
		{"GET /v1/places/{id}/reviews", get("/v1/places/" + w.shop.place + "/reviews"), all(200)},
		{"GET /v1/places/{id}/reviews", get("/v1/places/" + w.draft + "/reviews"), forThem(200, "counter manager owner finance marketing")},
	} {
		t.Run(row.op, func(t *testing.T) {
			covered(row.op)
			for _, role := range append(roles[:], "operator") {
				want := row.want[role]
				if role == "operator" {
					want = row.want["stranger"]
					if as, ok := operators[row.op]; ok {
						want = as
					}
				}
				path, body := row.what(t)
				method, _, _ := strings.Cut(row.op, " ")
				var headers []string
				if method == http.MethodPatch || method == http.MethodPut || method == http.MethodDelete {
					thing, _, _ := strings.Cut(strings.TrimSuffix(strings.TrimSuffix(path, "/closure"), "/sold-out"), "/hours/")
					media := "application/json"
					if method == http.MethodPatch {
						media = "application/merge-patch+json"
					}
					headers = []string{"If-Match", w.people["owner"].Get(t, thing).Header.Get("ETag"), "Content-Type", media}
				}
				if strings.Contains(path, "/uploads") {
					headers = tusHeaders
				}
				a := w.people[role].Do(t, method, path, body, headers...)
				if a.Status != want {
					t.Errorf("%s: %s answers %d, want %d\n%s", role, row.op, a.Status, want, a.Body)
				}
			}
		})
	}

	t.Run("every operation has a row", func(t *testing.T) {
		paths, ok := w.s.Anybody().Get(t, "/openapi.json").Want(t, 200).At(t, "paths").(map[string]any)
		if !ok {
			t.Fatal("the document has no paths")
		}
		for path, item := range paths {
			for method := range item.(map[string]any) {
				if op := strings.ToUpper(method) + " " + path; !slices.Contains(rows, op) {
					t.Errorf("%s has no row in the rights table", op)
				}
			}
		}
	})
}

// tusHeaders are those of a client that sends a picture of two bytes.
var tusHeaders = []string{
	"Tus-Resumable", "1.0.0", "Upload-Length", "2", "Upload-Metadata", tusMetadata("item", ""), "Upload-Offset", "0",
	"Content-Type", "application/offset+octet-stream",
}

// upload is the path of one that the owner has begun; the ones before are given up, for a person has three.
func (w *world) upload(t *testing.T) string {
	t.Helper()
	if w.begun != "" {
		w.people["owner"].Do(t, http.MethodDelete, w.begun, "", tusHeaders...)
	}
	w.begun = begun(t, w.people["owner"], w.shop.place, 2)
	return w.begun
}

var rows []string // of the rights table

func covered(op string) { rows = append(rows, op) }

// TestNotYoursIsNotThere: the two answers do not differ but for what names the call.
func TestNotYoursIsNotThere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	booking, visit, hidden := w.booking(t), w.visit(t), w.photo(t, w.draft)
	nowhere := func(id string) string { return id[:4] + strings.Repeat("0", 26) }
	for _, c := range []struct{ method, path, id, body string }{
		{"GET", "/v1/bookings/%s", booking, ""},
		{"POST", "/v1/bookings/%s/cancel", booking, ""},
		{"POST", "/v1/bookings/%s/reschedule", booking, fmt.Sprintf(`{"start": %q}`, w.starts[8])},
		{"GET", "/v1/bookings/%s/code", booking, ""},
		{"GET", "/v1/visits/%s", visit, ""},
		{"POST", "/v1/visits/%s/review", visit, `{"stars": 5, "text": "x"}`},
		{"GET", "/v1/places/%s", w.draft, ""},
		{"PATCH", "/v1/places/%s", w.shop.place, `{"name": "x"}`},
		{"POST", "/v1/places/%s/publish", w.shop.place, ""},
		{"GET", "/v1/photos/%s", hidden, ""},
		{"GET", "/v1/photos/%s/thumb", hidden, ""},
		{"GET", "/v1/places/%s/photos", w.draft, ""},
		{"POST", "/v1/places/%s/photos?kind=item", w.shop.place, "no picture"},
		{"DELETE", "/v1/photos/%s", w.photo(t, w.shop.place), ""},
		{"GET", "/v1/merchants/%s", w.shop.merchant, ""},
		{"GET", "/v1/merchants/%s/staff", w.shop.merchant, ""},
	} {
		stranger := w.people["stranger"]
		not := stranger.Do(t, c.method, fmt.Sprintf(c.path, c.id), c.body).Want(t, 404)
		gone := stranger.Do(t, c.method, fmt.Sprintf(c.path, nowhere(c.id)), c.body).Want(t, 404)
		for _, part := range []string{"type", "title", "code", "detail"} {
			if a, b := not.Text(t, part), gone.Text(t, part); a != b {
				t.Errorf("%s %s: %s is %q for what is not yours and %q for what is not there", c.method, c.path, part, a, b)
			}
		}
	}
}
