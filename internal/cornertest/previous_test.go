package cornertest_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"

	"corner/internal/cornertest"
)

// at is a phone that talks to another instance.
func at(p *cornertest.Phone, s *cornertest.Server) *cornertest.Phone {
	q := *p
	q.URL = s.URL
	return &q
}

// TestPreviousProgram: instances are replaced one by one, so the program before this one
// works on upon a database that this one has migrated, and what it made before stands.
func TestPreviousProgram(t *testing.T) {
	t.Parallel()
	old := cornertest.Previous(t)
	for name, database := range map[string]func(testing.TB) string{
		"sqlite":   func(testing.TB) string { return "" },
		"postgres": func(t testing.TB) string { return servers(t).Database },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			setup := cornertest.Setup{Data: t.TempDir(), Database: database(t)}
			before := setup
			before.Program = old
			first := cornertest.Start(t, before)
			sh := openShop(t, first, "旧程序的面馆", 31.3115, 120.6290, 10)
			guest := first.SignIn(t, number())
			starts := slots(t, guest, sh.service, 2)
			visited := visit(t, sh, guest, book(t, guest, sh.service, starts[0], 2))
			confirmed := book(t, guest, sh.service, starts[0], 2)
			cancelled := book(t, guest, sh.service, starts[0], 2)
			held := guest.Post(t, "/v1/holds", holdBody(sh.service, starts[0], 2)).Want(t, 201).Text(t, "id")
			if name == "sqlite" {
				first.Stop(t) // one program at a time
			}

			second := cornertest.Start(t, setup)
			if v := at(guest, second).Get(t, "/v1/visits/"+visited).Want(t, 200); v.Text(t, "source") != "booking" || v.Text(t, "booking_id") == "" {
				t.Errorf("a visit from before: %s, want its source and its booking", v.Body)
			}
			moved := sh
			moved.owner = at(sh.owner, second)
			fresh := visit(t, moved, at(guest, second), confirmed)
			at(guest, second).Post(t, "/v1/bookings/"+cancelled+"/cancel", "{}").Want(t, 200)
			at(guest, second).Post(t, "/v1/bookings", fmt.Sprintf(`{"hold_id": %q}`, held)).Want(t, 201)
			newer := book(t, at(guest, second), sh.service, starts[0], 2)
			narrow := narrowRoles(t, second, moved)
			if name == "sqlite" {
				second.Stop(t)
				first.Restart(t)
			}

			// The one before goes on: with what it made, with what the new one made, afresh.
			guest.URL, sh.owner.URL = first.URL, first.URL
			if got := guest.Get(t, "/v1/visits/"+fresh).Want(t, 200).Text(t, "booking_id"); got != confirmed {
				t.Errorf("a visit that the new program made is of booking %s, want %s", got, confirmed)
			}
			narrow.check(t, sh, guest, first, newer)
			visit(t, sh, guest, held)
			visit(t, sh, guest, newer)
			again := openShop(t, first, "再开一家", 31.4115, 120.6290, 10)
			id := visit(t, again, guest, book(t, guest, again.service, slots(t, guest, again.service, 1)[0], 1))
			guest.Post(t, "/v1/visits/"+id+"/review", `{"stars": 5, "text": "好"}`).Want(t, 201)
			last := book(t, guest, again.service, slots(t, guest, again.service, 1)[0], 1)
			guest.Post(t, "/v1/bookings/"+last+"/cancel", "{}").Want(t, 200)

			if name == "postgres" {
				rivalsAcross(t, again, first, second)
			}
		})
	}
}

// narrow is people whose rights the program before cannot tell, and an invitation of that kind.
type narrow struct {
	people     map[string]*cornertest.Phone
	asked      *cornertest.Phone
	invitation string
}

// narrowRoles gives some people roles that the program before does not know, or limits that it does not.
func narrowRoles(t *testing.T, s *cornertest.Server, sh shop) narrow {
	t.Helper()
	n := narrow{people: map[string]*cornertest.Phone{}, asked: s.SignIn(t, number())}
	branch := branchOf(t, sh, "新程序的分店", sh.lat+0.05, true)
	for _, role := range []string{"finance", "marketing", "counter", "manager"} {
		n.people[role] = s.SignIn(t, number())
		if role == "finance" || role == "marketing" {
			employ(t, sh, n.people[role], role)
			continue
		}
		employ(t, sh, n.people[role], role, branch.place)
		n.people[role].Get(t, "/v1/places/"+branch.place+"/bookings").Want(t, 200)
	}
	n.invitation = invite(t, sh, n.asked.Number, "manager", branch.place)
	return n
}

// check wants the program before to give them nothing, and to let them go.
func (n narrow) check(t *testing.T, sh shop, guest *cornertest.Phone, old *cornertest.Server, booking string) {
	t.Helper()
	at(n.asked, old).Post(t, "/v1/invitations/"+n.invitation+"/acceptance", "").Want(t, 200)
	n.people["who accepted there"] = n.asked
	code := guest.Get(t, "/v1/bookings/"+booking+"/code").Want(t, 200).Text(t, "code")
	for role, p := range n.people {
		p = at(p, old)
		for _, a := range []*cornertest.Answer{
			p.Get(t, "/v1/merchants/"+sh.merchant),
			p.Get(t, "/v1/merchants/"+sh.merchant+"/staff"),
			p.Get(t, "/v1/places/"+sh.place+"/bookings"),
			p.Get(t, "/v1/bookings/"+booking),
			p.Post(t, "/v1/bookings/"+booking+"/cancel", "{}"),
			p.Post(t, "/v1/visits", fmt.Sprintf(`{"code": %q}`, code)),
			p.Post(t, "/v1/places/"+sh.place+"/publish", ""),
		} {
			if a.Status != http.StatusNotFound {
				t.Errorf("%s at the program before: %s answers %d", role, a.Call, a.Status)
			}
		}
		sh.owner.Do(t, http.MethodDelete, "/v1/merchants/"+sh.merchant+"/staff/"+p.User, "").Want(t, 204)
	}
}

// rivalsAcross: for the seats of one slot, at two programs that lock differently.
func rivalsAcross(t *testing.T, sh shop, servers ...*cornertest.Server) {
	t.Helper()
	const rivals, seats = 60, 10
	start := slots(t, sh.owner, sh.service, 1)[4]
	statuses := make(chan int, rivals)
	var wg sync.WaitGroup
	gate := make(chan struct{})
	for i := range rivals {
		s := servers[i%len(servers)]
		p := s.SignIn(t, number())
		wg.Go(func() {
			<-gate
			a, err := p.Try(http.MethodPost, "/v1/holds", holdBody(sh.service, start, 1))
			if err != nil {
				t.Errorf("rival %d: %v", i, err)
				return
			}
			statuses <- a.Status
		})
	}
	close(gate)
	wg.Wait()
	close(statuses)
	count := map[int]int{}
	for s := range statuses {
		count[s]++
	}
	if count[http.StatusCreated] != seats || count[http.StatusConflict] != rivals-seats {
		t.Errorf("answers by status: %v, want %d seats held and %d refused", count, seats, rivals-seats)
	}
}
