package walltime_test

import (
	"fmt"
	"time"
	_ "time/tzdata"

	"corner/walltime"
)

func Example() {
	prague, err := time.LoadLocation("Europe/Prague")
	if err != nil {
		panic(err)
	}
	// A bar open on Saturday from 18:00 to 03:00, on the night the clocks go back from
	// 03:00 to 02:00.
	saturday := walltime.DayOf(2026, time.October, 24)
	opens, closes := saturday.At(18*60), saturday.At(27*60)

	fmt.Println(walltime.Instant(prague, closes).Sub(walltime.Instant(prague, opens)))

	secondPass := time.Date(2026, time.October, 25, 1, 30, 0, 0, time.UTC) // 02:30 for the second time
	now := walltime.WallAt(prague, secondPass)
	fmt.Println(now, opens <= now && now < closes)
	// Output:
	// 10h0m0s
	// 2026-10-25T02:59 true
}
