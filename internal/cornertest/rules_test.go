package cornertest_test

import (
	"fmt"
	"testing"
	"time"

	"corner/internal/cornertest"
)

// TestRules: what a service says about its time is told, kept, and held to.
func TestRules(t *testing.T) {
	t.Parallel()
	everyStack(t, func(t *testing.T, setup cornertest.Setup) {
		s := cornertest.Start(t, setup)
		sh := openShop(t, s, "规矩面馆", 31.3115, 120.6290, 4)
		guest := s.SignIn(t, number())
		offer := func(rules string) string {
			return fmt.Sprintf(`{"name": "剪发", "duration_minutes": 60, "price": {"amount": 2800, "currency": "CNY"}, "bookable": true,
				"capacity": 4, "slot_step_minutes": 30%s}`, rules)
		}
		services := "/v1/places/" + sh.place + "/services"
		refused := sh.owner.Post(t, services, offer(`, "buffer_after_minutes": 10, "horizon_days": 1, "lead_minutes": 2000, "party_max": 9`))
		refused.WantCode(t, 422, "request.invalid")
		for i, at := range []string{"/lead_minutes", "/party_max"} {
			if got := refused.Text(t, fmt.Sprintf("errors.%d.pointer", i)); got != at {
				t.Errorf("fault %d is of %s, want %s", i, got, at)
			}
		}
		made := sh.owner.Post(t, services, offer(`, "buffer_before_minutes": 10, "buffer_after_minutes": 20, "lead_minutes": 90,
			"horizon_days": 3, "party_min": 2, "party_max": 3`)).Want(t, 201)
		id := made.Text(t, "id")
		got := guest.Get(t, "/v1/services/"+id).Want(t, 200)
		for field, want := range map[string]string{
			"buffer_before_minutes": "10", "buffer_after_minutes": "20", "lead_minutes": "90", "horizon_days": "3", "party_min": "2", "party_max": "3",
		} {
			if is := got.Text(t, field); is != want {
				t.Errorf("%s is %s, want %s", field, is, want)
			}
		}
		starts := slots(t, guest, id, 2)
		if len(starts) == 0 || len(slots(t, guest, id, 1))+len(slots(t, guest, id, 4)) > 0 {
			t.Fatalf("%d slots for two; for one and for four there are some", len(starts))
		}
		hold := func(start string, party int) *cornertest.Answer {
			return guest.Post(t, "/v1/holds", holdBody(id, start, party))
		}
		half := func(after time.Duration) string {
			return time.Now().Add(after).Truncate(30 * time.Minute).UTC().Format(time.RFC3339)
		}
		hold(half(time.Hour), 2).WantCode(t, 409, "booking.too_soon")
		hold(half(5*24*time.Hour), 2).WantCode(t, 409, "booking.too_far")
		hold(starts[0], 1).WantCode(t, 409, "booking.party_too_small")
		hold(starts[0], 4).WantCode(t, 409, "booking.party_too_large")
		mine := book(t, guest, id, starts[0], 3)
		hold(starts[2], 2).WantCode(t, 409, "booking.slot_taken") // as the first ends, they clear up
		hold(starts[3], 2).Want(t, 201)
		guest.Post(t, "/v1/bookings/"+mine+"/reschedule", fmt.Sprintf(`{"start": %q}`, half(time.Hour))).WantCode(t, 409, "booking.too_soon")

		// The shop takes its rules back; the history can give them again.
		sh.owner.Do(t, "PATCH", "/v1/services/"+id, `{"lead_minutes": null, "party_min": 1}`,
			"Content-Type", "application/merge-patch+json", "If-Match", made.Header.Get("ETag")).Want(t, 200)
		hold(half(4*time.Hour), 1).Want(t, 201)
		if got := sh.owner.Get(t, "/v1/places/"+sh.place+"/history").Want(t, 200).Text(t, "revisions.0.changes.0.field"); got != "/lead_minutes" {
			t.Errorf("the history tells of %s first, want /lead_minutes", got)
		}
	})
}
