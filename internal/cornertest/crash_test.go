package cornertest_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"corner/internal/cornertest"
)

// TestCrash kills the program with -9 in the middle of a load of bookings, several
// times over. After the last start nothing confirmed is lost, nothing is sold twice,
// and the index equals the database.
func TestCrash(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		const seats, guests, crashes = 3, 12, 3
		s := cornertest.Start(t, setup)
		sh := openShop(t, s, "打不倒的面馆", 31.3115, 120.6290, seats)
		phones := make([]*cornertest.Phone, guests)
		for i := range phones {
			phones[i] = s.SignIn(t, number())
		}
		starts := slots(t, phones[0], sh.service, 1)

		confirmed := make([]map[string]string, guests) // booking → start, as each phone was told
		for i := range confirmed {
			confirmed[i] = map[string]string{}
		}
		name := ""
		for crash := range crashes {
			stop := make(chan struct{})
			var wg sync.WaitGroup
			for i, p := range phones {
				wg.Go(func() { bookUntil(p, sh.service, starts, i, stop, confirmed[i]) })
			}
			wg.Go(func() { name = renameUntil(sh, fmt.Sprint("第", crash, "次"), stop) })
			time.Sleep(time.Duration(300+200*crash) * time.Millisecond) // the load is under way
			s.Kill(t)
			close(stop)
			wg.Wait()
			s.Restart(t)
			sh.owner.URL = s.URL
			for _, p := range phones {
				p.URL = s.URL
			}
		}

		taken, total := map[string]int{}, 0
		for i, p := range phones {
			for id := range confirmed[i] {
				a := p.Get(t, "/v1/bookings/"+id).Want(t, 200)
				if got := a.Text(t, "state"); got != "confirmed" {
					t.Errorf("booking %s was confirmed and is now %q", id, got)
				}
			}
			// Also those whose answer the crash swallowed.
			for cursor := ""; ; {
				a := p.Get(t, "/v1/me/bookings?limit=100"+cursor).Want(t, 200)
				for k := range a.Len(t, "bookings") {
					if a.Text(t, fmt.Sprintf("bookings.%d.state", k)) == "confirmed" {
						taken[a.Text(t, fmt.Sprintf("bookings.%d.start", k))]++
						total++
					}
				}
				next, ok := a.At(t, "next_cursor").(string)
				if !ok || next == "" {
					break
				}
				cursor = "&cursor=" + next
			}
		}
		if total == 0 {
			t.Fatal("no booking was confirmed: the test has tested nothing")
		}
		at := map[time.Time]int{} // people served in the half hour that begins then
		for start, n := range taken {
			from, err := time.Parse(time.RFC3339, start)
			if err != nil {
				t.Fatal(err)
			}
			at[from.UTC()] += n
			at[from.UTC().Add(30*time.Minute)] += n // a bowl takes an hour
		}
		for when, n := range at {
			if n > seats {
				t.Errorf("%d people at %s on %d seats", n, when, seats)
			}
		}
		stored := s.Anybody().Get(t, "/v1/places/"+sh.place).Want(t, 200).Text(t, "name")
		for deadline := time.Now().Add(cornertest.Patience); ; time.Sleep(20 * time.Millisecond) {
			i, a, _ := find(t, s.Anybody(), sh, "")
			if a.Text(t, fmt.Sprintf("hits.%d.place.name", i)) == stored {
				break
			}
			if time.Now().After(deadline) {
				t.Fatalf("the index never came to the database's name %q: %s", stored, a.Body)
			}
		}
		t.Logf("%d bookings confirmed over %d crashes; the last name sent was %q, the stored one is %q", total, crashes, name, stored)
	})
}

// bookUntil books one slot after the other until stop, or until nobody answers. It
// records what it was told is confirmed.
func bookUntil(p *cornertest.Phone, service string, starts []string, from int, stop <-chan struct{}, confirmed map[string]string) {
	for i := from; ; i++ {
		select {
		case <-stop:
			return
		default:
		}
		start := starts[i%len(starts)]
		hold, err := p.Try(http.MethodPost, "/v1/holds", holdBody(service, start, 1))
		if err != nil {
			return
		}
		if hold.Status != http.StatusCreated {
			continue
		}
		id := idOf(hold.Body)
		b, err := p.Try(http.MethodPost, "/v1/bookings", fmt.Sprintf(`{"hold_id": %q}`, id))
		if err != nil {
			return
		}
		if b.Status == http.StatusCreated {
			confirmed[id] = start
		}
	}
}

// renameUntil renames the shop over and over, and returns the last name it sent.
func renameUntil(sh shop, prefix string, stop <-chan struct{}) string {
	name := ""
	for i := 0; ; i++ {
		select {
		case <-stop:
			return name
		default:
		}
		a, err := sh.owner.Try(http.MethodGet, "/v1/places/"+sh.place, "")
		if err != nil {
			return name
		}
		name = fmt.Sprintf("%s改名%d", prefix, i)
		_, err = sh.owner.Try(
			http.MethodPatch,
			"/v1/places/"+sh.place,
			fmt.Sprintf(`{"name": %q}`, name),
			"If-Match",
			a.Header.Get("ETag"),
			"Content-Type",
			"application/merge-patch+json",
		)
		if err != nil {
			return name
		}
	}
}
