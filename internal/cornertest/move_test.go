package cornertest_test

import (
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"

	"corner/internal/cornertest"
)

// TestMove: of several guests who move their bookings to one last seat at the same moment one
// gets it, the others keep theirs; what the mover had is free at once, a repeat of the call
// moves nothing again, and the visit is confirmed by the booking that was moved.
func TestMove(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		const guests = 4
		s := cornertest.Start(t, setup)
		sh := openShop(t, s, "一座面馆", 31.3115, 120.6290, 1)
		starts := slots(t, sh.owner, sh.service, 1)
		if len(starts) < 2*guests+3 {
			t.Fatalf("only %d slots", len(starts))
		}
		// Every other slot, so that what overlaps with a booking is nobody else's.
		phones, bookings := make([]*cornertest.Phone, guests), make([]string, guests)
		for i := range phones {
			phones[i] = s.SignIn(t, number())
			bookings[i] = book(t, phones[i], sh.service, starts[2*i], 1)
		}
		wanted := starts[2*guests+2]
		move := func(i int) *cornertest.Answer {
			return phones[i].Do(t, http.MethodPost, "/v1/bookings/"+bookings[i]+"/reschedule", fmt.Sprintf(`{"start": %q}`, wanted),
				"Idempotency-Key", fmt.Sprint("move-", i))
		}
		answers := make([]*cornertest.Answer, guests)
		var wg sync.WaitGroup
		for i := range guests {
			wg.Go(func() { answers[i] = move(i) })
		}
		wg.Wait()
		winner := slices.IndexFunc(answers, func(a *cornertest.Answer) bool { return a.Status == http.StatusOK })
		for i, a := range answers {
			want := starts[2*i]
			if i == winner {
				want = wanted
			} else {
				a.WantCode(t, 409, "booking.slot_taken")
			}
			got := phones[i].Get(t, "/v1/bookings/"+bookings[i]).Want(t, 200)
			if got.Text(t, "start") != want || got.Text(t, "state") != "confirmed" {
				t.Errorf("guest %d: %s, want it confirmed for %s", i, got.Body, want)
			}
		}
		if winner < 0 {
			t.Fatal("nobody got the seat")
		}
		if again := move(winner).Want(t, 200); string(again.Body) != string(answers[winner].Body) {
			t.Errorf("the repeat answers\n%s, want\n%s", again.Body, answers[winner].Body)
		}
		free := slots(t, sh.owner, sh.service, 1)
		if !slices.Contains(free, starts[2*winner]) || slices.Contains(free, wanted) {
			t.Errorf("free are %v, want %s among them and not %s", free, starts[2*winner], wanted)
		}
		visit(t, sh, phones[winner], bookings[winner])
	})
}
