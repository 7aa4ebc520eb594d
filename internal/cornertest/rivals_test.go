package cornertest_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"corner/internal/cornertest"
)

// TestRivals: 200 at one time for 10 seats, each with a phone of his own.
func TestRivals(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		const rivals, seats = 200, 10
		setup.Race = true
		s := cornertest.Start(t, setup)
		sh := openShop(t, s, "十座面馆", 31.3115, 120.6290, seats)
		phones := make([]*cornertest.Phone, rivals)
		for i := range phones {
			phones[i] = s.SignIn(t, number())
		}
		start := slots(t, phones[0], sh.service, 1)[0]

		answers := make([]*cornertest.Answer, rivals)
		var wg sync.WaitGroup
		gate := make(chan struct{})
		for i, p := range phones {
			wg.Go(func() {
				<-gate
				a, err := p.Try(http.MethodPost, "/v1/holds", holdBody(sh.service, start, 1))
				if err != nil {
					t.Errorf("rival %d: %v", i, err)
				}
				answers[i] = a
			})
		}
		close(gate)
		wg.Wait()
		if t.Failed() {
			t.FailNow()
		}
		held := 0
		for _, a := range answers {
			if a.Status == http.StatusCreated {
				held++
				continue
			}
			a.WantCode(t, 409, "booking.slot_taken")
		}
		if held != seats {
			t.Errorf("%d rivals hold a seat, want exactly %d", held, seats)
		}
		for _, start2 := range slots(t, phones[0], sh.service, 1) {
			if start2 == start {
				t.Errorf("%s is full and still offered", start)
			}
		}
	})
}

// TestHoldRunsOut: a hold that is not booked gives its seats back by itself.
func TestHoldRunsOut(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		setup.Args = []string{"--hold-for=1s"}
		s := cornertest.Start(t, setup)
		sh := openShop(t, s, "一座面馆", 31.3115, 120.6290, 1)
		slow, quick := s.SignIn(t, number()), s.SignIn(t, number())
		start := slots(t, slow, sh.service, 1)[0]
		hold := slow.Post(t, "/v1/holds", holdBody(sh.service, start, 1)).Want(t, 201).Text(t, "id")

		var second string
		for deadline := time.Now().Add(cornertest.Patience); second == ""; time.Sleep(50 * time.Millisecond) {
			a := quick.Post(t, "/v1/holds", holdBody(sh.service, start, 1)).Want(t, 201, 409)
			if a.Status == http.StatusCreated {
				second = a.Text(t, "id")
			}
			if time.Now().After(deadline) {
				t.Fatal("the seat never came back")
			}
		}
		slow.Post(t, "/v1/bookings", fmt.Sprintf(`{"hold_id": %q}`, hold)).WantCode(t, 409, "booking.hold_lapsed")
		if got := slow.Get(t, "/v1/bookings/"+hold).Want(t, 200).Text(t, "state"); got != "lapsed" {
			t.Errorf("state of the first hold = %q, want lapsed", got)
		}
	})
}
