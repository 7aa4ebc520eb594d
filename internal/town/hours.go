package town

import (
	"math/rand/v2"

	"corner/catalog"
)

// times is a week of a kind of shop. A clock time is written as a number: 1130 is
// 11:30, and 2600 two in the morning of the next day.
type times struct {
	often   int      // of how many
	daily   [][2]int // every day that has nothing else
	weekend [][2]int // on Saturday and Sunday; nil: as on other days
	closed  []int    // days without hours, Monday is 0
	rests   bool     // closed on one weekday, which chance picks
}

func (w times) hours(rng *rand.Rand) catalog.Hours {
	var h catalog.Hours
	rest := -1
	if w.rests {
		rest = rng.IntN(4) // nobody closes from Friday on
	}
	for d := range h.Weekly {
		spans := w.daily
		if d >= 5 && w.weekend != nil {
			spans = w.weekend
		}
		for _, s := range spans {
			h.Weekly[d] = append(h.Weekly[d], catalog.Interval{Opens: minutes(s[0]), Closes: minutes(s[1])})
		}
	}
	for _, d := range append([]int{rest}, w.closed...) {
		if d >= 0 {
			h.Weekly[d] = nil
		}
	}
	return h
}

func minutes(clock int) int { return clock/100*60 + clock%100 }

func pickTimes(rng *rand.Rand, all []times) times {
	sum := 0
	for _, w := range all {
		sum += w.often
	}
	n := rng.IntN(sum)
	for _, w := range all {
		if n -= w.often; n < 0 {
			return w
		}
	}
	return all[0]
}
