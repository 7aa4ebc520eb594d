package cornertest_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"corner/internal/cornertest"
)

// instances is as many servers as the stack allows on one database: two, or one with SQLite.
func instances(t *testing.T, setup cornertest.Setup) []*cornertest.Server {
	t.Helper()
	list := []*cornertest.Server{cornertest.Start(t, setup)}
	if setup.Database != "" {
		list = append(list, cornertest.Start(t, setup))
	}
	return list
}

// shows waits until /metrics has a line.
func shows(t *testing.T, s *cornertest.Server, line string) {
	t.Helper()
	eventually(t, line, func() bool {
		return strings.Contains(string(s.Anybody().Get(t, "/metrics").Want(t, 200).Body), line+"\n")
	})
}

func eventually(t *testing.T, what string, done func() bool) {
	t.Helper()
	for end := time.Now().Add(cornertest.Patience); !done(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s passed before %s", cornertest.Patience, what)
		}
	}
}

// TestMessagesStopped: one command beside the servers, and none of them sends anything; who is signed in goes on.
// Another, and they send again, what was not sent meanwhile once it is asked for.
func TestMessagesStopped(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		all := instances(t, setup)
		s := all[0]
		sh, him := openShop(t, s, "静音面馆", 31.3115, 120.6290, 5), number()
		if got := s.Run(t, "messages", "status"); !strings.Contains(got, "messages: on") {
			t.Errorf("before, the status is %q", got)
		}
		if got := s.Run(
			t,
			"messages",
			"stop",
			"--reason=短信轰炸",
		); !strings.Contains(got, "messages: stopped since ") ||
			!strings.Contains(got, "短信轰炸") {
			t.Errorf("stopped, it says %q", got)
		}
		for _, one := range all {
			shows(t, one, `corner_stopped{what="messages"} 1`)
			shows(t, one, `corner_stopped{what="work"} 0`)
			a := one.Anybody().
				Post(t, "/v1/auth/codes", fmt.Sprintf(`{"phone": %q}`, him)).
				WantCode(t, http.StatusServiceUnavailable, "identity.messages_stopped")
			if a.Header.Get("Retry-After") == "" {
				t.Errorf("it does not say when to come again: %v", a.Header)
			}
		}
		invite := func() *cornertest.Answer {
			return sh.owner.Post(t, "/v1/merchants/"+sh.merchant+"/invitations", fmt.Sprintf(`{"phone": %q, "role": "counter"}`, him),
				"Idempotency-Key", "invite").Want(t, 201)
		}
		first := invite()
		if first.At(t, "told") != false || first.Text(t, "state") != "open" {
			t.Errorf("the invitation is %s, want it open and not told", first.Body)
		}
		sh.owner.Post(t, "/v1/auth/tokens/refresh", fmt.Sprintf(`{"refresh_token": %q}`, sh.owner.Refresh)).Want(t, 200, 201)

		s.Run(t, "messages", "start")
		for _, one := range all {
			shows(t, one, `corner_stopped{what="messages"} 0`)
		}
		if got := s.Run(t, "messages", "status"); !strings.Contains(got, "messages: on") {
			t.Errorf("started, the status is %q", got)
		}
		for range 2 {
			if a := invite(); a.At(t, "told") != true || a.Text(t, "id") != first.Text(t, "id") {
				t.Errorf("asked for again, the invitation is %s, want it told", a.Body)
			}
		}
		s.SignIn(t, him)
		if n := strings.Count(s.Output(), "text for "+him); n != 1 {
			t.Errorf("%d messages were sent, want 1", n)
		}
	})
}

// TestWorkStopped: one command beside the servers, and nothing but the search index is told of what happens; another,
// and what has waited is told once. It stays stopped when a server starts anew.
func TestWorkStopped(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		all := instances(t, setup)
		s := all[0]
		sh, boss := openShop(t, s, "老字号包子铺", 31.4115, 120.6290, 5), s.SignIn(t, number())
		s.Run(t, "operator", "add", boss.Number)
		guest := s.SignIn(t, number())
		came := visit(t, sh, guest, book(t, guest, sh.service, slots(t, guest, sh.service, 1)[0], 1))
		guest.Post(t, "/v1/visits/"+came+"/review", `{"stars": 5}`).Want(t, 201)
		if got := s.Run(t, "work", "stop", "--reason=数据核对"); !strings.Contains(got, "work: stopped since ") {
			t.Errorf("stopped, it says %q", got)
		}
		for _, one := range all {
			shows(t, one, `corner_stopped{what="work"} 1`)
		}
		place := "/v1/places/" + sh.place
		sh.owner.Patch(t, place, `{"name": "Blue Bottle", "category": "cafe"}`, "If-Match", sh.owner.Get(t, place).Header.Get("ETag")).
			Want(t, 200)
		find(t, s.Anybody(), sh, "&category=cafe") // the index goes on
		s.Kill(t)
		s.Restart(t)
		boss.URL = s.URL
		shows(t, s, `corner_deliveries_waiting{consumer="moderation"} 1`)
		cases := func() int { return boss.Get(t, "/v1/operator/queue?kind=transformed").Want(t, 200).Len(t, "cases") }
		if n := cases(); n != 0 {
			t.Errorf("stopped, there are %d cases", n)
		}
		s.Run(t, "work", "start")
		eventually(t, "the case came", func() bool { return cases() > 0 })
		for _, one := range all {
			shows(t, one, `corner_stopped{what="work"} 0`)
			shows(t, one, `corner_deliveries_waiting{consumer="moderation"} 0`)
			shows(t, one, `corner_deliveries_dead{consumer="moderation"} 0`)
		}
		if n := cases(); n != 1 {
			t.Errorf("what waited made %d cases, want 1", n)
		}
	})
}
