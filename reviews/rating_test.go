package reviews_test

import (
	"testing"

	"corner/reviews"
)

func TestRating(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		stars         []int
		score, tenths int
	}{
		{nil, 3500, 0},
		{[]int{5}, 3750, 50},
		{[]int{1}, 3083, 10},
		{[]int{4, 5}, 3785, 45},
		{[]int{1, 2}, 2928, 15},
		{[]int{4, 4, 5}, 3812, 43},       // 4.333… down
		{[]int{4, 5, 5}, 3937, 47},       // 4.666… up
		{[]int{4, 4, 4, 5}, 3833, 43},    // 4.25 up: halves are
		{[]int{5, 5, 5, 4}, 4055, 48},    // 4.75 up
		{[]int{1, 1, 1, 1, 1}, 2250, 10}, // as many as the prior is worth
	} {
		var r reviews.Rating
		for _, n := range c.stars {
			r = r.Plus(n)
		}
		if got := r.Score(); got != c.score {
			t.Errorf("score of %v: got %d, want %d", c.stars, got, c.score)
		}
		if got := r.Tenths(); got != c.tenths {
			t.Errorf("tenths of %v: got %d, want %d", c.stars, got, c.tenths)
		}
	}
	friend, strangers := reviews.Rating{}.Plus(5), reviews.Rating{Sum: 180, N: 40}
	if friend.Score() >= strangers.Score() {
		t.Errorf("one friend's five stars score %d, forty strangers' four and a half %d; want less", friend.Score(), strangers.Score())
	}
}
