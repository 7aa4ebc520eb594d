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
			if name == "sqlite" {
				second.Stop(t)
				first.Restart(t)
			}

			// The one before goes on: with what it made, with what the new one made, afresh.
			guest.URL, sh.owner.URL = first.URL, first.URL
			if got := guest.Get(t, "/v1/visits/"+fresh).Want(t, 200).Text(t, "booking_id"); got != confirmed {
				t.Errorf("a visit that the new program made is of booking %s, want %s", got, confirmed)
			}
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
