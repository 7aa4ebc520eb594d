package bookingtest

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"corner/booking"
	"corner/idempotency"
)

// Bench measures what a consumer waits on who takes a slot.
func Bench(b *testing.B, open func(b *testing.B) World) {
	b.Run("hold alone", func(b *testing.B) { benchAlone(b, open(b), 0) })
	b.Run("hold alone after 5000 others", func(b *testing.B) { benchAlone(b, open(b), 5_000) })
	b.Run("hold by 50 rivals for one slot", func(b *testing.B) { benchRivals(b, open(b)) })
}

// benchAlone takes a slot that nobody else wants, and cancels nothing: a service
// with a past of so many bookings.
func benchAlone(b *testing.B, w World, past int) {
	s := w.Shop(b, 1)
	user, regular := w.User(b), w.User(b)
	for i := range past {
		s.Confirmed(b, regular, Monday.Add(-time.Duration(i+1)*time.Hour), 1, Monday)
	}
	desk := w.Desk(Monday)
	i := 0
	for b.Loop() {
		// Its own half of the hour, so that slots never run out; the hold before is let go of.
		held, err := desk.Hold(b.Context(), As(user), s.Request(Opening.Add(time.Duration(i%1000)*time.Hour), 1), idempotency.Key{})
		if err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		if _, err := desk.Cancel(b.Context(), As(user), held.ID); err != nil {
			b.Fatal(err)
		}
		i++
		b.StartTimer()
	}
}

// benchRivals has 50 people want the 10 seats of one slot at once; an operation is
// all 50 answers.
func benchRivals(b *testing.B, w World) {
	const rivals, seats = 50, 10
	s, users := w.Shop(b, seats), w.Users(b, rivals)
	var held atomic.Int64
	rounds := 0
	for b.Loop() {
		// The slots lie a day or more after each other's holds have run out.
		now := Monday.Add(time.Duration(rounds) * time.Hour)
		desk, request := w.Desk(now), s.Request(Opening.Add(time.Duration(rounds)*time.Hour), 1)
		var all sync.WaitGroup
		for _, u := range users {
			all.Go(func() {
				_, err := desk.Hold(b.Context(), As(u), request, idempotency.Key{})
				switch {
				case err == nil:
					held.Add(1)
				case !errors.Is(err, booking.ErrSlotTaken):
					b.Error(err)
				}
			})
		}
		all.Wait()
		rounds++
	}
	if got, want := held.Load(), int64(rounds*seats); got != want {
		b.Errorf("%d holds in %d rounds, want %d", got, rounds, want)
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(rounds*rivals), "µs/answer")
}
