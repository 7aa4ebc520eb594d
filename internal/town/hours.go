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

// Weeks that several trades share.
var (
	// From one check-in to the next: a night begins at 14:00, and the door is never shut.
	atInns   = []times{{often: 1, daily: [][2]int{{1400, 3800}}}}
	dayNight = []times{{often: 1, daily: [][2]int{{0, 2400}}}}
	atMeals  = []times{
		{often: 5, daily: [][2]int{{1030, 1400}, {1630, 2100}}},
		{often: 3, daily: [][2]int{{1100, 1400}, {1700, 2130}}},
		{often: 2, daily: [][2]int{{1000, 2130}}},
		{often: 1, daily: [][2]int{{1100, 1400}, {1700, 2100}}, rests: true},
	}
	allDay = []times{
		{often: 3, daily: [][2]int{{1000, 2200}}},
		{often: 2, daily: [][2]int{{930, 2130}}},
		{often: 1, daily: [][2]int{{1000, 2100}}, weekend: [][2]int{{1000, 2230}}},
	}
	inOffices = []times{
		{often: 3, daily: [][2]int{{900, 1700}}, closed: []int{6}},
		{often: 2, daily: [][2]int{{900, 1730}}},
		{often: 1, daily: [][2]int{{900, 1700}}, closed: []int{5, 6}},
	}
	inShops = []times{
		{often: 3, daily: [][2]int{{900, 2100}}},
		{often: 2, daily: [][2]int{{930, 2030}}},
		{often: 1, daily: [][2]int{{900, 1800}}, rests: true},
	}
	tillLate = []times{
		{often: 3, daily: [][2]int{{1700, 2600}}},
		{often: 2, daily: [][2]int{{1630, 2500}}, weekend: [][2]int{{1630, 2700}}},
		{often: 1, daily: [][2]int{{1730, 2630}}, rests: true},
	}
	atWork = []times{
		{often: 3, daily: [][2]int{{830, 1800}}},
		{often: 2, daily: [][2]int{{800, 1900}}},
		{often: 1, daily: [][2]int{{900, 1730}}, closed: []int{6}},
	}
)
